// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_writer.hpp>

#include "support/check.hpp"

#include <mcx/codec/json_reader.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace json = mcx::json;

namespace {

/// What `write` writes is this text, and measuring it says so too.
template <class F>
constexpr bool writes(std::string_view expected, F write) {
    std::array<char, 128> out{};
    json::writer w{out};
    write(w);
    json::writer measure{{}};
    write(measure);
    auto const size = w.finish();
    return size && std::string_view{out.data(), *size} == expected && w.size() == *size &&
           measure.size() == *size;
}

constexpr bool writes_string(std::string_view text, std::string_view expected) {
    return writes(expected, [text](json::writer& w) { w.string(text); });
}

constexpr bool writes_integer(std::int64_t value, std::string_view expected) {
    return writes(expected, [value](json::writer& w) { w.integer(value); });
}

constexpr void write_everything(json::writer& w) {
    w.begin_object();
    w.name("a");
    w.begin_array();
    w.integer(1);
    w.boolean(true);
    w.string("x");
    w.begin_array();
    w.end_array();
    w.begin_object();
    w.end_object();
    w.boolean(false);
    w.end_array();
    w.name("b");
    w.begin_object();
    w.name("c");
    w.integer(-2);
    w.name("d");
    w.string("");
    w.end_object();
    w.end_object();
}
constexpr std::string_view everything = R"({"a":[1,true,"x",[],{},false],"b":{"c":-2,"d":""}})";

/// The string that a reader reads where `text` was written.
bool survives(std::string_view text) {
    std::array<char, 64> out{};
    json::writer w{out};
    w.string(text);
    auto const size = w.finish();
    if (!size) {
        return false;
    }
    json::reader reader{{out.data(), *size}};
    auto const read = reader.next();
    return read && read->kind == json::kind::string && json::means(read->token(), text) &&
           reader.next().has_value();
}

}  // namespace

TEST_CASE("commas stand between members and between elements, and nowhere else") {
    CHECK_BOTH(writes(everything, write_everything));
    CHECK_BOTH(writes("{}", [](json::writer& w) {
        w.begin_object();
        w.end_object();
    }));
    CHECK_BOTH(writes("[{},{}]", [](json::writer& w) {
        w.begin_array();
        w.begin_object();
        w.end_object();
        w.begin_object();
        w.end_object();
        w.end_array();
    }));
    CHECK_BOTH(writes("[[0],0]", [](json::writer& w) {
        w.begin_array();
        w.begin_array();
        w.integer(0);
        w.end_array();
        w.integer(0);
        w.end_array();
    }));
}

TEST_CASE("strings are escaped where they have to be, each character in one way") {
    CHECK_BOTH(writes_string("", "\"\""));
    CHECK_BOTH(writes_string("a\"b\\c/d", "\"a\\\"b\\\\c/d\""));
    CHECK_BOTH(writes_string("\b\f\n\r\t", R"("\u0008\u000c\u000a\u000d\u0009")"));
    CHECK_BOTH(writes_string({"\0\x1f\x20\x7f", 4}, "\"\\u0000\\u001f \x7f\""));
    CHECK_BOTH(writes_string("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80",
                             "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\""));
    CHECK_BOTH(writes("{\"\\u0001\":0}", [](json::writer& w) {
        w.begin_object();
        w.name("\x01");
        w.integer(0);
        w.end_object();
    }));
}

TEST_CASE("integers are written to both ends of 64 bits") {
    CHECK_BOTH(writes_integer(0, "0"));
    CHECK_BOTH(writes_integer(7, "7"));
    CHECK_BOTH(writes_integer(-10, "-10"));
    CHECK_BOTH(writes_integer(253'402'300'799, "253402300799"));
    CHECK_BOTH(writes_integer(std::numeric_limits<std::int64_t>::max(), "9223372036854775807"));
    CHECK_BOTH(writes_integer(std::numeric_limits<std::int64_t>::min(), "-9223372036854775808"));
}

TEST_CASE("what does not fit is counted, refused, and written no further than the span") {
    std::array<char, everything.size() + 1> out{};
    for (std::size_t room = 0; room <= everything.size(); ++room) {
        out.fill('~');
        json::writer w{std::span{out}.first(room)};
        write_everything(w);
        CHECK(w.size() == everything.size());
        bool const fits = room == everything.size();
        CHECK(w.finish().error() == (fits ? error{} : error{errc::buffer_too_small}));
        CHECK(std::string_view{out.data(), room} == everything.substr(0, room));
        CHECK(out[room] == '~');
    }
}

TEST_CASE("a text that is not UTF-8 is not written unnoticed") {
    std::array<char, 32> out{};
    json::writer w{out};
    w.begin_array();
    w.string("\xFF");
    w.string("good");
    w.end_array();
    CHECK(w.finish().error() == error{errc::utf8_invalid});
    json::writer named{out};
    named.begin_object();
    named.name("\xED\xA0\x80");
    CHECK(named.finish().error() == error{errc::utf8_invalid});
    json::writer measure{{}};
    measure.string("\xC0\x80");
    CHECK(measure.finish().error() == error{errc::utf8_invalid});  // not that it does not fit
}

TEST_CASE("every character that is written is read as itself") {
    for (char32_t scalar = 0; scalar <= 0x10FFFF; scalar += scalar < 0x3000 ? 1 : 0xFF) {
        if (scalar >= 0xD800 && scalar <= 0xDFFF) {
            continue;
        }
        char octets[4]{};
        std::size_t const size = mcx::utf8::encode(scalar, octets);
        if (!survives({octets, size})) {
            CHECK_MESSAGE(false, "U+" << static_cast<unsigned>(scalar));
        }
    }
    CHECK(survives("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
    CHECK(survives("\"\\\"\\n"));
}

TEST_CASE("a value that is JSON already is written as it is, with its comma") {
    std::array<char, 32> out{};
    json::writer w{out};
    w.begin_array();
    w.integer(1);
    w.verbatim("{ }");
    w.integer(2);
    w.end_array();
    CHECK(std::string_view(out.data(), w.finish().value_or(0U)) == "[1,{ },2]");
}
