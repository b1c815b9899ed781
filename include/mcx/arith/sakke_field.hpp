// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_SAKKE_FIELD_HPP
#define MCX_ARITH_SAKKE_FIELD_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <cstddef>
#include <optional>

// The curve of SAKKE parameter set 1, y² = x³ - 3x over a field of 1024 bits, as far as checking
// public points goes. [RFC 6508 §2.1, RFC 6509 appendix A] There is no pairing here and no scalar
// multiplication, so a point that is found good may still have an order other than q. Public data
// only: the time depends on the values.

namespace mcx::sakke {

/// The order p of the field.
inline constexpr limbs<16> prime{
    {0x666D'807A'FEA8'5FEB, 0x80C5'DF10'AC7A'CE87, 0xFCE3'E823'8985'7DB0, 0x9F94'D6AF'5697'1F1F,
     0xA7CF'3C52'1C3C'09AA, 0xB6AF'F4A8'3185'2A82, 0x512A'C5CD'6568'1CE1, 0xE26C'6487'326B'4CD4,
     0x356D'27F4'A666'A6D0, 0xE791'B39F'F7C8'8A19, 0x2287'30D5'31A5'9CB0, 0xF40A'AB27'E2FC'0F1B,
     0xBE9A'E358'B3E0'1A2E, 0x416C'0CE1'9CB4'8261, 0x65C6'1198'DAD0'657A, 0x997A'BB1F'0A56'3FDA}};

/// An element of the field.
using element = vartime_residue<16, prime>;

/// The octets of an uncompressed point: 04, x, y. [RFC 6508 §4]
inline constexpr std::size_t point_size = 257;

/// Tells whether the octets are an uncompressed point of the curve: 04, then x and y, both
/// big-endian and less than the prime, with y² = x³ - 3x. Points whose order divides 4 are refused:
/// the one with y = 0, and those with x² = -3, which it is the double of.
[[nodiscard]] constexpr bool on_curve(byte_view point) noexcept {
    if (point.size() != point_size || point[0] != std::byte{0x04}) {
        return false;
    }
    auto const coordinate = [point](std::size_t at) {
        return element::from(limbs<16>::from_big_endian(point.subspan(at, 128)));
    };
    std::optional<element> const x = coordinate(1);
    std::optional<element> const y = coordinate(129);
    if (!x || !y) {
        return false;
    }
    element const square = *x * *x;
    constexpr element three = element::of(3);
    if (*y == element{} || square + three == element{}) {
        return false;
    }
    return *y * *y == (square - three) * *x;
}

}  // namespace mcx::sakke

#endif
