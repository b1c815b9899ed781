// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/base64.hpp>

#include "support/check.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
namespace base64 = mcx::base64;

namespace {

/// Both decoders make these octets of the text, and the encoder makes the text of the octets.
constexpr bool pairs(std::string_view text, std::string_view octets) {
    std::array<std::byte, 32> out{};
    std::array<std::byte, 32> secret_out{};
    auto const size = base64::decode(text, out);
    auto const secret_size = base64::decode_secret(text, secret_out);
    if (!size || *size != octets.size() || !secret_size || *secret_size != *size ||
        secret_out != out || base64::decoded_size(text).value_or(99U) != *size) {
        return false;
    }
    for (std::size_t i = 0; i < *size; ++i) {
        if (out[i] != mcx::to_byte(octets[i])) {
            return false;
        }
    }
    std::array<char, 44> again{};
    std::size_t const characters = base64::encode(byte_view{out}.first(*size), again);
    return std::string_view{again.data(), characters} == text &&
           base64::encoded_size(octets.size()) == text.size();
}

constexpr error refusal(std::string_view text) {
    std::array<std::byte, 32> out{};
    return base64::decode(text, out).error();
}

constexpr error secret_refusal(std::string_view text) {
    std::array<std::byte, 32> out{};
    return base64::decode_secret(text, out).error();
}

}  // namespace

TEST_CASE("the RFC's examples are read and written") {
    CHECK_BOTH(pairs("", ""));
    CHECK_BOTH(pairs("Zg==", "f"));
    CHECK_BOTH(pairs("Zm8=", "fo"));
    CHECK_BOTH(pairs("Zm9v", "foo"));
    CHECK_BOTH(pairs("Zm9vYg==", "foob"));
    CHECK_BOTH(pairs("Zm9vYmE=", "fooba"));
    CHECK_BOTH(pairs("Zm9vYmFy", "foobar"));
    CHECK_BOTH(pairs("++//", "\xFB\xEF\xFF"));
}

TEST_CASE("each of all texts of four characters is refused, or comes back as it was") {
    constexpr std::string_view some = "AQgwBf+/9=-_ \n";
    std::size_t accepted = 0;
    std::string text(4, 'A');
    for (std::size_t n = 0; n < some.size() * some.size() * some.size() * some.size(); ++n) {
        for (std::size_t i = 0, rest = n; i < 4; ++i, rest /= some.size()) {
            text[i] = some[rest % some.size()];
        }
        std::array<std::byte, 3> out{};
        std::array<std::byte, 3> secret_out{};
        auto const size = base64::decode(text, out);
        auto const secret_size = base64::decode_secret(text, secret_out);
        CHECK(size.has_value() == secret_size.has_value());
        if (!size) {
            continue;
        }
        ++accepted;
        std::array<char, 4> again{};
        base64::encode(byte_view{out}.first(*size), again);
        CHECK(std::string_view{again.data(), 4} == text);
        CHECK((secret_size && *secret_size == *size && secret_out == out));
    }
    // Nine digits, of which A, Q, g and w end in four zeros, and so in two.
    constexpr std::size_t digits = 9;
    CHECK(accepted == digits * digits * digits * digits + digits * digits * 4 + digits * 4);
}

TEST_CASE("what is wrong is said of public text, and of a secret only that it is") {
    CHECK_BOTH(refusal("Zg") == error{errc::base64_length, 0, 1});
    CHECK_BOTH(refusal("Zg=") == error{errc::base64_length, 0, 2});
    CHECK_BOTH(refusal("Zm9v=") == error{errc::base64_length, 0, 4});
    CHECK_BOTH(refusal("Zm_v") == error{errc::base64_character, 0, 2});
    CHECK_BOTH(refusal("Zm9v\nZm9") == error{errc::base64_character, 0, 4});
    CHECK_BOTH(refusal("Z===") == error{errc::base64_padding, 0, 1});
    CHECK_BOTH(refusal("====") == error{errc::base64_padding, 0, 0});
    CHECK_BOTH(refusal("Zg==Zg==") == error{errc::base64_padding, 0, 2});
    CHECK_BOTH(refusal("Zh==") == error{errc::base64_spare_bits, 0, 1});
    CHECK_BOTH(refusal("Zm9=") == error{errc::base64_spare_bits, 0, 2});
    CHECK_BOTH(secret_refusal("Zm_v") == errc::base64_character);
    CHECK_BOTH(secret_refusal("Z===") == errc::base64_character);
    CHECK_BOTH(secret_refusal("Zg=") == error{errc::base64_length, 0, 2});
    CHECK_BOTH(secret_refusal("Zm9=") == error{errc::base64_spare_bits, 0, 2});
}

TEST_CASE("too little room is said before anything is looked at") {
    std::array<std::byte, 2> out{};
    CHECK(base64::decode("Zm9v", out).error() == errc::buffer_too_small);
    CHECK(base64::decode("----", out).error() == errc::buffer_too_small);
    CHECK(base64::decode("Zm8=", out).has_value());
}
