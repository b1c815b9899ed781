// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_P256_HPP
#define MCX_ARITH_P256_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/arith/weierstrass.hpp>

#include <cstddef>

// The curve P-256, y² = x³ - 3x + b. [SP 800-186 §3.2.1.3]

namespace mcx {

/// The domain parameters of P-256. [SP 800-186 §3.2.1.3]
struct p256_domain {
    /// The octets of a coordinate and of a scalar.
    static constexpr std::size_t size = 32;

    /// The order of the field.
    static constexpr limbs<4> prime{{0xFFFF'FFFF'FFFF'FFFF, 0x0000'0000'FFFF'FFFF,
                                     0x0000'0000'0000'0000, 0xFFFF'FFFF'0000'0001}};

    /// The order of the base point, and of the curve.
    static constexpr limbs<4> order{{0xF3B9'CAC2'FC63'2551, 0xBCE6'FAAD'A717'9E84,
                                     0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'0000'0000}};

    /// The coefficients of the curve. a is -3.
    static constexpr limbs<4> a{{0xFFFF'FFFF'FFFF'FFFC, 0x0000'0000'FFFF'FFFF,
                                 0x0000'0000'0000'0000, 0xFFFF'FFFF'0000'0001}};
    static constexpr limbs<4> b{{0x3BCE'3C3E'27D2'604B, 0x651D'06B0'CC53'B0F6,
                                 0xB3EB'BD55'7698'86BC, 0x5AC6'35D8'AA3A'93E7}};

    /// The base point.
    static constexpr limbs<4> base_x{{0xF4A1'3945'D898'C296, 0x7703'7D81'2DEB'33A0,
                                      0xF8BC'E6E5'63A4'40F2, 0x6B17'D1F2'E12C'4247}};
    static constexpr limbs<4> base_y{{0xCBB6'4068'37BF'51F5, 0x2BCE'3357'6B31'5ECE,
                                      0x8EE7'EB4A'7C0F'9E16, 0x4FE3'42E2'FE1A'7F9B}};
};

/// The curve P-256.
struct p256 : weierstrass_curve<p256_domain> {};

}  // namespace mcx

#endif
