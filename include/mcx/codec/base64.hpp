// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_BASE64_HPP
#define MCX_CODEC_BASE64_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

// base64 with padding [RFC 4648 §4], canonical only, where a format wants it instead of base64url:
// certificates in a JWK, HTTP Basic, XML. No white space and no lines; those are the format's own.
// All of it takes the same time, and touches the same addresses, for all inputs of one length and
// one padding.

namespace mcx::base64 {

/// The number of characters that so many octets become.
[[nodiscard]] constexpr std::size_t encoded_size(std::size_t octets) noexcept {
    return (octets + 2) / 3 * 4;
}

namespace detail {

/// The text without its padding.
[[nodiscard]] constexpr std::string_view digits_of(std::string_view text) noexcept {
    std::size_t const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    return text.substr(0, text.size() - padding);
}

}  // namespace detail

/// The number of octets that a text of this length and padding becomes; its digits are not looked
/// at. Fails: base64_length.
[[nodiscard]] constexpr result<std::size_t> decoded_size(std::string_view text) noexcept {
    if (text.size() % 4 != 0) {
        return error{errc::base64_length, 0, mcx::detail::offset32(text.size() - 1)};
    }
    return base64url::max_decoded_size(detail::digits_of(text).size());
}

/// Decodes secret text and returns the number of octets written; tells nothing but the verdict.
/// Fails: base64_length, buffer_too_small, base64_character (without an offset, and for padding
/// in the wrong place too), base64_spare_bits; what `out` then holds is unspecified, and still to
/// be wiped. [RFC 4648 §4]
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
    auto const decoded =
        mcx::detail::decode_base64_secret(detail::digits_of(text).size(), digit, out, '+', '/');
    return decoded ? size : result<std::size_t>{decoded.error()};
}

/// Decodes public text and returns the number of octets written. Fails: as `decode_secret`, with
/// the offset of the character, and base64_padding. [RFC 4648 §4]
[[nodiscard]] constexpr result<std::size_t> decode(std::string_view text, byte_span out) noexcept {
    auto const size = decode_secret(text, out);
    if (size || size.error().code != errc::base64_character) {
        return size;
    }
    std::size_t at = 0;
    while (mcx::detail::base64url_secret_value(text[at], '+', '/') < 64U) {
        ++at;
    }
    return error{text[at] == '=' ? errc::base64_padding : errc::base64_character, 0,
                 mcx::detail::offset32(at)};
}

/// Encodes octets, public or secret, and returns the number of characters written.
/// Requires: `out` holds `encoded_size(in.size())` characters. [RFC 4648 §4]
constexpr std::size_t encode(byte_view in, std::span<char> out) noexcept {
    std::size_t const size = encoded_size(in.size());
    contract(out.size() >= size);
    std::size_t const digits = mcx::detail::encode_base64_secret(in, out, '+', '/');
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(digits),
              out.begin() + static_cast<std::ptrdiff_t>(size), '=');
    return size;
}

}  // namespace mcx::base64

#endif
