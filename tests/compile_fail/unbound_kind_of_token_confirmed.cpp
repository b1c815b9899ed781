// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: this kind of token has no cnf
#include <mcx/grant/confirmation.hpp>
#include <mcx/idm/bound_access_token.hpp>
#include <mcx/idm/id_token.hpp>

// A kind of token that reads past `cnf` would always seem to be bound to nothing.
#ifdef MUST_NOT_COMPILE
using profile = mcx::idm::id_token_profile;
#else
using profile = mcx::idm::bound_access_token_profile;
#endif
bool confirmed(mcx::jwt::validated<profile> const& token) {
    return mcx::grant::confirm(token).has_value();
}
