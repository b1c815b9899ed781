// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_SECP256K1_HPP
#define MCX_ARITH_SECP256K1_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/arith/weierstrass.hpp>

#include <cstddef>

// The curve secp256k1, y² = x³ + 7. [SEC 2 §2.4.1, RFC 8812 §3]

namespace mcx {

/// The domain parameters of secp256k1. [SEC 2 §2.4.1, RFC 8812 §3]
struct secp256k1_domain {
    /// The octets of a coordinate and of a scalar.
    static constexpr std::size_t size = 32;

    /// The order of the field.
    static constexpr limbs<4> prime{{0xFFFF'FFFE'FFFF'FC2F, 0xFFFF'FFFF'FFFF'FFFF,
                                     0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};

    /// The order of the base point, and of the curve.
    static constexpr limbs<4> order{{0xBFD2'5E8C'D036'4141, 0xBAAE'DCE6'AF48'A03B,
                                     0xFFFF'FFFF'FFFF'FFFE, 0xFFFF'FFFF'FFFF'FFFF}};

    /// The coefficients of the curve.
    static constexpr limbs<4> a{};
    static constexpr limbs<4> b{{7}};

    /// The base point.
    static constexpr limbs<4> base_x{{0x59F2'815B'16F8'1798, 0x029B'FCDB'2DCE'28D9,
                                      0x55A0'6295'CE87'0B07, 0x79BE'667E'F9DC'BBAC}};
    static constexpr limbs<4> base_y{{0x9C47'D08F'FB10'D4B8, 0xFD17'B448'A685'5419,
                                      0x5DA4'FBFC'0E11'08A8, 0x483A'DA77'26A3'C465}};
};

/// The curve secp256k1.
struct secp256k1 : weierstrass_curve<secp256k1_domain> {};

}  // namespace mcx

#endif
