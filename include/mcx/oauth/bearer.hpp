// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_BEARER_HPP
#define MCX_OAUTH_BEARER_HPP

#include <mcx/core/error_text.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/transport.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Bearer tokens in HTTP: the Authorization header of a request and the challenge in its refusal
// [RFC 6750 §2.1, §3; TS 33.180 B.10]. Not here: tokens in bodies and queries (§2.2, §2.3), which
// end up in logs; tokens that take a proof of possession, which are in oauth/dpop.hpp.

namespace mcx::oauth {

namespace detail {

/// The offset of the first character that keeps a text from being a b64token; npos where none does.
/// [RFC 6750 §2.1]
[[nodiscard]] constexpr std::size_t b64token_fault(std::string_view v) noexcept {
    auto const stands = [](char c) {
        constexpr std::string_view marks = "-._~+/";
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::find(marks.begin(), marks.end(), c) != marks.end();
    };
    auto const padding = std::find_if_not(v.begin(), v.end(), stands);
    auto const fault = std::find_if(padding, v.end(), [](char c) { return c != '='; });
    if (padding == v.begin()) {
        return 0;
    }
    return fault == v.end() ? v.npos : static_cast<std::size_t>(fault - v.begin());
}

struct realm_tag {
    static constexpr errc check(std::string_view v) noexcept { return error_text_tag::check(v); }
};

}  // namespace detail

/// The name of a protected space, of characters that can be quoted as they are. [RFC 9110 §11.5]
using realm = text<detail::realm_tag, 128>;

namespace detail {

/// Finds the token that goes with a scheme, given in lower case.
[[nodiscard]] constexpr result<std::string_view> parse_credentials(
    std::string_view value, std::string_view scheme) noexcept {
    std::size_t const space = std::min(value.find(' '), value.size());
    if (!same_in_any_case(value.substr(0, space), scheme)) {
        return errc::bearer_missing;
    }
    std::size_t const start = std::min(value.find_first_not_of(' ', space), value.size());
    std::string_view const credentials = value.substr(start);
    if (credentials.size() > token::max_size) {
        return error{errc::bearer_malformed, 0, mcx::detail::offset32(start + token::max_size)};
    }
    std::size_t const fault = b64token_fault(credentials);
    if (fault != credentials.npos) {
        return error{errc::bearer_malformed, 0, mcx::detail::offset32(start + fault)};
    }
    return credentials;
}

/// Writes a token behind the name of its scheme.
[[nodiscard]] inline result<std::string> write_credentials(std::string_view scheme,
                                                           token const& access) {
    if (access.empty()) {
        return errc::value_empty;
    }
    if (b64token_fault(access.view()) != std::string_view::npos) {
        return errc::value_character;
    }
    return std::string{scheme}.append(" ").append(access.view());
}

}  // namespace detail

/// Finds the bearer token in the value of an Authorization header, which it borrows.
/// Fails: bearer_missing (no value, or another scheme), bearer_malformed. [RFC 6750 §2.1]
[[nodiscard]] constexpr result<std::string_view> parse_authorization(
    std::string_view value) noexcept {
    return detail::parse_credentials(value, "bearer");
}
result<std::string_view> parse_authorization(std::same_as<std::string> auto&&) = delete;

/// Writes the value of an Authorization header.
/// Fails: value_empty, value_character (no bearer token can be written like that).
[[nodiscard]] inline result<std::string> authorization(token const& bearer) {
    return detail::write_credentials("Bearer", bearer);
}

/// What a resource server says in WWW-Authenticate. All of it can be quoted as it is.
/// [RFC 6750 §3]
struct challenge {
    oauth::realm realm;              // empty: absent
    oauth::scope scope;              // what would have been enough; empty: absent
    std::optional<error_code> code;  // none where there was no token
    error_description description;   // empty: absent

    /// The status of the response: 400, 401 or 403; 401 where there was no token, for which TS
    /// 24.482 A.2.3 has 403. [RFC 6750 §3.1]
    [[nodiscard]] constexpr int status() const noexcept { return code ? http_status(*code) : 401; }
};

namespace detail {

/// Writes a challenge of a scheme; what is empty is left out.
[[nodiscard]] inline std::string write_challenge(std::string_view scheme, challenge const& refusal,
                                                 std::string_view algs) {
    std::string value{scheme};
    auto const append = [&](std::string_view name, std::string_view content) {
        if (!content.empty()) {
            value.append(value.size() == scheme.size() ? " " : ", ").append(name).append("=\"");
            value.append(content).append("\"");
        }
    };
    append("realm", refusal.realm.view());
    append("scope", refusal.scope.view());
    append("error", refusal.code ? name_of(*refusal.code) : std::string_view{});
    append("error_description", refusal.description.view());
    append("algs", algs);
    return value;
}

}  // namespace detail

/// Writes the value of a WWW-Authenticate header. [RFC 6750 §3]
[[nodiscard]] inline std::string www_authenticate(challenge const& refusal) {
    return detail::write_challenge("Bearer", refusal, {});
}

/// The challenge with which a resource server answers a peer's error: no code where there was no
/// token, invalid_request for a malformed header, insufficient_scope, else invalid_token.
/// Fails: the same error where the peer is not to blame; no_such_answer where it is of another kind
/// than a request with a token can be. [RFC 6750 §3.1]
[[nodiscard]] constexpr result<challenge> challenge_for(error refused,
                                                        scope const& needed = {}) noexcept {
    if (blame_of(refused) != blame::peer) {
        return refused.code == errc::none ? error{errc::no_such_answer} : refused;
    }
    challenge answer;
    answer.scope = needed;
    if (refused.code == errc::bearer_missing) {
        return answer;
    }
    if (refused.code == errc::bearer_malformed) {
        answer.code = error_code::invalid_request;
    } else if (refused.code == errc::insufficient_scope || refused.code == errc::scope_refused) {
        answer.code = error_code::insufficient_scope;
    } else if (stage_of(refused) < stage::message) {
        answer.code = error_code::invalid_token;
    } else {
        return errc::no_such_answer;
    }
    answer.description = *error_description::from(message_of(refused.code));
    return answer;
}

}  // namespace mcx::oauth

#endif
