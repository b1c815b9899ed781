// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_TOKEN_RESPONSE_HPP
#define MCX_OAUTH_TOKEN_RESPONSE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/json_value.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_type.hpp>
#include <mcx/oauth/transport.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// What a token endpoint answers, whatever the grant [RFC 6749 §5.1, RFC 8693 §2.2.1]. Which members
// there have to be in the answer to one grant is for the role that sent the request; error
// documents are in error_code.hpp.

namespace mcx::oauth {

/// How a token from a response may be used: as a bearer token, only in another exchange, or with a
/// proof of possession each time. Anything else is refused. [RFC 6749 §7.1, RFC 8693 §2.2.1,
/// RFC 9449 §5]
enum class response_token_type : std::uint8_t { bearer, not_applicable, dpop };

/// How long a token stays valid from the moment of the response: 0 seconds to 10 years.
class seconds_left {
    std::chrono::seconds value_{0};

    constexpr explicit seconds_left(std::chrono::seconds s) noexcept : value_(s) {}

  public:
    static constexpr std::chrono::seconds max{10LL * 366 * 24 * 3600};

    constexpr seconds_left() noexcept = default;

    /// A token that is issued now is valid for its lifetime.
    constexpr seconds_left(lifetime l) noexcept : value_(l.value()) {}

    /// Fails: out_of_range.
    [[nodiscard]] static constexpr result<seconds_left> from(std::chrono::seconds s) noexcept {
        if (s.count() < 0 || s > max) {
            return errc::out_of_range;
        }
        return seconds_left{s};
    }

    [[nodiscard]] constexpr std::chrono::seconds value() const noexcept { return value_; }

    friend constexpr bool operator==(seconds_left const&, seconds_left const&) = default;
};

/// Brings a token, and what is to be known about it. [RFC 6749 §5.1, RFC 8693 §2.2.1]
struct token_response {
    token access_token;
    token_type_uri issued_token_type;  // empty: absent
    response_token_type token_type = response_token_type::bearer;
    std::optional<seconds_left> expires_in;
    oauth::scope scope;   // empty: absent, and the scope is the one requested
    token refresh_token;  // empty: absent
    token id_token;       // empty: absent

    using fields = field_list<required<"access_token", &token_response::access_token>,
                              optional<"issued_token_type", &token_response::issued_token_type>,
                              required<"token_type", &token_response::token_type>,
                              optional<"expires_in", &token_response::expires_in>,
                              optional<"scope", &token_response::scope>,
                              optional<"refresh_token", &token_response::refresh_token>,
                              optional<"id_token", &token_response::id_token>>;

    friend bool operator==(token_response const&, token_response const&) = default;
};

}  // namespace mcx::oauth

namespace mcx::json {

/// "Bearer", "N_A" or "DPoP", read in any case. A text that is none is response_token_type.
template <>
struct value<oauth::response_token_type> {
    static constexpr result<void> read(reader&, event const& first,
                                       oauth::response_token_type& out) noexcept {
        if (first.kind != kind::string) {
            return errc::json_type;
        }
        std::array<char, 8> buffer{};
        auto const meant = meaning(first.token(), buffer);
        if (meant && oauth::same_in_any_case(*meant, "bearer")) {
            out = oauth::response_token_type::bearer;
        } else if (meant && oauth::same_in_any_case(*meant, "n_a")) {
            out = oauth::response_token_type::not_applicable;
        } else if (meant && oauth::same_in_any_case(*meant, "dpop")) {
            out = oauth::response_token_type::dpop;
        } else {
            return errc::response_token_type;
        }
        return {};
    }
    static constexpr void write(writer& w, oauth::response_token_type in) noexcept {
        constexpr std::string_view names[]{"Bearer", "N_A", "DPoP"};
        w.string(names[static_cast<std::size_t>(in)]);
    }
};

/// An integer number of seconds; the text "3600" is no number.
template <>
struct value<oauth::seconds_left> {
    static constexpr result<void> read(reader& r, event const& first,
                                       oauth::seconds_left& out) noexcept {
        std::int64_t seconds = 0;
        if (auto const read = value<std::int64_t>::read(r, first, seconds); !read) {
            return read;
        }
        auto const made = oauth::seconds_left::from(std::chrono::seconds{seconds});
        if (!made) {
            return errc::json_value;
        }
        out = *made;
        return {};
    }
    static constexpr void write(writer& w, oauth::seconds_left in) noexcept {
        w.integer(in.value().count());
    }
};

}  // namespace mcx::json

namespace mcx::oauth {

namespace detail {

/// What an answer is that is no success: peer_refused where it is an error document, and else
/// response_status.
[[nodiscard]] inline errc refusal_in(reply const& answer) noexcept {
    bool const refused = answer.status >= 400 && answer.status <= 499 &&
                         is_json(answer.media_type) && parse_json<error_reason>(answer.body);
    return refused ? errc::peer_refused : errc::response_status;
}

}  // namespace detail

/// Reads what a token endpoint answered.
/// Fails: peer_refused (an error document; `parse_json<error_reason>` tells which),
/// response_status, response_media_type; what `parse_json` refuses, response_token_type.
[[nodiscard]] inline result<token_response> read_reply(reply const& answer) noexcept {
    if (answer.status == 200) {
        if (!is_json(answer.media_type)) {
            return errc::response_media_type;
        }
        return parse_json<token_response>(answer.body);
    }
    return detail::refusal_in(answer);
}

}  // namespace mcx::oauth

#endif
