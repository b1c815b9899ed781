// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_TOKEN_HPP
#define MCX_OAUTH_TOKEN_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Client identifiers and opaque tokens: access, refresh, subject and actor tokens, assertions. To
// OAuth all of these are visible ASCII characters [RFC 6749 A.1, A.12]; what a token means is for
// jwt/. Tokens are not wiped: they travel in messages that are not wiped either.

namespace mcx::oauth {

namespace detail {

/// Refuses everything but visible ASCII characters and spaces, and nothing at all. [RFC 6749 A]
[[nodiscard]] constexpr errc refuse_all_but_visible(std::string_view v) noexcept {
    if (v.empty()) {
        return errc::value_empty;
    }
    bool const visible =
        std::all_of(v.begin(), v.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
    return visible ? errc::none : errc::value_character;
}

struct client_id_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};

}  // namespace detail

/// The name under which a client is registered with one server. [RFC 6749 §2.2, A.1]
using client_id = text<detail::client_id_tag, 255>;

/// A token or assertion as it travels, up to 8192 characters. Default constructed: none.
/// [RFC 6749 A.12, A.17]
class token {
    std::string characters_;  // not inline, so that messages stay small

  public:
    static constexpr std::size_t max_size = 8192;

    token() = default;

    /// Fails: value_empty, value_character, value_too_long.
    [[nodiscard]] static result<token> from(std::string_view v) {
        if (v.size() > max_size) {
            return errc::value_too_long;
        }
        if (errc const refused = detail::refuse_all_but_visible(v); refused != errc::none) {
            return refused;
        }
        token made;
        made.characters_ = v;
        return made;
    }

    [[nodiscard]] std::string_view view() const noexcept { return characters_; }
    [[nodiscard]] std::size_t size() const noexcept { return characters_.size(); }
    [[nodiscard]] bool empty() const noexcept { return characters_.empty(); }

    friend bool operator==(token const& a, token const& b) noexcept { return a.view() == b.view(); }
};

}  // namespace mcx::oauth

#endif
