// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no match for call|no matching function
#include <mcx/crypto/signatures.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/decode.hpp>

// A look at a token is not a step on the way to its claims: decoding starts from a verified one.
using mcx::idm::security_token_profile;

#ifdef MUST_NOT_COMPILE
using seen = mcx::jwt::peeked;
#else
using seen = mcx::jwt::verified<security_token_profile>;
#endif
bool reads(seen const& token) {
    return mcx::jwt::decode(token).has_value();
}
