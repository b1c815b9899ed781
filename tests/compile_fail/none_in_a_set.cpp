// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: does not satisfy 'Algorithm'|&& Algorithm<As>\).+evaluated to .false
#include <mcx/crypto/signatures.hpp>

// "none" has no type in this library, and nobody can make one.
struct none : mcx::es256 {
#ifdef MUST_NOT_COMPILE
    static constexpr std::string_view name = "none";
#endif
};

using accepted = mcx::algorithm_set<none>;
bool names_one = accepted::names("ES256");
