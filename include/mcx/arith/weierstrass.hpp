// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_WEIERSTRASS_HPP
#define MCX_ARITH_WEIERSTRASS_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>

// Curves y² = x³ + a x + b over a prime field, as far as checking public keys and the range of
// signatures goes. [SEC 1 §2.2.1, SP 800-186 §2.1.1] Points are not added here. Public data only:
// the time depends on the values.

namespace mcx {

/// The domain parameters of a curve whose cofactor is 1: the order of its field, its coefficients,
/// the order of its base point, and the octets of a coordinate, which are those of a scalar too.
/// Exemplar: `p256_domain`. Models: the curves of this folder. Used by: `weierstrass_curve`.
template <class D>
concept CurveDomain = requires {
    { D::size } -> std::convertible_to<std::size_t>;
    D::prime;
    D::a;
    D::b;
    D::order;
} && (D::size == (D::prime.bit_width() + 7) / 8 && D::size == (D::order.bit_width() + 7) / 8);

/// A curve in short Weierstrass form. Its points other than infinity all have the order of the base
/// point, so that a point on the curve needs no further check.
template <CurveDomain Domain>
struct weierstrass_curve : Domain {
    using number = std::remove_const_t<decltype(Domain::prime)>;
    using coordinate = fixed_bytes<Domain::size>;

    /// An element of the field.
    using element = vartime_residue<number::octets / 8, Domain::prime>;

    /// Tells whether (x, y), big-endian, is a point of the curve: both coordinates are less than
    /// the prime and the equation holds. Infinity has no coordinates. [SEC 1 §3.2.2.1]
    [[nodiscard]] static constexpr bool on_curve(coordinate const& x,
                                                 coordinate const& y) noexcept {
        std::optional<element> const u = element::from(number::from_big_endian(x));
        std::optional<element> const v = element::from(number::from_big_endian(y));
        if (!u || !v) {
            return false;
        }
        constexpr element a = *element::from(Domain::a);
        constexpr element b = *element::from(Domain::b);
        return *v * *v == (*u * *u + a) * *u + b;
    }

    /// Tells whether octets are an uncompressed point of the curve: 04, x, y. [SEC 1 §2.3.4]
    [[nodiscard]] static constexpr bool on_curve(byte_view point) noexcept {
        if (point.size() != 1 + 2 * Domain::size || point.front() != std::byte{0x04}) {
            return false;
        }
        coordinate x{};
        coordinate y{};
        std::copy_n(point.begin() + 1, Domain::size, x.begin());
        std::copy_n(point.end() - Domain::size, Domain::size, y.begin());
        return on_curve(x, y);
    }

    /// Tells whether `size` octets, big-endian, are a number in [1, order - 1]: what r and s of a
    /// signature have to be. [FIPS 186-5 §6.4.2]
    [[nodiscard]] static constexpr bool is_scalar(byte_view octets) noexcept {
        if (octets.size() != Domain::size) {
            return false;
        }
        auto const value = number::from_big_endian(octets);
        return !value.is_zero() && value < Domain::order;
    }
};

}  // namespace mcx

#endif
