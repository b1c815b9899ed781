// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/idm/authorised_identity.hpp>

// Claims that have been decoded and not validated authorise nobody.
using identity = mcx::idm::authorised_identity<mcx::idm::mcptt_id>;
#ifdef MUST_NOT_COMPILE
using token = mcx::jwt::decoded<mcx::idm::access_token_profile>;
#else
using token = mcx::jwt::validated<mcx::idm::access_token_profile>;
#endif
mcx::result<identity> authorised(token const& source) {
    return identity::of(source);
}
