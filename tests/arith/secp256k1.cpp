// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/secp256k1.hpp>

#include "support/check.hpp"
#include "support/curve_checks.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"

using mcx::secp256k1;
using mcx::test::coordinate_of;
using mcx::test::hex_octets;

TEST_CASE("the constants of secp256k1 are the published ones") {
    CHECK_BOTH(coordinate_of<secp256k1>(secp256k1::prime) ==
               hex_octets("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"));
    CHECK_BOTH(coordinate_of<secp256k1>(secp256k1::order) ==
               hex_octets("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
    CHECK_BOTH(coordinate_of<secp256k1>(secp256k1::b) ==
               hex_octets("0000000000000000000000000000000000000000000000000000000000000007"));
}

TEST_CASE("secp256k1 has its base point, and the key of an example") {
    using example = mcx::test::rfc_example<mcx::es256k>;
    CHECK_BOTH(mcx::test::has_its_base_point<secp256k1>());
    CHECK_BOTH(secp256k1::on_curve(example::x, example::y));
    CHECK_BOTH(!secp256k1::on_curve(example::y, example::x));
}

TEST_CASE("secp256k1 is a curve like the others") {
    mcx::test::check_curve<secp256k1>();
}

TEST_CASE("a coordinate of secp256k1 is less than the prime") {
    constexpr auto x =
        hex_octets("0000000000000000000000000000000000000000000000000000000000000001");
    constexpr auto x_and_the_prime =
        hex_octets("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30");
    constexpr auto y =
        hex_octets("4218f20ae6c646b363db68605822fb14264ca8d2587fdd6fbc750d587e76a7ee");
    CHECK_BOTH(secp256k1::on_curve(x, y));
    CHECK_BOTH(!secp256k1::on_curve(x_and_the_prime, y));
}
