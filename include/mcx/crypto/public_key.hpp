// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_PUBLIC_KEY_HPP
#define MCX_CRYPTO_PUBLIC_KEY_HPP

#include <mcx/arith/edwards25519.hpp>
#include <mcx/arith/p256.hpp>
#include <mcx/arith/rsa.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Public keys that have been checked. `from` is the only maker, so a backend never sees a key with
// an even modulus, a point off its curve or a point of small order, whatever the backend would have
// said to it. Nothing here knows a wire format: JWK is in jose/jwk.hpp.

namespace mcx {

/// A point of P-256 other than infinity. [RFC 7518 §6.2.1, FIPS 186-5]
class p256_public_key {
    fixed_bytes<32> x_{};
    fixed_bytes<32> y_{};

    constexpr p256_public_key() = default;

  public:
    /// Fails: point_encoding (not 32 octets each), point_not_on_curve.
    [[nodiscard]] static constexpr result<p256_public_key> from(byte_view x, byte_view y) noexcept {
        p256_public_key made;
        if (x.size() != made.x_.size() || y.size() != made.y_.size()) {
            return errc::point_encoding;
        }
        std::copy(x.begin(), x.end(), made.x_.begin());
        std::copy(y.begin(), y.end(), made.y_.begin());
        if (!p256::on_curve(made.x_, made.y_)) {
            return errc::point_not_on_curve;
        }
        return made;
    }

    [[nodiscard]] constexpr fixed_bytes<32> const& x() const noexcept { return x_; }
    [[nodiscard]] constexpr fixed_bytes<32> const& y() const noexcept { return y_; }

    friend constexpr bool operator==(p256_public_key const&, p256_public_key const&) = default;
};

/// A canonical point of edwards25519 that is not of small order. [RFC 8032 §5.1, RFC 8037 §2]
class ed25519_public_key {
    fixed_bytes<32> octets_{};

    constexpr ed25519_public_key() = default;

  public:
    /// Fails: point_encoding (not 32 octets, or not canonical), point_small_order.
    [[nodiscard]] static constexpr result<ed25519_public_key> from(byte_view octets) noexcept {
        ed25519_public_key made;
        if (octets.size() != made.octets_.size()) {
            return errc::point_encoding;
        }
        std::copy(octets.begin(), octets.end(), made.octets_.begin());
        if (ed25519::has_small_order(made.octets_)) {
            return errc::point_small_order;
        }
        if (!ed25519::is_canonical(made.octets_)) {
            return errc::point_encoding;
        }
        return made;
    }

    [[nodiscard]] constexpr fixed_bytes<32> const& octets() const noexcept { return octets_; }

    friend constexpr bool operator==(ed25519_public_key const&,
                                     ed25519_public_key const&) = default;
};

/// An RSA key of 2048 to 8192 bits. [RFC 7518 §3.3, §6.3.1]
class rsa_public_key {
    bounded_bytes<1024> modulus_;
    std::uint64_t exponent_ = 0;

    constexpr rsa_public_key() = default;

  public:
    static constexpr std::size_t min_bits = 2048;
    static constexpr std::size_t max_bits = 8192;

    /// Takes the modulus as a big-endian number without leading zeros, and an odd exponent with
    /// 65537 <= e < 2^33. Fails: rsa_modulus_size, rsa_modulus_encoding, rsa_modulus_even,
    /// rsa_modulus_weak (a small factor, or the fingerprint of CVE-2017-15361), rsa_exponent.
    [[nodiscard]] static constexpr result<rsa_public_key> from(byte_view modulus,
                                                               std::uint64_t exponent) noexcept {
        if (errc const e = rsa::check_modulus(modulus, min_bits, max_bits); e != errc::none) {
            return e;
        }
        if (errc const e = rsa::check_exponent(exponent); e != errc::none) {
            return e;
        }
        rsa_public_key made;
        if (!made.modulus_.assign(modulus)) {
            return errc::rsa_modulus_size;
        }
        made.exponent_ = exponent;
        return made;
    }

    [[nodiscard]] constexpr byte_view modulus() const noexcept { return modulus_.view(); }
    [[nodiscard]] constexpr std::uint64_t exponent() const noexcept { return exponent_; }

    friend constexpr bool operator==(rsa_public_key const&, rsa_public_key const&) = default;
};

}  // namespace mcx

#endif
