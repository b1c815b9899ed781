// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/edwards448.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

using mcx::edwards448;
using mcx::fixed_bytes;
using mcx::test::hex_octets;

namespace {

using point = edwards448::encoded_point;

constexpr point y_of(mcx::limbs<7> const& y, unsigned last = 0) {
    auto const big = y.to_big_endian();
    point made{};
    std::reverse_copy(big.begin(), big.end(), made.begin());
    made[56] = static_cast<std::byte>(last);
    return made;
}

constexpr mcx::limbs<7> prime_plus(unsigned i) {
    auto made = edwards448::prime;
    mcx::add_to(made, mcx::limbs<7>{{i}});
    return made;
}
constexpr mcx::limbs<7> prime_minus(unsigned i) {
    auto made = edwards448::prime;
    mcx::subtract_from(made, mcx::limbs<7>{{i}});
    return made;
}

/// Every y below 2^448 of a point whose order divides 4: 0, 1, -1, and 0 and 1 again.
constexpr std::array<point, 5> small{y_of({}), y_of({{1}}), y_of(prime_minus(1)),
                                     y_of(edwards448::prime), y_of(prime_plus(1))};

constexpr point with_last(point p, unsigned last) {
    p[56] = static_cast<std::byte>(last);
    return p;
}

}  // namespace

TEST_CASE("the constants of edwards448 are the published ones") {
    CHECK_BOTH(edwards448::prime.to_big_endian() ==
               hex_octets("fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
                          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));
    CHECK_BOTH(edwards448::order.to_big_endian() ==
               hex_octets("3fffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                          "7cca23e9c44edb49aed63690216cc2728dc58f552378c292ab5844f3"));
}

TEST_CASE("a published public key is canonical and of large order, whatever the sign") {
    constexpr auto key = mcx::test::rfc_example<mcx::ed448>::octets;
    CHECK_BOTH(edwards448::is_canonical(key));
    CHECK_BOTH(!edwards448::has_small_order(key));
    CHECK_BOTH(edwards448::is_canonical(with_last(key, 0x80)));
    CHECK_BOTH(edwards448::is_canonical(with_last(key, 0)));
    CHECK_BOTH(!edwards448::has_small_order(with_last(key, 0)));
}

TEST_CASE("one y in two has a point") {
    CHECK_BOTH(edwards448::has_point(mcx::test::rfc_example<mcx::ed448>::octets));
    // Computed apart: the y below 35 without an x.
    constexpr std::array<unsigned, 16> absent{2,  6,  10, 11, 14, 15, 16, 17,
                                              18, 20, 22, 23, 28, 30, 32, 34};
    for (unsigned y = 0; y < 35; ++y) {
        CAPTURE(y);
        bool const there = std::find(absent.begin(), absent.end(), y) == absent.end();
        CHECK(edwards448::has_point(y_of({{y}})) == there);
        CHECK(edwards448::has_point(y_of({{y}}, 0x80)) == there);
    }
    CHECK_BOTH(!edwards448::has_point(y_of({{2}})));
    CHECK(edwards448::has_point(small[2]));
    CHECK_FALSE(edwards448::has_point(y_of(prime_plus(3))));
}

TEST_CASE("the last octet of a point holds the sign and nothing else") {
    constexpr auto key = mcx::test::rfc_example<mcx::ed448>::octets;
    for (unsigned last = 0; last < 256; ++last) {
        CAPTURE(last);
        CHECK(edwards448::is_canonical(with_last(key, last)) == (last == 0 || last == 0x80));
    }
}

TEST_CASE("every spelling of a point of small order is found, whatever its last octet") {
    for (point const& p : small) {
        CHECK(edwards448::has_small_order(p));
        CHECK(edwards448::has_small_order(with_last(p, 0x80)));
        CHECK(edwards448::has_small_order(with_last(p, 0x41)));
    }
    CHECK_BOTH(edwards448::has_small_order(small[4]));
}

TEST_CASE("a point that differs in one bit from one of small order is not of small order") {
    for (point const& p : small) {
        for (unsigned bit = 0; bit < 448; ++bit) {
            auto changed = p;
            changed[bit / 8] ^= std::byte{1} << (bit % 8);
            bool const another = std::find(small.begin(), small.end(), changed) != small.end();
            CHECK(edwards448::has_small_order(changed) == another);
        }
    }
}

TEST_CASE("a y of edwards448 that is not less than the prime is not canonical") {
    CHECK_BOTH(edwards448::is_canonical(small[0]));
    CHECK_BOTH(edwards448::is_canonical(small[1]));
    CHECK_BOTH(edwards448::is_canonical(small[2]));
    CHECK_BOTH(edwards448::is_canonical(y_of(prime_minus(2))));
    CHECK_BOTH(!edwards448::is_canonical(small[3]));
    CHECK_BOTH(!edwards448::is_canonical(small[4]));
    CHECK_BOTH(!edwards448::is_canonical(y_of(prime_plus(2))));
    point most{};
    most.fill(std::byte{0xFF});
    CHECK(!edwards448::is_canonical(with_last(most, 0)));
    CHECK(!edwards448::is_canonical(with_last(most, 0x80)));
}

TEST_CASE("an x of zero has no sign on edwards448") {
    CHECK_BOTH(!edwards448::is_canonical(with_last(small[1], 0x80)));
    CHECK_BOTH(!edwards448::is_canonical(with_last(small[2], 0x80)));
    // y = 0 has an x other than zero.
    CHECK_BOTH(edwards448::is_canonical(with_last(small[0], 0x80)));
}

TEST_CASE("a scalar of edwards448 is less than the order of the base point") {
    auto less = edwards448::order;
    mcx::subtract_from(less, mcx::limbs<7>{{1}});
    CHECK(edwards448::is_reduced_scalar(y_of(less)));
    CHECK(!edwards448::is_reduced_scalar(y_of(less, 1)));
    CHECK(!edwards448::is_reduced_scalar(y_of(less, 0x80)));
    CHECK_BOTH(!edwards448::is_reduced_scalar(y_of(edwards448::order)));
    CHECK_BOTH(edwards448::is_reduced_scalar(fixed_bytes<57>{}));
    CHECK_BOTH(!edwards448::is_reduced_scalar(y_of(edwards448::prime)));
}

TEST_CASE("a scalar of edwards448 has 57 octets") {
    CHECK_BOTH(!edwards448::is_reduced_scalar({}));
    CHECK_BOTH(!edwards448::is_reduced_scalar(fixed_bytes<56>{}));
    CHECK_BOTH(!edwards448::is_reduced_scalar(fixed_bytes<58>{}));
}
