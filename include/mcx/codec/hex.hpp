// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_HEX_HPP
#define MCX_CODEC_HEX_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/constant_time.hpp>
#include <mcx/core/result.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// Hexadecimal digits, two an octet [RFC 4648 §8; hexBinary in TS 33.180 annex D]: either case is
// read, lower case is written. White space and prefixes are for the caller to take away.

namespace mcx {

namespace detail {

/// The value of a hexadecimal digit, or at least 16 where it is none.
[[nodiscard]] constexpr unsigned hex_value(char digit) noexcept {
    unsigned const c = static_cast<unsigned char>(digit);
    if (c - '0' < 10U) {
        return c - '0';
    }
    unsigned const letter = (c | 0x20U) - 'a';
    return letter < 6U ? letter + 10U : 16U;
}

/// The same; the time tells nothing.
[[nodiscard]] constexpr unsigned hex_secret_value(char digit) noexcept {
    unsigned const c = static_cast<unsigned char>(digit);
    unsigned const decimal = mask_between(c, '0', '9');
    unsigned const letter = mask_between(c | 0x20U, 'a', 'f');
    return (decimal & (c - '0')) | (letter & ((c | 0x20U) - 'a' + 10U)) |
           (~(decimal | letter) & 16U);
}

/// The digit of a value below 16; the time tells nothing.
[[nodiscard]] constexpr char hex_secret_digit(unsigned value) noexcept {
    return static_cast<char>(value + '0' + (mask_between(value, 10, 15) & ('a' - '0' - 10U)));
}

}  // namespace detail

namespace hex {

/// The number of digits that so many octets become.
[[nodiscard]] constexpr std::size_t encoded_size(std::size_t octets) noexcept {
    return octets * 2;
}

/// The number of octets that a text of this length becomes; its characters are not looked at.
/// Fails: hex_length.
[[nodiscard]] constexpr result<std::size_t> decoded_size(std::string_view text) noexcept {
    if (text.size() % 2 != 0) {
        return error{errc::hex_length, 0, detail::offset32(text.size() - 1)};
    }
    return text.size() / 2;
}

/// Decodes public text and returns the number of octets written.
/// Fails: hex_length, buffer_too_small, hex_character, in this order; what `out` then holds is
/// unspecified. [RFC 4648 §8]
[[nodiscard]] constexpr result<std::size_t> decode(std::string_view text, byte_span out) noexcept {
    auto const size = decoded_size(text);
    if (!size) {
        return size;
    }
    if (out.size() < *size) {
        return errc::buffer_too_small;
    }
    for (std::size_t at = 0; at < text.size(); at += 2) {
        unsigned const high = detail::hex_value(text[at]);
        unsigned const low = detail::hex_value(text[at + 1]);
        if ((high | low) >= 16U) {
            return error{errc::hex_character, 0, detail::offset32(high >= 16U ? at : at + 1)};
        }
        out[at / 2] = static_cast<std::byte>(high << 4U | low);
    }
    return size;
}

/// Encodes public octets and returns the number of digits written.
/// Requires: `out` holds `encoded_size(in.size())` characters. [RFC 4648 §8]
constexpr std::size_t encode(byte_view in, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(in.size()));
    constexpr std::string_view digits = "0123456789abcdef";
    std::size_t to = 0;
    for (std::byte const octet : in) {
        out[to++] = digits[std::to_integer<unsigned>(octet >> 4U)];
        out[to++] = digits[std::to_integer<unsigned>(octet & std::byte{15})];
    }
    return to;
}

/// Decodes secret text and returns the number of octets written; tells nothing but the verdict.
/// Fails: hex_length, buffer_too_small, hex_character (without an offset); what `out` then holds is
/// unspecified, and still to be wiped.
[[nodiscard]] constexpr result<std::size_t> decode_secret(std::string_view text,
                                                          byte_span out) noexcept {
    auto const size = decoded_size(text);
    if (!size) {
        return size;
    }
    if (out.size() < *size) {
        return errc::buffer_too_small;
    }
    unsigned values = 0;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        unsigned const high = detail::hex_secret_value(text[at]);
        unsigned const low = detail::hex_secret_value(text[at + 1]);
        values |= high | low;
        out[at / 2] = static_cast<std::byte>((high << 4U | low) & 0xFFU);
    }
    if (values >= 16U) {
        return errc::hex_character;
    }
    return size;
}

/// Encodes secret octets and returns the number of digits written; the time tells nothing.
/// Requires: `out` holds `encoded_size(in.size())` characters.
constexpr std::size_t encode_secret(byte_view in, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(in.size()));
    std::size_t to = 0;
    for (std::byte const octet : in) {
        out[to++] = detail::hex_secret_digit(std::to_integer<unsigned>(octet >> 4U));
        out[to++] = detail::hex_secret_digit(std::to_integer<unsigned>(octet & std::byte{15}));
    }
    return to;
}

}  // namespace hex

}  // namespace mcx

#endif
