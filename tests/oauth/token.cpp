// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/token.hpp>

#include "support/check.hpp"

#include <string>

using mcx::errc;
using mcx::oauth::client_id;
using mcx::oauth::token;

static_assert(mcx::TextLike<token>);
static_assert(mcx::TextLike<client_id>);
static_assert(sizeof(token) <= 64, "a message with several tokens stays small");

TEST_CASE("a token is what RFC 6749 appendix A lets it be") {
    for (std::string_view const text : {"2YotnFZFEjr1zCsicMWpAA", "a b", " ", "~", "h.p.s"}) {
        auto const made = token::from(text);
        CHECK(made);
        CHECK(made->view() == text);
        CHECK(made->size() == text.size());
    }
    CHECK(token::from("").error() == errc::value_empty);
    CHECK(token::from("\x07").error() == errc::value_character);
    CHECK(token::from("a\n").error() == errc::value_character);
    CHECK(token::from("a\x7F").error() == errc::value_character);
    CHECK(token::from("\xC3\xA9").error() == errc::value_character);
    CHECK(token::from(std::string_view{"a\0b", 3}).error() == errc::value_character);
}

TEST_CASE("a token has at most 8192 characters") {
    std::string text(token::max_size, 'x');
    CHECK(token::max_size == 8192);
    CHECK(token::from(text)->size() == 8192);
    text += 'x';
    CHECK(token::from(text).error() == errc::value_too_long);
    text.back() = '\n';
    CHECK(token::from(text).error() == errc::value_too_long);
}

TEST_CASE("tokens are equal where their characters are") {
    CHECK(token::from("abc").value() == *token::from("abc"));
    CHECK_FALSE(token::from("abc").value() == *token::from("abC"));
    CHECK(token{}.empty());
    CHECK(token{}.view().empty());
    CHECK_FALSE(token::from("a")->empty());
}

TEST_CASE("a client id has visible characters, at least one and at most 255") {
    CHECK_BOTH(client_id{"s6BhdRkqt3"}.view() == "s6BhdRkqt3");
    CHECK_BOTH(client_id::check("a b~") == errc::none);
    CHECK_BOTH(client_id::check("") == errc::value_empty);
    CHECK_BOTH(client_id::check("a\x1F") == errc::value_character);
    CHECK_BOTH(client_id::check("a\x7F") == errc::value_character);
    CHECK_BOTH(client_id::check("\xC3\xA9") == errc::value_character);
    CHECK(client_id::check(std::string(255, 'c')) == errc::none);
    CHECK(client_id::check(std::string(256, 'c')) == errc::value_too_long);
}
