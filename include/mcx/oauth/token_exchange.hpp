// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_TOKEN_EXCHANGE_HPP
#define MCX_OAUTH_TOKEN_EXCHANGE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/uri.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_type.hpp>

#include <optional>
#include <string_view>

// The grant that exchanges one token for another [RFC 8693 §2.1]: its request, with every parameter
// that the RFC names. The response is a token_response. What TS 33.180 B.7.2 makes of it (exactly
// one resource, a JWT as subject token) is for idm/; who may act for whom is decided from verified
// tokens, not from here.

namespace mcx::oauth {

namespace detail {

struct target_name_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};

}  // namespace detail

/// The name of a service that a token is wanted for, as client and server agreed on it: the
/// audience parameter. [RFC 8693 §2.1]
using target_name = text<detail::target_name_tag, 255>;

/// A token together with what it is declared to be.
struct typed_token {
    oauth::token token;
    token_type_uri type;

    friend bool operator==(typed_token const&, typed_token const&) = default;
};

/// Asks for a token in exchange for the subject token. [RFC 8693 §2.1]
struct token_exchange_request {
    list<uri, 4> resource;
    list<target_name, 4> audience;
    oauth::scope scope;                   // empty: absent
    token_type_uri requested_token_type;  // empty: absent
    token subject_token;
    token_type_uri subject_token_type;
    std::optional<typed_token> actor;
    oauth::client_id client_id;  // of a client that says who it is here only; empty: absent

    using fields =
        field_list<fixed<"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange">,
                   optional<"resource", &token_exchange_request::resource>,
                   optional<"audience", &token_exchange_request::audience>,
                   optional<"scope", &token_exchange_request::scope>,
                   optional<"requested_token_type", &token_exchange_request::requested_token_type>,
                   required<"subject_token", &token_exchange_request::subject_token>,
                   required<"subject_token_type", &token_exchange_request::subject_token_type>,
                   part_of<"actor_token", &token_exchange_request::actor, &typed_token::token>,
                   part_of<"actor_token_type", &token_exchange_request::actor, &typed_token::type>,
                   optional<"client_id", &token_exchange_request::client_id>>;

    friend bool operator==(token_exchange_request const&, token_exchange_request const&) = default;
};

}  // namespace mcx::oauth

#endif
