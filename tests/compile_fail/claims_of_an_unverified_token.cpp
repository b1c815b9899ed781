// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: has no member named .claims|no member named 'claims'
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/validate.hpp>

// Before its signature is checked a token has no claims that could be read.
using profile = mcx::idm::security_token_profile;
#ifdef MUST_NOT_COMPILE
using token = mcx::jwt::unverified<profile>;
#else
using token = mcx::jwt::validated<profile>;
#endif
mcx::subject const& subject_of(token const& t) {
    return t.claims().sub;
}
