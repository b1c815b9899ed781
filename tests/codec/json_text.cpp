// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_text.hpp>

#include "support/check.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using mcx::errc;
using mcx::error;
namespace json = mcx::json;
using json::string_token;

namespace {

constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

/// What stands after an opening quote is a string with these characters, and ends there.
constexpr bool reads(std::string_view text, std::string_view raw, bool escaped) {
    std::size_t at = 0;
    auto const token = json::read_string(text, at);
    return token && token->raw == raw && token->escaped == escaped && at == raw.size() + 1;
}

constexpr error refusal(std::string_view text) {
    std::size_t at = 0;
    return json::read_string(text, at).error();
}

constexpr bool token_means(std::string_view raw, std::string_view meaning) {
    std::array<char, 32> buffer{};
    string_token const token{raw, true};
    auto const shown = json::meaning(token, buffer);
    return shown && *shown == meaning && json::means(token, meaning);
}

constexpr bool same(std::string_view a, std::string_view b) {
    auto const token = [](std::string_view raw) {
        return string_token{raw, raw.find('\\') != std::string_view::npos};
    };
    return json::mean_the_same(token(a), token(b)) && json::mean_the_same(token(b), token(a));
}
constexpr bool differ(std::string_view a, std::string_view b) {
    auto const token = [](std::string_view raw) {
        return string_token{raw, raw.find('\\') != std::string_view::npos};
    };
    return !json::mean_the_same(token(a), token(b)) && !json::mean_the_same(token(b), token(a));
}

constexpr std::string_view number(std::string_view text) {
    std::size_t at = 0;
    auto const read = json::read_number(text, at);
    return read && at == read->size() ? *read : std::string_view{"refused"};
}

constexpr bool no_number(std::string_view text) {
    std::size_t at = 0;
    return json::read_number(text, at).error() == error{errc::json_number, 0, 0};
}

constexpr bool integer_is(std::string_view text, std::int64_t value) {
    auto const read = json::to_integer(text);
    return read && *read == value;
}

constexpr errc no_integer(std::string_view text) {
    return json::to_integer(text).error().code;
}

}  // namespace

TEST_CASE("a string ends at the first bare quote") {
    CHECK_BOTH(reads("\"", "", false));
    CHECK_BOTH(reads("abc\"def\"", "abc", false));
    CHECK_BOTH(reads("a\\\"b\"c\"", "a\\\"b", true));
    CHECK_BOTH(reads("a\\\\\"b\"", "a\\\\", true));
    CHECK_BOTH(reads("\\u0022\"", "\\u0022", true));
    CHECK_BOTH(reads("/\x7f\xC3\xA4\"", "/\x7f\xC3\xA4", false));
    CHECK_BOTH(reads("\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\\\"\\\\\\/\\b\\f\\n\\r\\t", true));
}

TEST_CASE("a string goes on from where it is said to begin") {
    std::size_t at = 3;
    auto const token = json::read_string("{\"\"ab\\nc\", \"d\"", at);
    CHECK((token && token->raw == "ab\\nc" && token->escaped));
    CHECK(at == 9);
}

TEST_CASE("a string that does not end is truncated") {
    CHECK_BOTH(refusal("") == error{errc::json_truncated, 0, 0});
    CHECK_BOTH(refusal("abcdefghijkl") == error{errc::json_truncated, 0, 12});
    CHECK_BOTH(refusal("abc\\\"") == error{errc::json_truncated, 0, 5});
    CHECK_BOTH(refusal("abc\\") == error{errc::json_truncated, 0, 3});
}

TEST_CASE("a bare control character is refused in a string, DEL is not one") {
    CHECK_BOTH(refusal("ab\ncd\"") == error{errc::json_control, 0, 2});
    CHECK_BOTH(refusal({"\0\"", 2}) == error{errc::json_control, 0, 0});
    CHECK_BOTH(refusal("\x1f\"") == error{errc::json_control, 0, 0});
    CHECK_BOTH(reads("\x20\x7f\"", "\x20\x7f", false));
    for (char c = 0; c < 0x20; ++c) {
        std::string const text = "twelve octets" + std::string(1, c) + "\"";
        CHECK(refusal(text) == error{errc::json_control, 0, 13});
    }
}

TEST_CASE("an escape is one of eight letters or four hexadecimal digits") {
    std::string_view const letters = "\"\\/bfnrt";
    for (int c = 0; c < 256; ++c) {
        char const letter = static_cast<char>(c);
        std::string const text = std::string("ab\\") + letter + "zzzz\"";
        bool const known = letters.find(letter) != std::string_view::npos;
        CHECK(refusal(text) == (known ? error{} : error{errc::json_escape, 0, 2}));
    }
    CHECK_BOTH(refusal("\\u\"") == error{errc::json_escape, 0, 0});
    CHECK_BOTH(refusal("a\\u00\"") == error{errc::json_escape, 0, 1});
    CHECK_BOTH(refusal("a\\u004\"") == error{errc::json_escape, 0, 1});
    CHECK_BOTH(refusal("a\\u004") == error{errc::json_escape, 0, 1});
    CHECK_BOTH(refusal("\\U0041\"") == error{errc::json_escape, 0, 0});
    CHECK_BOTH(refusal("\\x41\"") == error{errc::json_escape, 0, 0});
}

TEST_CASE("each of the four digits of an escape has to be one") {
    std::string_view const digits = "0123456789abcdefABCDEF";
    for (std::size_t place = 0; place < 4; ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text = "\\u1234\"";
            text[2 + place] = static_cast<char>(c);
            bool const digit = digits.find(static_cast<char>(c)) != std::string_view::npos;
            // No surrogate is one digit away from 1234.
            CHECK(refusal(text) == (digit ? error{} : error{errc::json_escape, 0, 0}));
        }
    }
}

TEST_CASE("surrogates come in pairs, the high one first") {
    CHECK_BOTH(reads("\\ud800\\udc00\"", "\\ud800\\udc00", true));
    CHECK_BOTH(reads("\\uDBFF\\uDFFF\"", "\\uDBFF\\uDFFF", true));
    CHECK_BOTH(reads("\\ud7ff\\ue000\"", "\\ud7ff\\ue000", true));
    CHECK_BOTH(refusal("\\ud800\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("x\\udbff\"") == error{errc::json_surrogate, 0, 1});
    CHECK_BOTH(refusal("\\udc00\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\udfff\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\udc00\\ud800\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\ud800\\udc00\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\ue000\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\udbff\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\n\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800xudc00\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\xdc00\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\udc0\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\udc0x\"") == error{errc::json_surrogate, 0, 0});
    CHECK_BOTH(refusal("\\ud800\\udc0") == error{errc::json_surrogate, 0, 0});
}

TEST_CASE("escapes mean what RFC 8259 says") {
    CHECK_BOTH(token_means("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"));
    CHECK_BOTH(token_means("\\u0041\\u00e4\\u20ac", "A\xC3\xA4\xE2\x82\xAC"));
    CHECK_BOTH(token_means("\\u0000", {"\0", 1}));
    CHECK_BOTH(token_means("\\u007f\\u0080\\u07ff\\u0800", "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80"));
    CHECK_BOTH(token_means("\\ud7ff\\ue000\\uffff", "\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
    CHECK_BOTH(token_means("\\ud800\\udc00", "\xF0\x90\x80\x80"));
    CHECK_BOTH(token_means("\\uD83D\\uDE00", "\xF0\x9F\x98\x80"));
    CHECK_BOTH(token_means("\\uDbFf\\udFfF", "\xF4\x8F\xBF\xBF"));
    CHECK_BOTH(token_means("a\\u0062c", "abc"));
    CHECK_BOTH(token_means("", ""));
}

TEST_CASE("a string means one text and no other") {
    CHECK_BOTH(json::means({"abc", false}, "abc"));
    CHECK_BOTH(!json::means({"abc", false}, "ab"));
    CHECK_BOTH(!json::means({"abc", false}, "abcd"));
    CHECK_BOTH(json::means({"a\\u0062c", true}, "abc"));
    CHECK_BOTH(!json::means({"a\\u0062c", true}, "ab"));
    CHECK_BOTH(!json::means({"a\\u0062c", true}, "abcd"));
    CHECK_BOTH(!json::means({"a\\u0062c", true}, "abd"));
    CHECK_BOTH(!json::means({"a\\u0062c", true}, ""));
    CHECK_BOTH(!json::means({"\\u00ff", true}, "\xFF"));  // an octet of UTF-8, not of Latin 1
    CHECK_BOTH(json::means({"\\u00ff", true}, "\xC3\xBF"));
}

TEST_CASE("two strings are the same where they mean the same, however they are written") {
    CHECK_BOTH(same("", ""));
    CHECK_BOTH(same("abc", "abc"));
    CHECK_BOTH(same("abc", "\\u0061bc"));
    CHECK_BOTH(same("\\u0061bc", "ab\\u0063"));
    CHECK_BOTH(same("\\n", "\\u000A"));
    CHECK_BOTH(same("\\/", "/"));
    CHECK_BOTH(same("\xC3\xA4", "\\u00e4"));
    CHECK_BOTH(same("\\ud83d\\ude00", "\xF0\x9F\x98\x80"));
    CHECK_BOTH(differ("abc", "abd"));
    CHECK_BOTH(differ("abc", "ab"));
    CHECK_BOTH(differ("abc", "\\u0061b"));
    CHECK_BOTH(differ("\\u0061bc", "\\u0061b"));
    CHECK_BOTH(differ("\\u0061bc", "\\u0061bd"));
    CHECK_BOTH(differ("", "\\u0000"));
    CHECK_BOTH(differ("A", "\\u0061"));
}

TEST_CASE("a string without escapes is shown as it stands, into no buffer") {
    constexpr std::string_view raw = "longer than the buffer";
    CHECK_BOTH(json::meaning({raw, false}, {})->data() == raw.data());
    CHECK_BOTH(json::meaning({raw, false}, {})->size() == raw.size());
}

TEST_CASE(
    "a string whose meaning does not fit is refused, and nothing is written past the buffer") {
    std::array<char, 4> buffer{'.', '.', '.', '.'};
    auto const three = std::span{buffer}.first(3);
    CHECK(json::meaning({"a\\tb", true}, three).value_or("") == "a\tb");
    CHECK(json::meaning({"a\\tbc", true}, three).error() == error{errc::json_value});
    CHECK(json::meaning({"ab\\u00e4", true}, three).error() == error{errc::json_value});
    CHECK(buffer[3] == '.');
    CHECK(json::meaning({"\\t", true}, {}).error() == error{errc::json_value});
}

TEST_CASE("plain runs end at a quote, a backslash or a control wherever these stand") {
    // The fast path looks at eight octets at a time: every place in two words, every octet.
    std::vector<std::string> const fillers{"x", "\x20", "\x23", "\x5B", "\x5D", "\x7F", "\xA2"};
    for (std::string const& filler : fillers) {
        for (std::size_t place = 0; place < 18; ++place) {
            for (int c = 0; c < 256; ++c) {
                std::string text;
                while (text.size() < 18) {
                    text += filler;
                }
                text[place] = static_cast<char>(c);
                bool const ends = c == '"' || c == '\\' || c < 0x20;
                std::size_t const size = ends ? place : text.size();
                auto const run = json::detail::find_plain_run(text);
                if (run.size != size ||
                    run.first != json::detail::first_octets(text.substr(0, size))) {
                    CHECK_MESSAGE(false, "octet " << c << " at " << place);
                }
            }
        }
    }
    CHECK(json::detail::find_plain_run("abcdefghijkl\"").size == 12);
    CHECK(json::detail::find_plain_run("abc").size == 3);
    CHECK(json::detail::find_plain_run("").size == 0);
}

TEST_CASE("the first octets of a text are a number whose lowest octet comes first") {
    CHECK_BOTH(json::detail::first_octets("") == 0);
    CHECK_BOTH(json::detail::first_octets("ab") == 0x6261);
    CHECK_BOTH(json::detail::first_octets("\xFF") == 0xFF);
    CHECK_BOTH(json::detail::first_octets("abcdefgh") == 0x6867'6665'6463'6261);
    CHECK_BOTH(json::detail::first_octets("abcdefghi") == 0x6867'6665'6463'6261);
}

TEST_CASE("strings that mean the same have one hash, however they are written") {
    constexpr auto hash = [](std::string_view raw, bool escaped) {
        return json::name_hash(json::string_token{raw, escaped});
    };
    CHECK_BOTH(hash("iss", false) == hash("\\u0069s\\u0073", true));
    CHECK_BOTH(hash("client_id", false) == hash("client_i\\u0064", true));
    CHECK_BOTH(hash("\xC3\xA4", false) == hash("\\u00e4", true));
    CHECK_BOTH(hash("", false) != hash("\\u0000", true));
    CHECK_BOTH(hash("iss", false) != hash("sub", false));
    CHECK_BOTH(hash("abcdefgh", false) != hash("abcdefghi", false));
}

TEST_CASE("numbers are what RFC 8259 calls a number") {
    CHECK_BOTH(number("0") == "0");
    CHECK_BOTH(number("-0") == "-0");
    CHECK_BOTH(number("10,") == "10");
    CHECK_BOTH(number("1234567890 ") == "1234567890");
    CHECK_BOTH(number("0.0]") == "0.0");
    CHECK_BOTH(number("-12.340e-05}") == "-12.340e-05");
    CHECK_BOTH(number("1E+2") == "1E+2");
    CHECK_BOTH(number("1e999") == "1e999");
    CHECK_BOTH(number("9e0x") == "9e0");
    CHECK_BOTH(number("0-") == "0");
}

TEST_CASE("a number that is none is refused where it begins") {
    CHECK_BOTH(no_number("-"));
    CHECK_BOTH(no_number("-a"));
    CHECK_BOTH(no_number("00"));
    CHECK_BOTH(no_number("01"));
    CHECK_BOTH(no_number("-01"));
    CHECK_BOTH(no_number("1."));
    CHECK_BOTH(no_number("1.e1"));
    CHECK_BOTH(no_number("1e"));
    CHECK_BOTH(no_number("1E+"));
    CHECK_BOTH(no_number("1e-x"));
    CHECK_BOTH(no_number(".5"));
    CHECK_BOTH(no_number("+1"));
    CHECK_BOTH(no_number("--1"));
    std::size_t at = 4;
    CHECK(json::read_number("[1, 02]", at).error() == error{errc::json_number, 0, 4});
}

TEST_CASE("integers are exact to both ends of 64 bits") {
    CHECK_BOTH(integer_is("0", 0));
    CHECK_BOTH(integer_is("-0", 0));
    CHECK_BOTH(integer_is("-1", -1));
    CHECK_BOTH(integer_is("9007199254740993", 9007199254740993));  // no double holds it
    CHECK_BOTH(integer_is("9223372036854775807", highest));
    CHECK_BOTH(integer_is("-9223372036854775808", lowest));
    CHECK_BOTH(no_integer("9223372036854775808") == errc::json_number_range);
    CHECK_BOTH(no_integer("-9223372036854775809") == errc::json_number_range);
    CHECK_BOTH(no_integer("9223372036854775810") == errc::json_number_range);
    CHECK_BOTH(no_integer("18446744073709551616") == errc::json_number_range);  // 2^64
    CHECK_BOTH(no_integer("18446744073709551617") == errc::json_number_range);
    CHECK_BOTH(no_integer("92233720368547758070") == errc::json_number_range);
    CHECK(no_integer(std::string(400, '9')) == errc::json_number_range);
}

TEST_CASE("a fraction or an exponent is no integer, whatever its value") {
    CHECK_BOTH(no_integer("1.0") == errc::json_value);
    CHECK_BOTH(no_integer("0.5") == errc::json_value);
    CHECK_BOTH(no_integer("1e0") == errc::json_value);
    CHECK_BOTH(no_integer("1E2") == errc::json_value);
    CHECK_BOTH(no_integer("1e999") == errc::json_value);
    CHECK_BOTH(no_integer("-1e-999") == errc::json_value);
}
