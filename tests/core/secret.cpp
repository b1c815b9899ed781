// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/secret.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
#endif
#endif

using mcx::byte_view;
using mcx::constant_time_equal;
using mcx::errc;
using mcx::secret;
using mcx::test::text_octets;

namespace {

using key = secret<16>;

constexpr auto octets = text_octets("correct horse");

key made() {
    return *key::copy_of(octets);
}

/// Room for a key whose memory can be looked at, before and after its life.
class glass_box {
    alignas(key) std::array<std::byte, sizeof(key)> memory_{};

  public:
    template <class Make>
    key& live(Make&& make) {
        return *new (memory_.data()) key(make());
    }

    /// Tells whether any part of the secret, three octets long or more, stands in the memory.
    [[nodiscard]] bool shows_the_secret() {
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
        __msan_unpoison(memory_.data(), memory_.size());  // it forbids a look at the dead
#endif
#endif
        for (std::size_t i = 0; i + 3 <= octets.size(); ++i) {
            auto const part = byte_view{octets}.subspan(i, 3);
            auto const found =
                std::search(memory_.begin(), memory_.end(), part.begin(), part.end());
            if (found != memory_.end()) {
                return true;
            }
        }
        return false;
    }
};

}  // namespace

static_assert(!std::is_copy_constructible_v<key> && !std::is_copy_assignable_v<key>);
static_assert(std::is_nothrow_move_constructible_v<key> && std::is_nothrow_move_assignable_v<key>);
static_assert(key::max_size == 16);

TEST_CASE("secret takes a copy of what fits") {
    auto const kept = key::copy_of(octets);
    CHECK(kept->size() == octets.size());
    CHECK(std::equal(kept->reveal().begin(), kept->reveal().end(), octets.begin(), octets.end()));
    CHECK(key::copy_of({})->empty());
    CHECK(key::copy_of(text_octets("0123456789abcdef"))->size() == 16);
    CHECK(key::copy_of(text_octets("0123456789abcdefg")).error() == errc::value_too_long);
    CHECK(key{}.empty());
}

TEST_CASE("secret leaves nothing behind when it dies") {
    glass_box box;
    key& kept = box.live(made);
    CHECK(box.shows_the_secret());
    std::destroy_at(&kept);
    CHECK_FALSE(box.shows_the_secret());
}

TEST_CASE("secret leaves nothing behind where it was moved from") {
    glass_box box;
    key& source = box.live(made);
    key const target = std::move(source);
    CHECK_FALSE(box.shows_the_secret());
    CHECK(source.empty());
    CHECK(target == made());
    std::destroy_at(&source);
}

TEST_CASE("secret leaves nothing behind where it was assigned from or over") {
    glass_box box;
    key& source = box.live(made);
    key target = *secret<16>::copy_of(text_octets("0123456789abcdef"));
    target = std::move(source);
    CHECK_FALSE(box.shows_the_secret());
    CHECK(source.empty());
    CHECK(target == made());
    source = *key::copy_of(text_octets("x"));
    CHECK(source.size() == 1);
    source = std::move(target);
    CHECK(box.shows_the_secret());
    source = key{};
    CHECK_FALSE(box.shows_the_secret());
    std::destroy_at(&source);
}

TEST_CASE("secret leaves nothing behind when it is cleared") {
    glass_box box;
    key& kept = box.live(made);
    kept.clear();
    CHECK_FALSE(box.shows_the_secret());
    CHECK(kept.empty());
    CHECK(kept.reveal().empty());
    std::destroy_at(&kept);
}

TEST_CASE("secret keeps what it has when it is moved to itself") {
    key kept = made();
    key& alias = kept;
    kept = std::move(alias);
    CHECK(kept == made());
}

TEST_CASE("secret makes a second copy when it is asked by name") {
    key first = made();
    key const second = first.clone();
    first.clear();
    CHECK(second == made());
    CHECK_FALSE(second == first);
}

TEST_CASE("wipe overwrites every octet and no other") {
    std::array<std::byte, 6> memory;
    memory.fill(std::byte{0xAA});
    mcx::wipe(mcx::byte_span{memory}.subspan(1, 4));
    CHECK(memory == mcx::test::hex_octets("aa00000000aa"));
    mcx::wipe({});
}

TEST_CASE("constant_time_equal compares all octets and their number") {
    CHECK_BOTH(constant_time_equal({}, {}));
    CHECK_BOTH(constant_time_equal(text_octets("abc"), text_octets("abc")));
    CHECK_BOTH(!constant_time_equal(text_octets("abc"), text_octets("abd")));
    CHECK_BOTH(!constant_time_equal(text_octets("abc"), text_octets("xbc")));
    CHECK_BOTH(!constant_time_equal(text_octets("abc"), text_octets("ab")));
    CHECK_BOTH(!constant_time_equal({}, text_octets("a")));
}

TEST_CASE("constant_time_equal sees every single bit, and two that would cancel out") {
    auto const same = mcx::test::hex_octets("00ff55aa0123456789abcdef10325476");
    for (std::size_t at = 0; at < same.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto other = same;
            other[at] ^= std::byte{1} << bit;
            CHECK_FALSE(constant_time_equal(same, other));
            other[(at + 1) % same.size()] ^= std::byte{1} << bit;
            CHECK_FALSE(constant_time_equal(same, other));
        }
    }
    CHECK(constant_time_equal(same, same));
}
