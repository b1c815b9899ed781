// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_CLIENT_TOKEN_HPP
#define MCX_ROLE_CLIENT_TOKEN_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/idm/refreshed_login.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/peek.hpp>
#include <mcx/mc/user_profile.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_response.hpp>

#include <optional>
#include <utility>

// What the client's steps are made of: how it is registered at home and with a partner, what its
// login has brought, tokens that are not sent past their time, and the exchange of one as a profile
// words it.

namespace mcx::role::client {

/// The client as its primary IdMS has registered it, and where that IdMS is. [TS 33.180 B.3]
struct account {
    issuer iss;
    https_uri authorization_endpoint;
    https_uri token_endpoint;
    oauth::client_id client_id;
    oauth::redirect_uri redirect_uri;

    friend constexpr bool operator==(account const&, account const&) = default;
};

/// A partner domain as the client knows it: where its IdMS is, and under which id the client is
/// registered there. [TS 33.180 B.6, C.2 step 5]
struct partner {
    idm::idms_address address;
    https_uri token_endpoint;
    oauth::client_id client_id;
    issuer iss{};  // empty: not known, as where no profile asks for it

    /// The partner that a user profile names. The address is the one that the operator has told, or
    /// else the token endpoint's. [TS 24.484, TS 33.180 C.2 step 5]
    /// Fails: value_empty (no client id), value_too_long (an endpoint that is no address).
    [[nodiscard]] static constexpr result<partner> named_by(
        mc::group_server_info const& profile, oauth::client_id const& registered_as,
        idm::idms_address const& address = {}) noexcept {
        if (registered_as.empty() || profile.idms_token_endpoint.empty()) {
            return errc::value_empty;
        }
        auto const to = address.empty() ? profile.address() : result<idm::idms_address>{address};
        if (!to) {
            return to.error();
        }
        return partner{*to, profile.idms_token_endpoint, registered_as};
    }

    friend constexpr bool operator==(partner const&, partner const&) = default;
};

/// Who has logged in, as the ID token tells the client. [TS 33.180 B.2.1]
struct user {
    idm::first_login login;
    idm::identities ids;

    friend constexpr bool operator==(user const&, user const&) = default;
};

/// What a login has brought, beside the access token.
struct session {
    https_uri token_endpoint;
    oauth::client_id client_id;         // empty: not known
    oauth::scope scope;                 // granted at the login; empty: not known
    oauth::token refresh_token;         // empty: none
    std::optional<client::user> who{};  // none: the login was not this library's
    oauth::token id_token{};            // the last one; empty: none
    leeway skew{};                      // between the client's clock and the primary's
};

/// A token and the instant from which on it must not be sent. [TS 33.180 B.12]
class dated_token {
    oauth::token token_;
    instant expires_;

    dated_token(oauth::token token, instant expires) noexcept
        : token_(std::move(token)), expires_(expires) {}

  public:
    /// Takes the token of a response; `expires_in` counts from the clock given.
    /// Fails: member_missing (no `expires_in`: such a token could never be sent).
    [[nodiscard]] static result<dated_token> from(oauth::token_response const& response,
                                                  Clock auto const& clock) {
        if (!response.expires_in) {
            return error{errc::member_missing,
                         oauth::token_response::fields::number_of("expires_in")};
        }
        return dated_token{response.access_token, clock.now().plus(response.expires_in->value())};
    }

    /// Takes a token that says when it ends, and is sent on by whom it was made for.
    /// Fails: no_token_here (it is empty), claim_missing (`exp`); as `jwt::peek`.
    [[nodiscard]] static result<dated_token> from(oauth::token const& token) {
        if (token.empty()) {
            return errc::no_token_here;
        }
        auto const seen = jwt::peek(token.view());
        if (!seen) {
            return seen.error();
        }
        if (!seen->expires()) {
            return errc::claim_missing;
        }
        return dated_token{token, seen->expires()->for_lookup()};
    }

    /// The token, if it may still be sent. Fails: token_expired_here.
    [[nodiscard]] result<oauth::token> usable(Clock auto const& clock) const {
        if (clock.now() >= expires_) {
            return errc::token_expired_here;
        }
        return token_;
    }

    [[nodiscard]] instant expires() const noexcept { return expires_; }
};

namespace detail {

/// What a client asks of its primary beside the partner.
struct exchange_wish {
    oauth::client_id client_id;  // as the primary knows the client; empty: not known
    oauth::scope scope;
    list<uri, 4> resource;
};

/// The exchange of a token as a profile words it. Fails: as `uri::from`, `target_name::from`.
[[nodiscard]] inline result<oauth::token_exchange_request> exchange_of(
    mcx::grant::exchange_terms const& terms, client::partner const& to, oauth::token const& subject,
    exchange_wish const& wish) {
    oauth::token_exchange_request exchange;
    exchange.resource = wish.resource;
    if (terms.partner == mcx::grant::partner_name::issuer) {
        auto const added = oauth::target_name::from(to.iss.view()).and_then([&](auto const& name) {
            return exchange.audience.push_back(name);
        });
        if (!added) {
            return added.error();
        }
    } else {
        auto const added = uri::from(to.address.view()).and_then([&](uri const& address) {
            return exchange.resource.push_back(address);
        });
        if (!added) {
            return added.error();
        }
    }
    exchange.scope = wish.scope;
    if (terms.has_to_be_requested) {
        exchange.requested_token_type = terms.issued_token_type;
    }
    exchange.subject_token = subject;
    exchange.subject_token_type = terms.subject_token_types[0];
    exchange.client_id = wish.client_id;
    return exchange;
}

}  // namespace detail

}  // namespace mcx::role::client

#endif
