// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/idm/authorised_identity.hpp>

// Only an access token that has been validated makes an authorised identity. [TS 33.180 3.1]
using identity = mcx::idm::authorised_identity<mcx::idm::mcptt_id>;
#ifdef MUST_NOT_COMPILE
mcx::result<identity> authorised(mcx::idm::mcptt_id const& source) {
#else
mcx::result<identity> authorised(
    mcx::jwt::validated<mcx::idm::access_token_profile> const& source) {
#endif
    return identity::of(source);
}
