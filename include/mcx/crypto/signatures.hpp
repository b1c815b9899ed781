// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_SIGNATURES_HPP
#define MCX_CRYPTO_SIGNATURES_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>

#include <algorithm>
#include <string_view>

// The signature algorithms: their names, keys, signatures, and the range that a signature has to be
// in before any backend sees it. How they are computed is a backend's business.

namespace mcx {

/// ECDSA over P-256 with SHA-256; the signature is r and s, 32 octets each. [RFC 7518 §3.4]
struct es256 {
    static constexpr std::string_view name = "ES256";
    static constexpr bool is_mac = false;
    using signature = fixed_bytes<64>;
    using public_key = p256_public_key;
    using private_key = p256_private_key;

    /// r and s are in [1, n - 1].
    [[nodiscard]] static constexpr bool in_range(public_key const&, signature const& s) noexcept {
        byte_view const octets{s};
        return p256::is_scalar(octets.first(32)) && p256::is_scalar(octets.last(32));
    }
};

/// RSASSA-PKCS1-v1_5 with SHA-256; the signature is as long as the modulus. [RFC 7518 §3.3]
struct rs256 {
    static constexpr std::string_view name = "RS256";
    static constexpr bool is_mac = false;
    using signature = bounded_bytes<1024>;
    using public_key = rsa_public_key;
    using private_key = rsa_private_key;

    /// The signature has the modulus' length and is less than it. [RFC 8017 §5.2.2]
    [[nodiscard]] static constexpr bool in_range(public_key const& k, signature const& s) noexcept {
        return s.size() == k.modulus().size() && rsa::less_than(s.view(), k.modulus());
    }
};

/// EdDSA, of which this library means Ed25519 only. [RFC 8037 §3.1]
struct eddsa {
    static constexpr std::string_view name = "EdDSA";
    static constexpr bool is_mac = false;
    using signature = fixed_bytes<64>;
    using public_key = ed25519_public_key;
    using private_key = ed25519_private_key;

    /// R is canonical and not of small order, S is less than the order of the base point. Backends
    /// disagree about an R of small order, which no honest signer makes. [RFC 8032 §5.1.7]
    [[nodiscard]] static constexpr bool in_range(public_key const&, signature const& s) noexcept {
        fixed_bytes<32> r{};
        std::copy_n(s.begin(), 32, r.begin());
        return ed25519::is_canonical(r) && !ed25519::has_small_order(r) &&
               ed25519::is_reduced_scalar(byte_view{s}.last(32));
    }
};

/// Every signature algorithm the library names.
using signature_algorithms = algorithm_set<es256, rs256, eddsa>;

}  // namespace mcx

#endif
