// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/token_hash.hpp>

// A claim that a token makes is not a hash that somebody computed.
bool go_together(mcx::jwt::half_hash<mcx::es256> const& computed, mcx::token_hash const& claimed) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::half_hash<mcx::es256>{claimed}.is(computed.claim());
#else
    return computed.is(claimed);
#endif
}
