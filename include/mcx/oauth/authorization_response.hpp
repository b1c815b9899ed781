// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_AUTHORIZATION_RESPONSE_HPP
#define MCX_OAUTH_AUTHORIZATION_RESPONSE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/uri.hpp>
#include <mcx/core/error_text.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/authorization.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/message.hpp>

#include <string_view>

// What an authorization endpoint answers, in the query of the redirection URI: a code or an error
// [RFC 6749 §4.1.2, TS 33.180 B.4.2.3]. Anybody can bring a client such an answer, so that the
// client looks at it only where it holds the state that the client sent.

namespace mcx::oauth {

namespace detail {

struct authorization_code_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};

}  // namespace detail

/// What a client redeems at the token endpoint, once; `fresh<authorization_code>` makes one.
/// [RFC 6749 §4.1.2]
using authorization_code = text<detail::authorization_code_tag, 2048>;

/// Brings a code. [RFC 6749 §4.1.2, TS 33.180 B.4.2.3]
struct authentication_response {
    authorization_code code;
    oauth::state state;
    uri iss;  // who answers [RFC 9207]; empty: absent

    using fields = field_list<required<"code", &authentication_response::code>,
                              required<"state", &authentication_response::state>,
                              optional<"iss", &authentication_response::iss>>;

    friend constexpr bool operator==(authentication_response const&,
                                     authentication_response const&) = default;
};

/// Says that there is no code, and why. [RFC 6749 §4.1.2.1]
struct authentication_error {
    error_name error;
    error_description description;  // empty: absent
    error_uri uri;                  // empty: absent
    oauth::state state;             // empty: absent, as in the request
    mcx::uri iss;                   // who answers [RFC 9207]; empty: absent

    [[nodiscard]] constexpr error_code code() const noexcept { return error_code_of(error.view()); }

    using fields = field_list<required<"error", &authentication_error::error>,
                              optional<"error_description", &authentication_error::description>,
                              optional<"error_uri", &authentication_error::uri>,
                              optional<"state", &authentication_error::state>,
                              optional<"iss", &authentication_error::iss>>;

    friend constexpr bool operator==(authentication_error const&,
                                     authentication_error const&) = default;
};

/// Whatever may come back: the parameters of both.
struct authorization_answer {
    authorization_code code;
    oauth::state state;
    uri iss;
    error_name error;

    using fields = field_list<optional<"code", &authorization_answer::code>,
                              optional<"state", &authorization_answer::state>,
                              optional<"iss", &authorization_answer::iss>,
                              optional<"error", &authorization_answer::error>>;
};

namespace detail {

/// The OAuth code for a peer's error at an authorization endpoint; `other` where the user's agent
/// must not be sent back with one.
[[nodiscard]] constexpr error_code code_at_authorization_endpoint(errc code) noexcept {
    switch (code) {
        case errc::unsupported_response_type:
            return error_code::unsupported_response_type;
        case errc::access_denied:
            return error_code::access_denied;
        case errc::login_required:
            return error_code::login_required;
        case errc::interaction_required:
            return error_code::interaction_required;
        case errc::consent_required:
            return error_code::consent_required;
        case errc::account_selection_required:
            return error_code::account_selection_required;
        case errc::unknown_client:
        case errc::redirect_mismatch:
        case errc::unsupported_grant_type:
            return error_code::other;
        default:
            break;
    }
    // A user's agent brings no client's secret, no proof and no token.
    error_code const found = code_at_token_endpoint(code, error_code::other);
    switch (found) {
        case error_code::invalid_client:
        case error_code::invalid_dpop_proof:
        case error_code::use_dpop_nonce:
        case error_code::unsupported_token_type:
            return error_code::other;
        default:
            return found;
    }
}

}  // namespace detail

/// Takes what came back at the redirection URI: its query. The issuer is that of the server that
/// was asked; a response need not name it. [TS 33.180 B.4.2.3, RFC 9207 §2.4]
/// Fails: as `parse_form`; state_mismatch, also where there is no state: the response is to be
/// dropped without a word; issuer_mismatch; peer_refused (an error, which
/// `parse_form<authentication_error>` tells); parameter_value (a code and an error);
/// parameter_missing (neither); `where` is the parameter of `authorization_answer`.
[[nodiscard]] inline result<authorization_code> receive_code(std::string_view query,
                                                             state const& sent,
                                                             std::string_view issuer) noexcept {
    using fields = authorization_answer::fields;
    auto const back = parse_form<authorization_answer>(query);
    if (!back) {
        return back.error();
    }
    if (sent.empty() || !constant_time_equal(as_bytes(back->state.view()), as_bytes(sent.view()))) {
        return error{errc::state_mismatch, fields::number_of("state")};
    }
    if (!back->iss.empty() && back->iss.view() != issuer) {
        return error{errc::issuer_mismatch, fields::number_of("iss")};
    }
    if (!back->error.empty()) {
        return back->code.empty() ? error{errc::peer_refused}
                                  : error{errc::parameter_value, fields::number_of("code")};
    }
    if (back->code.empty()) {
        return error{errc::parameter_missing, fields::number_of("code")};
    }
    return back->code;
}

/// The error that goes back to a client, over the user's agent. [RFC 6749 §4.1.2.1]
/// Requires: the client registered the path's URI.
/// Fails: the same error where the peer is not to blame; no_such_answer where the agent must not be
/// sent back (unknown_client, redirect_mismatch), or the error is of another kind than such a
/// request can be.
[[nodiscard]] constexpr result<authentication_error> answer_to(error refused,
                                                               return_path const& path) noexcept {
    if (blame_of(refused) != blame::peer) {
        return refused.code == errc::none ? error{errc::no_such_answer} : refused;
    }
    error_code const code = detail::code_at_authorization_endpoint(refused.code);
    if (code == error_code::other) {
        return errc::no_such_answer;
    }
    authentication_error answer;
    answer.error = *error_name::from(name_of(code));
    answer.description = *error_description::from(message_of(refused.code));
    answer.state = path.state;
    return answer;
}

}  // namespace mcx::oauth

#endif
