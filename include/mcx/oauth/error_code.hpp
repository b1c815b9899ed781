// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_ERROR_CODE_HPP
#define MCX_OAUTH_ERROR_CODE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/core/error_text.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/grant_type.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// OAuth error codes, the document that carries one, and which of them a peer gets for which error
// of this library [RFC 6749 §5.2, §4.1.2.1, RFC 6750 §3.1, RFC 8693 §2.2.2, RFC 7009 §2.2.1, RFC
// 9449 §12.2, OpenID Connect Core §3.1.2.6]. An answer is made of constants: nothing of what the
// peer sent comes back in it.

namespace mcx::oauth {

/// The error codes that this library knows; `other` stands for all that it does not.
enum class error_code : std::uint8_t {
    other,
    invalid_request,
    invalid_client,
    invalid_grant,
    unauthorized_client,
    unsupported_grant_type,
    invalid_scope,
    invalid_target,
    access_denied,
    unsupported_response_type,
    server_error,
    temporarily_unavailable,
    invalid_token,
    insufficient_scope,
    unsupported_token_type,
    login_required,
    interaction_required,
    consent_required,
    account_selection_required,
    invalid_dpop_proof,
    use_dpop_nonce,
};

namespace detail {

/// Tells whether a character may stand in the texts of an error. [RFC 6749 §5.2]
[[nodiscard]] constexpr bool is_error_character(char c) noexcept {
    return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\';
}

struct error_text_tag {
    static constexpr errc check(std::string_view v) noexcept {
        bool const clean = std::all_of(v.begin(), v.end(), is_error_character);
        return v.empty() ? errc::value_empty : clean ? errc::none : errc::value_character;
    }
};
struct error_name_tag : error_text_tag {};
struct error_description_tag : error_text_tag {};
struct error_uri_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.find(' ') == v.npos ? error_text_tag::check(v) : errc::value_character;
    }
};

struct error_code_row {
    error_code code;
    std::string_view name;
    int status;
};

inline constexpr error_code_row error_codes[] = {
    {error_code::other, "", 400},
    {error_code::invalid_request, "invalid_request", 400},
    {error_code::invalid_client, "invalid_client", 401},
    {error_code::invalid_grant, "invalid_grant", 400},
    {error_code::unauthorized_client, "unauthorized_client", 400},
    {error_code::unsupported_grant_type, "unsupported_grant_type", 400},
    {error_code::invalid_scope, "invalid_scope", 400},
    {error_code::invalid_target, "invalid_target", 400},
    {error_code::access_denied, "access_denied", 403},
    {error_code::unsupported_response_type, "unsupported_response_type", 400},
    {error_code::server_error, "server_error", 500},
    {error_code::temporarily_unavailable, "temporarily_unavailable", 503},
    {error_code::invalid_token, "invalid_token", 401},
    {error_code::insufficient_scope, "insufficient_scope", 403},
    {error_code::unsupported_token_type, "unsupported_token_type", 400},
    {error_code::login_required, "login_required", 400},
    {error_code::interaction_required, "interaction_required", 400},
    {error_code::consent_required, "consent_required", 400},
    {error_code::account_selection_required, "account_selection_required", 400},
    {error_code::invalid_dpop_proof, "invalid_dpop_proof", 400},
    {error_code::use_dpop_nonce, "use_dpop_nonce", 400},
};

}  // namespace detail

/// An error code as it stands in a document, known here or not. [RFC 6749 A.7]
using error_name = text<detail::error_name_tag, 64>;

/// Words for the developer of the client. [RFC 6749 A.8]
using error_description = text<detail::error_description_tag, 200>;

/// A reference to a page about the error, not necessarily absolute. [RFC 6749 A.9]
using error_uri = text<detail::error_uri_tag, 512>;

/// The code's name on the wire; empty for `other`.
[[nodiscard]] constexpr std::string_view name_of(error_code code) noexcept {
    return detail::error_codes[static_cast<std::size_t>(code)].name;
}

/// The code of this name; `other` where none has it.
[[nodiscard]] constexpr error_code error_code_of(std::string_view name) noexcept {
    for (auto const& row : detail::error_codes) {
        if (row.name == name) {
            return row.code;
        }
    }
    return error_code::other;
}

/// The HTTP status of a response with this code. [RFC 6749 §5.2, RFC 6750 §3.1]
[[nodiscard]] constexpr int http_status(error_code code) noexcept {
    return detail::error_codes[static_cast<std::size_t>(code)].status;
}

/// Says that a request was refused, and why. [RFC 6749 §5.2]
struct error_response {
    error_name error;
    error_description description;  // empty: absent
    error_uri uri;                  // empty: absent

    [[nodiscard]] constexpr error_code code() const noexcept { return error_code_of(error.view()); }

    using fields = field_list<required<"error", &error_response::error>,
                              optional<"error_description", &error_response::description>,
                              optional<"error_uri", &error_response::uri>>;

    friend bool operator==(error_response const&, error_response const&) = default;
};

/// What a client has to know of such a document: readable also where the words for its developer
/// break the grammar, as those of some servers do.
struct error_reason {
    error_name error;

    [[nodiscard]] constexpr error_code code() const noexcept { return error_code_of(error.view()); }

    using fields = field_list<required<"error", &error_reason::error>>;

    friend bool operator==(error_reason const&, error_reason const&) = default;
};

namespace detail {

/// The OAuth code for an error in a request's parameters; `other` for an error of a response.
[[nodiscard]] constexpr error_code code_of_message(errc code) noexcept {
    switch (code) {
        case errc::message_too_long:
        case errc::parameter_missing:
        case errc::parameter_repeated:
        case errc::parameter_value:
        case errc::parameter_without_pair:
        case errc::subject_token_type_refused:
        case errc::client_authentication_repeated:
            return error_code::invalid_request;
        case errc::client_authentication_refused:
            return error_code::invalid_client;
        case errc::proof_repeated:
            return error_code::invalid_dpop_proof;
        case errc::unsupported_grant_type:
            return error_code::unsupported_grant_type;
        case errc::unsupported_token_type:
            return error_code::unsupported_token_type;
        default:
            return error_code::other;
    }
}

/// The OAuth code for a peer's error at a token endpoint, where a bad token is `bad_token`;
/// `other` for an error that has no place there.
[[nodiscard]] constexpr error_code code_at_token_endpoint(errc code,
                                                          error_code bad_token) noexcept {
    switch (code) {
        case errc::form_percent:
        case errc::form_character:
        case errc::form_parameters:
            return error_code::invalid_request;
        case errc::unknown_client:
            return error_code::invalid_client;
        case errc::client_unauthorized:
            return error_code::unauthorized_client;
        case errc::scope_refused:
        case errc::insufficient_scope:
            return error_code::invalid_scope;
        case errc::unknown_partner:
        case errc::relation_refused:
            return error_code::invalid_target;
        case errc::proof_missing:
        case errc::proof_method_mismatch:
        case errc::proof_target_mismatch:
            return error_code::invalid_dpop_proof;
        case errc::proof_nonce_due:
            return error_code::use_dpop_nonce;
        default:
            break;
    }
    switch (stage_of(code)) {
        case stage::message:
            return code_of_message(code);
        case stage::form:
        case stage::header:
        case stage::key:
        case stage::signature:
        case stage::claims:
        case stage::policy:
        case stage::replay:
            return bad_token;
        default:
            return error_code::other;
    }
}

/// The document for a peer's error at a token endpoint, where a bad token is `bad_token`.
[[nodiscard]] constexpr result<error_response> token_endpoint_answer(
    error refused, error_code bad_token) noexcept {
    if (blame_of(refused) != blame::peer) {
        return refused.code == errc::none ? error{errc::no_such_answer} : refused;
    }
    error_code const code = code_at_token_endpoint(refused.code, bad_token);
    if (code == error_code::other) {
        return errc::no_such_answer;
    }
    error_response answer;
    answer.error = *error_name::from(name_of(code));
    answer.description = *error_description::from(message_of(refused.code));
    return answer;
}

}  // namespace detail

/// The document with which a token endpoint answers a peer's error. A bad token is invalid_grant,
/// but invalid_request in a token exchange. [RFC 6749 §5.2, RFC 7523 §3.1, RFC 8693 §2.2.2]
/// Fails: the same error where the peer is not to blame; no_such_answer where it is of another kind
/// than a token request can be.
[[nodiscard]] constexpr result<error_response> answer_to(
    error refused, std::optional<grant_type> grant = std::nullopt) noexcept {
    return detail::token_endpoint_answer(refused, grant == grant_type::token_exchange
                                                      ? error_code::invalid_request
                                                      : error_code::invalid_grant);
}

/// The document with which a token endpoint answers an error in how the client says who it is: a
/// bad assertion is invalid_client. [RFC 6749 §5.2, RFC 7523 §3.2]
/// Fails: as `answer_to`.
[[nodiscard]] constexpr result<error_response> answer_to_client(error refused) noexcept {
    return detail::token_endpoint_answer(refused, error_code::invalid_client);
}

/// The document with which a token endpoint answers an error in a proof of possession, or asks for
/// one with a nonce, which the response then has to bring. [RFC 9449 §5, §8]
/// Fails: as `answer_to`.
[[nodiscard]] constexpr result<error_response> answer_to_proof(error refused) noexcept {
    return detail::token_endpoint_answer(refused, error_code::invalid_dpop_proof);
}

}  // namespace mcx::oauth

#endif
