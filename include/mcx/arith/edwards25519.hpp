// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_EDWARDS25519_HPP
#define MCX_ARITH_EDWARDS25519_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

// The curve edwards25519, as far as checking encodings goes. [RFC 8032 §5.1] A point is 32 octets:
// y, little-endian, with the sign of x in the top bit. Points are not added here. Public data only:
// the time depends on the values.

namespace mcx {

/// The curve edwards25519. [RFC 8032 §5.1]
struct edwards25519 {
    /// The octets of a point and of a scalar.
    static constexpr std::size_t size = 32;
    using encoded_point = fixed_bytes<size>;

    /// The order of the field, 2^255 - 19.
    static constexpr limbs<4> prime{{0xFFFF'FFFF'FFFF'FFED, 0xFFFF'FFFF'FFFF'FFFF,
                                     0xFFFF'FFFF'FFFF'FFFF, 0x7FFF'FFFF'FFFF'FFFF}};

    /// The order L of the base point.
    static constexpr limbs<4> order{{0x5812'631A'5CF5'D3ED, 0x14DE'F9DE'A2F7'9CD6,
                                     0x0000'0000'0000'0000, 0x1000'0000'0000'0000}};

    /// Tells whether the encoding is the only one of its point: y is less than the prime, and the
    /// sign bit is clear where x is zero. [RFC 8032 §5.1.3]
    [[nodiscard]] static constexpr bool is_canonical(encoded_point const& point) noexcept {
        limbs<4> const y = y_of(point);
        bool const sign = (point[31] & std::byte{0x80}) != std::byte{0};
        bool const x_is_zero = y == y_one || y == y_minus_one;
        return y < prime && !(sign && x_is_zero);
    }

    /// Tells whether there is an x for the y of an encoding: -x² + y² = 1 + d x² y²; for a y that
    /// is not less than the prime there is none. [RFC 8032 §5.1.3]
    [[nodiscard]] static constexpr bool has_point(encoded_point const& point) noexcept {
        using element = vartime_residue<4, prime>;
        constexpr element one = element::of(1);
        // d = -121665/121666, which is no square, so that the second factor is never zero.
        constexpr element numerator = element::of(121665);
        constexpr element denominator = element::of(121666);
        auto const y = element::from(y_of(point));
        if (!y) {
            return false;
        }
        element const square = *y * *y;
        return (denominator * (square - one) * (denominator - numerator * square)).is_square();
    }

    /// Tells whether the octets encode one of the eight points whose order divides 8, canonically
    /// or not. Under such a key a signature can be good for many messages.
    [[nodiscard]] static constexpr bool has_small_order(encoded_point const& point) noexcept {
        auto const& small = y_of_small_order;
        return std::find(std::begin(small), std::end(small), y_of(point)) != std::end(small);
    }

    /// Tells whether 32 octets, little-endian, are a number less than the order: what S of a
    /// signature has to be. [RFC 8032 §5.1.7]
    [[nodiscard]] static constexpr bool is_reduced_scalar(byte_view number) noexcept {
        return number.size() == size && limbs<4>::from_little_endian(number) < order;
    }

  private:
    /// The y of the points (0, 1) and (0, -1), whose x has no sign.
    static constexpr limbs<4> y_one{{1, 0, 0, 0}};
    static constexpr limbs<4> y_minus_one{{0xFFFF'FFFF'FFFF'FFEC, 0xFFFF'FFFF'FFFF'FFFF,
                                           0xFFFF'FFFF'FFFF'FFFF, 0x7FFF'FFFF'FFFF'FFFF}};

    /// Every y below 2^255 that the points of order 1, 2, 4 and 8 are encoded with.
    static constexpr limbs<4> y_of_small_order[]{
        {},  // order 4
        y_one,
        y_minus_one,
        // order 8, and its negative
        {{0xB027'B2C2'8F95'E826, 0xF098'EFF2'89F4'C345, 0x3933'C6D3'05AC'DFD5,
          0x05FC'536D'8802'38B1}},
        {{0x4FD8'4D3D'706A'17C7, 0x0F67'100D'760B'3CBA, 0xC6CC'392C'FA53'202A,
          0x7A03'AC92'77FD'C74E}},
        // 0 and 1 again, written as the prime and its successor
        prime,
        {{0xFFFF'FFFF'FFFF'FFEE, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
          0x7FFF'FFFF'FFFF'FFFF}},
    };

    /// The y of an encoded point, as it stands.
    [[nodiscard]] static constexpr limbs<4> y_of(encoded_point const& point) noexcept {
        auto y = limbs<4>::from_little_endian(point);
        y.limb[3] &= 0x7FFF'FFFF'FFFF'FFFF;
        return y;
    }
};

}  // namespace mcx

#endif
