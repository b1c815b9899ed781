// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_P521_HPP
#define MCX_ARITH_P521_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/arith/weierstrass.hpp>

#include <cstddef>

// The curve P-521, y² = x³ - 3x + b. [SP 800-186 §3.2.1.5] Its numbers have 521 bits, and so do
// not fill the 66 octets and the nine limbs that hold them.

namespace mcx {

/// The domain parameters of P-521. [SP 800-186 §3.2.1.5]
struct p521_domain {
    /// The octets of a coordinate and of a scalar.
    static constexpr std::size_t size = 66;

    /// The order of the field.
    static constexpr limbs<9> prime{
        {0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
         0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
         0x0000'0000'0000'01FF}};

    /// The order of the base point, and of the curve.
    static constexpr limbs<9> order{
        {0xBB6F'B71E'9138'6409, 0x3BB5'C9B8'899C'47AE, 0x7FCC'0148'F709'A5D0, 0x5186'8783'BF2F'966B,
         0xFFFF'FFFF'FFFF'FFFA, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
         0x0000'0000'0000'01FF}};

    /// The coefficients of the curve. a is -3.
    static constexpr limbs<9> a{
        {0xFFFF'FFFF'FFFF'FFFC, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
         0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF,
         0x0000'0000'0000'01FF}};
    static constexpr limbs<9> b{
        {0xEF45'1FD4'6B50'3F00, 0x3573'DF88'3D2C'34F1, 0x1652'C0BD'3BB1'BF07, 0x5619'3951'EC7E'937B,
         0xB8B4'8991'8EF1'09E1, 0xA2DA'725B'99B3'15F3, 0x929A'21A0'B685'40EE, 0x953E'B961'8E1C'9A1F,
         0x0000'0000'0000'0051}};

    /// The base point.
    static constexpr limbs<9> base_x{
        {0xF97E'7E31'C2E5'BD66, 0x3348'B3C1'856A'429B, 0xFE1D'C127'A2FF'A8DE, 0xA14B'5E77'EFE7'5928,
         0xF828'AF60'6B4D'3DBA, 0x9C64'8139'053F'B521, 0x9E3E'CB66'2395'B442, 0x858E'06B7'0404'E9CD,
         0x0000'0000'0000'00C6}};
    static constexpr limbs<9> base_y{
        {0x88BE'9476'9FD1'6650, 0x353C'7086'A272'C240, 0xC550'B901'3FAD'0761, 0x97EE'7299'5EF4'2640,
         0x17AF'BD17'273E'662C, 0x98F5'4449'579B'4468, 0x5C8A'5FB4'2C7D'1BD9, 0x3929'6A78'9A3B'C004,
         0x0000'0000'0000'0118}};
};

/// The curve P-521.
struct p521 : weierstrass_curve<p521_domain> {};

}  // namespace mcx

#endif
