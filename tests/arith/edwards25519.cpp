// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/edwards25519.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <algorithm>

using mcx::fixed_bytes;
using mcx::test::hex_octets;
using ed25519 = mcx::edwards25519;

namespace {

// Public keys of RFC 8032 §7.1, and the base point.
constexpr fixed_bytes<32> public_keys[]{
    hex_octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
    hex_octets("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
    hex_octets("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
    hex_octets("278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e"),
    hex_octets("5866666666666666666666666666666666666666666666666666666666666666"),
};

/// Every encoding of a point whose order divides 8, without those that differ in the sign only.
constexpr fixed_bytes<32> small[]{
    hex_octets("0000000000000000000000000000000000000000000000000000000000000000"),
    hex_octets("0100000000000000000000000000000000000000000000000000000000000000"),
    hex_octets("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    hex_octets("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    hex_octets("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    hex_octets("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    hex_octets("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
};

constexpr fixed_bytes<32> with_sign(fixed_bytes<32> point) {
    point[31] |= std::byte{0x80};
    return point;
}

/// 2^255 - 19 + i, for i < 19.
constexpr fixed_bytes<32> prime_plus(unsigned i) {
    auto point = small[5];
    point[0] = static_cast<std::byte>(0xED + i);
    return point;
}

}  // namespace

TEST_CASE("published public keys are canonical and of large order, whatever the sign") {
    for (auto const& key : public_keys) {
        CHECK(ed25519::is_canonical(key));
        CHECK(ed25519::is_canonical(with_sign(key)));
        CHECK(!ed25519::has_small_order(key));
        CHECK(!ed25519::has_small_order(with_sign(key)));
    }
    CHECK_BOTH(ed25519::is_canonical(public_keys[0]) && !ed25519::has_small_order(public_keys[0]));
}

TEST_CASE("every spelling of a point of small order is found") {
    for (auto const& point : small) {
        CHECK(ed25519::has_small_order(point));
        CHECK(ed25519::has_small_order(with_sign(point)));
    }
    CHECK_BOTH(ed25519::has_small_order(small[2]) && ed25519::has_small_order(with_sign(small[6])));
}

TEST_CASE("a point that differs in one bit from one of small order is not of small order") {
    for (auto const& point : small) {
        for (unsigned bit = 0; bit < 255; ++bit) {
            auto changed = point;
            changed[bit / 8] ^= std::byte{1} << (bit % 8);
            bool const another =
                std::find(std::begin(small), std::end(small), changed) != std::end(small);
            CHECK(ed25519::has_small_order(changed) == another);
        }
    }
}

TEST_CASE("a y that is not less than the prime is not canonical") {
    for (unsigned i = 0; i < 19; ++i) {
        CAPTURE(i);
        CHECK(!ed25519::is_canonical(prime_plus(i)));
        CHECK(!ed25519::is_canonical(with_sign(prime_plus(i))));
    }
    CHECK_BOTH(!ed25519::is_canonical(prime_plus(18)));
    // The largest y that is: the prime minus one, with x = 0.
    CHECK_BOTH(ed25519::is_canonical(small[4]));
    CHECK_BOTH(ed25519::is_canonical(small[0]));
}

TEST_CASE("zero has no sign") {
    CHECK_BOTH(ed25519::is_canonical(small[1]));
    CHECK_BOTH(!ed25519::is_canonical(with_sign(small[1])));
    CHECK_BOTH(!ed25519::is_canonical(with_sign(small[4])));
    // y = 0 has an x other than zero.
    CHECK_BOTH(ed25519::is_canonical(with_sign(small[0])));
    CHECK_BOTH(ed25519::is_canonical(with_sign(small[2])));
}

TEST_CASE("one y in two has a point") {
    for (auto const& key : public_keys) {
        CHECK(ed25519::has_point(key));
        CHECK(ed25519::has_point(with_sign(key)));
    }
    // Computed apart: the y below 40 without an x.
    constexpr unsigned char absent[]{2, 7, 8, 11, 12, 13, 17, 20, 22, 31, 34, 36, 38};
    for (unsigned char y = 0; y < 40; ++y) {
        fixed_bytes<32> point{};
        point[0] = std::byte{y};
        CAPTURE(y);
        bool const there = std::find(std::begin(absent), std::end(absent), y) == std::end(absent);
        CHECK(ed25519::has_point(point) == there);
        CHECK(ed25519::has_point(with_sign(point)) == there);
    }
    for (auto const& point : {small[0], small[1], small[2], small[3], small[4]}) {
        CHECK(ed25519::has_point(point));
    }
    CHECK_FALSE(ed25519::has_point(prime_plus(3)));  // 3 written another way
    CHECK_BOTH(ed25519::has_point(public_keys[0]));
    CHECK_BOTH(!ed25519::has_point(
        hex_octets("0200000000000000000000000000000000000000000000000000000000000000")));
}

TEST_CASE("a scalar is less than the order of the base point") {
    CHECK_BOTH(ed25519::is_reduced_scalar(fixed_bytes<32>{}));
    CHECK_BOTH(ed25519::is_reduced_scalar(
        hex_octets("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")));
    CHECK_BOTH(!ed25519::is_reduced_scalar(
        hex_octets("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")));
    CHECK_BOTH(!ed25519::is_reduced_scalar(
        hex_octets("eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")));
    CHECK_BOTH(!ed25519::is_reduced_scalar(
        hex_octets("0000000000000000000000000000000000000000000000000000000000000020")));
    CHECK_BOTH(!ed25519::is_reduced_scalar(
        hex_octets("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")));
    // S of RFC 8032 §7.1, test 1.
    CHECK_BOTH(ed25519::is_reduced_scalar(
        hex_octets("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")));
}

TEST_CASE("a scalar has 32 octets") {
    CHECK_BOTH(!ed25519::is_reduced_scalar({}));
    CHECK_BOTH(!ed25519::is_reduced_scalar(fixed_bytes<31>{}));
    CHECK_BOTH(!ed25519::is_reduced_scalar(fixed_bytes<33>{}));
}
