// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/weierstrass.hpp>

#include "support/check.hpp"

#include <cstddef>

using mcx::fixed_bytes;
using mcx::limbs;

namespace {

/// A curve small enough to look at every pair of octets: y² = x³ + 4x + 3 modulo 251 has 233 points
/// with infinity, as another program counted.
struct toy_domain {
    static constexpr std::size_t size = 1;
    static constexpr limbs<1> prime{{251}};
    static constexpr limbs<1> a{{4}};
    static constexpr limbs<1> b{{3}};
    static constexpr limbs<1> order{{233}};
};
using toy = mcx::weierstrass_curve<toy_domain>;

struct of_another_size : toy_domain {
    static constexpr std::size_t size = 2;
};
struct of_another_order : toy_domain {
    static constexpr limbs<1> order{{257}};
};
struct without_order {
    static constexpr std::size_t size = 1;
    static constexpr limbs<1> prime{{251}};
    static constexpr limbs<1> a{{4}};
    static constexpr limbs<1> b{{3}};
};

constexpr fixed_bytes<1> octet(unsigned value) {
    return {static_cast<std::byte>(value)};
}

constexpr bool has(unsigned x, unsigned y) {
    return toy::on_curve(octet(x), octet(y));
}

}  // namespace

TEST_CASE("the domain of a curve has one size for coordinates and scalars") {
    CHECK_BOTH(mcx::CurveDomain<toy_domain>);
    CHECK_BOTH(!mcx::CurveDomain<of_another_size>);
    CHECK_BOTH(!mcx::CurveDomain<of_another_order>);
    CHECK_BOTH(!mcx::CurveDomain<without_order>);
    CHECK_BOTH(!mcx::CurveDomain<int>);
}

TEST_CASE("a point is on the curve where the equation holds, and its coordinates are reduced") {
    unsigned points = 0;
    for (unsigned x = 0; x < 256; ++x) {
        for (unsigned y = 0; y < 256; ++y) {
            bool const expected =
                x < 251 && y < 251 && (y * y) % 251 == ((x * x + 4) % 251 * x + 3) % 251;
            if (has(x, y) != expected) {
                CAPTURE(x);
                CAPTURE(y);
                CHECK(has(x, y) == expected);
            }
            points += expected ? 1 : 0;
        }
    }
    CHECK(points == 232);  // and infinity
}

TEST_CASE("a point may be looked at while the program is compiled") {
    CHECK_BOTH(has(2, 105) == ((105U * 105) % 251 == (8U + 8 + 3) % 251));
    CHECK_BOTH(!has(0, 0));
}

TEST_CASE("an uncompressed point has three octets") {
    unsigned x = 0;
    unsigned y = 0;
    while (!has(x, y)) {
        y = (y + 1) % 251;
        x += y == 0 ? 1 : 0;
    }
    std::byte const point[]{std::byte{4}, octet(x)[0], octet(y)[0], std::byte{0}};
    mcx::byte_view const octets{point};
    CHECK(toy::on_curve(octets.first(3)));
    CHECK(!toy::on_curve(octets));
    CHECK(!toy::on_curve(octets.first(2)));
    CHECK(!toy::on_curve(octets.subspan(1)));
    CHECK(!toy::on_curve(mcx::byte_view{}));
}

TEST_CASE("a scalar is a number from 1 to the order less 1") {
    for (unsigned value = 0; value < 256; ++value) {
        CAPTURE(value);
        CHECK(toy::is_scalar(octet(value)) == (value >= 1 && value < 233));
    }
    CHECK_BOTH(!toy::is_scalar({}));
    CHECK_BOTH(!toy::is_scalar(fixed_bytes<2>{std::byte{0}, std::byte{1}}));
}
