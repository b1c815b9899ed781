// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/jose/verify.hpp>

#include "../support/mock.hpp"

// Only a signature check makes a verified token.
using keys = mcx::key_set<mcx::test::credulous>;

mcx::result<mcx::jws::verified> make(mcx::jws::unverified const& token,
                                     [[maybe_unused]] keys const& set) {
#ifdef MUST_NOT_COMPILE
    return mcx::jws::verified{token, {}};
#else
    return mcx::jws::verify<mcx::signature_algorithms>(token, set);
#endif
}
