// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_value.hpp>

#include "support/check.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::instant;
namespace json = mcx::json;

namespace {

using word = mcx::text<struct word_tag, 4>;
using words = mcx::list<word, 2>;

struct lower_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.starts_with('x') ? errc::none : errc::value_character;
    }
};
using picky_word = mcx::text<lower_tag, 4>;

/// Reads a text as one T. The reader has to be at the end then, so that nothing is left unread.
template <class T>
constexpr mcx::result<T> read(std::string_view text) {
    json::reader reader{text};
    auto const first = reader.next();
    if (!first) {
        return first.error();
    }
    T value{};
    if (auto const done = json::value<T>::read(reader, *first, value); !done) {
        return done.error();
    }
    auto const end = reader.next();
    if (!end || end->kind != json::kind::end) {
        return errc::json_trailing;
    }
    return value;
}

template <class T>
constexpr bool reads(std::string_view text, T const& expected) {
    auto const value = read<T>(text);
    return value && *value == expected;
}

template <class T>
constexpr bool reads_text(std::string_view text, std::string_view expected) {
    auto const value = read<T>(text);
    return value && value->view() == expected;
}

template <class T>
constexpr errc refusal(std::string_view text) {
    return read<T>(text).error().code;
}

template <class T>
constexpr bool writes(T const& value, std::string_view expected) {
    std::array<char, 64> out{};
    json::writer w{out};
    json::value<T>::write(w, value);
    auto const size = w.finish();
    return size && std::string_view{out.data(), *size} == expected;
}

constexpr words two(std::string_view a, std::string_view b) {
    words made;
    (void)made.push_back(*word::from(a));
    (void)made.push_back(*word::from(b));
    return made;
}

struct shapeless {};

/// Every shape but the one that fits is json_type.
template <class T>
constexpr bool takes_only(std::string_view fitting) {
    constexpr std::string_view shapes[]{"\"x\"", "1", "true", "null", "[]", "{}"};
    for (std::string_view const shape : shapes) {
        if ((refusal<T>(shape) == errc::json_type) == (shape == fitting)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("the types of core have a JSON shape, others have none until they are given one") {
    CHECK_BOTH(json::Value<word>);
    CHECK_BOTH(json::Value<std::int64_t>);
    CHECK_BOTH(json::Value<instant>);
    CHECK_BOTH(json::Value<bool>);
    CHECK_BOTH(json::Value<std::optional<instant>>);
    CHECK_BOTH(json::Value<mcx::list<word, 2>>);
    CHECK_BOTH(json::Value<mcx::list<mcx::list<word, 2>, 2>>);
    CHECK_BOTH(!json::Value<shapeless>);
    CHECK_BOTH(!json::Value<double>);
    CHECK_BOTH(!json::Value<std::optional<shapeless>>);
    CHECK_BOTH(!json::Value<mcx::list<double, 2>>);
}

TEST_CASE("each type takes one shape") {
    CHECK_BOTH(takes_only<picky_word>("\"x\""));
    CHECK_BOTH(takes_only<word>("\"x\""));
    CHECK_BOTH(takes_only<std::int64_t>("1"));
    CHECK_BOTH(takes_only<instant>("1"));
    CHECK_BOTH(takes_only<bool>("true"));
    CHECK_BOTH(takes_only<words>("[]"));
    CHECK_BOTH(takes_only<std::optional<word>>("\"x\""));
    CHECK_BOTH(takes_only<std::optional<words>>("[]"));
}

TEST_CASE("text is read unescaped and within its bound") {
    CHECK_BOTH(reads_text<word>("\"\"", ""));
    CHECK_BOTH(reads_text<word>("\"four\"", "four"));
    CHECK_BOTH(reads_text<word>("\"\\u0066\\u006f\\u0075\\u0072\"", "four"));
    CHECK_BOTH(reads_text<word>("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80"));
    CHECK_BOTH(refusal<word>("\"fives\"") == errc::json_value);
    CHECK_BOTH(refusal<word>("\"five\\u0073\"") == errc::json_value);
    CHECK_BOTH(refusal<word>("\"\\u00e4\\u00e4a\"") == errc::json_value);
}

TEST_CASE("what the text's own tag refuses is a wrong value") {
    CHECK_BOTH(reads_text<picky_word>("\"xy\"", "xy"));
    CHECK_BOTH(reads_text<picky_word>("\"\\u0078y\"", "xy"));
    CHECK_BOTH(refusal<picky_word>("\"yx\"") == errc::json_value);
    CHECK_BOTH(refusal<picky_word>("\"\"") == errc::json_value);
}

TEST_CASE("integers are exact numbers in 64 bits") {
    CHECK_BOTH(
        reads<std::int64_t>("9223372036854775807", std::numeric_limits<std::int64_t>::max()));
    CHECK_BOTH(
        reads<std::int64_t>("-9223372036854775808", std::numeric_limits<std::int64_t>::min()));
    CHECK_BOTH(refusal<std::int64_t>("9223372036854775808") == errc::json_value);
    CHECK_BOTH(refusal<std::int64_t>("18446744073709551616") == errc::json_value);
    CHECK_BOTH(refusal<std::int64_t>("1.0") == errc::json_value);
    CHECK_BOTH(refusal<std::int64_t>("1e999") == errc::json_value);
    CHECK_BOTH(refusal<std::int64_t>("\"1\"") == errc::json_type);
    CHECK_BOTH(writes<std::int64_t>(-5, "-5"));
}

TEST_CASE("a time is a whole number of seconds from 1970 to 9999") {
    CHECK_BOTH(reads<instant>("0", {0}));
    CHECK_BOTH(reads<instant>("253402300799", {253'402'300'799}));
    CHECK_BOTH(refusal<instant>("253402300800") == errc::json_value);
    CHECK_BOTH(refusal<instant>("-1") == errc::json_value);
    CHECK_BOTH(reads<instant>("-0", {0}));
    CHECK_BOTH(refusal<instant>("1700000000.5") == errc::json_value);
    CHECK_BOTH(refusal<instant>("1.7e9") == errc::json_value);
    CHECK_BOTH(refusal<instant>("9223372036854775808") == errc::json_value);
    CHECK_BOTH(refusal<instant>("1e999") == errc::json_value);
    CHECK_BOTH(writes<instant>({253'402'300'799}, "253402300799"));
}

TEST_CASE("a truth value is one of two literals") {
    CHECK_BOTH(reads("true", true));
    CHECK_BOTH(reads("false", false));
    CHECK_BOTH(writes(true, "true"));
    CHECK_BOTH(writes(false, "false"));
}

TEST_CASE("null is no absent value") {
    CHECK_BOTH(refusal<std::optional<word>>("null") == errc::json_type);
    CHECK_BOTH(refusal<std::optional<instant>>("null") == errc::json_type);
}

TEST_CASE("an optional is read as what it holds, and left alone where that is refused") {
    constexpr std::optional<word> four{word{"four"}};
    CHECK_BOTH(reads("\"four\"", four));
    CHECK_BOTH(refusal<std::optional<word>>("\"fives\"") == errc::json_value);
    CHECK_BOTH(writes(four, "\"four\""));
    std::optional<word> held{*word::from("old")};
    json::reader reader{"\"fives\""};
    auto const first = reader.next();
    CHECK((first && !json::value<std::optional<word>>::read(reader, *first, held)));
    CHECK(held->view() == "old");
}

TEST_CASE("a list is read up to its bound, in order") {
    CHECK_BOTH(reads<words>("[]", words{}));
    CHECK_BOTH(reads<words>("[\"a\",\"b\"]", two("a", "b")));
    CHECK_BOTH(refusal<words>("[\"a\",\"b\",\"c\"]") == errc::json_value);
    CHECK_BOTH(refusal<words>("[\"a\",\"fives\"]") == errc::json_value);
    CHECK_BOTH(refusal<words>("[\"a\",1]") == errc::json_type);
    CHECK_BOTH(refusal<words>("[[\"a\"]]") == errc::json_type);
    CHECK_BOTH(refusal<words>("[\"a\",x]") == errc::json_syntax);
    CHECK_BOTH(refusal<words>("[\"a\"") == errc::json_truncated);
    CHECK_BOTH(refusal<words>("1 x") == errc::json_type);  // told before anything else is read
    CHECK_BOTH(writes(words{}, "[]"));
    CHECK_BOTH(writes(two("a", "b"), "[\"a\",\"b\"]"));
}

TEST_CASE("a list that is refused leaves what was there") {
    words held = two("old", "er");
    json::reader reader{"[\"a\",1]"};
    auto const first = reader.next();
    CHECK((first && !json::value<words>::read(reader, *first, held)));
    CHECK(held == two("old", "er"));
}

TEST_CASE("lists nest") {
    using lists = mcx::list<words, 2>;
    auto const read_lists = read<lists>("[[],[\"a\",\"b\"]]");
    CHECK((read_lists && read_lists->size() == 2 && (*read_lists)[1] == two("a", "b")));
    CHECK_BOTH(refusal<lists>("[[\"a\",\"b\",\"c\"]]") == errc::json_value);
    CHECK_BOTH(refusal<lists>("[\"a\"]") == errc::json_type);
}
