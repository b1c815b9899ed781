// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_P256_HPP
#define MCX_ARITH_P256_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

// The curve P-256, as far as checking public keys and the range of signatures goes. [SP 800-186
// §3.2.1.3] Points are not added here. Public data only: the time depends on the values.

namespace mcx::p256 {

/// The order of the field.
inline constexpr limbs<4> prime{
    {0xFFFF'FFFF'FFFF'FFFF, 0x0000'0000'FFFF'FFFF, 0x0000'0000'0000'0000, 0xFFFF'FFFF'0000'0001}};

/// The order of the base point, and of the curve.
inline constexpr limbs<4> order{
    {0xF3B9'CAC2'FC63'2551, 0xBCE6'FAAD'A717'9E84, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'0000'0000}};

/// The coefficient b of y² = x³ - 3x + b.
inline constexpr limbs<4> b{
    {0x3BCE'3C3E'27D2'604B, 0x651D'06B0'CC53'B0F6, 0xB3EB'BD55'7698'86BC, 0x5AC6'35D8'AA3A'93E7}};

/// The base point.
inline constexpr limbs<4> base_x{
    {0xF4A1'3945'D898'C296, 0x7703'7D81'2DEB'33A0, 0xF8BC'E6E5'63A4'40F2, 0x6B17'D1F2'E12C'4247}};
inline constexpr limbs<4> base_y{
    {0xCBB6'4068'37BF'51F5, 0x2BCE'3357'6B31'5ECE, 0x8EE7'EB4A'7C0F'9E16, 0x4FE3'42E2'FE1A'7F9B}};

/// An element of the field.
using element = vartime_residue<4, prime>;

/// Tells whether (x, y), big-endian, is a point of the curve: both coordinates are less than the
/// prime and y² = x³ - 3x + b. Infinity has no coordinates. [SP 800-186 §D.1.1.1]
[[nodiscard]] constexpr bool on_curve(fixed_bytes<32> const& x, fixed_bytes<32> const& y) noexcept {
    std::optional<element> const u = element::from(limbs<4>::from_big_endian(x));
    std::optional<element> const v = element::from(limbs<4>::from_big_endian(y));
    if (!u || !v) {
        return false;
    }
    constexpr element coefficient = *element::from(b);
    return *v * *v == *u * *u * *u - (*u + *u + *u) + coefficient;
}

/// Tells whether 65 octets are an uncompressed point of the curve: 04, x, y. [SEC 1 §2.3.4]
[[nodiscard]] constexpr bool on_curve(byte_view point) noexcept {
    if (point.size() != 65 || point.front() != std::byte{0x04}) {
        return false;
    }
    fixed_bytes<32> x{};
    fixed_bytes<32> y{};
    std::copy_n(point.begin() + 1, 32, x.begin());
    std::copy_n(point.begin() + 33, 32, y.begin());
    return on_curve(x, y);
}

/// Tells whether 32 octets, big-endian, are a number in [1, order - 1]: what r and s of a signature
/// have to be. [FIPS 186-5 §6.4.2]
[[nodiscard]] constexpr bool is_scalar(byte_view number) noexcept {
    if (number.size() != 32) {
        return false;
    }
    auto const value = limbs<4>::from_big_endian(number);
    return !value.is_zero() && value < order;
}

}  // namespace mcx::p256

#endif
