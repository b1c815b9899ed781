// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/jose/verify.hpp>

#include "../support/mock.hpp"

// Keys are prepared once, not for every token.
using keys = mcx::key_set<mcx::test::credulous>;
keys make_keys();

bool verifies(mcx::jws::unverified const& token) {
    using acceptable = mcx::signature_algorithms;
#ifdef MUST_NOT_COMPILE
    return mcx::jws::verify<acceptable>(token, make_keys()).has_value();
#else
    keys const set = make_keys();
    return mcx::jws::verify<acceptable>(token, set).has_value();
#endif
}
