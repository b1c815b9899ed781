// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert|no viable conversion|conversion from
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/token_hash.hpp>

// The hash that goes with an ID token is that of the algorithm which signs it.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::eddsa;
#else
using algorithm = mcx::es256;
#endif
mcx::jwt::half_hash<mcx::es256> for_signing(mcx::jwt::half_hash<algorithm> const& made) {
    return made;
}
