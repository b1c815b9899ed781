// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_BASE64URL_HPP
#define MCX_CODEC_BASE64URL_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/constant_time.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

// base64url without padding [RFC 4648 §5, RFC 7515 §2], canonical only: for whatever octets there
// are, exactly one text decodes to them. No padding, no white space, no other alphabet.
//
// `decode` and `encode` look things up in tables and are for public data. Their twins for secrets
// take the same time, and touch the same addresses, for all inputs of one length.

namespace mcx {

namespace detail {

inline constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Marks a character outside the alphabet; what characters contribute stays below it.
inline constexpr std::uint32_t base64url_refused = 0x8000'0000U;

/// What a character contributes to its group of four, the first octet standing in the low bits.
struct base64url_contributions {
    std::array<std::array<std::uint32_t, 256>, 4> of{};

    consteval base64url_contributions() {
        for (auto& table : of) {
            table.fill(base64url_refused);
        }
        for (std::uint32_t v = 0; v < 64; ++v) {
            auto const c = static_cast<unsigned char>(base64url_alphabet[v]);
            of[0][c] = v << 2U;
            of[1][c] = (v >> 4U) | (v & 0xFU) << 12U;
            of[2][c] = (v >> 2U) << 8U | (v & 0x3U) << 22U;
            of[3][c] = v << 16U;
        }
    }
};

inline constexpr base64url_contributions base64url_table;

[[nodiscard]] constexpr std::uint32_t base64url_lookup(std::size_t place, char c) noexcept {
    return base64url_table.of[place][static_cast<unsigned char>(c)];
}

/// The three octets of four characters, the first one in the low bits.
[[nodiscard]] constexpr std::uint32_t base64url_group(char const* four) noexcept {
    return base64url_lookup(0, four[0]) | base64url_lookup(1, four[1]) |
           base64url_lookup(2, four[2]) | base64url_lookup(3, four[3]);
}

/// Writes the octets of a group and one more, so that the four make one store.
constexpr void store_base64url_group(std::uint32_t group, std::byte* to) noexcept {
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
        std::memcpy(to, &group, sizeof group);
        return;
    }
    to[0] = static_cast<std::byte>(group);
    to[1] = static_cast<std::byte>(group >> 8U);
    to[2] = static_cast<std::byte>(group >> 16U);
    to[3] = static_cast<std::byte>(group >> 24U);
}

/// Finds the character for which a text was refused.
[[nodiscard]] constexpr error base64url_refusal(std::string_view text, std::size_t from) noexcept {
    while (base64url_lookup(0, text[from]) != base64url_refused) {
        ++from;
    }
    return {text[from] == '=' ? errc::base64_padding : errc::base64_character, 0, offset32(from)};
}

/// Decodes the last characters, up to four, into the octets [to, end).
[[nodiscard]] constexpr result<void> decode_base64url_rest(std::string_view text, std::size_t from,
                                                           std::byte const* end,
                                                           std::byte* to) noexcept {
    std::uint32_t rest = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        rest |= base64url_lookup(i - from, text[i]);
    }
    if ((rest & base64url_refused) != 0) {
        return base64url_refusal(text, from);
    }
    for (; to != end; ++to, rest >>= 8U) {
        *to = static_cast<std::byte>(rest);
    }
    if (rest != 0) {
        return error{errc::base64_spare_bits, 0, offset32(text.size() - 1)};
    }
    return {};
}

/// The value of a character, or at least 64 outside the alphabet, of which the last two characters
/// are these; the time tells nothing.
[[nodiscard]] constexpr unsigned base64url_secret_value(char character, unsigned v62 = '-',
                                                        unsigned v63 = '_') noexcept {
    unsigned const c = static_cast<unsigned char>(character);
    unsigned const upper = mask_between(c, 'A', 'Z');
    unsigned const lower = mask_between(c, 'a', 'z');
    unsigned const digit = mask_between(c, '0', '9');
    unsigned const minus = mask_between(c, v62, v62);
    unsigned const under = mask_between(c, v63, v63);
    return (upper & (c - 'A')) | (lower & (c - 'a' + 26U)) | (digit & (c - '0' + 52U)) |
           (minus & 62U) | (under & 63U) | (~(upper | lower | digit | minus | under) & 64U);
}

/// The character of a value below 64 in the same alphabet; the time tells nothing.
[[nodiscard]] constexpr char base64url_secret_character(unsigned value, unsigned v62 = '-',
                                                        unsigned v63 = '_') noexcept {
    unsigned const c = (mask_between(value, 0, 25) & (value + 'A')) |
                       (mask_between(value, 26, 51) & (value - 26U + 'a')) |
                       (mask_between(value, 52, 61) & (value - 52U + '0')) |
                       (mask_between(value, 62, 62) & v62) | (mask_between(value, 63, 63) & v63);
    return static_cast<char>(c);
}

/// Decodes so many digits, without padding, which `digit` shows one by one and in which these two
/// stand for 62 and 63; the time tells nothing of them. `out` holds what so many digits become.
/// Fails: base64_character (without an offset), base64_spare_bits.
[[nodiscard]] constexpr result<void> decode_base64_secret(std::size_t digits, auto const& digit,
                                                          byte_span out, unsigned v62,
                                                          unsigned v63) noexcept {
    unsigned values = 0;
    std::uint32_t bits = 0;
    unsigned held = 0;  // how many of the low bits are not written yet
    std::size_t to = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        unsigned const value = base64url_secret_value(digit(i), v62, v63);
        values |= value;
        bits = bits << 6U | (value & 63U);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[to++] = static_cast<std::byte>(bits >> held);
        }
    }
    if (values >= 64U) {
        return errc::base64_character;
    }
    if ((bits & ((1U << held) - 1U)) != 0) {
        return error{errc::base64_spare_bits, 0, offset32(digits - 1)};
    }
    return {};
}

/// Encodes without padding, with these two characters for 62 and 63, and returns the number of
/// characters written; the time tells nothing.
constexpr std::size_t encode_base64_secret(byte_view in, std::span<char> out, unsigned v62,
                                           unsigned v63) noexcept {
    std::uint32_t bits = 0;
    unsigned held = 0;  // how many of the low bits are not written yet
    std::size_t to = 0;
    for (std::byte const octet : in) {
        bits = bits << 8U | std::to_integer<std::uint32_t>(octet);
        for (held += 8; held >= 6; ++to) {
            held -= 6;
            out[to] = base64url_secret_character((bits >> held) & 63U, v62, v63);
        }
    }
    if (held != 0) {
        out[to++] = base64url_secret_character((bits << (6U - held)) & 63U, v62, v63);
    }
    return to;
}

}  // namespace detail

namespace base64url {

/// The number of characters that so many octets become.
[[nodiscard]] constexpr std::size_t encoded_size(std::size_t octets) noexcept {
    return octets / 3 * 4 + (octets % 3 * 4 + 2) / 3;
}

/// The number of octets that so many characters become at most.
[[nodiscard]] constexpr std::size_t max_decoded_size(std::size_t characters) noexcept {
    return characters / 4 * 3 + characters % 4 * 3 / 4;
}

/// The number of octets that a text of this length becomes; its characters are not looked at.
/// Fails: base64_length.
[[nodiscard]] constexpr result<std::size_t> decoded_size(std::string_view text) noexcept {
    if (text.size() % 4 == 1) {
        return error{errc::base64_length, 0, detail::offset32(text.size() - 1)};
    }
    return max_decoded_size(text.size());
}

/// Tells whether public text would decode, without decoding it. Fails: base64_length,
/// base64_character, base64_padding, base64_spare_bits, in this order. [RFC 4648 §5]
[[nodiscard]] constexpr result<void> check(std::string_view text) noexcept {
    if (auto const size = decoded_size(text); !size) {
        return size.error();
    }
    std::uint32_t seen = 0;
    std::size_t at = 0;
    for (; at + 4 <= text.size(); at += 4) {
        seen |= detail::base64url_group(text.data() + at);
    }
    std::size_t const digits = text.size() - at;  // that are not a whole group: none, two or three
    for (; at < text.size(); ++at) {
        seen |= detail::base64url_lookup(0, text[at]);
    }
    if ((seen & detail::base64url_refused) != 0) {
        return detail::base64url_refusal(text, 0);
    }
    std::uint32_t const last = digits == 0 ? 0U : detail::base64url_lookup(0, text.back()) >> 2U;
    if ((last & (digits == 2 ? 0xFU : 0x3U)) != 0) {
        return error{errc::base64_spare_bits, 0, detail::offset32(text.size() - 1)};
    }
    return {};
}

/// Decodes public text and returns the number of octets written.
/// Fails: base64_length, buffer_too_small, base64_character, base64_padding, base64_spare_bits, in
/// this order; what `out` then holds is unspecified. [RFC 4648 §5]
[[nodiscard]] constexpr result<std::size_t> decode(std::string_view text, byte_span out) noexcept {
    auto const size = decoded_size(text);
    if (!size) {
        return size;
    }
    if (out.size() < *size) {
        return errc::buffer_too_small;
    }
    char const* const in = text.data();
    std::byte* to = out.data();
    std::size_t at = 0;
    // Four characters at a time, and twice that where more is left than the end needs.
    for (; at + 8 < text.size(); at += 8, to += 6) {
        std::uint32_t const first = detail::base64url_group(in + at);
        std::uint32_t const second = detail::base64url_group(in + at + 4);
        if (((first | second) & detail::base64url_refused) != 0) {
            return detail::base64url_refusal(text, at);
        }
        detail::store_base64url_group(first, to);
        detail::store_base64url_group(second, to + 3);
    }
    for (; at + 4 < text.size(); at += 4, to += 3) {
        std::uint32_t const group = detail::base64url_group(in + at);
        if ((group & detail::base64url_refused) != 0) {
            return detail::base64url_refusal(text, at);
        }
        detail::store_base64url_group(group, to);
    }
    result<void> const rest = detail::decode_base64url_rest(text, at, out.data() + *size, to);
    if (!rest) {
        return rest.error();
    }
    return size;
}

/// Decodes public text whose octets are text again, such as a JSON header; shows what was written.
/// Fails: as `decode`.
template <std::size_t N>
[[nodiscard]] constexpr result<std::string_view> decode_text(std::string_view text,
                                                             char (&out)[N]) noexcept {
    result<std::size_t> size = 0U;
    if (std::is_constant_evaluated()) {
        fixed_bytes<N> octets{};
        size = decode(text, octets);
        std::transform(octets.begin(), octets.end(), out,
                       [](std::byte b) { return static_cast<char>(b); });
    } else {
        size = decode(text, std::as_writable_bytes(std::span{out}));
    }
    if (!size) {
        return size.error();
    }
    return std::string_view{out, *size};
}

/// Encodes public octets and returns the number of characters written.
/// Requires: `out` holds `encoded_size(in.size())` characters. [RFC 4648 §5]
constexpr std::size_t encode(byte_view in, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(in.size()));
    auto const octet = [in](std::size_t at) { return std::to_integer<std::uint32_t>(in[at]); };
    auto const sextet = [](std::uint32_t bits) { return detail::base64url_alphabet[bits & 63U]; };
    std::size_t const full = in.size() / 3 * 3;
    char* to = out.data();
    for (std::size_t at = 0; at < full; at += 3, to += 4) {
        std::uint32_t const bits = octet(at) << 16U | octet(at + 1) << 8U | octet(at + 2);
        to[0] = sextet(bits >> 18U);
        to[1] = sextet(bits >> 12U);
        to[2] = sextet(bits >> 6U);
        to[3] = sextet(bits);
    }
    if (full != in.size()) {
        bool const two = in.size() - full == 2;
        std::uint32_t const bits = octet(full) << 16U | (two ? octet(full + 1) << 8U : 0U);
        to[0] = sextet(bits >> 18U);
        to[1] = sextet(bits >> 12U);
        if (two) {
            to[2] = sextet(bits >> 6U);
        }
    }
    return encoded_size(in.size());
}

/// Decodes secret text and returns the number of octets written; tells nothing but the verdict.
/// Fails: base64_length, buffer_too_small, base64_character (without an offset, and for padding
/// too), base64_spare_bits; what `out` then holds is unspecified, and still to be wiped.
[[nodiscard]] constexpr result<std::size_t> decode_secret(std::string_view text,
                                                          byte_span out) noexcept {
    auto const size = decoded_size(text);
    if (!size) {
        return size;
    }
    if (out.size() < *size) {
        return errc::buffer_too_small;
    }
    auto const digit = [text](std::size_t i) { return text[i]; };
    auto const decoded = detail::decode_base64_secret(text.size(), digit, out, '-', '_');
    if (!decoded) {
        return decoded.error();
    }
    return size;
}

/// Encodes secret octets and returns the number of characters written; the time tells nothing.
/// Requires: `out` holds `encoded_size(in.size())` characters.
constexpr std::size_t encode_secret(byte_view in, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(in.size()));
    return detail::encode_base64_secret(in, out, '-', '_');
}

}  // namespace base64url

}  // namespace mcx

#endif
