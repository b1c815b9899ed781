// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: invalid initialization|no matching function
#include <mcx/idm/access_token.hpp>
#include <mcx/jwt/validate.hpp>

// What grants something takes claims that hold here and now.
using profile = mcx::idm::access_token_profile;
bool grant(mcx::jwt::validated<profile> const& token);

#ifdef MUST_NOT_COMPILE
using state = mcx::jwt::decoded<profile>;
#else
using state = mcx::jwt::validated<profile>;
#endif
bool granted(state const& token) {
    return grant(token);
}
