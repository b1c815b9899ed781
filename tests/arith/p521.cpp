// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/p521.hpp>

#include "support/check.hpp"
#include "support/curve_checks.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"

using mcx::p521;
using mcx::test::coordinate_of;
using mcx::test::hex_octets;

TEST_CASE("the constants of P-521 are the published ones") {
    CHECK_BOTH(coordinate_of<p521>(p521::prime) ==
               hex_octets("01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));
    CHECK_BOTH(coordinate_of<p521>(p521::order) ==
               hex_octets("01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa5186"
                          "8783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"));
    CHECK_BOTH(coordinate_of<p521>(p521::b) ==
               hex_octets("0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e15619"
                          "3951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"));
}

TEST_CASE("P-521 has its base point, and the key of an example") {
    using example = mcx::test::rfc_example<mcx::es512>;
    CHECK_BOTH(mcx::test::has_its_base_point<p521>());
    CHECK_BOTH(p521::on_curve(example::x, example::y));
    CHECK_BOTH(!p521::on_curve(example::y, example::x));
}

TEST_CASE("P-521 is a curve like the others") {
    mcx::test::check_curve<p521>();
}

TEST_CASE("the seven spare bits of an octet string for P-521 are zero") {
    auto x = coordinate_of<p521>(p521::base_x);
    auto const y = coordinate_of<p521>(p521::base_y);
    for (unsigned bit = 1; bit < 8; ++bit) {
        CAPTURE(bit);
        auto changed = x;
        changed[0] |= std::byte{1} << bit;
        CHECK(!p521::on_curve(changed, y));
        CHECK(!p521::is_scalar(changed));
    }
    CHECK(p521::is_scalar(x));
}

TEST_CASE("a coordinate of P-521 is less than the prime") {
    constexpr auto x = hex_octets(
        "000000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000001");
    constexpr auto x_and_the_prime = hex_octets(
        "020000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000");
    constexpr auto y = hex_octets(
        "0010e59be93c4f269c0269c79e2afd65d6aeaa9b701eacc194fb3ee03df47849bf550ec6"
        "36ebee0ddd4a16f1cd9406605af38f584567770e3f272d688c832e843564");
    CHECK_BOTH(p521::on_curve(x, y));
    CHECK_BOTH(!p521::on_curve(x_and_the_prime, y));
}
