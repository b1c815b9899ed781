// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/der.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/stops.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
using mcx::der::reader;
using mcx::der::tag;
using mcx::test::hex_octets;

namespace {

template <std::size_t N>
constexpr error integer_refusal(char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    (void)r.integer();
    return r.finish().error();
}

template <std::size_t N, std::size_t M>
constexpr bool integer_is(char const (&digits)[N], char const (&value)[M]) {
    auto const der = hex_octets(digits);
    reader r{der};
    bool const same = mcx::der::same(r.integer(), hex_octets(value));
    return r.finish() && same;
}

template <std::size_t N>
constexpr std::uint64_t number(char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    return r.number();
}

template <std::size_t N>
constexpr error refusal(tag kind, char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    (void)r.contents(kind);
    return r.finish().error();
}

template <std::size_t N>
constexpr error bits_refusal(char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    (void)r.bit_string();
    return r.finish().error();
}

template <std::size_t N>
constexpr error identifier_refusal(char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    (void)r.object_identifier();
    return r.finish().error();
}

template <std::size_t N>
constexpr error boolean_refusal(char const (&digits)[N], bool value) {
    auto const der = hex_octets(digits);
    reader r{der};
    bool const read = r.boolean();
    error const e = r.finish().error();
    return e.code == errc::none && read != value ? error{errc::claim_value} : e;
}

template <std::size_t N>
constexpr error null_refusal(char const (&digits)[N]) {
    auto const der = hex_octets(digits);
    reader r{der};
    r.null();
    return r.finish().error();
}

/// Reads SEQUENCE { INTEGER, SEQUENCE { NULL } }.
constexpr error nested_refusal(byte_view der) {
    reader r{der};
    r.open(tag::sequence);
    (void)r.integer();
    r.open(tag::sequence);
    r.null();
    r.close();
    r.close();
    return r.finish().error();
}

/// An octet string of so many zeros behind this head, of which so many octets are there.
error long_refusal(std::vector<unsigned char> der, std::size_t zeros) {
    der.resize(der.size() + zeros);
    reader r{std::as_bytes(std::span{der})};
    bool const whole = r.contents(tag::octet_string).size() == zeros;
    auto const read = r.finish();
    return read && !whole ? error{errc::claim_value} : read.error();
}

}  // namespace

TEST_CASE("numbers come without the octet that keeps them positive") {
    CHECK_BOTH(integer_is("020100", "00"));
    CHECK_BOTH(integer_is("02017f", "7f"));
    CHECK_BOTH(integer_is("02020080", "80"));
    CHECK_BOTH(integer_is("02020100", "0100"));
    CHECK_BOTH(integer_is("0203008001", "8001"));
}

TEST_CASE("a number is not negative, and as short as it can be") {
    CHECK_BOTH(integer_refusal("0200") == error{errc::der_value, 0, 2});
    CHECK_BOTH(integer_refusal("0201ff").code == errc::der_value);
    CHECK_BOTH(integer_refusal("020180").code == errc::der_value);
    CHECK_BOTH(integer_refusal("02020000").code == errc::der_value);
    CHECK_BOTH(integer_refusal("0202007f").code == errc::der_value);
    CHECK_BOTH(integer_refusal("0203ffff80").code == errc::der_value);
}

TEST_CASE("a number over 64 bits is told as the greatest of them") {
    CHECK_BOTH(number("020100") == 0);
    CHECK_BOTH(number("0203010001") == 65537);
    CHECK_BOTH(number("0208"
                      "0123456789abcdef") == 0x0123'4567'89AB'CDEF);
    CHECK_BOTH(number("0209"
                      "00ffffffffffffffff") == UINT64_MAX);
    CHECK_BOTH(number("0209"
                      "010000000000000000") == UINT64_MAX);
    CHECK_BOTH(number("0201ff") == 0);
}

TEST_CASE("a length is definite") {
    CHECK_BOTH(refusal(tag::sequence, "30800000") == error{errc::der_length, 0, 1});
    CHECK_BOTH(refusal(tag::octet_string, "0480") == error{errc::der_length, 0, 1});
}

TEST_CASE("a length is written in as few octets as can be") {
    CHECK_BOTH(refusal(tag::octet_string, "048100") == error{errc::der_length, 0, 1});
    CHECK_BOTH(refusal(tag::octet_string, "048101aa") == error{errc::der_length, 0, 1});
    CHECK_BOTH(refusal(tag::octet_string, "04820001aa") == error{errc::der_length, 0, 1});
    CHECK(long_refusal({0x04, 0x7F}, 0x7F).code == errc::none);
    CHECK(long_refusal({0x04, 0x81, 0x7F}, 0x7F).code == errc::der_length);
    CHECK(long_refusal({0x04, 0x81, 0x80}, 0x80).code == errc::none);
    CHECK(long_refusal({0x04, 0x82, 0x00, 0x80}, 0x80).code == errc::der_length);
    CHECK(long_refusal({0x04, 0x81, 0xFF}, 0xFF).code == errc::none);
    CHECK(long_refusal({0x04, 0x82, 0x00, 0xFF}, 0xFF).code == errc::der_length);
    CHECK(long_refusal({0x04, 0x82, 0x01, 0x00}, 0x100).code == errc::none);
    CHECK(long_refusal({0x04, 0x83, 0x00, 0x01, 0x00}, 0x100).code == errc::der_length);
    CHECK(long_refusal({0x04, 0x83, 0x01, 0x00, 0x00}, 0x10000).code == errc::none);
}

TEST_CASE("a length of more than three octets is refused, whatever it says") {
    CHECK_BOTH(refusal(tag::octet_string, "048401000000") == error{errc::der_length, 0, 1});
    CHECK_BOTH(refusal(tag::octet_string, "0484000000ff").code == errc::der_length);
    CHECK_BOTH(refusal(tag::octet_string, "0488ffffffffffffffff").code == errc::der_length);
    CHECK_BOTH(refusal(tag::octet_string, "04ff").code == errc::der_length);
}

TEST_CASE("an element ends where the octets end, at the latest") {
    CHECK_BOTH(refusal(tag::octet_string, "") == error{errc::der_truncated, 0, 0});
    CHECK_BOTH(refusal(tag::octet_string, "04") == error{errc::der_truncated, 0, 1});
    CHECK_BOTH(refusal(tag::octet_string, "0401") == error{errc::der_truncated, 0, 0});
    CHECK_BOTH(refusal(tag::octet_string, "0481").code == errc::der_truncated);
    CHECK_BOTH(refusal(tag::octet_string, "048201").code == errc::der_truncated);
    CHECK_BOTH(refusal(tag::octet_string, "0483ffffff").code == errc::der_truncated);
}

TEST_CASE("an element is of the type that is due") {
    CHECK_BOTH(refusal(tag::sequence, "3100") == error{errc::der_tag, 0, 0});
    CHECK_BOTH(refusal(tag::octet_string, "2400").code == errc::der_tag);
    CHECK_BOTH(refusal(tag::sequence, "1000").code == errc::der_tag);
    CHECK_BOTH(refusal(tag::context_0, "8000").code == errc::der_tag);
    CHECK_BOTH(refusal(tag::octet_string, "1f0400").code == errc::der_tag);
}

TEST_CASE("nothing follows the last element") {
    CHECK_BOTH(refusal(tag::octet_string, "040000") == error{errc::der_trailing, 0, 2});
    CHECK_BOTH(nested_refusal(hex_octets("3007020101300205"
                                         "00"))
                   .code == errc::none);
    CHECK_BOTH(nested_refusal(hex_octets("300702010130020500"
                                         "00")) == error{errc::der_trailing, 0, 9});
    CHECK_BOTH(nested_refusal(hex_octets("300802010130020500"
                                         "00")) == error{errc::der_trailing, 0, 9});
    CHECK_BOTH(nested_refusal(hex_octets("300802010130030500"
                                         "00")) == error{errc::der_trailing, 0, 9});
}

TEST_CASE("an element is no longer than the one that holds it") {
    CHECK_BOTH(nested_refusal(hex_octets("300602010130020500")) ==
               error{errc::der_truncated, 0, 5});
    CHECK_BOTH(nested_refusal(hex_octets("300702010130010500")) ==
               error{errc::der_truncated, 0, 8});
    CHECK_BOTH(nested_refusal(hex_octets("3002020500")).code == errc::der_truncated);
}

TEST_CASE("every truncation of nested elements is refused") {
    auto const der = hex_octets("300702010130020500");
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK(nested_refusal(byte_view{der}.first(size)).code == errc::der_truncated);
    }
}

TEST_CASE("a bit string has whole octets") {
    CHECK_BOTH(bits_refusal("030200aa").code == errc::none);
    CHECK_BOTH(bits_refusal("030100").code == errc::none);
    CHECK_BOTH(bits_refusal("0300").code == errc::der_value);
    CHECK_BOTH(bits_refusal("030201aa").code == errc::der_value);
    CHECK_BOTH(bits_refusal("0302078"
                            "0")
                   .code == errc::der_value);
    CHECK_BOTH(bits_refusal("2304030200aa").code == errc::der_tag);
}

TEST_CASE("an object identifier has whole arcs without leading zeros") {
    CHECK_BOTH(identifier_refusal("06032b6570").code == errc::none);
    CHECK_BOTH(identifier_refusal("06052b81040022").code == errc::none);
    CHECK_BOTH(identifier_refusal("0600").code == errc::der_value);
    CHECK_BOTH(identifier_refusal("06032b6580").code == errc::der_value);
    CHECK_BOTH(identifier_refusal("0603806570").code == errc::der_value);
    CHECK_BOTH(identifier_refusal("06042b806570").code == errc::der_value);
}

TEST_CASE("truth and nothing have one spelling") {
    CHECK_BOTH(boolean_refusal("0101ff", true).code == errc::none);
    CHECK_BOTH(boolean_refusal("010100", false).code == errc::none);
    CHECK_BOTH(boolean_refusal("010101", true).code == errc::der_value);
    CHECK_BOTH(boolean_refusal("0100", true).code == errc::der_value);
    CHECK_BOTH(boolean_refusal("0102ffff", true).code == errc::der_value);
    CHECK_BOTH(null_refusal("0500").code == errc::none);
    CHECK_BOTH(null_refusal("050100").code == errc::der_value);
}

TEST_CASE("the first refusal stays, and all behind it is empty") {
    auto const der = hex_octets("0500020101");
    reader r{der};
    CHECK(r.integer().empty());
    CHECK(r.failed());
    CHECK(r.failure() == error{errc::der_tag, 0, 0});
    CHECK(r.at_end());
    CHECK_FALSE(r.next_is(tag::null));
    r.null();
    CHECK(r.whole(tag::integer).empty());
    r.open(tag::sequence);
    r.refuse_unless(false, errc::key_value);
    r.close();
    CHECK(r.finish().error() == error{errc::der_tag, 0, 0});
}

TEST_CASE("what is next is told without reading it") {
    auto const der = hex_octets("0500020101");
    reader r{der};
    CHECK(r.next_is(tag::null));
    CHECK_FALSE(r.next_is(tag::integer));
    r.null();
    CHECK(r.at() == 2);
    CHECK(mcx::der::same(r.whole(tag::integer), hex_octets("020101")));
    CHECK(r.at_end());
    CHECK_FALSE(r.next_is(tag::integer));
    CHECK(r.finish());
}

TEST_CASE("a program that leaves elements open, or opens more than eight, is stopped") {
    CHECK(mcx::test::stops([] {
        auto const der = hex_octets("3000");
        reader r{der};
        r.open(tag::sequence);
        (void)r.finish();
    }));
    CHECK(mcx::test::stops([] {
        auto const der = hex_octets("3000");
        reader r{der};
        for (int i = 0; i < 9; ++i) {
            r.open(tag::sequence);
        }
    }));
    CHECK(mcx::test::stops([] { reader{{}}.close(); }));
}
