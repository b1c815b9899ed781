// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/text.hpp>

#include "support/check.hpp"

#include <compare>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::result;
using mcx::text;

namespace {

struct any_tag {};
struct lower_tag {
    static constexpr errc check(std::string_view v) noexcept {
        for (char const c : v) {
            if (c < 'a' || c > 'z') {
                return errc::value_character;
            }
        }
        return v.empty() ? errc::value_empty : errc::none;
    }
};

using any8 = text<any_tag, 8>;
using lower8 = text<lower_tag, 8>;

constexpr bool holds(std::string_view v) {
    auto const made = any8::from(v);
    return made && made->view() == v && made->size() == v.size() && made->empty() == v.empty();
}

constexpr bool copies() {
    any8 a{"longer"};
    any8 b = a;
    bool const same = b == a && b.view().data() != a.view().data();
    b = any8("x");
    any8 const& alias = b;
    b = alias;
    return same && a.view() == "longer" && b.view() == "x";
}

constexpr std::strong_ordering order(std::string_view a, std::string_view b) {
    return *any8::from(a) <=> *any8::from(b);
}

struct not_made_from_text : any8 {
    static result<any8> from(std::string_view v) { return any8::from(v); }
};

}  // namespace

static_assert(mcx::TextLike<any8> && mcx::TextLike<lower8>);
static_assert(!mcx::TextLike<std::string> && !mcx::TextLike<not_made_from_text>);
static_assert(!std::equality_comparable_with<any8, lower8>, "tags are told apart");
static_assert(!std::is_convertible_v<any8, lower8> && !std::is_constructible_v<lower8, any8>);
static_assert(!std::is_constructible_v<any8, std::string_view>, "from() may refuse");
static_assert(std::is_nothrow_copy_constructible_v<any8> && std::regular<any8>);
static_assert(any8::max_size == 8);

TEST_CASE("text holds up to its bound") {
    CHECK_BOTH(holds(""));
    CHECK_BOTH(holds("12345678"));
    CHECK_BOTH(holds({"a\0b", 3}));
    CHECK_BOTH(any8::from("123456789").error() == errc::value_too_long);
    CHECK_BOTH(any8{}.empty() && any8{}.view().empty());
}

TEST_CASE("text is made from a literal that fits") {
    CHECK_BOTH(any8("12345678").view() == "12345678");
    CHECK_BOTH(any8("").empty());
    CHECK_BOTH(lower8("abc").view() == "abc");
}

TEST_CASE("text holds only what its tag takes") {
    CHECK_BOTH(lower8::from("abc")->view() == "abc");
    CHECK_BOTH(lower8::from("abC").error() == errc::value_character);
    CHECK_BOTH(lower8::from("").error() == errc::value_empty);
    CHECK_BOTH(lower8::from("ABCDEFGHI").error() == errc::value_too_long);
    CHECK_BOTH(lower8::check("abc") == errc::none);
    CHECK_BOTH(lower8::check("aBc") == errc::value_character);
    CHECK_BOTH(lower8{}.empty());
}

TEST_CASE("text is copied and assigned like a number") {
    CHECK_BOTH(copies());
}

TEST_CASE("text outlives what it was made from") {
    std::string source = "abcdefgh";
    auto const made = any8::from(source);
    source = "zzzzzzzz";
    CHECK(made->view() == "abcdefgh");
}

TEST_CASE("text compares octet for octet, the shorter first") {
    CHECK_BOTH(order("abc", "abc") == std::strong_ordering::equal);
    CHECK_BOTH(order("abc", "abd") == std::strong_ordering::less);
    CHECK_BOTH(order("b", "abc") == std::strong_ordering::greater);
    CHECK_BOTH(order("ab", "abc") == std::strong_ordering::less);
    CHECK_BOTH(order("a\xFF", "az") == std::strong_ordering::greater);
    CHECK_BOTH(order("A", "a") == std::strong_ordering::less);
}

TEST_CASE("text does not compare what an earlier value left behind") {
    auto longer = any8::from("abcdefgh");
    auto const shorter = any8::from("ab");
    *longer = *shorter;
    CHECK(*longer == *shorter);
    CHECK(longer->size() == 2);
}

TEST_CASE("a text takes other characters, or none of them") {
    lower8 held{"old"};
    CHECK(held.set("newer") == errc::none);
    CHECK(held.view() == "newer");
    CHECK(held.set("ninechars") == errc::value_too_long);
    CHECK(held.set("No") == errc::value_character);
    CHECK(held.set("") == errc::value_empty);
    CHECK(held.view() == "newer");
    CHECK(held.set(held.view().substr(3)) == errc::none);
    CHECK(held.view() == "er");
    CHECK_BOTH([] {
        any8 made("longest!");
        return made.set("x") == errc::none && made == any8("x");
    }());
}

TEST_CASE("a control is found wherever it stands, and nothing else is taken for one") {
    for (std::size_t size = 1; size <= 20; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int c = 0; c < 256; ++c) {
                std::string text(size, size % 2 == 0 ? 'x' : '\xA0');
                text[place] = static_cast<char>(c);
                errc const expected = c < 0x20 || c == 0x7F ? errc::value_character : errc::none;
                if (mcx::detail::refuse_control_characters(text) != expected) {
                    CHECK_MESSAGE(false, "octet " << c << " at " << place << " of " << size);
                }
            }
        }
    }
}
