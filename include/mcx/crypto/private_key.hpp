// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_PRIVATE_KEY_HPP
#define MCX_CRYPTO_PRIVATE_KEY_HPP

#include <mcx/core/secret.hpp>
#include <mcx/crypto/public_key.hpp>

#include <cstddef>

// Private keys as numbers that a backend turns into signing keys. Only the holder of a key makes
// one, so these are plain structs of secrets; the backend checks that the numbers fit together.

namespace mcx {

/// The secret scalar of an EC key: as many octets as a coordinate has, big-endian. [RFC 7518
/// §6.2.2]
template <class Curve>
struct ec_private_key {
    secret<Curve::size> scalar;
};

using p256_private_key = ec_private_key<p256>;
using p384_private_key = ec_private_key<p384>;
using p521_private_key = ec_private_key<p521>;
using secp256k1_private_key = ec_private_key<secp256k1>;

/// The seed from which an EdDSA key is derived: 32 octets for Ed25519, 57 for Ed448. [RFC 8032
/// §5.1.5, §5.2.5]
template <class Curve>
struct edwards_private_key {
    secret<Curve::size> seed;
};

using ed25519_private_key = edwards_private_key<edwards25519>;
using ed448_private_key = edwards_private_key<edwards448>;

/// The 32-octet seed from which an ML-DSA key of any of the three sizes is derived. The size is
/// part of the type, since a seed serves one algorithm. [FIPS 204 §6.1, RFC 9964 §3]
template <std::size_t PublicSize>
struct ml_dsa_private_key {
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
