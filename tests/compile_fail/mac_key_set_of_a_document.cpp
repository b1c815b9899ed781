// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching function|constraints not satisfied|unsatisfied constraint)
#include <mcx/jose/key_set.hpp>

#include "../support/mock.hpp"
#include "../support/toy_mac.hpp"

// A document that somebody publishes holds no MAC secrets.
#ifdef MUST_NOT_COMPILE
using keys = mcx::key_set<mcx::test::toy, mcx::mac_algorithms>;
#else
using keys = mcx::key_set<mcx::test::credulous>;
#endif
bool reads(std::string_view document) {
    return keys::from_jwks(document).has_value();
}
