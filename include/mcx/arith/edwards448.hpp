// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_EDWARDS448_HPP
#define MCX_ARITH_EDWARDS448_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

// The curve edwards448, as far as checking encodings goes. [RFC 8032 §5.2] A point is 57 octets: y
// in the first 56, little-endian, then the sign of x in the top bit of an octet that is otherwise
// zero. Points are not added here. Public data only: the time depends on the values.

namespace mcx {

/// The curve edwards448. [RFC 8032 §5.2]
struct edwards448 {
    /// The octets of a point and of a scalar.
    static constexpr std::size_t size = 57;
    using encoded_point = fixed_bytes<size>;

    /// The order of the field, 2^448 - 2^224 - 1.
    static constexpr limbs<7> prime{
        {0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFE'FFFF'FFFF,
         0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};

    /// The order L of the base point.
    static constexpr limbs<7> order{
        {0x2378'C292'AB58'44F3, 0x216C'C272'8DC5'8F55, 0xC44E'DB49'AED6'3690, 0xFFFF'FFFF'7CCA'23E9,
         0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0x3FFF'FFFF'FFFF'FFFF}};

    /// Tells whether the encoding is the only one of its point: y is less than the prime, the last
    /// octet holds nothing but the sign, and that is clear where x is zero. [RFC 8032 §5.2.3]
    [[nodiscard]] static constexpr bool is_canonical(encoded_point const& point) noexcept {
        limbs<7> const y = y_of(point);
        bool const x_is_zero = y == y_one || y == y_minus_one;
        return y < prime &&
               (point[56] == std::byte{0} || (point[56] == std::byte{0x80} && !x_is_zero));
    }

    /// Tells whether there is an x for the y of an encoding: x² + y² = 1 + d x² y²; for a y that is
    /// not less than the prime there is none. [RFC 8032 §5.2.3]
    [[nodiscard]] static constexpr bool has_point(encoded_point const& point) noexcept {
        using element = vartime_residue<7, prime>;
        constexpr element one = element::of(1);
        constexpr element minus_d = element::of(39081);  // no square either
        auto const y = element::from(y_of(point));
        if (!y) {
            return false;
        }
        element const square = *y * *y;
        return ((one - square) * (one + minus_d * square)).is_square();
    }

    /// Tells whether the octets encode one of the four points whose order divides 4, canonically or
    /// not. Under such a key a signature can be good for many messages.
    [[nodiscard]] static constexpr bool has_small_order(encoded_point const& point) noexcept {
        auto const& small = y_of_small_order;
        return std::find(std::begin(small), std::end(small), y_of(point)) != std::end(small);
    }

    /// Tells whether 57 octets, little-endian, are a number less than the order: what S of a
    /// signature has to be. [RFC 8032 §5.2.7]
    [[nodiscard]] static constexpr bool is_reduced_scalar(byte_view number) noexcept {
        return number.size() == size && number.back() == std::byte{0} &&
               limbs<7>::from_little_endian(number.first(size - 1)) < order;
    }

  private:
    /// The y of the points (0, 1) and (0, -1), whose x has no sign.
    static constexpr limbs<7> y_one{{1}};
    static constexpr limbs<7> y_minus_one{
        {0xFFFF'FFFF'FFFF'FFFE, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFE'FFFF'FFFF,
         0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};

    /// Every y below 2^448 that the points of order 1, 2 and 4 are encoded with.
    static constexpr limbs<7> y_of_small_order[]{
        {},  // order 4
        y_one,
        y_minus_one,
        // 0 and 1 again, written as the prime and its successor
        prime,
        {{0, 0, 0, 0xFFFF'FFFF'0000'0000, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
          0xFFFF'FFFF'FFFF'FFFF}},
    };

    /// The y of an encoded point, as it stands.
    [[nodiscard]] static constexpr limbs<7> y_of(encoded_point const& point) noexcept {
        return limbs<7>::from_little_endian(byte_view{point}.first(size - 1));
    }
};

}  // namespace mcx

#endif
