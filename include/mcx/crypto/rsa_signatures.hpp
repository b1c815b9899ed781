// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_RSA_SIGNATURES_HPP
#define MCX_CRYPTO_RSA_SIGNATURES_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Signatures with RSA: a padding and a hash function make an algorithm. [RFC 7518 §3.3, §3.5] A key
// serves one algorithm: nothing in here lets a key of RS256 verify PS256.

namespace mcx {

/// What the RSA algorithms have in common: the signature is as long as the modulus.
struct rsa_signature_scheme {
    static constexpr bool is_mac = false;
    using signature = bounded_bytes<rsa_public_key::max_bits / 8>;
    using public_key = rsa_public_key;
    using private_key = rsa_private_key;

    /// The signature has the modulus' length and is less than it. [RFC 8017 §5.2.2]
    template <std::size_t MaxBits, std::uint64_t MinExponent>
    [[nodiscard]] static constexpr bool in_range(
        bounded_rsa_public_key<MaxBits, MinExponent> const& k,
        bounded_bytes<MaxBits / 8> const& s) noexcept {
        return s.size() == k.modulus().size() && rsa::less_than(s.view(), k.modulus());
    }
};

/// RSASSA-PKCS1-v1_5 with `Hash`. [RFC 8017 §8.2]
template <class Hash>
struct rsassa_pkcs1 : rsa_signature_scheme {
    using hash = Hash;
};

/// RSASSA-PSS with `Hash`, MGF1 with the same hash function, and a salt of exactly the hash's
/// length. [RFC 7518 §3.5, RFC 8017 §8.1]
template <class Hash>
struct rsassa_pss : rsa_signature_scheme {
    using hash = Hash;
    static constexpr std::size_t salt_size = Hash::size;
};

/// One of the algorithms below.
template <class A>
concept RsaAlgorithm = std::derived_from<A, rsa_signature_scheme>;

/// One of the RSASSA-PSS algorithms below.
template <class A>
concept PssAlgorithm = RsaAlgorithm<A> && std::derived_from<A, rsassa_pss<typename A::hash>>;

/// RSASSA-PKCS1-v1_5 with SHA-256. [RFC 7518 §3.3]
struct rs256 : rsassa_pkcs1<sha256> {
    static constexpr std::string_view name = "RS256";
};

/// RSASSA-PKCS1-v1_5 with SHA-384. [RFC 7518 §3.3]
struct rs384 : rsassa_pkcs1<sha384> {
    static constexpr std::string_view name = "RS384";
};

/// RSASSA-PKCS1-v1_5 with SHA-512. [RFC 7518 §3.3]
struct rs512 : rsassa_pkcs1<sha512> {
    static constexpr std::string_view name = "RS512";
};

/// RSASSA-PSS with SHA-256. [RFC 7518 §3.5]
struct ps256 : rsassa_pss<sha256> {
    static constexpr std::string_view name = "PS256";
};

/// RSASSA-PSS with SHA-384. [RFC 7518 §3.5]
struct ps384 : rsassa_pss<sha384> {
    static constexpr std::string_view name = "PS384";
};

/// RSASSA-PSS with SHA-512. [RFC 7518 §3.5]
struct ps512 : rsassa_pss<sha512> {
    static constexpr std::string_view name = "PS512";
};

/// A relaxation: RSA algorithm A with keys of up to 16384 bits. It verifies, and nobody signs with
/// it. Cost: a signature of 16384 bits takes some four times as long as one of 8192.
template <RsaAlgorithm A>
struct rsa_to_16384_bits : A {
    using relaxes = A;
    using public_key = bounded_rsa_public_key<16384, A::public_key::min_exponent>;
    using signature = bounded_bytes<public_key::max_bits / 8>;
    using private_key = void;
};

/// A relaxation: RSA algorithm A with keys whose exponent may be less than 65537, from 3 on, as old
/// ones have it. It verifies, and nobody signs with it. [SP 800-56B §6.2]
template <RsaAlgorithm A>
struct rsa_from_exponent_3 : A {
    using relaxes = A;
    using public_key = bounded_rsa_public_key<A::public_key::max_bits, 3>;
    using private_key = void;
};

}  // namespace mcx

#endif
