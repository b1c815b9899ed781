// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/scope.hpp>

#include "support/check.hpp"

#include <iterator>
#include <string>
#include <vector>

using mcx::errc;
using mcx::oauth::scope;
using mcx::oauth::scope_token;

static_assert(mcx::TextLike<scope>);
static_assert(std::forward_iterator<scope::iterator>);

namespace {

constexpr errc refusal(std::string_view text) {
    return scope::from(text).error().code;
}

constexpr scope set(std::string_view text) {
    return *scope::from(text);
}

/// The text of `count` tokens of `size` characters, no two alike.
std::string tokens(std::size_t count, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        std::string token(size, 'x');
        token[0] = static_cast<char>('A' + i % 26);
        token[1] = static_cast<char>('A' + i / 26);
        text += (text.empty() ? "" : " ") + token;
    }
    return text;
}

}  // namespace

TEST_CASE("a scope is a list of tokens with single spaces between [RFC 6749 3.3]") {
    CHECK_BOTH(scope::from("a")->size() == 1);
    CHECK_BOTH(scope::from("openid profile")->size() == 2);
    CHECK_BOTH(scope::from("3gpp:mc:ptt_service 3gpp:mc:ptt_key_management_service")->size() == 2);
    CHECK_BOTH(scope::from("!#[]~")->view() == "!#[]~");
    CHECK_BOTH(refusal("") == errc::value_empty);
    CHECK_BOTH(refusal(" ") == errc::value_empty);
    CHECK_BOTH(refusal(" a") == errc::value_empty);
    CHECK_BOTH(refusal("a ") == errc::value_empty);
    CHECK_BOTH(refusal("a  b") == errc::value_empty);
    CHECK_BOTH(refusal("a\"b") == errc::value_character);
    CHECK_BOTH(refusal("a\\b") == errc::value_character);
    CHECK_BOTH(refusal("a\tb") == errc::value_character);
    CHECK_BOTH(refusal("a b\n") == errc::value_character);
    CHECK_BOTH(refusal("caf\xC3\xA9") == errc::value_character);
    CHECK_BOTH(refusal({"a\0b", 3}) == errc::value_character);
    CHECK_BOTH(refusal("a\x7F") == errc::value_character);
}

TEST_CASE("every character but 33, 35 to 91 and 93 to 126 is refused in a scope token") {
    for (int octet = 0; octet < 256; ++octet) {
        char const character = static_cast<char>(octet);
        bool const stands =
            octet == 0x21 || (octet >= 0x23 && octet <= 0x5B) || (octet >= 0x5D && octet <= 0x7E);
        CHECK((scope_token::check({&character, 1}) == errc::none) == stands);
    }
}

TEST_CASE("a repeated scope token counts once and the order is kept") {
    CHECK_BOTH(scope::from("b a b a c b")->view() == "b a c");
    CHECK_BOTH(scope::from("b a b a c b")->size() == 3);
    CHECK_BOTH(scope::from("ab a abc")->view() == "ab a abc");
}

TEST_CASE("a scope written in the program is checked by the compiler") {
    constexpr scope two{"a b"};
    constexpr scope one{"a a"};
    CHECK_BOTH(two.view() == "a b");
    CHECK_BOTH(one.view() == "a");
}

TEST_CASE("a scope has at most 32 tokens") {
    CHECK(scope::from(tokens(32, 4))->size() == 32);
    CHECK(refusal(tokens(33, 4)) == errc::value_too_long);
    std::string const repeated = tokens(32, 4) + " " + tokens(1, 4);
    CHECK(scope::from(repeated)->view() == tokens(32, 4));
}

TEST_CASE("a scope has at most 1024 characters and a token at most 128") {
    std::string const full = tokens(7, 128) + " " + tokens(1, 120).replace(0, 1, "Z");
    CHECK(full.size() == 1023);
    CHECK(scope::from(full)->view() == full);
    CHECK(scope::from(full + "x")->size() == 8);
    CHECK(refusal(full + "xx") == errc::value_too_long);
    CHECK(refusal(std::string(129, 'a')) == errc::value_too_long);
    CHECK(scope::from(std::string(128, 'a')));
}

TEST_CASE("tokens are added until there is no room, and a failure changes nothing") {
    scope made;
    CHECK(made.empty());
    CHECK(made.size() == 0);
    CHECK(made.add("b"));
    CHECK(made.add("a"));
    CHECK(made.add("b"));
    CHECK(made.view() == "b a");
    CHECK(made.add(scope_token{}).error() == errc::value_empty);
    CHECK(made.view() == "b a");

    scope counted = *scope::from(tokens(32, 4));
    CHECK(counted.add("b").error() == errc::value_too_long);
    CHECK(counted.view() == tokens(32, 4));
    CHECK(counted.add(*scope_token::from(tokens(1, 4))));

    std::string const full = tokens(7, 128) + " " + tokens(1, 121).replace(0, 1, "Z");
    scope long_one = *scope::from(full);
    CHECK(long_one.add("b").error() == errc::value_too_long);
    CHECK(long_one.add(scope_token{}).error() == errc::value_too_long);
    CHECK(long_one.view() == full);

    scope almost = *scope::from(full.substr(0, 1022));
    CHECK(almost.add("bc").error() == errc::value_too_long);
    CHECK(almost.add("b"));
    CHECK(almost.view().size() == 1024);
}

TEST_CASE("a scope is made of constants") {
    CHECK_BOTH(scope::of({"a", "b", "a"})->view() == "a b");
    CHECK_BOTH(scope::of({})->empty());
    CHECK_BOTH(scope::of({"a", scope_token{}}).error() == errc::value_empty);
}

TEST_CASE("a scope contains tokens, not parts of them") {
    CHECK_BOTH(set("ab cd").contains("ab"));
    CHECK_BOTH(set("ab cd").contains("cd"));
    CHECK_BOTH(!set("ab cd").contains("a"));
    CHECK_BOTH(!set("ab cd").contains("b"));
    CHECK_BOTH(!set("ab cd").contains("ab cd"));
    CHECK_BOTH(!set("ab cd").contains("AB"));
    CHECK_BOTH(!set("ab cd").contains(""));
    CHECK_BOTH(!scope{}.contains(""));
}

TEST_CASE("a scope is within another that has all of its tokens") {
    CHECK_BOTH(set("a b").within(set("c b a")));
    CHECK_BOTH(!set("a d").within(set("c b a")));
    CHECK_BOTH(scope{}.within(set("a")));
    CHECK_BOTH(!set("a").within(scope{}));
    CHECK_BOTH(scope{}.within(scope{}));
}

TEST_CASE("the order of a scope means nothing") {
    CHECK_BOTH(set("a b") == set("b a"));
    CHECK_BOTH(!(set("a b") == set("a")));
    CHECK_BOTH(!(set("a") == set("a b")));
    CHECK_BOTH(!(set("a") == set("A")));
}

TEST_CASE("iteration shows each token once, in order") {
    scope const made = set("c a b");
    std::vector<std::string_view> const seen(made.begin(), made.end());
    CHECK(seen == std::vector<std::string_view>{"c", "a", "b"});
    CHECK(scope{}.begin() == scope{}.end());
    auto at = made.begin();
    CHECK(*at++ == "c");
    CHECK(*at == "a");
    CHECK(*++at == "b");
    CHECK(++at == made.end());
}
