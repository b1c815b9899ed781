// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_TRANSPORT_HPP
#define MCX_OAUTH_TRANSPORT_HPP

#include <mcx/codec/uri.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

// What has to be told to and by whoever has the connection: where a request goes, of what type it
// and its response are, what keeps caches off [RFC 6749 §3.2, §5.1]. No HTTP, no TLS, no socket.

namespace mcx::oauth {

/// The media type of requests. [RFC 6749 appendix B]
inline constexpr std::string_view form_media_type = "application/x-www-form-urlencoded";

/// The media type of responses. [RFC 6749 §5.1]
inline constexpr std::string_view json_media_type = "application/json";

/// A header field of a response.
struct header_field {
    std::string_view name;
    std::string_view value;
};

/// What a token endpoint's response says so that no cache keeps it. [RFC 6749 §5.1]
inline constexpr std::array<header_field, 2> no_store{
    {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}}};

/// A request to be sent as POST by whoever has the connection.
struct request {
    https_uri endpoint;
    std::string body;
    std::string authorization{};  // the value of the header; empty: none

    static constexpr std::string_view media_type = form_media_type;
};

/// What came back; borrows.
struct reply {
    int status = 0;
    std::string_view media_type;  // as it stands in Content-Type
    std::string_view body;
};

/// Tells whether two texts are the same but for the case of ASCII letters.
[[nodiscard]] constexpr bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
    auto const lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

namespace detail {

[[nodiscard]] constexpr bool is_media_type(std::string_view value, std::string_view name) noexcept {
    return same_in_any_case(value.substr(0, value.find_first_of("; \t")), name);
}

}  // namespace detail

/// Tells whether a Content-Type is JSON, whatever its case and parameters. [RFC 9110 §8.3.1]
[[nodiscard]] constexpr bool is_json(std::string_view media_type) noexcept {
    return detail::is_media_type(media_type, json_media_type);
}

/// Tells whether a Content-Type is a form, whatever its case and parameters. [RFC 9110 §8.3.1]
[[nodiscard]] constexpr bool is_form(std::string_view media_type) noexcept {
    return detail::is_media_type(media_type, form_media_type);
}

}  // namespace mcx::oauth

#endif
