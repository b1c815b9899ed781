// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_XSD_HPP
#define MCX_KMS_XSD_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/codec/hex.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// The simple types of XML Schema that KMS documents are written in [TS 33.180 D.3.5; XML Schema
// part 2], read from an element's text after an XML reader has resolved it. Date and time are in
// kms/date_time.hpp. Here is no XML.

namespace mcx::kms::xsd {

/// Takes away the white space around a value, which belongs to no type but xsd:string. [§4.3.6]
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view white = " \t\n\r";
    auto const first = text.find_first_not_of(white);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// Reads true, false, 1 or 0. Fails: field_value. [§3.2.2]
[[nodiscard]] constexpr result<bool> boolean(std::string_view text) noexcept {
    text = trim(text);
    if (text == "true" || text == "1") {
        return true;
    }
    if (text == "false" || text == "0") {
        return false;
    }
    return errc::field_value;
}

/// Reads an integer of 0 to `max`, which may have a sign and leading zeros. Fails: field_value.
/// [§3.3.13]
[[nodiscard]] constexpr result<std::uint64_t> integer(std::string_view text,
                                                      std::uint64_t max) noexcept {
    text = trim(text);
    bool const negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return errc::field_value;
    }
    std::uint64_t value = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') {
            return errc::field_value;
        }
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (value > max / 10 || digit > max - value * 10) {
            return errc::field_value;
        }
        value = value * 10 + digit;
    }
    if (negative && value != 0) {
        return errc::field_value;
    }
    return value;
}

/// Reads exactly as many octets as `out` has. Fails: field_value; what `out` then holds is
/// unspecified. [§3.2.15]
[[nodiscard]] constexpr result<void> hex_binary(std::string_view text, byte_span out) noexcept {
    text = trim(text);
    if (text.size() != hex::encoded_size(out.size()) || !hex::decode(text, out)) {
        return errc::field_value;
    }
    return {};
}

/// Reads octets of any number up to what `out` has, and returns how many: groups of four characters
/// with white space anywhere between them. Fails: field_value; what `out` then holds is
/// unspecified. [§3.2.16; RFC 4648 §4]
[[nodiscard]] constexpr result<std::size_t> base64_binary(std::string_view text,
                                                          byte_span out) noexcept {
    char group[4]{};
    std::size_t held = 0;  // characters of the group
    std::size_t size = 0;
    for (char const c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            continue;
        }
        if (held == 0 && group[3] == '=') {
            return errc::field_value;  // after the padding
        }
        group[held++] = c;
        if (held < 4) {
            continue;
        }
        auto const octets = base64::decode_secret({group, 4}, out.subspan(size));
        if (!octets) {
            return errc::field_value;
        }
        size += *octets;
        held = 0;
    }
    return held == 0 ? result<std::size_t>{size} : errc::field_value;
}

}  // namespace mcx::kms::xsd

#endif
