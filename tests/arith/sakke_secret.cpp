// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/sakke_secret.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/kms_points.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

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

/// A stack of our own, and what a thread that ran on it has left there.
class used_stack {
    alignas(4096) std::array<std::byte, 1U << 18U> octets_{};

  public:
    explicit used_stack(void* (*function)(void*)) {
        pthread_attr_t attributes;
        pthread_t thread{};
        CHECK(pthread_attr_init(&attributes) == 0);
        CHECK(pthread_attr_setstack(&attributes, octets_.data(), octets_.size()) == 0);
        void* verdict = nullptr;
        CHECK(pthread_create(&thread, &attributes, function, &verdict) == 0);
        CHECK(pthread_join(thread, nullptr) == 0);
        CHECK(pthread_attr_destroy(&attributes) == 0);
        CHECK(verdict != nullptr);
    }

    [[nodiscard]] bool holds(mcx::limbs<16> const& n) const {
        auto const some = std::as_bytes(std::span{n.limb}).subspan(32, 32);
        return std::search(octets_.begin(), octets_.end(), some.begin(), some.end()) !=
               octets_.end();
    }
};

template <bool (*Check)(mcx::byte_view)>
void* check_base(void* verdict) {
    *static_cast<void**>(verdict) = Check(base) ? verdict : nullptr;
    return nullptr;
}

/// A number that the check is known to work with.
mcx::limbs<16> x_of_base() {
    return mcx::limbs<16>::from_big_endian(mcx::byte_view{base}.subspan(1, 128));
}

bool hold_a_copy(mcx::byte_view) {
    auto const copy = x_of_base();
    __asm__ __volatile__("" : : "r"(&copy) : "memory");
    return !copy.is_zero();
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
    x = mcx::limbs<16>::from_big_endian(mcx::byte_view{base}.subspan(1, 128));
    auto higher = y;
    CHECK(!mcx::add_to(higher, prime));
    CHECK(!secret_on_curve(at(x, higher)));
}

TEST_CASE("points of a small order are refused") {
    CHECK_BOTH(!secret_on_curve(at({}, {})));  // y = 0, and on the curve
    CHECK_BOTH(!secret_on_curve(hex_octets(mcx::test::sakke_point_of_order_4)));
}

TEST_CASE("the check agrees with the one for public points") {
    for (point const& p : {base, public_key, changed(0, 2), changed(1, 0xFF), changed(256, 3),
                           at({}, {}), at(prime, {}), point{}}) {
        CHECK(secret_on_curve(p) == on_curve(p));
    }
}

TEST_CASE("nothing of a point is left on the stack") {
    using namespace mcx::sakke::detail;
    static used_stack const copied{check_base<hold_a_copy>};
    if (!copied.holds(x_of_base())) {
        MESSAGE("a sanitizer keeps elsewhere what is local: nothing was checked");
        return;
    }
    static used_stack const left{check_base<is_secret_point>};
    static used_stack const wiped{check_base<secret_on_curve>};
    bool found = false;
    for (std::size_t const first : {1U, 129U}) {
        auto const plain = number::from_big_endian(mcx::byte_view{base}.subspan(first, 128));
        auto const montgomery = product_of(plain, montgomery_square);
        for (auto const& n : {plain, montgomery, product_of(montgomery, montgomery)}) {
            found = found || left.holds(n);
            CHECK(!wiped.holds(n));
        }
    }
    CHECK(found);  // or this test would see nothing
}
