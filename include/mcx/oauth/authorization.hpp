// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_AUTHORIZATION_HPP
#define MCX_OAUTH_AUTHORIZATION_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/pkce.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The request at an authorization endpoint, in the query of a GET: log the user in and let the
// client have a code [RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1, TS 33.180 B.4.2.2]. Its answer
// is in authorization_response.hpp. How the user shows who they are is for the server.

namespace mcx::oauth {

namespace detail {

struct state_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};
struct nonce_tag : state_tag {};
struct acr_values_tag {
    static constexpr errc check(std::string_view v) noexcept { return scope::from(v).error().code; }
};
struct max_age_tag {
    static constexpr errc check(std::string_view v) noexcept {
        bool const digits =
            std::all_of(v.begin(), v.end(), [](char c) { return c >= '0' && c <= '9'; });
        return v.empty()                                  ? errc::value_empty
               : digits && (v.size() == 1 || v[0] != '0') ? errc::none
                                                          : errc::value_character;
    }
};
struct prompt_tag {
    static constexpr errc check(std::string_view v) noexcept {
        auto const words = scope::from(v);
        bool const alone = words && (v == "none" || !words->contains("none"));
        return !words ? words.error().code : alone ? errc::none : errc::value_character;
    }
};

}  // namespace detail

/// What a client sends along to know its answer by; `fresh<state>` makes one. [RFC 6749 §4.1.1]
using state = text<detail::state_tag, 512>;

/// What comes back in the ID token; `fresh<nonce>` makes one. [OpenID Connect Core §3.1.2.1]
using nonce = text<detail::nonce_tag, 128>;

/// Ways to authenticate the user, the one preferred first, with single spaces between.
/// [OpenID Connect Core §3.1.2.1]
using acr_values = text<detail::acr_values_tag, 255>;

/// Authentication by password, which every IdMS supports. [TS 33.180 B.4.2.2]
inline constexpr acr_values acr_password{"3gpp:acr:password"};

/// How long ago the user may have logged in, in seconds: up to nine digits.
/// [OpenID Connect Core §3.1.2.1]
using max_age = text<detail::max_age_tag, 9>;

/// The seconds that a `max_age` says; none, where it is empty.
[[nodiscard]] constexpr std::optional<std::chrono::seconds> seconds_of(
    max_age const& age) noexcept {
    if (age.empty()) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (char const digit : age.view()) {
        value = value * 10 + (digit - '0');
    }
    return std::chrono::seconds{value};
}

/// The `max_age` that says so many seconds. Fails: out_of_range.
[[nodiscard]] constexpr result<max_age> max_age_of(std::chrono::seconds age) noexcept {
    if (age.count() < 0 || age.count() > 999'999'999) {
        return errc::out_of_range;
    }
    std::array<char, max_age::max_size> digits{};
    std::size_t at = digits.size();
    for (auto left = age.count(); left != 0 || at == digits.size(); left /= 10) {
        digits[--at] = static_cast<char>('0' + left % 10);
    }
    return max_age::from(std::string_view{digits.data(), digits.size()}.substr(at));
}

/// What the user is to be asked, words with single spaces between: `login`, `consent`,
/// `select_account` or others; or `none`, which stands alone. [OpenID Connect Core §3.1.2.1]
using prompt = text<detail::prompt_tag, 128>;

/// Tells whether a word is among those of a `prompt`.
[[nodiscard]] constexpr bool asks_for(prompt const& asked, std::string_view word) noexcept {
    auto const words = scope::from(asked.view());
    return words && words->contains(word);
}

/// The scope of a login: it has `openid` in it. [OpenID Connect Core §3.1.2.1]
class login_scope {
    oauth::scope scope_;

  public:
    static constexpr std::size_t max_size = oauth::scope::max_size;
    static constexpr errc refused_as = oauth::scope::refused_as;

    constexpr login_scope() noexcept = default;

    /// Fails: value_empty, value_too_long, value_character (also where `openid` is missing).
    [[nodiscard]] static constexpr result<login_scope> from(std::string_view v) noexcept {
        return oauth::scope::from(v).and_then([](oauth::scope const& s) { return of(s); });
    }

    /// Takes a scope. Fails: value_character (`openid` is missing).
    [[nodiscard]] static constexpr result<login_scope> of(oauth::scope const& s) noexcept {
        if (!s.contains("openid")) {
            return errc::value_character;
        }
        login_scope made;
        made.scope_ = s;
        return made;
    }

    [[nodiscard]] constexpr oauth::scope const& scope() const noexcept { return scope_; }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return scope_.view(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return scope_.empty(); }

    friend constexpr bool operator==(login_scope const&, login_scope const&) = default;
};

/// Asks for a code. All parameters of table B.4.2.2-1 are required, PKCE with them: a request
/// without a challenge is refused. Then those of OpenID Connect that tie the answer to the request
/// and say how fresh a login has to be.
/// [RFC 6749 §4.1.1, RFC 7636 §4.3, TS 33.180 B.4.2.2]
struct authentication_request {
    oauth::client_id client_id;
    login_scope scope;
    oauth::redirect_uri redirect_uri;
    oauth::state state;
    oauth::acr_values acr_values;
    oauth::code_challenge code_challenge;
    oauth::nonce nonce;      // empty: absent
    oauth::max_age max_age;  // empty: any
    oauth::prompt prompt;    // empty: as the server likes

    using fields = field_list<
        fixed<"response_type", "code">, required<"client_id", &authentication_request::client_id>,
        required<"scope", &authentication_request::scope>,
        required<"redirect_uri", &authentication_request::redirect_uri>,
        required<"state", &authentication_request::state>,
        required<"acr_values", &authentication_request::acr_values>,
        required<"code_challenge", &authentication_request::code_challenge>,
        fixed<"code_challenge_method", "S256">, optional<"nonce", &authentication_request::nonce>,
        optional<"max_age", &authentication_request::max_age>,
        optional<"prompt", &authentication_request::prompt>>;

    friend constexpr bool operator==(authentication_request const&,
                                     authentication_request const&) = default;
};

/// What of a request tells whether its sender may get an answer, and where: read first, so that a
/// request that is refused for anything else can be answered. Only where this client registered
/// this URI may the user's agent be sent there. [RFC 6749 §4.1.2.1]
struct return_path {
    oauth::client_id client_id;
    oauth::redirect_uri redirect_uri;
    oauth::state state;  // empty: absent

    using fields = field_list<required<"client_id", &return_path::client_id>,
                              required<"redirect_uri", &return_path::redirect_uri>,
                              optional<"state", &return_path::state>>;

    friend constexpr bool operator==(return_path const&, return_path const&) = default;
};

}  // namespace mcx::oauth

#endif
