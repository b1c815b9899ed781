// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: names_are_distinct.+evaluated to .?false
#include <mcx/crypto/signatures.hpp>

struct my_es256 : mcx::es256 {
#ifndef MUST_NOT_COMPILE
    static constexpr std::string_view name = "MY256";
#endif
};

using accepted = mcx::algorithm_set<mcx::es256, my_es256>;
bool names_one = accepted::names("ES256");
