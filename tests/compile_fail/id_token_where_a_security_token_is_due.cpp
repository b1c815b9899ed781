// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: invalid initialization|no matching function
#include <mcx/idm/id_token.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/validate.hpp>

// A token of one kind is never taken for one of another. [RFC 8725 §3.12]
bool admit(mcx::jwt::validated<mcx::idm::security_token_profile> const& token);

#ifdef MUST_NOT_COMPILE
using profile = mcx::idm::id_token_profile;
#else
using profile = mcx::idm::security_token_profile;
#endif
bool admitted(mcx::jwt::validated<profile> const& token) {
    return admit(token);
}
