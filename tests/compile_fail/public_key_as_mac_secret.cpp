// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (cannot convert|could not convert|no viable conversion|no matching function)
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/public_key.hpp>

// RS256 turned into HS256: a public key is no secret.
bool makes_a_secret(mcx::rsa_public_key const& key) {
#ifdef MUST_NOT_COMPILE
    return mcx::mac_secret<mcx::hs256>::from(key).has_value();
#else
    return mcx::mac_secret<mcx::hs256>::from({}).has_value() && key.exponent() != 0;
#endif
}
