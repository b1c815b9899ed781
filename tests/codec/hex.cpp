// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/hex.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <algorithm>
#include <array>
#include <string>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
namespace hex = mcx::hex;

namespace {

/// Both decoders make these octets of the text.
constexpr bool reads(std::string_view text, std::string_view octets) {
    std::array<std::byte, 16> out{};
    std::array<std::byte, 16> secret_out{};
    auto const size = hex::decode(text, out);
    auto const secret_size = hex::decode_secret(text, secret_out);
    return size.value_or(99U) == octets.size() && secret_size.value_or(99U) == octets.size() &&
           out == secret_out &&
           std::equal(octets.begin(), octets.end(), out.begin(),
                      [](char c, std::byte o) { return mcx::to_byte(c) == o; });
}

/// Both encoders make this text of the octets.
template <std::size_t N>
constexpr bool writes(std::array<std::byte, N> const& octets, std::string_view text) {
    std::array<char, 16> out{};
    std::array<char, 16> secret_out{};
    return hex::encode(octets, out) == text.size() &&
           hex::encode_secret(octets, secret_out) == text.size() && out == secret_out &&
           std::string_view{out.data(), text.size()} == text && hex::encoded_size(N) == text.size();
}

constexpr error refusal(std::string_view text) {
    std::array<std::byte, 16> out{};
    return hex::decode(text, out).error();
}

constexpr error secret_refusal(std::string_view text) {
    std::array<std::byte, 16> out{};
    return hex::decode_secret(text, out).error();
}

constexpr std::array low_high{std::byte{0x00}, std::byte{0x0F}, std::byte{0xF0}, std::byte{0xA9}};

}  // namespace

TEST_CASE("hex reads either case") {
    CHECK_BOTH(reads("", ""));
    CHECK_BOTH(reads("00", {"\0", 1}));
    CHECK_BOTH(reads("0123456789abcdef", "\x01\x23\x45\x67\x89\xAB\xCD\xEF"));
    CHECK_BOTH(reads("ABCDEFabcdefaBCd", "\xAB\xCD\xEF\xAB\xCD\xEF\xAB\xCD"));
}

TEST_CASE("hex writes lower case") {
    CHECK_BOTH(writes(std::array<std::byte, 0>{}, ""));
    CHECK_BOTH(writes(low_high, "000ff0a9"));
}

TEST_CASE("hex refuses what is no digit and says where it stands") {
    CHECK_BOTH(refusal("0g") == error{errc::hex_character, 0, 1});
    CHECK_BOTH(refusal("g0") == error{errc::hex_character, 0, 0});
    CHECK_BOTH(refusal("0x12") == error{errc::hex_character, 0, 1});
    CHECK_BOTH(refusal("12 3") == error{errc::hex_character, 0, 2});
    CHECK_BOTH(secret_refusal("123 ") == error{errc::hex_character});
}

TEST_CASE("hex refuses an odd number of digits") {
    CHECK_BOTH(refusal("1") == error{errc::hex_length, 0, 0});
    CHECK_BOTH(refusal("12z") == error{errc::hex_length, 0, 2});
    CHECK_BOTH(secret_refusal("123") == error{errc::hex_length, 0, 2});
    CHECK_BOTH(hex::decoded_size("123").error() == error{errc::hex_length, 0, 2});
    CHECK_BOTH(hex::decoded_size("1234").value_or(0U) == 2);
}

TEST_CASE("hex takes the 22 digits and nothing else, in both halves of an octet") {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    std::size_t wrong = 0;
    for (int c = 0; c < 256; ++c) {
        std::size_t const found = digits.find(static_cast<char>(c));
        bool const is_digit = found != digits.npos;
        std::size_t const value = found < 16 ? found : found - 6;
        for (std::size_t place : {0U, 1U}) {
            std::string text = "00";
            text[place] = static_cast<char>(c);
            std::string const octet(1, static_cast<char>(place == 0 ? value << 4U : value));
            error const at{errc::hex_character, 0, static_cast<std::uint32_t>(place)};
            bool const right = is_digit ? reads(text, octet)
                                        : refusal(text) == at &&
                                              secret_refusal(text) == error{errc::hex_character};
            wrong += right ? 0U : 1U;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("hex decodes what it encodes") {
    std::array<std::byte, 256> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        octets[i] = static_cast<std::byte>(i);
    }
    std::string text(hex::encoded_size(octets.size()), '*');
    std::string secret_text = text;
    CHECK(hex::encode(octets, text) == text.size());
    CHECK(hex::encode_secret(octets, secret_text) == text.size());
    CHECK(text == secret_text);
    std::array<std::byte, 256> again{};
    CHECK(hex::decode(text, again).value_or(0U) == again.size());
    CHECK(again == octets);
    again.fill(std::byte{0});
    CHECK(hex::decode_secret(text, again).value_or(0U) == again.size());
    CHECK(again == octets);
}

TEST_CASE("hex writes nothing into a buffer that is too small") {
    std::array<std::byte, 2> out{std::byte{0xAA}, std::byte{0xAA}};
    CHECK(hex::decode("0123456789", out).error() == error{errc::buffer_too_small});
    CHECK(hex::decode_secret("012345", out).error() == error{errc::buffer_too_small});
    CHECK(std::count(out.begin(), out.end(), std::byte{0xAA}) == 2);
    CHECK(hex::decode("0123", out).value_or(0U) == 2);
}

TEST_CASE("hex stops a caller who encodes into too little room") {
    std::array<char, 7> room{};
    CHECK(mcx::test::stops([&] { hex::encode(low_high, room); }));
    CHECK(mcx::test::stops([&] { hex::encode_secret(low_high, room); }));
    CHECK_FALSE(mcx::test::stops([&] { hex::encode(byte_view{low_high}.first(3), room); }));
}
