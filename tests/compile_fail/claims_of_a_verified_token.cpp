// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: has no member named .unvalidated|no member named 'unvalidated'
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/decode.hpp>

// A good signature says nothing of the shape of what was signed.
using profile = mcx::idm::security_token_profile;
#ifdef MUST_NOT_COMPILE
using token = mcx::jwt::verified<profile>;
#else
using token = mcx::jwt::decoded<profile>;
#endif
mcx::subject const& subject_of(token const& t) {
    return t.unvalidated().sub;
}
