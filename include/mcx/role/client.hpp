// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_CLIENT_HPP
#define MCX_ROLE_CLIENT_HPP

#include <mcx/role/client_token.hpp>

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/exchange_profile.hpp>
#include <mcx/oauth/bearer.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>
#include <mcx/oauth/token_type.hpp>
#include <mcx/oauth/transport.hpp>

#include <string>
#include <utility>

// The MC client of inter-domain authorization, as steps: home -> exchanging -> vouched ->
// requesting -> admitted. Every step is a value and every verb is const, so a step can be kept,
// repeated after a lost reply, or dropped. The caller carries the messages; no token is sent past
// its time, and none to another partner than it was made for: only an answer makes the next step.
// Once for each partner domain. [TS 33.180 5.1.4.2, B.7, B.12, C.2] Other profiles of the
// flow, such as those of grant/identity_chaining.hpp, go the same steps, each as types of its own.

namespace mcx::role::client {

class home;
template <mcx::grant::CrossDomainProfile P>
class exchanging_by;
template <mcx::grant::CrossDomainProfile P>
class vouched_by;

/// The last step: the client has an access token of the partner domain. [TS 33.180 B.7.5, B.9]
class admitted {
    client::partner partner_;
    dated_token access_;
    oauth::scope scope_;

    template <mcx::grant::CrossDomainProfile>
    friend class requesting_by;
    admitted(client::partner const& to, dated_token access, oauth::scope const& scope) noexcept
        : partner_(to), access_(std::move(access)), scope_(scope) {}

  public:
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
template <mcx::grant::CrossDomainProfile P>
class requesting_by {
    client::partner partner_;
    dated_token security_;
    oauth::scope scope_;
    oauth::scope vouched_;

    friend class vouched_by<P>;
    requesting_by(client::partner const& to, dated_token security, oauth::scope const& scope,
                  oauth::scope const& vouched) noexcept
        : partner_(to), security_(std::move(security)), scope_(scope), vouched_(vouched) {}

  public:
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
        oauth::scope const& asked = scope_.empty() ? vouched_ : scope_;
        return admitted{partner_, *std::move(access),
                        response->scope.empty() ? asked : response->scope};
    }
};

/// The same in inter-domain authorization of MC services.
using requesting = requesting_by<idm::mc_exchange>;

/// The client has a security token, made for one partner. [TS 33.180 B.8]
template <mcx::grant::CrossDomainProfile P>
class vouched_by {
    client::partner partner_;
    dated_token security_;
    oauth::scope scope_;

    friend class exchanging_by<P>;
    vouched_by(client::partner const& to, dated_token security, oauth::scope const& scope) noexcept
        : partner_(to), security_(std::move(security)), scope_(scope) {}

  public:
    [[nodiscard]] client::partner const& partner() const noexcept { return partner_; }
    [[nodiscard]] instant expires() const noexcept { return security_.expires(); }
    /// The scope that the token carries, as far as that is known; empty where it carries none.
    [[nodiscard]] oauth::scope const& scope() const noexcept { return scope_; }

    /// Goes on to ask the partner for scopes. Fails: value_empty (no scope, where the profile asks
    /// for one), token_expired_here.
    [[nodiscard]] result<requesting_by<P>> request(oauth::scope const& wanted,
                                                   Clock auto const& clock) const {
        if (P::terms.is_spent_with_a_scope && wanted.empty()) {
            return errc::value_empty;
        }
        if (auto const usable = security_.usable(clock); !usable) {
            return usable.error();
        }
        return requesting_by<P>{partner_, security_, wanted, scope_};
    }
};

/// The same in inter-domain authorization of MC services.
using vouched = vouched_by<idm::mc_exchange>;

/// The client exchanges its access token for a security token. [TS 33.180 B.7.2, B.7.3]
template <mcx::grant::CrossDomainProfile P>
class exchanging_by {
    https_uri primary_endpoint_;
    client::partner partner_;
    dated_token subject_;
    detail::exchange_wish wish_;

    friend class home;
    /// `client` is how the primary knows the client: there are servers that receive nothing of a
    /// public client without it, whatever the subject token tells. [RFC 6749 §3.2.1]
    exchanging_by(https_uri const& primary, client::partner const& to, dated_token subject,
                  oauth::client_id const& client) noexcept
        : primary_endpoint_(primary), partner_(to), subject_(std::move(subject)) {
        wish_.client_id = client;
    }

  public:
    /// The same for a token that is good for this scope at most. [RFC 8693 §2.1]
    [[nodiscard]] exchanging_by with_scope(oauth::scope const& wanted) const
        requires mcx::grant::CarriesScope<P>
    {
        exchanging_by made = *this;
        made.wish_.scope = wanted;
        return made;
    }

    /// The same for a token that is good at this server of the partner's too, and at none that was
    /// not named. Fails: value_too_long (too many). [RFC 8707 §2]
    [[nodiscard]] result<exchanging_by> at(uri const& resource) const
        requires mcx::grant::NamesResource<P>
    {
        exchanging_by made = *this;
        if (auto const added = made.wish_.resource.push_back(resource); !added) {
            return added.error();
        }
        return made;
    }

    /// The request for the primary's token endpoint. Fails: token_expired_here.
    [[nodiscard]] result<oauth::request> message(Clock auto const& clock) const {
        auto const subject = subject_.usable(clock);
        if (!subject) {
            return subject.error();
        }
        auto const exchange = detail::exchange_of(P::terms, partner_, *subject, wish_);
        if (!exchange) {
            return exchange.error();
        }
        auto body = oauth::write_form(*exchange);
        if (!body) {
            return body.error();
        }
        return oauth::request{primary_endpoint_, *std::move(body)};
    }

    /// Takes the primary's answer; its `token_type` is N_A, or Bearer where the profile allows.
    /// Fails: peer_refused, issued_token_type_mismatch (not the profile's), response_token_type,
    /// member_missing, and as `oauth::read_reply`.
    [[nodiscard]] result<vouched_by<P>> receive(oauth::reply const& reply,
                                                Clock auto const& clock) const {
        auto const response = oauth::read_reply(reply);
        if (!response) {
            return response.error();
        }
        if (response->token_type == oauth::response_token_type::dpop) {
            return errc::response_token_type;  // this client holds no key
        }
        if (response->issued_token_type != P::terms.issued_token_type) {
            return errc::issued_token_type_mismatch;
        }
        if (!P::terms.may_be_called_bearer &&
            response->token_type != oauth::response_token_type::not_applicable) {
            return errc::response_token_type;
        }
        auto security = dated_token::from(*response, clock);
        if (!security) {
            return security.error();
        }
        return vouched_by<P>{partner_, *std::move(security),
                             response->scope.empty() ? wish_.scope : response->scope};
    }
};

/// The same in inter-domain authorization of MC services.
using exchanging = exchanging_by<idm::mc_exchange>;

/// The first step between domains: the client is authorised in its own domain. There are two ways
/// into another domain, and none across interconnected systems, where this flow is not used. How it
/// gets here, and how it stays, is in role/login.hpp. [TS 33.180 5.1.4.1]
class home {
    client::session session_;
    dated_token access_;
    oauth::scope scope_;

    home(client::session session, dated_token access, oauth::scope const& scope) noexcept
        : session_(std::move(session)), access_(std::move(access)), scope_(scope) {}

    template <mcx::grant::CrossDomainProfile P>
    [[nodiscard]] result<exchanging_by<P>> enter(partner const& to, Clock auto const& clock) const {
        bool const is_named = P::terms.partner == mcx::grant::partner_name::issuer
                                  ? !to.iss.empty()
                                  : !to.address.empty();
        if (!is_named || to.token_endpoint.empty() || to.client_id.empty()) {
            return errc::value_empty;
        }
        bool const shows_id_token = P::terms.subject_token_types[0] == oauth::token_types::id_token;
        auto const subject =
            shows_id_token ? dated_token::from(session_.id_token) : result<dated_token>{access_};
        if (!subject) {
            return subject.error();
        }
        if (auto const usable = subject->usable(clock); !usable) {
            return usable.error();
        }
        return exchanging_by<P>{session_.token_endpoint, to, *subject, session_.client_id};
    }

  public:
    /// Starts from the answer of the primary's token endpoint to the user's login.
    /// Fails: response_token_type (not Bearer), member_missing (`expires_in`).
    [[nodiscard]] static result<home> from(client::session session,
                                           oauth::token_response const& login,
                                           Clock auto const& clock) {
        return from(std::move(session), login, {}, clock);
    }
    /// The same for an answer to a request for some of what the session has been granted: what is
    /// granted stays as it was. [RFC 6749 §6]
    [[nodiscard]] static result<home> from(client::session session,
                                           oauth::token_response const& answer,
                                           oauth::scope const& some, Clock auto const& clock) {
        if (answer.token_type != oauth::response_token_type::bearer) {
            return errc::response_token_type;
        }
        auto access = dated_token::from(answer, clock);
        if (!access) {
            return access.error();
        }
        if (!answer.refresh_token.empty()) {
            session.refresh_token = answer.refresh_token;
        }
        if (!answer.id_token.empty()) {
            session.id_token = answer.id_token;
        }
        if (some.empty() && !answer.scope.empty()) {
            session.scope = answer.scope;
        }
        oauth::scope const& asked = some.empty() ? session.scope : some;
        oauth::scope const scope = answer.scope.empty() ? asked : answer.scope;
        return home{std::move(session), *std::move(access), scope};
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
    /// The scope of the access token; empty where it is not known.
    [[nodiscard]] oauth::scope const& scope() const noexcept { return scope_; }
    [[nodiscard]] instant expires() const noexcept { return access_.expires(); }

    /// The value of the Authorization header for the servers at home. [TS 33.180 B.10]
    /// Fails: token_expired_here.
    [[nodiscard]] result<std::string> bearer(Clock auto const& clock) const {
        return access_.usable(clock).and_then(
            [](oauth::token const& token) { return oauth::authorization(token); });
    }

    /// Heads for a group that is homed in a partner domain of the same system.
    /// Fails: token_expired_here, value_empty (the partner is not fully known); no_token_here, and
    /// as `jwt::peek`, where the profile exchanges the ID token.
    template <mcx::grant::CrossDomainProfile P = idm::mc_exchange>
    [[nodiscard]] result<exchanging_by<P>> enter_for_group(partner const& to,
                                                           Clock auto const& clock) const {
        return enter<P>(to, clock);
    }

    /// Heads for the domain to which the user migrates.
    /// Fails: as `enter_for_group`.
    template <mcx::grant::CrossDomainProfile P = idm::mc_exchange>
    [[nodiscard]] result<exchanging_by<P>> enter_by_migration(partner const& to,
                                                              Clock auto const& clock) const {
        return enter<P>(to, clock);
    }
};

}  // namespace mcx::role::client

#endif
