// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/p256.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/kms_points.hpp"

#include <algorithm>

using mcx::fixed_bytes;
using mcx::p256;
using mcx::test::hex_octets;

namespace {

struct point {
    fixed_bytes<32> x, y;
};

constexpr point base{p256::base_x.to_big_endian(), p256::base_y.to_big_endian()};

// The public keys of RFC 7515 §A.3 and RFC 6979 §A.2.5, and the KPAK of RFC 6507 appendix A.
constexpr point published[]{
    {hex_octets("7fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445"),
     hex_octets("c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad")},
    {hex_octets("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
     hex_octets("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")},
    {hex_octets("50d4670bde75244f28d2838a0d25558a7a72686d4522d4c8273fb6442aebfa93"),
     hex_octets("dbdd37551afd263b5dfd617f3960c65a8c298850ff99f20366dce7d4367217f4")},
};

/// Points with x = 5, with y = 5 and with x = 0: numbers that have a second spelling in 32 octets.
constexpr point small_x{
    hex_octets("0000000000000000000000000000000000000000000000000000000000000005"),
    hex_octets("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc")};
constexpr point small_y{
    hex_octets("d7325d7646cd60d80a92738ceb345f844cffaf35841022cab176f692de8de1d7"),
    hex_octets("0000000000000000000000000000000000000000000000000000000000000005")};
constexpr point zero_x{
    fixed_bytes<32>{},
    hex_octets("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4")};

constexpr auto prime = p256::prime.to_big_endian();
constexpr auto prime_plus_5 =
    hex_octets("ffffffff00000001000000000000000000000001000000000000000000000004");

constexpr bool on_curve(point const& p) {
    return p256::on_curve(p.x, p.y);
}

}  // namespace

TEST_CASE("the constants of P-256 are the published ones") {
    CHECK_BOTH(p256::prime.to_big_endian() ==
               hex_octets("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"));
    CHECK_BOTH(p256::order.to_big_endian() ==
               hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));
    CHECK_BOTH(p256::b.to_big_endian() ==
               hex_octets("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"));
}

TEST_CASE("published points are on P-256") {
    CHECK_BOTH(on_curve(base));
    CHECK_BOTH(on_curve(published[0]));
    CHECK_BOTH(on_curve(published[1]));
    CHECK_BOTH(on_curve(published[2]));
    CHECK_BOTH(on_curve(zero_x));
}

TEST_CASE("a point with its coordinates exchanged is not on P-256") {
    CHECK_BOTH(!p256::on_curve(base.y, base.x));
    CHECK_BOTH(!p256::on_curve({}, {}));
}

TEST_CASE("no bit of a point of P-256 may change") {
    for (unsigned bit = 0; bit < 256; ++bit) {
        CAPTURE(bit);
        point changed = published[0];
        changed.x[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!on_curve(changed));
        changed = published[0];
        changed.y[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!on_curve(changed));
    }
}

TEST_CASE("the negative of a point is on P-256") {
    auto negative = p256::prime;
    mcx::subtract_from(negative, p256::base_y);
    CHECK(p256::on_curve(base.x, negative.to_big_endian()));
}

TEST_CASE("a coordinate of P-256 is less than the prime") {
    CHECK_BOTH(on_curve(small_x));
    CHECK_BOTH(on_curve(small_y));
    CHECK_BOTH(!p256::on_curve(prime_plus_5, small_x.y));
    CHECK_BOTH(!p256::on_curve(small_y.x, prime_plus_5));
    CHECK_BOTH(!p256::on_curve(prime, zero_x.y));
    fixed_bytes<32> most{};
    most.fill(std::byte{0xFF});
    CHECK(!p256::on_curve(most, most));
}

TEST_CASE("an uncompressed point is 04, x and y") {
    constexpr auto point = hex_octets(mcx::test::p256_base_point);
    CHECK_BOTH(p256::on_curve(point));
    CHECK_BOTH(p256::on_curve(hex_octets(mcx::test::eccsi_public_key)));
    CHECK_BOTH(!p256::on_curve({}));
    for (unsigned first = 0; first < 256; ++first) {
        CAPTURE(first);
        auto changed = point;
        changed[0] = static_cast<std::byte>(first);
        CHECK(p256::on_curve(changed) == (first == 4));
    }
    CHECK_BOTH(!p256::on_curve(mcx::byte_view{point}.first(64)));
    CHECK_BOTH(!p256::on_curve(mcx::byte_view{point}.first(33)));
    CHECK_BOTH(!p256::on_curve(mcx::byte_view{point}.first(1)));
    fixed_bytes<66> longer{};
    std::copy(point.begin(), point.end(), longer.begin());
    CHECK(!p256::on_curve(longer));
    for (unsigned bit = 8; bit < 8 * 65; ++bit) {
        CAPTURE(bit);
        auto changed = point;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!p256::on_curve(changed));
    }
}

TEST_CASE("a scalar is between 1 and the order less 1") {
    CHECK_BOTH(!p256::is_scalar(fixed_bytes<32>{}));
    CHECK_BOTH(p256::is_scalar(
        hex_octets("0000000000000000000000000000000000000000000000000000000000000001")));
    CHECK_BOTH(p256::is_scalar(
        hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")));
    CHECK_BOTH(!p256::is_scalar(p256::order.to_big_endian()));
    CHECK_BOTH(!p256::is_scalar(
        hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552")));
    CHECK_BOTH(!p256::is_scalar(prime));
    CHECK_BOTH(!p256::is_scalar(
        hex_octets("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")));
}

TEST_CASE("a scalar of another length is refused, whatever its value") {
    fixed_bytes<33> longer{};
    longer.back() = std::byte{1};
    CHECK(!p256::is_scalar(longer));
    CHECK(!p256::is_scalar(mcx::byte_view{longer}.last(31)));
    CHECK(!p256::is_scalar({}));
    CHECK(p256::is_scalar(mcx::byte_view{longer}.last(32)));
}
