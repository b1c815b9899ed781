// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_ECDSA_HPP
#define MCX_CRYPTO_ECDSA_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>

#include <concepts>
#include <string_view>

// ECDSA: a curve and a hash function make an algorithm. [RFC 7518 §3.4, RFC 8812 §3.2, FIPS 186-5
// §6] Signatures are r and s side by side; DER has no place here.

namespace mcx {

/// ECDSA over `Curve` with `Hash`; the signature is r and s, each as long as a coordinate.
template <class Curve, class Hash>
struct ecdsa {
    static constexpr bool is_mac = false;
    using curve = Curve;
    using hash = Hash;
    using signature = fixed_bytes<2 * Curve::size>;
    using public_key = ec_public_key<Curve>;
    using private_key = ec_private_key<Curve>;

    /// r and s are in [1, n - 1].
    [[nodiscard]] static constexpr bool in_range(public_key const&, signature const& s) noexcept {
        byte_view const octets{s};
        return Curve::is_scalar(octets.first(Curve::size)) &&
               Curve::is_scalar(octets.last(Curve::size));
    }
};

/// One of the algorithms below.
template <class A>
concept EcdsaAlgorithm = std::derived_from<A, ecdsa<typename A::curve, typename A::hash>>;

/// ECDSA over P-256 with SHA-256. [RFC 7518 §3.4]
struct es256 : ecdsa<p256, sha256> {
    static constexpr std::string_view name = "ES256";
};

/// ECDSA over P-384 with SHA-384. [RFC 7518 §3.4]
struct es384 : ecdsa<p384, sha384> {
    static constexpr std::string_view name = "ES384";
};

/// ECDSA over P-521 with SHA-512; r and s have 66 octets each. [RFC 7518 §3.4]
struct es512 : ecdsa<p521, sha512> {
    static constexpr std::string_view name = "ES512";
};

/// ECDSA over secp256k1 with SHA-256. [RFC 8812 §3.2]
struct es256k : ecdsa<secp256k1, sha256> {
    static constexpr std::string_view name = "ES256K";
};

}  // namespace mcx

#endif
