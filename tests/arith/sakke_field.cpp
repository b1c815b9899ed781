// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/sakke_field.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/kms_points.hpp"

#include <algorithm>

using mcx::fixed_bytes;
using mcx::limbs;
using mcx::test::hex_octets;
namespace sakke = mcx::sakke;

namespace {

constexpr auto base_point = hex_octets(mcx::test::sakke_base_point);
constexpr auto public_key = hex_octets(mcx::test::sakke_public_key);

/// A point of order 4: its double is (0, 0).
constexpr auto point_of_order_4 = hex_octets(mcx::test::sakke_point_of_order_4);

constexpr fixed_bytes<257> uncompressed(limbs<16> const& x, limbs<16> const& y) {
    fixed_bytes<257> out{std::byte{4}};
    auto const u = x.to_big_endian();
    auto const v = y.to_big_endian();
    std::copy(u.begin(), u.end(), out.begin() + 1);
    std::copy(v.begin(), v.end(), out.begin() + 129);
    return out;
}

constexpr limbs<16> coordinate(fixed_bytes<257> const& point, std::size_t at) {
    return limbs<16>::from_big_endian(mcx::byte_view{point}.subspan(at, 128));
}

}  // namespace

TEST_CASE("the published points of parameter set 1 are on the curve") {
    CHECK_BOTH(sakke::on_curve(base_point));
    CHECK_BOTH(sakke::on_curve(public_key));
}

TEST_CASE("the negative of a point is on the curve") {
    auto negative = sakke::prime;
    mcx::subtract_from(negative, coordinate(public_key, 129));
    CHECK(sakke::on_curve(uncompressed(coordinate(public_key, 1), negative)));
}

TEST_CASE("no bit of a point may change") {
    for (std::size_t bit = 0; bit < 8 * public_key.size(); ++bit) {
        CAPTURE(bit);
        auto changed = public_key;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!sakke::on_curve(changed));
    }
}

TEST_CASE("a point of another length is refused") {
    mcx::byte_view const point{public_key};
    fixed_bytes<258> longer{};
    std::copy(point.begin(), point.end(), longer.begin());
    CHECK_BOTH(!sakke::on_curve({}));
    CHECK(!sakke::on_curve(point.first(1)));
    CHECK(!sakke::on_curve(point.first(129)));
    CHECK(!sakke::on_curve(point.first(256)));
    CHECK(!sakke::on_curve(longer));
}

TEST_CASE("a coordinate that is not less than the prime is refused") {
    // (0, 0) satisfies the equation, so its second spelling does as well.
    CHECK(!sakke::on_curve(uncompressed(sakke::prime, limbs<16>{})));
    CHECK(!sakke::on_curve(uncompressed(coordinate(public_key, 1), sakke::prime)));
    // Both coordinates of the base point have a second spelling of 128 octets.
    constexpr limbs<16> x = coordinate(base_point, 1);
    constexpr limbs<16> y = coordinate(base_point, 129);
    constexpr auto larger = [](limbs<16> number) {
        mcx::contract(!mcx::add_to(number, sakke::prime));
        return number;
    };
    CHECK_BOTH(sakke::on_curve(uncompressed(x, y)));
    CHECK_BOTH(!sakke::on_curve(uncompressed(larger(x), y)));
    CHECK_BOTH(!sakke::on_curve(uncompressed(x, larger(y))));
}

TEST_CASE("a point whose order divides 4 is refused") {
    CHECK_BOTH(!sakke::on_curve(uncompressed({}, {})));
    CHECK_BOTH(!sakke::on_curve(point_of_order_4));
    auto const x = *sakke::element::from(coordinate(point_of_order_4, 1));
    auto const y = *sakke::element::from(coordinate(point_of_order_4, 129));
    // It is refused for its order and nothing else.
    CHECK(y * y == x * x * x - sakke::element::of(3) * x);
}

TEST_CASE("the prime of parameter set 1 is the one of RFC 6509") {
    CHECK_BOTH(sakke::prime.to_big_endian() ==
               hex_octets("997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                          "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                          "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                          "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB"));
}
