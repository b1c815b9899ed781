// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (SignerFor|constraints not satisfied|no matching function)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/issue.hpp>

#include "../support/mock.hpp"

// What the profile would not accept is not issued.
struct narrow_profile : mcx::idm::id_token_profile {
    using algorithms = mcx::algorithm_set<mcx::es256>;
};

#ifdef MUST_NOT_COMPILE
using algorithm = mcx::rs256;
#else
using algorithm = mcx::es256;
#endif
bool issues(mcx::idm::id_token const& claims,
            mcx::signing_key<algorithm, mcx::test::credulous>& key,
            mcx::test::counted_random& random) {
    return mcx::jwt::issue<narrow_profile>(claims, key, random).has_value();
}
