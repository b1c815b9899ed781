// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_PRIVATE_KEY_HPP
#define MCX_CRYPTO_PRIVATE_KEY_HPP

#include <mcx/core/secret.hpp>
#include <mcx/crypto/public_key.hpp>

#include <cstddef>

// Private keys as numbers that a backend turns into signing keys. Only the holder of a key makes
// one, so these are plain structs of secrets; the backend checks that the numbers fit together.

namespace mcx {

/// The secret scalar of a P-256 key: 32 octets, big-endian. [RFC 7518 §6.2.2]
struct p256_private_key {
    secret<32> scalar;
};

/// The 32-octet seed from which an Ed25519 key is derived. [RFC 8032 §5.1.5]
struct ed25519_private_key {
    secret<32> seed;
};

/// The two primes of an RSA key, big-endian, with its public key. [RFC 7518 §6.3.2]
struct rsa_private_key {
    rsa_public_key public_key;
    secret<512> p;
    secret<512> q;
};

}  // namespace mcx

#endif
