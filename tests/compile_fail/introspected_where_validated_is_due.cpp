// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching function|could not convert|no known conversion|cannot convert)
#include <mcx/grant/introspected.hpp>
#include <mcx/idm/authorised_identity.hpp>

// What a server tells of a token is not what a signature proves. [RFC 7662 §4]
#ifdef MUST_NOT_COMPILE
using known = mcx::grant::introspected;
#else
using known = mcx::jwt::validated<mcx::idm::access_token_profile>;
#endif
bool authorises(known const& token) {
    return mcx::idm::authorised_identity<mcx::idm::mcptt_id>::of(token).has_value();
}
