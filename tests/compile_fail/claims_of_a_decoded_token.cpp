// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: non-pointer type|member reference type .* is not a pointer
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/validate.hpp>

// Claims that may be over, or be meant for somebody else, are not read as facts.
using profile = mcx::idm::security_token_profile;
#ifdef MUST_NOT_COMPILE
using token = mcx::jwt::decoded<profile>;
#else
using token = mcx::jwt::validated<profile>;
#endif
mcx::subject const& subject_of(token const& t) {
    return t->sub;
}
