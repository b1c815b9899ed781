// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_P384_HPP
#define MCX_ARITH_P384_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/arith/weierstrass.hpp>

#include <cstddef>

// The curve P-384, y² = x³ - 3x + b. [SP 800-186 §3.2.1.4]

namespace mcx {

/// The domain parameters of P-384. [SP 800-186 §3.2.1.4]
struct p384_domain {
    /// The octets of a coordinate and of a scalar.
    static constexpr std::size_t size = 48;

    /// The order of the field.
    static constexpr limbs<6> prime{{0x0000'0000'FFFF'FFFF, 0xFFFF'FFFF'0000'0000,
                                     0xFFFF'FFFF'FFFF'FFFE, 0xFFFF'FFFF'FFFF'FFFF,
                                     0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};

    /// The order of the base point, and of the curve.
    static constexpr limbs<6> order{{0xECEC'196A'CCC5'2973, 0x581A'0DB2'48B0'A77A,
                                     0xC763'4D81'F437'2DDF, 0xFFFF'FFFF'FFFF'FFFF,
                                     0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};

    /// The coefficients of the curve. a is -3.
    static constexpr limbs<6> a{{0x0000'0000'FFFF'FFFC, 0xFFFF'FFFF'0000'0000,
                                 0xFFFF'FFFF'FFFF'FFFE, 0xFFFF'FFFF'FFFF'FFFF,
                                 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF}};
    static constexpr limbs<6> b{{0x2A85'C8ED'D3EC'2AEF, 0xC656'398D'8A2E'D19D,
                                 0x0314'088F'5013'875A, 0x181D'9C6E'FE81'4112,
                                 0x988E'056B'E3F8'2D19, 0xB331'2FA7'E23E'E7E4}};

    /// The base point.
    static constexpr limbs<6> base_x{{0x3A54'5E38'7276'0AB7, 0x5502'F25D'BF55'296C,
                                      0x59F7'41E0'8254'2A38, 0x6E1D'3B62'8BA7'9B98,
                                      0x8EB1'C71E'F320'AD74, 0xAA87'CA22'BE8B'0537}};
    static constexpr limbs<6> base_y{{0x7A43'1D7C'90EA'0E5F, 0x0A60'B1CE'1D7E'819D,
                                      0xE9DA'3113'B5F0'B8C0, 0xF8F4'1DBD'289A'147C,
                                      0x5D9E'98BF'9292'DC29, 0x3617'DE4A'9626'2C6F}};
};

/// The curve P-384.
struct p384 : weierstrass_curve<p384_domain> {};

}  // namespace mcx

#endif
