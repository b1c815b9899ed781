// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_REDIRECT_HPP
#define MCX_OAUTH_REDIRECT_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/message.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// Redirection: where the user's agent is sent with a message in the query [RFC 6749 §3.1, §3.1.2,
// RFC 8252 §7]. Which redirection URIs a client registered is for the server's own records.

namespace mcx::oauth {

namespace detail {

struct redirect_uri_tag {
    static constexpr errc check(std::string_view text) noexcept {
        auto const parts = split_uri(text);
        if (!parts) {
            return parts.error().code;
        }
        bool const known = parts->is_https() || parts->has_scheme("http") ||
                           parts->scheme.find('.') != std::string_view::npos;
        bool const has_user = parts->authority.find('@') != std::string_view::npos;
        return known && !has_user ? errc::none : errc::uri_scheme;
    }
};

}  // namespace detail

/// Where an authorization endpoint sends its answer: an absolute URI without a fragment, compared
/// octet for octet. Its scheme is https, http, or a private one with a period in it, so that no
/// agent executes it. [RFC 6749 §3.1.2, RFC 8252 §7, §8.4]
using redirect_uri = text<detail::redirect_uri_tag, 512>;

/// An address to which a message can be added.
template <class T>
concept Address = std::same_as<T, https_uri> || std::same_as<T, redirect_uri>;

/// The query of a URI, whether absolute or what a server sees of it; borrows.
[[nodiscard]] constexpr std::string_view query_of(std::string_view location) noexcept {
    std::string_view const whole = location.substr(0, location.find('#'));
    std::size_t const mark = whole.find('?');
    return mark == whole.npos ? std::string_view{} : whole.substr(mark + 1);
}
std::string_view query_of(std::same_as<std::string> auto&&) = delete;

/// The URI to which the user's agent is sent: an authorization endpoint with a request, or a
/// redirection URI with a response. A query that the address has is kept. [RFC 6749 §3.1, §3.1.2]
/// Fails: as `write_form`.
template <Address A, FieldStruct M>
[[nodiscard]] constexpr result<std::string> location(A const& address, M const& message) {
    auto const query = write_form(message);
    if (!query) {
        return query.error();
    }
    std::string made{address.view()};
    bool const has_query = made.find('?') != std::string::npos;
    if (!has_query) {
        made += '?';
    } else if (made.back() != '?' && made.back() != '&') {
        made += '&';
    }
    return std::move(made.append(*query));
}

}  // namespace mcx::oauth

#endif
