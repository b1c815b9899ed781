// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_REVOCATION_HPP
#define MCX_OAUTH_REVOCATION_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>
#include <mcx/oauth/transport.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

// A client gives a token back before its time [RFC 7009]: the request, what the endpoint answers,
// and what the client makes of that. How the client authenticates stands beside the request, in
// client_authentication.hpp; what else falls with a token is the server's affair.

namespace mcx::oauth {

namespace detail {

struct token_hint_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};

}  // namespace detail

/// What the sender believes a token to be, known here or not. [RFC 7009 §2.1]
using token_type_hint = text<detail::token_hint_tag, 64>;

/// The kinds of tokens that hints tell apart; `other` stands for none given, and for all that this
/// library does not know.
enum class hinted : std::uint8_t { other, access_token, refresh_token };

/// What a hint says. It is one: a server that finds no such token of that kind goes on to look
/// among the others. [RFC 7009 §2.1]
[[nodiscard]] constexpr hinted meaning_of(token_type_hint const& hint) noexcept {
    return hint.view() == "access_token"    ? hinted::access_token
           : hint.view() == "refresh_token" ? hinted::refresh_token
                                            : hinted::other;
}

/// Asks the server to revoke a token. [RFC 7009 §2.1]
struct revocation_request {
    oauth::token token;
    token_type_hint hint;        // empty: absent
    oauth::client_id client_id;  // of a client that says who it is here only; empty: absent

    using fields = field_list<required<"token", &revocation_request::token>,
                              optional<"token_type_hint", &revocation_request::hint>,
                              optional<"client_id", &revocation_request::client_id>>;

    friend bool operator==(revocation_request const&, revocation_request const&) = default;
};

/// What a revocation endpoint answers: its status says all, where nothing was refused.
/// [RFC 7009 §2.2]
struct revocation_answer {
    int status = 200;
    std::optional<error_response> refusal{};

    friend bool operator==(revocation_answer const&, revocation_answer const&) = default;
};

/// The answer to a revocation with this outcome. A token that is worth nothing is as good as
/// revoked; one that was issued to another client is refused. [RFC 7009 §2.1, §2.2]
/// Fails: the same error where the peer is not to blame; no_such_answer where it is of another kind
/// than a revocation can be.
[[nodiscard]] constexpr result<revocation_answer> answer_to_revocation(error outcome) noexcept {
    bool const of_another = outcome.code == errc::client_mismatch;
    if (outcome.code == errc::none ||
        (blame_of(outcome) == blame::peer && !of_another &&
         detail::code_at_token_endpoint(outcome.code, error_code::invalid_token) ==
             error_code::invalid_token)) {
        return revocation_answer{};
    }
    auto const refusal = detail::token_endpoint_answer(outcome, error_code::invalid_grant);
    if (!refusal) {
        return refusal.error();
    }
    return revocation_answer{http_status(refusal->code()), *refusal};
}

/// Tells whether the token is revoked, by what the endpoint answered. Whatever comes with a
/// success is not looked at. [RFC 7009 §2.2]
/// Fails: peer_refused (an error document; `parse_json<error_reason>` tells which),
/// response_status: as after 503, the token has to be taken for one that is still good.
[[nodiscard]] inline result<void> read_revocation(reply const& answer) noexcept {
    return answer.status == 200 ? result<void>{} : result<void>{detail::refusal_in(answer)};
}

}  // namespace mcx::oauth

#endif
