// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_RSA_CRT_HPP
#define MCX_CRYPTO_RSA_CRT_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/private_key.hpp>

#include <concepts>

// The numbers of an RSA private key that follow from its primes. No backend of ours needs them, but
// a JWK states them: whoever reads or writes one has a backend compute. [RFC 7518 §6.3.2, RFC 8017
// §3.2]

namespace mcx {

/// d, d mod (p - 1), d mod (q - 1) and the inverse of q modulo p, big-endian.
struct rsa_crt {
    secret<1024> d;
    secret<512> dp;
    secret<512> dq;
    secret<512> qi;
};

/// A backend's way to compute these numbers; specialised in the backend's header.
template <class B>
struct rsa_arithmetic;

/// Backend B computes the numbers that follow from the primes of a key, and tells whether stated
/// ones do. Exemplar: `rsa_arithmetic<botan>`. Used by: jose/private_jwk.hpp.
template <class B>
concept ComputesRsa = requires(rsa_private_key const& key, rsa_crt const& stated) {
    { rsa_arithmetic<B>::derive(key) } noexcept -> std::same_as<result<rsa_crt>>;
    { rsa_arithmetic<B>::agree(key, stated) } noexcept -> std::same_as<result<bool>>;
};

}  // namespace mcx

#endif
