// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (ShareAnAlgorithm|constraints not satisfied|no matching function)
#include <mcx/jose/verify.hpp>

#include "../support/mock.hpp"

// Keys of algorithms that the program does not accept could never verify anything.
using keys = mcx::key_set<mcx::test::credulous, mcx::algorithm_set<mcx::eddsa>>;
#ifdef MUST_NOT_COMPILE
using acceptable = mcx::algorithm_set<mcx::es256, mcx::rs256>;
#else
using acceptable = mcx::algorithm_set<mcx::es256, mcx::eddsa>;
#endif
bool verifies(mcx::jws::unverified const& token, keys const& set) {
    return mcx::jws::verify<acceptable>(token, set).has_value();
}
