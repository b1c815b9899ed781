// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_CLIENT_HPP
#define MCX_ROLE_CLIENT_HPP

#include <mcx/role/client_token.hpp>

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/bearer.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_response.hpp>
#include <mcx/oauth/token_type.hpp>
#include <mcx/oauth/transport.hpp>

#include <optional>
#include <string>
#include <utility>

// The MC client of inter-domain authorization, as steps: home -> exchanging -> vouched ->
// requesting -> admitted. Every step is a value and every verb is const, so a step can be kept,
// repeated after a lost reply, or dropped. The caller carries the messages; no token is sent past
// its time. Once for each partner domain. [TS 33.180 5.1.4.2, B.7, B.12, C.2]

namespace mcx::role::client {

/// The last step: the client has an access token of the partner domain. [TS 33.180 B.7.5, B.9]
class admitted {
    client::partner partner_;
    dated_token access_;
    oauth::scope scope_;

  public:
    admitted(client::partner const& to, dated_token access, oauth::scope const& scope) noexcept
        : partner_(to), access_(std::move(access)), scope_(scope) {}

    [[nodiscard]] client::partner const& partner() const noexcept { return partner_; }

    /// The scopes that the partner granted.
    [[nodiscard]] oauth::scope const& scope() const noexcept { return scope_; }
    [[nodiscard]] instant expires() const noexcept { return access_.expires(); }

    /// The value of the Authorization header for the partner's servers. [TS 33.180 B.10]
    /// Fails: token_expired_here.
    [[nodiscard]] result<std::string> bearer(Clock auto const& clock) const {
        return access_.usable(clock).and_then(
            [](oauth::token const& token) { return oauth::authorization(token); });
    }
};

/// The client asks the partner IdMS for an access token. [TS 33.180 B.7.4, B.7.5]
class requesting {
    client::partner partner_;
    dated_token security_;
    oauth::scope scope_;

  public:
    requesting(client::partner const& to, dated_token security, oauth::scope const& scope) noexcept
        : partner_(to), security_(std::move(security)), scope_(scope) {}

    /// The request for the partner's token endpoint. Fails: token_expired_here.
    [[nodiscard]] result<oauth::request> message(Clock auto const& clock) const {
        auto const assertion = security_.usable(clock);
        if (!assertion) {
            return assertion.error();
        }
        auto body =
            oauth::write_form(oauth::jwt_bearer_request{*assertion, partner_.client_id, scope_});
        if (!body) {
            return body.error();
        }
        return oauth::request{partner_.token_endpoint, *std::move(body)};
    }

    /// Takes the partner's answer. Fails: peer_refused, response_token_type (not Bearer),
    /// member_missing, and as `oauth::read_reply`.
    [[nodiscard]] result<admitted> receive(oauth::reply const& reply,
                                           Clock auto const& clock) const {
        auto const response = oauth::read_reply(reply);
        if (!response) {
            return response.error();
        }
        if (response->token_type != oauth::response_token_type::bearer) {
            return errc::response_token_type;
        }
        auto access = dated_token::from(*response, clock);
        if (!access) {
            return access.error();
        }
        // A response without a scope grants what was asked for. [RFC 6749 §5.1]
        return admitted{partner_, *std::move(access),
                        response->scope.empty() ? scope_ : response->scope};
    }
};

/// The client has a security token, made for one partner. [TS 33.180 B.8]
class vouched {
    client::partner partner_;
    dated_token security_;

  public:
    vouched(client::partner const& to, dated_token security) noexcept
        : partner_(to), security_(std::move(security)) {}

    [[nodiscard]] client::partner const& partner() const noexcept { return partner_; }
    [[nodiscard]] instant expires() const noexcept { return security_.expires(); }

    /// Goes on to ask the partner for scopes. Fails: value_empty (no scope), token_expired_here.
    [[nodiscard]] result<requesting> request(oauth::scope const& wanted,
                                             Clock auto const& clock) const {
        if (wanted.empty()) {
            return errc::value_empty;
        }
        if (auto const usable = security_.usable(clock); !usable) {
            return usable.error();
        }
        return requesting{partner_, security_, wanted};
    }
};

/// The client exchanges its access token for a security token. [TS 33.180 B.7.2, B.7.3]
class exchanging {
    https_uri primary_endpoint_;
    client::partner partner_;
    dated_token access_;

  public:
    exchanging(https_uri const& primary, client::partner const& to, dated_token access) noexcept
        : primary_endpoint_(primary), partner_(to), access_(std::move(access)) {}

    /// The request for the primary's token endpoint. Fails: token_expired_here.
    [[nodiscard]] result<oauth::request> message(Clock auto const& clock) const {
        auto const subject = access_.usable(clock);
        if (!subject) {
            return subject.error();
        }
        auto const resource = uri::from(partner_.address.view());
        if (!resource) {
            return resource.error();
        }
        oauth::token_exchange_request exchange;
        if (auto const added = exchange.resource.push_back(*resource); !added) {
            return added.error();
        }
        exchange.subject_token = *subject;
        exchange.subject_token_type = oauth::token_types::jwt;
        auto body = oauth::write_form(exchange);
        if (!body) {
            return body.error();
        }
        return oauth::request{primary_endpoint_, *std::move(body)};
    }

    /// Takes the primary's answer; its `token_type` may be Bearer or N_A.
    /// Fails: peer_refused, issued_token_type_mismatch (not a JWT), response_token_type,
    /// member_missing, and as `oauth::read_reply`.
    [[nodiscard]] result<vouched> receive(oauth::reply const& reply,
                                          Clock auto const& clock) const {
        auto const response = oauth::read_reply(reply);
        if (!response) {
            return response.error();
        }
        if (response->token_type == oauth::response_token_type::dpop) {
            return errc::response_token_type;  // this client holds no key
        }
        if (response->issued_token_type != oauth::token_types::jwt) {
            return errc::issued_token_type_mismatch;
        }
        auto security = dated_token::from(*response, clock);
        if (!security) {
            return security.error();
        }
        return vouched{partner_, *std::move(security)};
    }
};

/// Who has logged in, as the ID token tells the client. [TS 33.180 B.2.1]
struct user {
    issuer iss;
    subject sub;
    idm::identities ids;

    friend constexpr bool operator==(user const&, user const&) = default;
};

/// What a login has brought, beside the access token.
struct session {
    https_uri token_endpoint;
    oauth::client_id client_id;         // empty: not known
    oauth::scope scope;                 // granted; empty: not known
    oauth::token refresh_token;         // empty: none
    std::optional<client::user> who{};  // none: the login was not this library's
    std::optional<mcx::nonce> nonce{};
};

/// The first step between domains: the client is authorised in its own domain. There are two ways
/// into another domain, and none across interconnected systems, where this flow is not used. How it
/// gets here, and how it stays, is in role/login.hpp. [TS 33.180 5.1.4.1]
class home {
    client::session session_;
    dated_token access_;

    home(client::session session, dated_token access) noexcept
        : session_(std::move(session)), access_(std::move(access)) {}

    [[nodiscard]] result<exchanging> enter(partner const& to, Clock auto const& clock) const {
        if (to.address.empty() || to.token_endpoint.empty() || to.client_id.empty()) {
            return errc::value_empty;
        }
        if (auto const usable = access_.usable(clock); !usable) {
            return usable.error();
        }
        return exchanging{session_.token_endpoint, to, access_};
    }

  public:
    /// Starts from the answer of the primary's token endpoint to the user's login.
    /// Fails: response_token_type (not Bearer), member_missing (`expires_in`).
    [[nodiscard]] static result<home> from(client::session session,
                                           oauth::token_response const& login,
                                           Clock auto const& clock) {
        if (login.token_type != oauth::response_token_type::bearer) {
            return errc::response_token_type;
        }
        auto access = dated_token::from(login, clock);
        if (!access) {
            return access.error();
        }
        if (!login.refresh_token.empty()) {
            session.refresh_token = login.refresh_token;
        }
        if (!login.scope.empty()) {
            session.scope = login.scope;
        }
        return home{std::move(session), *std::move(access)};
    }
    /// The same for a login that was done elsewhere.
    [[nodiscard]] static result<home> from(https_uri const& primary_endpoint,
                                           oauth::token_response const& login,
                                           Clock auto const& clock) {
        client::session session;
        session.token_endpoint = primary_endpoint;
        return from(std::move(session), login, clock);
    }

    [[nodiscard]] client::session const& session() const noexcept { return session_; }
    [[nodiscard]] oauth::scope const& scope() const noexcept { return session_.scope; }
    [[nodiscard]] instant expires() const noexcept { return access_.expires(); }

    /// The value of the Authorization header for the servers at home. [TS 33.180 B.10]
    /// Fails: token_expired_here.
    [[nodiscard]] result<std::string> bearer(Clock auto const& clock) const {
        return access_.usable(clock).and_then(
            [](oauth::token const& token) { return oauth::authorization(token); });
    }

    /// Heads for a group that is homed in a partner domain of the same system.
    /// Fails: token_expired_here, value_empty (the partner is not fully known).
    [[nodiscard]] result<exchanging> enter_for_group(partner const& to,
                                                     Clock auto const& clock) const {
        return enter(to, clock);
    }

    /// Heads for the domain to which the user migrates.
    /// Fails: token_expired_here, value_empty (the partner is not fully known).
    [[nodiscard]] result<exchanging> enter_by_migration(partner const& to,
                                                        Clock auto const& clock) const {
        return enter(to, clock);
    }
};

}  // namespace mcx::role::client

#endif
