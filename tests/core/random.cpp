// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/random.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"

#include <array>
#include <type_traits>

using mcx::any_random;
using mcx::test::counted_random;

namespace {

struct may_throw {
    bool fill(mcx::byte_span) { return true; }
};
struct says_nothing {
    void fill(mcx::byte_span) noexcept {}
};

}  // namespace

static_assert(mcx::Random<counted_random> && mcx::Random<any_random>);
static_assert(!mcx::Random<may_throw> && !mcx::Random<says_nothing> && !mcx::Random<int>);
static_assert(std::is_trivially_copyable_v<any_random> && sizeof(any_random) == 2 * sizeof(void*));
static_assert(!std::is_constructible_v<any_random, counted_random>, "it would be gone");

TEST_CASE("any_random fills from the source behind it, and so do its copies") {
    counted_random source;
    any_random random{source};
    std::array<std::byte, 3> out{};
    CHECK(random.fill(out));
    CHECK(out == std::array{std::byte{0}, std::byte{1}, std::byte{2}});
    any_random copy = random;
    CHECK(copy.fill(mcx::byte_span{out}.first(1)));
    CHECK(out == std::array{std::byte{3}, std::byte{1}, std::byte{2}});
    CHECK(source.next == 4);
}

TEST_CASE("any_random passes on that its source failed") {
    counted_random source{.left = 1};
    any_random random{source};
    std::array<std::byte, 2> out{};
    CHECK(random.fill(out));
    CHECK_FALSE(random.fill(out));
}
