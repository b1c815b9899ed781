// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_PEM_HPP
#define MCX_CODEC_PEM_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

// PEM: octets as lines of base64 between two boundaries with a label [RFC 7468 §3]. One block and
// nothing else, as generators write it: full lines of 64 characters and a last one, padding where
// it is due, ends of lines that are all LF or all CR LF (the very last one may lack). Headers
// within the block, and so encrypted keys of the old kind, are refused. Decoding and encoding take
// the same time, and touch the same addresses, for all octets of one number.

namespace mcx::pem {

/// The longest text that is read, in characters.
inline constexpr std::size_t max_size = 16'384;

/// The number of characters in a full line.
inline constexpr std::size_t line_size = 64;

/// The number of characters that a block has.
[[nodiscard]] constexpr std::size_t encoded_size(std::string_view label,
                                                 std::size_t octets) noexcept {
    constexpr std::size_t boundaries = sizeof "-----BEGIN -----\n-----END -----\n" - 1;
    std::size_t const characters = (octets + 2) / 3 * 4;
    return boundaries + 2 * label.size() + characters + (characters + line_size - 1) / line_size;
}

namespace detail {

/// The base64 text between two boundaries: lines of which all but the last are full.
struct block {
    std::string_view lines;
    std::size_t eol = 1;      // characters that end a line
    std::size_t at = 0;       // where the lines begin in the text
    std::size_t digits = 0;   // without the ends of lines, without padding
    std::size_t padding = 0;  // characters

    /// Where a digit stands in the lines.
    [[nodiscard]] constexpr std::size_t place(std::size_t digit) const noexcept {
        return digit + digit / line_size * eol;
    }
    [[nodiscard]] constexpr std::size_t octets() const noexcept { return digits * 3 / 4; }
};

/// Takes a part off the front of a text, or off its end; tells whether it was there.
[[nodiscard]] constexpr bool take_front(std::string_view& text, std::string_view part) noexcept {
    bool const there = text.starts_with(part);
    text.remove_prefix(there ? part.size() : 0);
    return there;
}
[[nodiscard]] constexpr bool take_back(std::string_view& text, std::string_view part) noexcept {
    bool const there = text.ends_with(part);
    text.remove_suffix(there ? part.size() : 0);
    return there;
}

/// Finds the ends of the lines where they have to be, and the padding. `b.lines` is all that is
/// between the boundaries.
[[nodiscard]] constexpr result<block> measure(block b, std::string_view eol) noexcept {
    std::size_t const width = line_size + eol.size();
    std::size_t const full = b.lines.empty() ? 0 : (b.lines.size() - 1) / width;
    std::size_t const last = b.lines.size() - full * width;
    if (last <= eol.size()) {
        return error{errc::pem_line, 0, mcx::detail::offset32(b.at + full * width)};
    }
    for (std::size_t line = 0; line <= full; ++line) {
        std::size_t const end = line * width + (line < full ? line_size : last - eol.size());
        if (b.lines.substr(end, eol.size()) != eol) {
            return error{errc::pem_line, 0, mcx::detail::offset32(b.at + line * width)};
        }
    }
    std::size_t const characters = full * line_size + last - eol.size();
    if (characters % 4 != 0) {
        return error{errc::base64_length, 0, mcx::detail::offset32(b.at + b.place(characters - 1))};
    }
    auto const padded = [&](std::size_t from_end) {
        return b.lines[b.place(characters - from_end)] == '=';
    };
    b.padding = padded(1) ? (padded(2) ? 2U : 1U) : 0U;
    b.digits = characters - b.padding;
    return b;
}

/// Takes the boundaries of one block off. Fails: pem_too_long, pem_boundary, pem_line,
/// base64_length.
[[nodiscard]] constexpr result<block> find(std::string_view text, std::string_view label) noexcept {
    if (text.size() > max_size) {
        return errc::pem_too_long;
    }
    std::string_view rest = text;
    if (!take_front(rest, "-----BEGIN ") || !take_front(rest, label) ||
        !take_front(rest, "-----")) {
        return errc::pem_boundary;
    }
    std::string_view const eol = rest.starts_with('\r') ? "\r\n" : "\n";
    if (!take_front(rest, eol)) {
        return errc::pem_boundary;
    }
    block b;
    b.eol = eol.size();
    b.at = text.size() - rest.size();
    (void)take_back(rest, eol);
    if (!take_back(rest, "-----") || !take_back(rest, label) || !take_back(rest, "-----END ")) {
        return error{errc::pem_boundary, 0, mcx::detail::offset32(text.size())};
    }
    b.lines = rest;
    return measure(b, eol);
}

/// Decodes the digits of a block. Fails: buffer_too_small, base64_character (without an offset),
/// base64_spare_bits.
[[nodiscard]] constexpr result<std::size_t> decode(block const& b, byte_span out) noexcept {
    if (out.size() < b.octets()) {
        return errc::buffer_too_small;
    }
    auto const digit = [&b](std::size_t i) { return b.lines[b.place(i)]; };
    auto const decoded = mcx::detail::decode_base64_secret(b.digits, digit, out, '+', '/');
    if (error const e = decoded.error(); e.code == errc::base64_spare_bits) {
        return error{e.code, 0, mcx::detail::offset32(b.at + b.place(e.offset))};
    }
    return decoded ? result<std::size_t>{b.octets()} : decoded.error();
}

/// Finds the character for which public text was refused.
[[nodiscard]] constexpr error explain(block const& b, error refused) noexcept {
    if (refused.code != errc::base64_character) {
        return refused;
    }
    std::size_t i = 0;
    while (mcx::detail::base64url_secret_value(b.lines[b.place(i)], '+', '/') < 64) {
        ++i;
    }
    bool const padding = b.lines[b.place(i)] == '=';
    return {padding ? errc::base64_padding : errc::base64_character, 0,
            mcx::detail::offset32(b.at + b.place(i))};
}

}  // namespace detail

/// Decodes the one block that public text is, and returns the number of octets written.
/// Fails: pem_too_long, pem_boundary (no block of this label, or something before or after it),
/// pem_line, base64_length, buffer_too_small, base64_character, base64_padding, base64_spare_bits;
/// what `out` then holds is unspecified. [RFC 7468 §3]
[[nodiscard]] constexpr result<std::size_t> decode(std::string_view text, std::string_view label,
                                                   byte_span out) noexcept {
    auto const b = detail::find(text, label);
    if (!b) {
        return b.error();
    }
    auto const size = detail::decode(*b, out);
    return size ? size : detail::explain(*b, size.error());
}

/// Decodes the one block that secret text is; tells nothing of its digits but the verdict.
/// Fails: as `decode`, but base64_character without an offset, and for padding too; value_too_long
/// instead of buffer_too_small.
template <std::size_t N>
[[nodiscard]] result<secret<N>> decode_secret(std::string_view text,
                                              std::string_view label) noexcept {
    auto const b = detail::find(text, label);
    if (!b) {
        return b.error();
    }
    if (b->octets() > N) {
        return errc::value_too_long;
    }
    fixed_bytes<N> octets{};
    auto const size = detail::decode(*b, octets);
    auto made =
        size ? secret<N>::copy_of(byte_view{octets}.first(*size)) : result<secret<N>>{size.error()};
    wipe(octets);
    return made;
}

/// Writes a block, lines ending with LF, and returns the number of characters written.
/// Requires: `out` holds `encoded_size(label, in.size())` characters.
constexpr std::size_t encode(byte_view in, std::string_view label, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(label, in.size()));
    std::size_t to = 0;
    auto const put = [&](std::string_view part) {
        std::copy(part.begin(), part.end(), out.subspan(to).begin());
        to += part.size();
    };
    put("-----BEGIN ");
    put(label);
    put("-----\n");
    constexpr std::size_t octets = line_size / 4 * 3;
    for (std::size_t at = 0; at < in.size(); at += octets) {
        byte_view const line = in.subspan(at, std::min(octets, in.size() - at));
        to += base64::encode(line, out.subspan(to));
        out[to++] = '\n';
    }
    put("-----END ");
    put(label);
    put("-----\n");
    return to;
}

/// Public octets as a block.
[[nodiscard]] inline std::string text_of(byte_view in, std::string_view label) {
    std::string made(encoded_size(label, in.size()), '\0');
    encode(in, label, made);
    return made;
}

/// Secret octets as a block that wipes itself. Fails: value_too_long.
template <std::size_t N>
[[nodiscard]] result<secret<N>> secret_text_of(byte_view in, std::string_view label) noexcept {
    if (encoded_size(label, in.size()) > N) {
        return errc::value_too_long;
    }
    char text[N];
    std::size_t const size = encode(in, label, text);
    auto made = secret<N>::copy_of(as_bytes({text, size}));
    wipe(std::as_writable_bytes(std::span{text}));
    return made;
}

}  // namespace mcx::pem

#endif
