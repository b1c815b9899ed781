// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/utf8.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <algorithm>
#include <string>

using mcx::errc;
using mcx::error;
namespace utf8 = mcx::utf8;

namespace {

constexpr error refusal(std::string_view text) {
    return utf8::check(text).error();
}

constexpr error at(std::uint32_t offset) {
    return {errc::utf8_invalid, 0, offset};
}

constexpr bool writes(char32_t scalar, std::string_view octets) {
    char out[4]{'*', '*', '*', '*'};
    std::size_t const size = utf8::encode(scalar, out);
    bool const kept = std::all_of(out + size, out + 4, [](char c) { return c == '*'; });
    return std::string_view{out, size} == octets && kept && utf8::check(octets);
}

constexpr bool is_scalar(char32_t value) {
    return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

/// The character that octets are by arithmetic alone, whether it may be written so or not.
struct decoded {
    std::size_t size = 0;
    char32_t value = 0;

    explicit decoded(std::string_view text) {
        auto const octet = [text](std::size_t i) {
            return char32_t{static_cast<unsigned char>(text[i])};
        };
        std::size_t ones = 0;
        while (ones < 8 && (octet(0) << ones & 0x80U) != 0) {
            ++ones;
        }
        if (ones == 1 || ones > 4 || text.size() < std::max<std::size_t>(ones, 1)) {
            return;
        }
        value = octet(0) & (0x7FU >> ones);
        for (std::size_t i = 1; i < ones; ++i) {
            if ((octet(i) >> 6U) != 2) {
                return;
            }
            value = value << 6U | (octet(i) & 0x3FU);
        }
        size = std::max<std::size_t>(ones, 1);
    }
};

/// The verdict by decoding: each value has one spelling, the shortest, and is a scalar value.
error reference(std::string_view text) {
    constexpr char32_t least[]{0, 0, 0x80, 0x800, 0x10000};
    for (std::size_t from = 0; from < text.size();) {
        decoded const next{text.substr(from)};
        if (next.size == 0 || next.value < least[next.size] || !is_scalar(next.value)) {
            return at(static_cast<std::uint32_t>(from));
        }
        from += next.size;
    }
    return {};
}

}  // namespace

TEST_CASE("utf8 takes characters of every length, NUL among them") {
    CHECK_BOTH(utf8::check("").has_value());
    CHECK_BOTH(utf8::check({"a\0b", 3}).has_value());
    CHECK_BOTH(utf8::check("\x7F\xC2\x80\xDF\xBF").has_value());
    CHECK_BOTH(utf8::check("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF").has_value());
    CHECK_BOTH(utf8::check("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF").has_value());
}

TEST_CASE("utf8 refuses overlong forms") {
    CHECK_BOTH(refusal("\xC0\x80") == at(0));
    CHECK_BOTH(refusal("\xC1\xBF") == at(0));
    CHECK_BOTH(refusal("\xE0\x9F\xBF") == at(0));
    CHECK_BOTH(refusal("\xF0\x8F\xBF\xBF") == at(0));
}

TEST_CASE("utf8 refuses surrogates and what is past the last character") {
    CHECK_BOTH(refusal("\xED\xA0\x80") == at(0));
    CHECK_BOTH(refusal("\xED\xBF\xBF") == at(0));
    CHECK_BOTH(refusal("\xF4\x90\x80\x80") == at(0));
    CHECK_BOTH(refusal("\xF5\x80\x80\x80") == at(0));
    CHECK_BOTH(refusal("\xFF") == at(0));
}

TEST_CASE("utf8 refuses characters that are cut short or stand alone") {
    CHECK_BOTH(refusal("a\x80") == at(1));
    CHECK_BOTH(refusal("ab\xC2") == at(2));
    CHECK_BOTH(refusal("ab\xC2z") == at(2));
    CHECK_BOTH(refusal("\xE2\x82") == at(0));
    CHECK_BOTH(refusal("\xE2\x82\xAC\xE2\x28\xA1") == at(3));
    CHECK_BOTH(refusal("\xF0\x90\x80") == at(0));
    CHECK_BOTH(refusal("\xF0\x90\x80\xC0") == at(0));
}

TEST_CASE("utf8 says where the first bad octet stands, wherever that is") {
    for (std::size_t before = 0; before < 40; ++before) {
        std::string text(before, 'x');
        text += "\xFF and \xFF again";
        CHECK(refusal(text) == at(static_cast<std::uint32_t>(before)));
        text[before] = 'x';
        CHECK(refusal(text) == at(static_cast<std::uint32_t>(before + 6)));
    }
}

TEST_CASE("utf8 judges every text of up to two octets as arithmetic does") {
    std::size_t wrong = 0;
    std::string text(2, '\0');
    std::string_view const both = text;
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        text[0] = static_cast<char>(value >> 8U);
        text[1] = static_cast<char>(value & 0xFFU);
        wrong += refusal(both) == reference(both) ? 0U : 1U;
        wrong += refusal(both.substr(1)) == reference(both.substr(1)) ? 0U : 1U;
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8 judges longer texts, made of octets at the edges, as arithmetic does") {
    constexpr std::string_view edges{
        "\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF"
        "\xF0\xF1\xF3\xF4\xF5\xF7\xF8\xFF",
        26};
    constexpr std::string_view last{"\x00\x7F\x80\xBF\xC0\xFF", 6};
    std::string text;
    std::size_t wrong = 0;
    for (char const a : edges) {
        for (char const b : edges) {
            for (char const c : edges) {
                for (char const d : last) {
                    text.assign({a, b, c, d});
                    wrong += refusal(text) == reference(text) ? 0U : 1U;
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8 writes each character in its one form") {
    CHECK_BOTH(writes(0, {"\0", 1}));
    CHECK_BOTH(writes(0x7F, "\x7F"));
    CHECK_BOTH(writes(0x80, "\xC2\x80"));
    CHECK_BOTH(writes(0x7FF, "\xDF\xBF"));
    CHECK_BOTH(writes(0x800, "\xE0\xA0\x80"));
    CHECK_BOTH(writes(0x20AC, "\xE2\x82\xAC"));
    CHECK_BOTH(writes(0xD7FF, "\xED\x9F\xBF"));
    CHECK_BOTH(writes(0xE000, "\xEE\x80\x80"));
    CHECK_BOTH(writes(0xFFFF, "\xEF\xBF\xBF"));
    CHECK_BOTH(writes(0x10000, "\xF0\x90\x80\x80"));
    CHECK_BOTH(writes(0x10FFFF, "\xF4\x8F\xBF\xBF"));
}

TEST_CASE("utf8 writes every character so that it reads the same") {
    std::size_t wrong = 0;
    for (char32_t scalar = 0; scalar <= 0x10FFFF; ++scalar) {
        if (is_scalar(scalar)) {
            char out[4];
            std::string const text(out, utf8::encode(scalar, out));
            decoded const again{text};
            bool const same = again.value == scalar && again.size == text.size();
            wrong += same && utf8::check(text) ? 0U : 1U;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8 stops a caller who writes what is no character") {
    char out[4];
    for (char32_t const value : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
        CHECK(mcx::test::stops([&] { utf8::encode(value, out); }));
    }
    CHECK_FALSE(mcx::test::stops([&] { utf8::encode(0xD7FF, out); }));
}
