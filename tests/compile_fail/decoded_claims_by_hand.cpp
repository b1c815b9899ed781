// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/decode.hpp>

// Claims come out of a verified token and from nowhere else.
using profile = mcx::idm::id_token_profile;

mcx::result<mcx::jwt::decoded<profile>> make(
    [[maybe_unused]] mcx::jwt::verified<profile> const& token) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::decoded<profile>{mcx::idm::id_token{}, mcx::issuer{}, {}};
#else
    return mcx::jwt::decode(token);
#endif
}
