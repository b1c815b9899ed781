// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/sakke_secret.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/kms_points.hpp"

#include <algorithm>
#include <cstddef>

using mcx::fixed_bytes;
using mcx::sakke::on_curve;
using mcx::sakke::prime;
using mcx::sakke::secret_on_curve;
using mcx::test::hex_octets;

namespace {

using point = fixed_bytes<257>;

constexpr point base = hex_octets(mcx::test::sakke_base_point);
constexpr point public_key = hex_octets(mcx::test::sakke_public_key);

constexpr point changed(std::size_t at, unsigned by) {
    point p = base;
    p[at] ^= static_cast<std::byte>(by);
    return p;
}

/// A point with coordinates given as numbers.
constexpr point at(mcx::limbs<16> const& x, mcx::limbs<16> const& y) {
    point p{};
    p[0] = std::byte{4};
    auto const a = x.to_big_endian();
    auto const b = y.to_big_endian();
    std::copy(a.begin(), a.end(), p.begin() + 1);
    std::copy(b.begin(), b.end(), p.begin() + 129);
    return p;
}

}  // namespace

TEST_CASE("published points are on the curve") {
    CHECK_BOTH(secret_on_curve(base));
    CHECK_BOTH(secret_on_curve(public_key));
}

TEST_CASE("another prefix, length or coordinate is refused") {
    CHECK_BOTH(!secret_on_curve(changed(0, 1)));
    CHECK_BOTH(!secret_on_curve(changed(0, 0x80)));
    CHECK_BOTH(!secret_on_curve({}));
    CHECK(!secret_on_curve(mcx::byte_view{base}.first(256)));
    for (std::size_t i = 1; i < 257; ++i) {
        CHECK(!secret_on_curve(changed(i, 1)));
        CHECK(!secret_on_curve(changed(i, 0x80)));
    }
}

TEST_CASE("coordinates are less than the prime") {
    auto x = mcx::limbs<16>::from_big_endian(mcx::byte_view{base}.subspan(1, 128));
    auto const y = mcx::limbs<16>::from_big_endian(mcx::byte_view{base}.subspan(129, 128));
    CHECK(secret_on_curve(at(x, y)));
    CHECK(!mcx::add_to(x, prime));  // the same residue, and it fits
    CHECK(!secret_on_curve(at(x, y)));
    CHECK(!secret_on_curve(at(prime, prime)));
}

TEST_CASE("points of a small order are refused") {
    CHECK_BOTH(!secret_on_curve(at({}, {})));  // y = 0, and on the curve
}

TEST_CASE("the check agrees with the one for public points") {
    for (point const& p : {base, public_key, changed(0, 2), changed(1, 0xFF), changed(256, 3),
                           at({}, {}), at(prime, {}), point{}}) {
        CHECK(secret_on_curve(p) == on_curve(p));
    }
}
