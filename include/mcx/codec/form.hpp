// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_FORM_HPP
#define MCX_CODEC_FORM_HPP

#include <mcx/codec/hex.hpp>
#include <mcx/codec/utf8.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// application/x-www-form-urlencoded, as a token endpoint reads it and its client writes it
// [RFC 6749 appendix B]. A percent sign begins a triplet or the form is refused, and what it
// decodes to is UTF-8; all other characters may stand bare, since senders differ in what they
// encode. Which names there may be, and how often, is for the reader of the message.

namespace mcx {

namespace detail {

/// One character of a form's text, decoded, and where the next one begins.
struct form_character {
    char octets[4]{};
    std::size_t size = 0;
    std::size_t next = 0;

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {octets, size}; }
};

/// Tells whether a character stands for itself, whatever comes before and after it.
[[nodiscard]] constexpr bool form_is_plain(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80 && c != '%' && c != '+';
}

/// Decodes one octet and returns how many characters it took: 0 for a bad percent sign.
[[nodiscard]] constexpr std::size_t form_octet(std::string_view raw, char& octet) noexcept {
    octet = raw[0] == '+' ? ' ' : raw[0];
    if (raw[0] != '%') {
        return 1;
    }
    if (raw.size() < 3 || (hex_value(raw[1]) | hex_value(raw[2])) >= 16U) {
        return 0;
    }
    octet = static_cast<char>(hex_value(raw[1]) << 4U | hex_value(raw[2]));
    return 3;
}

/// Decodes the character at `at`, which is before the end. Fails: form_percent, utf8_invalid.
[[nodiscard]] constexpr result<form_character> form_next(std::string_view raw,
                                                         std::size_t at) noexcept {
    form_character made;
    made.next = at;
    for (std::size_t due = 1; made.size < due && made.next < raw.size(); ++made.size) {
        char& octet = made.octets[made.size];
        std::size_t const taken = form_octet(raw.substr(made.next), octet);
        if (taken == 0) {
            return error{errc::form_percent, 0, offset32(made.next)};
        }
        made.next += taken;
        if (made.size == 0) {
            unsigned const lead = static_cast<unsigned char>(octet);
            due = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        }
    }
    if (utf8_character_size(made.view()) != made.size) {
        return error{errc::utf8_invalid, 0, offset32(at)};
    }
    return made;
}

/// Tells whether a form's text can be decoded. Fails: form_percent, utf8_invalid.
[[nodiscard]] constexpr result<void> form_check(std::string_view raw) noexcept {
    for (std::size_t at = 0; at < raw.size();) {
        if (form_is_plain(raw[at])) {
            ++at;
            continue;
        }
        auto const character = form_next(raw, at);
        if (!character) {
            return character.error();
        }
        at = character->next;
    }
    return {};
}

/// Tells whether the serializer leaves a character bare.
[[nodiscard]] constexpr bool form_stays_bare(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '*' ||
           c == '-' || c == '.' || c == '_';
}

}  // namespace detail

namespace form {

/// A parameter as it stands in the body, not yet decoded but known to be decodable.
struct pair {
    std::string_view raw_name;
    std::string_view raw_value;
    std::size_t offset = 0;  // of the name, in the body
};

/// Reads a body one parameter after the other; borrows the body.
class reader {
    std::string_view body_;
    std::size_t at_ = 0;
    std::size_t left_;

  public:
    constexpr explicit reader(std::string_view body, std::size_t max_parameters = 32) noexcept
        : body_(body), left_(max_parameters) {}
    reader(std::same_as<std::string> auto&& body, std::size_t max_parameters = 32) = delete;

    /// The next parameter, or none at the end. Nothing between two '&' is no parameter; without a
    /// '=' the value is empty. After a failure the reader stays where it is.
    /// Fails: form_percent, utf8_invalid, form_parameters.
    [[nodiscard]] constexpr result<std::optional<pair>> next() noexcept {
        std::size_t const start = std::min(body_.find_first_not_of('&', at_), body_.size());
        if (start == body_.size()) {
            return std::optional<pair>{};
        }
        if (left_ == 0) {
            return error{errc::form_parameters, 0, detail::offset32(start)};
        }
        std::size_t const end = std::min(body_.find('&', start), body_.size());
        std::string_view const parameter = body_.substr(start, end - start);
        if (auto const checked = detail::form_check(parameter); !checked) {
            error const e = checked.error();
            return error{e.code, 0, detail::offset32(start + e.offset)};
        }
        at_ = end;
        --left_;
        std::size_t const equals_sign = std::min(parameter.find('='), parameter.size());
        std::size_t const value = std::min(equals_sign + 1, parameter.size());
        return std::optional{
            pair{parameter.substr(0, equals_sign), parameter.substr(value), start}};
    }
};

/// Decodes a raw name or value and returns the number of characters written.
/// Fails: form_percent, utf8_invalid, form_character (a NUL), buffer_too_small; what `out` then
/// holds is unspecified.
[[nodiscard]] constexpr result<std::size_t> decode(std::string_view raw,
                                                   std::span<char> out) noexcept {
    std::size_t to = 0;
    for (std::size_t at = 0; at < raw.size();) {
        auto const character = detail::form_next(raw, at);
        if (!character) {
            return character.error();
        }
        if (character->octets[0] == '\0') {
            return error{errc::form_character, 0, detail::offset32(at)};
        }
        if (out.size() - to < character->size) {
            return errc::buffer_too_small;
        }
        for (char const c : character->view()) {
            out[to++] = c;
        }
        at = character->next;
    }
    return to;
}

/// Tells whether a raw name or value decodes to this text; one that cannot be decoded does not.
[[nodiscard]] constexpr bool equals(std::string_view raw, std::string_view decoded) noexcept {
    while (!raw.empty() && !decoded.empty()) {
        char octet = '\0';
        std::size_t const taken = detail::form_octet(raw, octet);
        if (taken == 0 || octet != decoded.front()) {
            return false;
        }
        raw.remove_prefix(taken);
        decoded.remove_prefix(1);
    }
    return raw.empty() && decoded.empty();
}

/// The number of characters that a decoded name or value becomes.
[[nodiscard]] constexpr std::size_t encoded_size(std::string_view decoded) noexcept {
    std::size_t size = 0;
    for (char const c : decoded) {
        size += c == ' ' || detail::form_stays_bare(c) ? 1U : 3U;
    }
    return size;
}

/// Encodes a name or value and returns the number of characters written: letters, digits and "*-._"
/// stay, a space is '+', everything else a triplet in upper case.
/// Requires: `out` holds `encoded_size(decoded)` characters. [RFC 6749 appendix B]
constexpr std::size_t encode(std::string_view decoded, std::span<char> out) noexcept {
    contract(out.size() >= encoded_size(decoded));
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t to = 0;
    for (char const c : decoded) {
        unsigned const octet = static_cast<unsigned char>(c);
        if (detail::form_stays_bare(c)) {
            out[to++] = c;
        } else if (c == ' ') {
            out[to++] = '+';
        } else {
            out[to++] = '%';
            out[to++] = digits[octet >> 4U];
            out[to++] = digits[octet & 15U];
        }
    }
    return to;
}

/// Appends a parameter to a body, after an '&' where it is not the first.
/// Requires: name and value are no part of the body.
inline void append(std::string& body, std::string_view name, std::string_view value) {
    std::size_t const start = body.size() + (body.empty() ? 0 : 1);
    std::size_t const middle = start + encoded_size(name);
    body.resize(middle + 1 + encoded_size(value), '=');
    if (start != 0) {
        body[start - 1] = '&';
    }
    encode(name, std::span{body}.subspan(start));
    encode(value, std::span{body}.subspan(middle + 1));
}

}  // namespace form

}  // namespace mcx

#endif
