// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_URI_HPP
#define MCX_CODEC_URI_HPP

#include <mcx/codec/hex.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

// Absolute URIs [RFC 3986 §4.3]: resources, token endpoints, KMS addresses. They are checked and
// compared octet for octet, never normalised: two spellings are two URIs. No relative references,
// no fragments, no IRIs. Hosts that readers take for different ones are refused, which the grammar
// allows: triplets in a host; a port or user without a host; with http and https also no host, a
// port over 65535, and what ends in a number without being an IPv4 address.

namespace mcx {

/// The parts of a URI as they are written. What is not there is empty.
struct uri_parts {
    std::string_view scheme;
    std::string_view authority;  // the host with user information and port
    std::string_view host;       // with the brackets around an IP literal
    std::string_view port;
    std::string_view path;
    std::string_view query;

    /// Tells whether the scheme is https, in whatever case. [RFC 3986 §3.1]
    [[nodiscard]] constexpr bool is_https() const noexcept { return has_scheme("https"); }

    /// Tells whether this is the scheme, given in lower case.
    [[nodiscard]] constexpr bool has_scheme(std::string_view name) const noexcept {
        return std::equal(scheme.begin(), scheme.end(), name.begin(), name.end(),
                          [](char a, char b) { return (a | 0x20) == b; });
    }
};

namespace detail {

/// Kinds of characters: a part of a URI may hold some of them.
enum uri_set : unsigned {
    uri_name = 1,  // unreserved characters and sub-delims
    uri_colon = 2,
    uri_at = 4,
    uri_slash = 8,
    uri_question = 16,
};

[[nodiscard]] constexpr bool uri_is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool uri_is_letter(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

[[nodiscard]] constexpr unsigned uri_set_of(char c) noexcept {
    switch (c) {
        case ':':
            return uri_colon;
        case '@':
            return uri_at;
        case '/':
            return uri_slash;
        case '?':
            return uri_question;
        default:
            break;
    }
    constexpr std::string_view marks = "-._~!$&'()*+,;=";
    bool const is_name = uri_is_letter(c) || uri_is_digit(c) || marks.find(c) != marks.npos;
    return is_name ? uri_name : 0U;
}

/// Takes the characters that are allowed, and triplets, as far as they go.
[[nodiscard]] constexpr std::string_view uri_take(std::string_view text, std::size_t& at,
                                                  unsigned allowed) noexcept {
    std::size_t const start = at;
    while (at < text.size()) {
        if ((uri_set_of(text[at]) & allowed) != 0) {
            ++at;
        } else if (text[at] == '%' && text.size() - at >= 3 &&
                   (hex_value(text[at + 1]) | hex_value(text[at + 2])) < 16U) {
            at += 3;
        } else {
            break;
        }
    }
    return text.substr(start, at - start);
}

[[nodiscard]] constexpr bool uri_all_hex(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) < 16U; });
}

[[nodiscard]] constexpr bool uri_all_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), uri_is_digit);
}

/// The value of decimal digits, as far as it is below 2^16.
[[nodiscard]] constexpr unsigned uri_value(std::string_view digits) noexcept {
    unsigned value = 0;
    for (char const c : digits) {
        value = std::min(value * 10U + hex_value(c), 0x1'0000U);
    }
    return value;
}

[[nodiscard]] constexpr bool uri_is_ipv4_octet(std::string_view text) noexcept {
    return !text.empty() && uri_all_digits(text) && (text.size() == 1 || text[0] != '0') &&
           uri_value(text) <= 255;
}

[[nodiscard]] constexpr bool uri_is_ipv4(std::string_view text) noexcept {
    for (unsigned dots = 0; dots < 3; ++dots) {
        std::size_t const dot = text.find('.');
        if (dot == text.npos || !uri_is_ipv4_octet(text.substr(0, dot))) {
            return false;
        }
        text.remove_prefix(dot + 1);
    }
    return uri_is_ipv4_octet(text);
}

[[nodiscard]] constexpr bool uri_is_ipv6(std::string_view text) noexcept {
    bool shortened = text.substr(0, 2) == "::";
    text.remove_prefix(shortened ? 2 : 0);
    unsigned groups = 0;
    while (!text.empty() || !shortened) {
        std::string_view const group = text.substr(0, text.find(':'));
        bool const last = group.size() == text.size();
        if (last && uri_is_ipv4(group)) {
            groups += 2;
            break;
        }
        if (group.empty() || group.size() > 4 || !uri_all_hex(group)) {
            return false;
        }
        ++groups;
        if (last) {
            break;
        }
        text.remove_prefix(group.size() + 1);
        if (text.substr(0, 1) == ":") {
            if (shortened) {
                return false;
            }
            shortened = true;
            text.remove_prefix(1);
        } else if (text.empty()) {
            return false;
        }
    }
    return shortened ? groups <= 7 : groups == 8;
}

/// Tells whether brackets may hold this. [RFC 3986 §3.2.2]
[[nodiscard]] constexpr bool uri_is_ip_literal(std::string_view text) noexcept {
    if (text.empty() || (text[0] | 0x20) != 'v') {
        return uri_is_ipv6(text);
    }
    std::size_t const dot = std::min(text.find('.'), text.size());
    std::string_view const version = text.substr(1, dot - 1);
    std::string_view const address = text.substr(std::min(dot + 1, text.size()));
    return !version.empty() && !address.empty() && uri_all_hex(version) &&
           std::all_of(address.begin(), address.end(),
                       [](char c) { return (uri_set_of(c) & (uri_name | uri_colon)) != 0; });
}

/// Takes an authority; stops where it ends or goes wrong. [RFC 3986 §3.2]
constexpr void uri_take_authority(std::string_view text, std::size_t& at,
                                  uri_parts& parts) noexcept {
    std::size_t const start = at;
    (void)uri_take(text, at, uri_name | uri_colon);
    at = text.substr(at, 1) == "@" ? at + 1 : start;
    std::size_t const host = at;
    if (text.substr(at, 1) == "[") {
        std::size_t const close = text.find(']', at);
        if (close == text.npos || !uri_is_ip_literal(text.substr(at + 1, close - at - 1))) {
            return;
        }
        at = close + 1;
    }
    while (at < text.size() && text[host] != '[' && uri_set_of(text[at]) == uri_name) {
        ++at;
    }
    parts.host = text.substr(host, at - host);
    if (text.substr(at, 1) == ":" && !parts.host.empty()) {
        std::size_t const port = ++at;
        while (at < text.size() && uri_is_digit(text[at])) {
            ++at;
        }
        parts.port = text.substr(port, at - port);
    }
    parts.authority = text.substr(start, at - start);
}

/// Tells whether http can reach this host: a name, or an address that all readers read alike.
[[nodiscard]] constexpr bool uri_is_http_host(std::string_view host,
                                              std::string_view port) noexcept {
    std::string_view last = host;
    last.remove_suffix(!last.empty() && last.back() == '.' ? 1 : 0);
    last = last.substr(last.rfind('.') + 1);  // npos + 1 is 0
    bool const hex = last.size() > 1 && last[0] == '0' && (last[1] | 0x20) == 'x';
    bool const number = hex ? uri_all_hex(last.substr(2)) : uri_all_digits(last);
    return !host.empty() && (!number || uri_is_ipv4(host)) && uri_value(port) <= 0xFFFF;
}

/// How far a text can be a scheme. [RFC 3986 §3.1]
[[nodiscard]] constexpr std::size_t uri_scheme_size(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size() &&
           (uri_is_letter(text[at]) || (at > 0 && (uri_is_digit(text[at]) || text[at] == '+' ||
                                                   text[at] == '-' || text[at] == '.')))) {
        ++at;
    }
    return at;
}

}  // namespace detail

/// Splits an absolute URI into its parts, which are as they were written.
/// Fails: uri_not_absolute, uri_syntax, uri_fragment. [RFC 3986 §4.3]
[[nodiscard]] constexpr result<uri_parts> split_uri(std::string_view text) noexcept {
    auto const refused = [](errc code, std::size_t at) {
        return error{code, 0, detail::offset32(at)};
    };
    std::size_t const colon = text.find_first_of(":/?#");
    if (colon == text.npos || text[colon] != ':') {
        return refused(errc::uri_not_absolute, 0);
    }
    std::size_t at = detail::uri_scheme_size(text);
    if (at != colon || at == 0) {
        return refused(errc::uri_syntax, at);
    }
    uri_parts parts;
    parts.scheme = text.substr(0, at++);
    if (text.substr(at, 2) == "//") {
        at += 2;
        detail::uri_take_authority(text, at, parts);
        if (at < text.size() && text[at] != '/' && text[at] != '?' && text[at] != '#') {
            return refused(errc::uri_syntax, at);
        }
        if (!parts.authority.empty() && parts.host.empty()) {
            return refused(errc::uri_syntax, at);
        }
    }
    bool const is_http = parts.is_https() || parts.has_scheme("http");
    if (is_http && !detail::uri_is_http_host(parts.host, parts.port)) {
        return refused(errc::uri_syntax, at);
    }
    constexpr unsigned path =
        detail::uri_name | detail::uri_colon | detail::uri_at | detail::uri_slash;
    parts.path = detail::uri_take(text, at, path);
    if (text.substr(at, 1) == "?") {
        parts.query = detail::uri_take(text, ++at, path | detail::uri_question);
    }
    if (at != text.size()) {
        return refused(text[at] == '#' ? errc::uri_fragment : errc::uri_syntax, at);
    }
    return parts;
}
result<uri_parts> split_uri(std::same_as<std::string> auto&& text) = delete;  // would dangle

namespace detail {

struct uri_tag {
    static constexpr errc check(std::string_view text) noexcept {
        return split_uri(text).error().code;
    }
};

struct https_uri_tag {
    static constexpr errc check(std::string_view text) noexcept {
        auto const parts = split_uri(text);
        if (!parts) {
            return parts.error().code;
        }
        bool const has_user = parts->authority.find('@') != text.npos;
        return parts->is_https() && !has_user ? errc::none : errc::uri_scheme;
    }
};

}  // namespace detail

/// An absolute URI of at most 512 octets, as it was written. [RFC 3986 §4.3]
using uri = text<detail::uri_tag, 512>;

/// The same, with the scheme https, hence with a host, and without a user.
/// [RFC 9110 §4.2.2, §4.2.4]
using https_uri = text<detail::https_uri_tag, 512>;

}  // namespace mcx

#endif
