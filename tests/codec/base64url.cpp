// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/base64url.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
namespace base64url = mcx::base64url;

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr bool same(byte_view octets, std::string_view text) {
    return std::equal(octets.begin(), octets.end(), text.begin(), text.end(),
                      [](std::byte o, char c) { return o == mcx::to_byte(c); });
}

/// Both decoders make these octets of the text, and both encoders make the text of the octets.
constexpr bool pairs(std::string_view text, std::string_view octets) {
    std::array<std::byte, 32> out{};
    std::array<std::byte, 32> secret_out{};
    auto const size = base64url::decode(text, out);
    auto const secret_size = base64url::decode_secret(text, secret_out);
    if (!size || !secret_size || *size != *secret_size) {
        return false;
    }
    byte_view const decoded = byte_view{out}.first(*size);
    std::array<char, 44> again{};
    std::array<char, 44> secret_again{};
    std::size_t const characters = base64url::encode(decoded, again);
    std::size_t const secret_characters = base64url::encode_secret(decoded, secret_again);
    return same(decoded, octets) && same(byte_view{secret_out}.first(*size), octets) &&
           std::string_view{again.data(), characters} == text &&
           std::string_view{secret_again.data(), secret_characters} == text &&
           base64url::encoded_size(octets.size()) == text.size() &&
           base64url::decoded_size(text).value_or(99U) == octets.size();
}

/// What both say of a text: the decoder, and the check that decodes nothing.
constexpr error refusal(std::string_view text) {
    std::array<std::byte, 32> out{};
    error const refused = base64url::decode(text, out).error();
    return base64url::check(text).error() == refused ? refused : error{errc::none, 1};
}

constexpr error secret_refusal(std::string_view text) {
    std::array<std::byte, 32> out{};
    return base64url::decode_secret(text, out).error();
}

constexpr bool shows(std::string_view text, std::string_view decoded) {
    char out[8]{};
    auto const shown = base64url::decode_text(text, out);
    return shown && *shown == decoded && shown->data() == out;
}

constexpr error text_refusal(std::string_view text) {
    char out[8]{};
    return base64url::decode_text(text, out).error();
}

/// What the RFC says of a text, bit by bit.
struct reference {
    error refused;
    std::string octets;

    explicit reference(std::string_view text) {
        auto const offset = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
        if (text.size() % 4 == 1) {
            refused = {errc::base64_length, 0, offset(text.size() - 1)};
            return;
        }
        std::vector<bool> bits;
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::size_t const value = alphabet.find(text[i]);
            if (value == alphabet.npos) {
                bool const padding = text[i] == '=';
                refused = {padding ? errc::base64_padding : errc::base64_character, 0, offset(i)};
                return;
            }
            for (int bit = 5; bit >= 0; --bit) {
                bits.push_back((value >> bit & 1U) != 0);
            }
        }
        for (; bits.size() >= 8; bits.erase(bits.begin(), bits.begin() + 8)) {
            unsigned octet = 0;
            for (std::size_t i = 0; i < 8; ++i) {
                octet = octet * 2 + (bits[i] ? 1 : 0);
            }
            octets += static_cast<char>(octet);
        }
        if (std::find(bits.begin(), bits.end(), true) != bits.end()) {
            refused = {errc::base64_spare_bits, 0, offset(text.size() - 1)};
        }
    }

    /// The verdict without what would tell where a secret went wrong.
    [[nodiscard]] error secret_refused() const {
        bool const character =
            refused.code == errc::base64_character || refused.code == errc::base64_padding;
        return character ? error{errc::base64_character} : refused;
    }
};

/// Both decoders, given room for exactly what is due, say what the reference says.
bool agrees(std::string_view text) {
    reference const expected{text};
    std::vector<std::byte> out(base64url::max_decoded_size(text.size()));
    if (base64url::check(text).error() != expected.refused) {
        return false;
    }
    auto const size = base64url::decode(text, out);
    if (size.error() != expected.refused || (size && !same(out, expected.octets))) {
        return false;
    }
    std::fill(out.begin(), out.end(), std::byte{0xAA});
    auto const secret_size = base64url::decode_secret(text, out);
    if (secret_size.error() != expected.secret_refused()) {
        return false;
    }
    return !secret_size || (*secret_size == *size && same(out, expected.octets));
}

/// Every text of this many characters, each one of the given.
template <class F>
void for_all_texts(std::size_t size, std::string_view characters, F&& visit) {
    std::string text(size, characters.front());
    std::vector<std::size_t> digits(size, 0);
    for (bool more = true; more;) {
        visit(text);
        more = false;
        for (std::size_t i = 0; i < size && !more; ++i) {
            digits[i] = (digits[i] + 1) % characters.size();
            text[i] = characters[digits[i]];
            more = digits[i] != 0;
        }
    }
}

std::string all_octets() {
    std::string all;
    for (int c = 0; c < 256; ++c) {
        all += static_cast<char>(c);
    }
    return all;
}

std::size_t count_disagreements(std::size_t size, std::string_view characters) {
    std::size_t wrong = 0;
    for_all_texts(size, characters,
                  [&](std::string_view text) { wrong += agrees(text) ? 0U : 1U; });
    return wrong;
}

}  // namespace

TEST_CASE("base64url pairs texts with octets as RFC 4648 section 10 does") {
    CHECK_BOTH(pairs("", ""));
    CHECK_BOTH(pairs("Zg", "f"));
    CHECK_BOTH(pairs("Zm8", "fo"));
    CHECK_BOTH(pairs("Zm9v", "foo"));
    CHECK_BOTH(pairs("Zm9vYg", "foob"));
    CHECK_BOTH(pairs("Zm9vYmE", "fooba"));
    CHECK_BOTH(pairs("Zm9vYmFy", "foobar"));
}

TEST_CASE("base64url uses the characters of URLs") {
    CHECK_BOTH(pairs("A-z_4ECg", {"\x03\xEC\xFF\xE0\x40\xA0", 6}));
    CHECK_BOTH(pairs("____", "\xFF\xFF\xFF"));
    CHECK_BOTH(pairs("----", "\xFB\xEF\xBE"));
    CHECK_BOTH(refusal("ab+c") == error{errc::base64_character, 0, 2});
    CHECK_BOTH(refusal("abc/") == error{errc::base64_character, 0, 3});
}

TEST_CASE("base64url refuses padding and says where it stands") {
    CHECK_BOTH(refusal("Zg==") == error{errc::base64_padding, 0, 2});
    CHECK_BOTH(refusal("Zm8=") == error{errc::base64_padding, 0, 3});
    CHECK_BOTH(refusal("=m8") == error{errc::base64_padding, 0, 0});
    CHECK_BOTH(refusal("Zm9vZm=vZm9v") == error{errc::base64_padding, 0, 6});
    CHECK_BOTH(secret_refusal("Zg==") == error{errc::base64_character});
}

TEST_CASE("base64url refuses white space and NUL") {
    CHECK_BOTH(refusal("Zm9v\n.A") == error{errc::base64_character, 0, 4});
    CHECK_BOTH(refusal(" Zm9vA") == error{errc::base64_character, 0, 0});
    CHECK_BOTH(refusal({"Zm\0v", 4}) == error{errc::base64_character, 0, 2});
    CHECK_BOTH(secret_refusal("Zm v") == error{errc::base64_character});
}

TEST_CASE("base64url refuses a lone character in the last group") {
    CHECK_BOTH(refusal("A") == error{errc::base64_length, 0, 0});
    CHECK_BOTH(refusal("Zm9vY") == error{errc::base64_length, 0, 4});
    CHECK_BOTH(secret_refusal("Zm9vY") == error{errc::base64_length, 0, 4});
    CHECK_BOTH(base64url::decoded_size("Zm9vY").error() == error{errc::base64_length, 0, 4});
}

TEST_CASE("base64url refuses spare bits that are not zero") {
    CHECK_BOTH(refusal("Zh") == error{errc::base64_spare_bits, 0, 1});
    CHECK_BOTH(refusal("Zm9") == error{errc::base64_spare_bits, 0, 2});
    CHECK_BOTH(refusal("Zm9vZm9vYmF") == error{errc::base64_spare_bits, 0, 10});
    CHECK_BOTH(secret_refusal("Zm9vZh") == error{errc::base64_spare_bits, 0, 5});
}

TEST_CASE("base64url names a bad character before spare bits") {
    CHECK_BOTH(refusal("*h") == error{errc::base64_character, 0, 0});
    CHECK_BOTH(secret_refusal("*h") == error{errc::base64_character});
}

TEST_CASE("base64url judges every text of one or two octets as the reference does") {
    std::string const all = all_octets();
    CHECK(count_disagreements(1, all) == 0);
    CHECK(count_disagreements(2, all) == 0);
}

TEST_CASE("base64url judges every text of three characters as the reference does") {
    std::string characters{alphabet};
    characters += std::string{"=+/. \n@[`{\x7F\x80\xFF", 13};
    characters += '\0';
    CHECK(count_disagreements(3, characters) == 0);
}

TEST_CASE("base64url judges every octet at every place of a longer text") {
    std::size_t wrong = 0;
    for (std::size_t size : {4U, 6U, 7U, 8U, 12U}) {
        for (std::size_t place = 0; place < size; ++place) {
            std::string text = std::string{"c29tZSBvY3Rl"}.substr(0, size);
            for (char const c : all_octets()) {
                text[place] = c;
                wrong += agrees(text) ? 0U : 1U;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("base64url decodes what it encodes, at every length") {
    std::vector<std::byte> octets;
    for (unsigned size = 0; size < 100; ++size) {
        std::string text(base64url::encoded_size(size), '*');
        CHECK(base64url::encode(octets, text) == text.size());
        CHECK(agrees(text));
        CHECK(reference{text}.octets == mcx::as_text(octets));
        std::string secret_text(text.size(), '*');
        CHECK(base64url::encode_secret(octets, secret_text) == text.size());
        CHECK(secret_text == text);
        octets.push_back(static_cast<std::byte>(size * 167U + 13U));
    }
}

TEST_CASE("base64url sizes leave no room for doubt") {
    CHECK_BOTH(base64url::encoded_size(0) == 0);
    CHECK_BOTH(base64url::encoded_size(1) == 2);
    CHECK_BOTH(base64url::encoded_size(2) == 3);
    CHECK_BOTH(base64url::encoded_size(3) == 4);
    CHECK_BOTH(base64url::encoded_size(32) == 43);
    CHECK_BOTH(base64url::max_decoded_size(0) == 0);
    CHECK_BOTH(base64url::max_decoded_size(1) == 0);
    CHECK_BOTH(base64url::max_decoded_size(2) == 1);
    CHECK_BOTH(base64url::max_decoded_size(3) == 2);
    CHECK_BOTH(base64url::max_decoded_size(4) == 3);
    CHECK_BOTH(base64url::max_decoded_size(~std::size_t{0}) == ~std::size_t{0} / 4 * 3 + 2);
}

TEST_CASE("base64url writes neither past a buffer that is too small nor past the octets due") {
    std::string const text = "Zm9vYmFyYg";
    for (std::size_t room = 0; room < 12; ++room) {
        std::array<std::byte, 12> out;
        out.fill(std::byte{0xAA});
        auto const size = base64url::decode(text, mcx::byte_span{out}.first(room));
        auto const secret_size = base64url::decode_secret(text, mcx::byte_span{out}.first(room));
        CHECK(size.error() == (room < 7 ? error{errc::buffer_too_small} : error{}));
        CHECK(secret_size.error() == size.error());
        CHECK(std::count(out.begin(), out.end(), std::byte{0xAA}) == (room < 7 ? 12 : 5));
    }
}

TEST_CASE("base64url shows decoded text where it was written") {
    CHECK_BOTH(shows("", ""));
    CHECK_BOTH(shows("eyJhIjoxfQ", "{\"a\":1}"));
    CHECK_BOTH(shows("_w", "\xFF"));
    CHECK_BOTH(text_refusal("Zm9vZm9vZm9v") == error{errc::buffer_too_small});
    CHECK_BOTH(text_refusal("Zm9vZh") == error{errc::base64_spare_bits, 0, 5});
}

TEST_CASE("base64url stops a caller who encodes into too little room") {
    std::array<std::byte, 4> const octets{};
    std::array<char, 5> room{};
    CHECK(mcx::test::stops([&] { base64url::encode(octets, room); }));
    CHECK(mcx::test::stops([&] { base64url::encode_secret(octets, room); }));
    CHECK_FALSE(mcx::test::stops([&] { base64url::encode(byte_view{octets}.first(3), room); }));
}
