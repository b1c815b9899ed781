// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/p384.hpp>

#include "support/check.hpp"
#include "support/curve_checks.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"

using mcx::p384;
using mcx::test::coordinate_of;
using mcx::test::hex_octets;

TEST_CASE("the constants of P-384 are the published ones") {
    CHECK_BOTH(coordinate_of<p384>(p384::prime) ==
               hex_octets("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff"
                          "0000000000000000ffffffff"));
    CHECK_BOTH(coordinate_of<p384>(p384::order) ==
               hex_octets("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db2"
                          "48b0a77aecec196accc52973"));
    CHECK_BOTH(coordinate_of<p384>(p384::b) ==
               hex_octets("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d"
                          "8a2ed19d2a85c8edd3ec2aef"));
}

TEST_CASE("P-384 has its base point, and the key of an example") {
    using example = mcx::test::rfc_example<mcx::es384>;
    CHECK_BOTH(mcx::test::has_its_base_point<p384>());
    CHECK_BOTH(p384::on_curve(example::x, example::y));
    CHECK_BOTH(!p384::on_curve(example::y, example::x));
}

TEST_CASE("P-384 is a curve like the others") {
    mcx::test::check_curve<p384>();
}

TEST_CASE("a coordinate of P-384 is less than the prime") {
    constexpr auto x = hex_octets(
        "000000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000000002");
    constexpr auto x_and_the_prime = hex_octets(
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff"
        "000000000000000100000001");
    constexpr auto y = hex_octets(
        "8cdeadbbd04911a3c1931e26df3fa6439dca9c7eb286fbd46fc319f0e2bb780232baf578"
        "25fc0c1912ada2fefe84024c");
    CHECK_BOTH(p384::on_curve(x, y));
    CHECK_BOTH(!p384::on_curve(x_and_the_prime, y));
}
