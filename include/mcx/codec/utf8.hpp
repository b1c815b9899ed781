// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_UTF8_HPP
#define MCX_CODEC_UTF8_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

// UTF-8 as RFC 3629 §4 defines it: no overlong forms, no surrogates, nothing past U+10FFFF. Which
// characters a field may hold (NUL, other controls, a byte order mark) is for its reader to say.

namespace mcx {

namespace detail {

/// Where the next octet may stand that is not ASCII, looking at whole words only.
[[nodiscard]] inline std::size_t utf8_skip_ascii(std::string_view text, std::size_t at) noexcept {
    constexpr std::size_t step = sizeof(std::uint64_t);
    for (std::uint64_t words[4]; at + sizeof words <= text.size(); at += sizeof words) {
        std::memcpy(words, text.data() + at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & 0x8080'8080'8080'8080U) != 0) {
            break;
        }
    }
    while (at + step <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, step);
        if ((word & 0x8080'8080'8080'8080U) != 0) {
            break;
        }
        at += step;
    }
    return at;
}

/// The number of octets of the character at the start of a text that is not empty; 0 where none
/// stands there.
[[nodiscard]] constexpr std::size_t utf8_character_size(std::string_view text) noexcept {
    auto const at = [text](std::size_t i) { return unsigned{static_cast<unsigned char>(text[i])}; };
    unsigned const lead = at(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    std::size_t const size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() < size) {
        return 0;
    }
    // The second octet is where overlong forms, surrogates and too high values show.
    unsigned const lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned const highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < lowest || at(1) > highest) {
        return 0;
    }
    for (std::size_t i = 2; i < size; ++i) {
        if ((at(i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return size;
}

}  // namespace detail

namespace utf8 {

/// Tells whether a text is UTF-8. NUL is a character like others.
/// Fails: utf8_invalid, with the offset of the first octet that begins no character.
/// [RFC 3629 §4]
[[nodiscard]] constexpr result<void> check(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        if (!std::is_constant_evaluated()) {
            at = detail::utf8_skip_ascii(text, at);
            if (at == text.size()) {
                break;
            }
        }
        std::size_t const size = detail::utf8_character_size(text.substr(at));
        if (size == 0) {
            return error{errc::utf8_invalid, 0, detail::offset32(at)};
        }
        at += size;
    }
    return {};
}

/// Writes one character and returns the number of octets, 1 … 4.
/// Requires: `scalar` is at most U+10FFFF and no surrogate. [RFC 3629 §3]
constexpr std::size_t encode(char32_t scalar, char (&out)[4]) noexcept {
    contract(scalar <= 0x10FFFF && (scalar < 0xD800 || scalar > 0xDFFF));
    if (scalar < 0x80) {
        out[0] = static_cast<char>(scalar);
        return 1;
    }
    std::size_t const size = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    char32_t rest = scalar;
    for (std::size_t i = size - 1; i > 0; --i, rest >>= 6U) {
        out[i] = static_cast<char>(0x80U | (rest & 0x3FU));
    }
    out[0] = static_cast<char>(((0xF00U >> size) & 0xFFU) | rest);
    return size;
}

}  // namespace utf8

}  // namespace mcx

#endif
