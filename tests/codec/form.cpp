// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/form.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <string>

using mcx::errc;
using mcx::error;
namespace form = mcx::form;

namespace {

/// The next parameter is this one.
constexpr bool gives(form::reader& reader, std::string_view raw_name, std::string_view raw_value,
                     std::size_t offset) {
    auto const next = reader.next();
    return next && *next && (*next)->raw_name == raw_name && (*next)->raw_value == raw_value &&
           (*next)->offset == offset;
}

constexpr bool ends(form::reader& reader) {
    auto const next = reader.next();
    return next && !*next;
}

/// The body holds this one parameter.
constexpr bool holds(std::string_view body, std::string_view raw_name, std::string_view raw_value) {
    form::reader reader{body};
    return gives(reader, raw_name, raw_value, 0) && ends(reader);
}

/// Why the first parameter of a body is refused; the reader says it again when asked again.
constexpr error refusal(std::string_view body) {
    form::reader reader{body};
    error const first = reader.next().error();
    return reader.next().error() == first ? first : error{};
}

constexpr bool decodes(std::string_view raw, std::string_view text) {
    std::array<char, 32> out{};
    auto const size = form::decode(raw, out);
    return size && std::string_view{out.data(), *size} == text && form::equals(raw, text);
}

constexpr error decode_refusal(std::string_view raw) {
    std::array<char, 32> out{};
    return form::decode(raw, out).error();
}

constexpr bool encodes(std::string_view text, std::string_view encoded) {
    std::array<char, 32> out{};
    std::size_t const size = form::encode(text, out);
    return std::string_view{out.data(), size} == encoded && form::encoded_size(text) == size &&
           decodes(encoded, text);
}

constexpr bool reads_two() {
    form::reader reader{"grant_type=urn%3Aietf&scope=a+b"};
    return gives(reader, "grant_type", "urn%3Aietf", 0) && gives(reader, "scope", "a+b", 22) &&
           ends(reader) && ends(reader);
}

constexpr bool skips_nothing_between_ampersands() {
    form::reader reader{"&&&a=b&&&&c=d&"};
    return gives(reader, "a", "b", 3) && gives(reader, "c", "d", 10) && ends(reader);
}

constexpr bool stays_at_a_fault() {
    form::reader reader{"a=1&b=%&c=3"};
    bool const first = gives(reader, "a", "1", 0);
    error const fault{errc::form_percent, 0, 6};
    return first && reader.next().error() == fault && reader.next().error() == fault;
}

constexpr bool counts() {
    form::reader two{"a=1&&b=2&c=3", 2};
    bool const within = gives(two, "a", "1", 0) && gives(two, "b", "2", 5);
    form::reader just{"a=1&&b=2&", 2};
    bool const all = gives(just, "a", "1", 0) && gives(just, "b", "2", 5) && ends(just);
    return within && all && two.next().error() == error{errc::form_parameters, 0, 9};
}

}  // namespace

static_assert(std::constructible_from<form::reader, std::string&>);
static_assert(!std::constructible_from<form::reader, std::string>, "the body would be gone");

TEST_CASE("form gives the parameters in the order of the body") {
    CHECK_BOTH(reads_two());
    CHECK_BOTH(skips_nothing_between_ampersands());
}

TEST_CASE("form takes the first equals sign for the one that ends the name") {
    CHECK_BOTH(holds("a=b=c", "a", "b=c"));
    CHECK_BOTH(holds("==", "", "="));
    CHECK_BOTH(holds("=b", "", "b"));
}

TEST_CASE("form takes a name without a value for one with an empty value") {
    CHECK_BOTH(holds("a", "a", ""));
    CHECK_BOTH(holds("a=", "a", ""));
    CHECK_BOTH(holds("a&", "a", ""));
}

TEST_CASE("form finds nothing in a body without parameters") {
    for (std::string_view const body : {"", "&", "&&&"}) {
        form::reader reader{body};
        CHECK(ends(reader));
    }
}

TEST_CASE("form takes bare characters as they stand") {
    CHECK_BOTH(holds("?a[]=b#c;d", "?a[]", "b#c;d"));
    CHECK_BOTH(holds("a=\xE2\x82\xAC", "a", "\xE2\x82\xAC"));
    CHECK_BOTH(holds("a=b\r\n", "a", "b\r\n"));
}

TEST_CASE("form refuses a percent sign that begins no triplet") {
    CHECK_BOTH(refusal("%a=a") == error{errc::form_percent, 0, 0});
    CHECK_BOTH(refusal("a=%") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(refusal("a=1%4") == error{errc::form_percent, 0, 3});
    CHECK_BOTH(refusal("a=%4&1=b") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(refusal("&&a=%%2a") == error{errc::form_percent, 0, 4});
    CHECK_BOTH(refusal("a=%u20ac") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(refusal("a=%4g") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(refusal("a=%g4") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(stays_at_a_fault());
}

TEST_CASE("form refuses what decodes to something else than UTF-8") {
    CHECK_BOTH(refusal("%FE%FF") == error{errc::utf8_invalid, 0, 0});
    CHECK_BOTH(refusal("a=b%C2x") == error{errc::utf8_invalid, 0, 3});
    CHECK_BOTH(refusal("a=%ED%A0%80") == error{errc::utf8_invalid, 0, 2});
    CHECK_BOTH(refusal("a=%C2") == error{errc::utf8_invalid, 0, 2});
    CHECK_BOTH(refusal("a=\xFF") == error{errc::utf8_invalid, 0, 2});
    CHECK_BOTH(refusal("&a=%C2&%80=") == error{errc::utf8_invalid, 0, 3});
}

TEST_CASE("form joins no character across the end of a name") {
    CHECK_BOTH(refusal("a%E2%82=%AC") == error{errc::utf8_invalid, 0, 1});
    CHECK_BOTH(refusal("%C2=\x80") == error{errc::utf8_invalid, 0, 0});
}

TEST_CASE("form refuses more parameters than there may be, 32 where nobody says") {
    CHECK_BOTH(counts());
    std::string body;
    for (int i = 0; i < 32; ++i) {
        body += "a&";
    }
    std::string const more = body + "&a";
    form::reader all{body};
    form::reader too_many{more};
    for (int i = 0; i < 32; ++i) {
        CHECK(all.next().has_value());
        CHECK(too_many.next().has_value());
    }
    CHECK(ends(all));
    CHECK(too_many.next().error() == error{errc::form_parameters, 0, 65});
}

TEST_CASE("form decodes plus signs and triplets of either case") {
    CHECK_BOTH(decodes("", ""));
    CHECK_BOTH(decodes("a+b%20c%2B", "a b c+"));
    CHECK_BOTH(decodes("urn%3aietf%3Aparams", "urn:ietf:params"));
    CHECK_BOTH(decodes("%e2%82%AC\xE2%82\xAC", "\xE2\x82\xAC\xE2\x82\xAC"));
    CHECK_BOTH(decodes("%F0%9F%98%80", "\xF0\x9F\x98\x80"));
    CHECK_BOTH(decodes("%2525", "%25"));
}

TEST_CASE("form decodes nothing that the reader refuses, and no NUL") {
    CHECK_BOTH(decode_refusal("ab%2") == error{errc::form_percent, 0, 2});
    CHECK_BOTH(decode_refusal("ab%C0%AF") == error{errc::utf8_invalid, 0, 2});
    CHECK_BOTH(decode_refusal("ab%00") == error{errc::form_character, 0, 2});
    CHECK_BOTH(decode_refusal({"a\0b", 3}) == error{errc::form_character, 0, 1});
}

TEST_CASE("form decodes into exactly the room that is needed") {
    std::array<char, 6> out{};
    out.fill('*');
    CHECK(form::decode("a%20%E2%82%AC", std::span{out}.first(5)).value_or(0U) == 5);
    CHECK(std::string_view{out.data(), 6} == "a \xE2\x82\xAC*");
    out.fill('*');
    CHECK(form::decode("a%20%E2%82%AC", std::span{out}.first(4)).error() == errc::buffer_too_small);
    CHECK(std::string_view{out.data() + 4, 2} == "**");
    CHECK(form::decode("a", std::span{out}.first(0)).error() == errc::buffer_too_small);
}

TEST_CASE("form compares without decoding first") {
    CHECK_BOTH(form::equals("grant%5Ftype", "grant_type"));
    CHECK_BOTH(form::equals("a+b", "a b"));
    CHECK_BOTH(form::equals("", ""));
    CHECK_BOTH(!form::equals("a", ""));
    CHECK_BOTH(!form::equals("", "a"));
    CHECK_BOTH(!form::equals("scope", "scopes"));
    CHECK_BOTH(!form::equals("scopes", "scope"));
    CHECK_BOTH(!form::equals("Scope", "scope"));
    CHECK_BOTH(!form::equals("a%", "a%"));
    CHECK_BOTH(!form::equals("a%2", "a%2"));
    CHECK_BOTH(!form::equals("%6", "%6"));
}

TEST_CASE("form writes a space as a plus sign and keeps four marks bare") {
    CHECK_BOTH(encodes("", ""));
    CHECK_BOTH(encodes("AZaz09*-._", "AZaz09*-._"));
    CHECK_BOTH(encodes("a b+c", "a+b%2Bc"));
    CHECK_BOTH(encodes("~&=%?/:", "%7E%26%3D%25%3F%2F%3A"));
    CHECK_BOTH(encodes("\xE2\x82\xAC\x7F\n", "%E2%82%AC%7F%0A"));
}

TEST_CASE("form writes each octet so that it reads the same") {
    std::size_t wrong = 0;
    for (int c = 1; c < 128; ++c) {
        std::string const text{'x', static_cast<char>(c), 'y'};
        std::string encoded(form::encoded_size(text), '*');
        bool const filled = form::encode(text, encoded) == encoded.size();
        std::string const body = "n=" + encoded;
        wrong += filled && decodes(encoded, text) && holds(body, "n", encoded) ? 0U : 1U;
    }
    CHECK(wrong == 0);
}

TEST_CASE("form appends parameters with an ampersand between them") {
    std::string body;
    form::append(body, "grant_type", "urn:x");
    CHECK(body == "grant_type=urn%3Ax");
    form::append(body, "a b", "");
    CHECK(body == "grant_type=urn%3Ax&a+b=");
    form::append(body, "", "=");
    CHECK(body == "grant_type=urn%3Ax&a+b=&=%3D");
}

TEST_CASE("form stops a caller who encodes into too little room") {
    std::array<char, 3> room{};
    CHECK(mcx::test::stops([&] { form::encode("a%", room); }));
    CHECK_FALSE(mcx::test::stops([&] { form::encode("%", room); }));
}
