// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_PUBLIC_KEY_HPP
#define MCX_CRYPTO_PUBLIC_KEY_HPP

#include <mcx/arith/edwards25519.hpp>
#include <mcx/arith/edwards448.hpp>
#include <mcx/arith/p256.hpp>
#include <mcx/arith/p384.hpp>
#include <mcx/arith/p521.hpp>
#include <mcx/arith/rsa.hpp>
#include <mcx/arith/secp256k1.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Public keys that have been checked. `from` is the only maker, so a backend never sees a key with
// an even modulus, a point off its curve or a point of small order, whatever the backend would have
// said to it. Nothing here knows a wire format: JWK is in jose/jwk.hpp.

namespace mcx {

/// A point of a curve in short Weierstrass form, other than infinity. [RFC 7518 §6.2.1, FIPS 186-5]
template <class Curve>
class ec_public_key {
    fixed_bytes<Curve::size> x_{};
    fixed_bytes<Curve::size> y_{};

    constexpr ec_public_key() = default;

  public:
    using curve = Curve;

    /// Fails: point_encoding (not as many octets each as a coordinate has), point_not_on_curve.
    [[nodiscard]] static constexpr result<ec_public_key> from(byte_view x, byte_view y) noexcept {
        ec_public_key made;
        if (x.size() != made.x_.size() || y.size() != made.y_.size()) {
            return errc::point_encoding;
        }
        std::copy(x.begin(), x.end(), made.x_.begin());
        std::copy(y.begin(), y.end(), made.y_.begin());
        if (!Curve::on_curve(made.x_, made.y_)) {
            return errc::point_not_on_curve;
        }
        return made;
    }

    [[nodiscard]] constexpr fixed_bytes<Curve::size> const& x() const noexcept { return x_; }
    [[nodiscard]] constexpr fixed_bytes<Curve::size> const& y() const noexcept { return y_; }

    friend constexpr bool operator==(ec_public_key const&, ec_public_key const&) = default;
};

using p256_public_key = ec_public_key<p256>;
using p384_public_key = ec_public_key<p384>;
using p521_public_key = ec_public_key<p521>;
using secp256k1_public_key = ec_public_key<secp256k1>;

/// A canonical point of a curve in Edwards form that is not of small order. [RFC 8032 §5, RFC 8037
/// §2]
template <class Curve>
class edwards_public_key {
    fixed_bytes<Curve::size> octets_{};

    constexpr edwards_public_key() = default;

  public:
    using curve = Curve;

    /// Fails: point_encoding (of another length, or not canonical), point_small_order,
    /// point_not_on_curve.
    [[nodiscard]] static constexpr result<edwards_public_key> from(byte_view octets) noexcept {
        edwards_public_key made;
        if (octets.size() != made.octets_.size()) {
            return errc::point_encoding;
        }
        std::copy(octets.begin(), octets.end(), made.octets_.begin());
        if (Curve::has_small_order(made.octets_)) {
            return errc::point_small_order;
        }
        if (!Curve::is_canonical(made.octets_)) {
            return errc::point_encoding;
        }
        if (!Curve::has_point(made.octets_)) {
            return errc::point_not_on_curve;
        }
        return made;
    }

    [[nodiscard]] constexpr fixed_bytes<Curve::size> const& octets() const noexcept {
        return octets_;
    }

    friend constexpr bool operator==(edwards_public_key const&,
                                     edwards_public_key const&) = default;
};

using ed25519_public_key = edwards_public_key<edwards25519>;
using ed448_public_key = edwards_public_key<edwards448>;

/// An ML-DSA key of Size octets. Its first 32 are a seed and the rest are numbers of ten bits, so
/// that all octets of the right number are a key. [FIPS 204 §7.2, RFC 9964 §3]
template <std::size_t Size>
class ml_dsa_public_key {
    fixed_bytes<Size> octets_{};

    constexpr ml_dsa_public_key() = default;

  public:
    static constexpr std::size_t size = Size;

    /// Fails: key_value (of another length).
    [[nodiscard]] static constexpr result<ml_dsa_public_key> from(byte_view octets) noexcept {
        if (octets.size() != Size) {
            return errc::key_value;
        }
        ml_dsa_public_key made;
        std::copy(octets.begin(), octets.end(), made.octets_.begin());
        return made;
    }

    [[nodiscard]] constexpr fixed_bytes<Size> const& octets() const noexcept { return octets_; }

    friend constexpr bool operator==(ml_dsa_public_key const&, ml_dsa_public_key const&) = default;
};

/// An RSA key of 2048 to MaxBits bits, whose exponent is at least MinExponent. [RFC 7518 §3.3,
/// §6.3.1]
template <std::size_t MaxBits, std::uint64_t MinExponent>
class bounded_rsa_public_key {
    bounded_bytes<MaxBits / 8> modulus_;
    std::uint64_t exponent_ = 0;

    constexpr bounded_rsa_public_key() = default;

  public:
    static constexpr std::size_t min_bits = 2048;
    static constexpr std::size_t max_bits = MaxBits;
    static constexpr std::uint64_t min_exponent = MinExponent;

    /// Takes the modulus as a big-endian number without leading zeros, and an odd exponent with
    /// MinExponent <= e < 2^33. Fails: rsa_modulus_size, rsa_modulus_encoding, rsa_modulus_even,
    /// rsa_modulus_weak (a small factor, or the fingerprint of CVE-2017-15361), rsa_exponent.
    [[nodiscard]] static constexpr result<bounded_rsa_public_key> from(
        byte_view modulus, std::uint64_t exponent) noexcept {
        if (errc const e = rsa::check_modulus(modulus, min_bits, max_bits); e != errc::none) {
            return e;
        }
        if (errc const e = rsa::check_exponent(exponent, min_exponent); e != errc::none) {
            return e;
        }
        bounded_rsa_public_key made;
        if (!made.modulus_.assign(modulus)) {
            return errc::rsa_modulus_size;
        }
        made.exponent_ = exponent;
        return made;
    }

    [[nodiscard]] constexpr byte_view modulus() const noexcept { return modulus_.view(); }
    [[nodiscard]] constexpr std::uint64_t exponent() const noexcept { return exponent_; }

    friend constexpr bool operator==(bounded_rsa_public_key const&,
                                     bounded_rsa_public_key const&) = default;
};

/// An RSA key of 2048 to 8192 bits, with an exponent of 65537 or more.
using rsa_public_key = bounded_rsa_public_key<8192, 65537>;

}  // namespace mcx

#endif
