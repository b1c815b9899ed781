// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PRIMARY_IDMS_HPP
#define MCX_ROLE_PRIMARY_IDMS_HPP

#include <mcx/role/issuance.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/delegation.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_response.hpp>
#include <mcx/oauth/token_type.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

// The primary IdMS in inter-domain authorization: receives a token exchange, verifies the access
// token that it once issued, and stops with a petition, which the deployment's policy answers with
// one of two verbs. [TS 33.180 5.1.4.2, B.7.2, B.7.3, C.2 step 6]

namespace mcx::role {

/// A user's client asks for a security token for one partner. Everything that a token can show has
/// been checked; whether the partner is known and the client may go there is for the policy.
class exchange_petition {
    idm::domain self_;
    mcx::subject subject_;
    oauth::client_id client_;
    idm::idms_address partner_;
    idm::relation relation_;
    idm::acting actors_;
    instant access_expires_;

  public:
    /// Requires: `access` names a user, and `client` is who presents it.
    exchange_petition(idm::domain const& self,
                      jwt::validated<idm::access_token_profile> const& access,
                      oauth::client_id const& client, idm::acting const& actors,
                      idm::idms_address const& partner, idm::relation relation) noexcept
        : self_(self), subject_(access->sub.value_or(mcx::subject{})), client_(client),
          partner_(partner), relation_(relation), actors_(actors), access_expires_(access->exp) {}

    /// The user, as this domain names them.
    [[nodiscard]] mcx::subject const& subject() const noexcept { return subject_; }
    /// Who acts for the user, the current one first; nobody, where the user's own client asks.
    [[nodiscard]] idm::actor_chain const& actors() const noexcept { return actors_.chain; }
    /// When the token that was exchanged ends.
    [[nodiscard]] instant access_expires() const noexcept { return access_expires_; }
    /// The client, as it is registered in this domain.
    [[nodiscard]] oauth::client_id const& client() const noexcept { return client_; }
    /// The partner IdMS that the security token is for: the request's `resource`.
    [[nodiscard]] idm::idms_address const& partner() const noexcept { return partner_; }
    [[nodiscard]] idm::relation relation() const noexcept { return relation_; }

    /// Issues the security token: its audience is the client and the partner. [TS 33.180 B.8]
    /// Fails: as `jwt::issue`.
    [[nodiscard]] result<oauth::token_response> vouch(Issuance auto const& with,
                                                      Clock auto const& clock) const {
        auto const id = with.fresh_id();
        if (!id) {
            return id.error();
        }
        idm::security_token claims;
        claims.iss = self_.iss;
        claims.sub = subject_;
        (void)claims.aud.add(recipient::from(client_.view()).value_or(recipient{}));
        (void)claims.aud.add(idm::recipient_of(partner_));
        claims.iat = clock.now();
        claims.exp = claims.iat.plus(with.valid.value());
        claims.jti = *id;
        if (!actors_.empty()) {
            claims.act = actors_;
        }
        auto response = issue_response<idm::security_token_profile>(claims, with);
        if (response) {
            response->issued_token_type = oauth::token_types::jwt;
            // It is not an access token, whatever the member that carries it is called.
            response->token_type = oauth::response_token_type::not_applicable;
        }
        return response;
    }

    /// Refuses, for a reason of the policy's. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<oauth::error_response> refuse(errc reason) const noexcept {
        return oauth::answer_to(reason, oauth::grant_type::token_exchange);
    }
};

/// The primary IdMS of a domain. Borrows the keys with which it verifies its own tokens.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class primary_idms {
    idm::domain self_;
    trust<B, As> const* own_keys_;
    leeway skew_;

  public:
    /// Requires: `own_keys` holds this domain's issuer and no other.
    primary_idms(idm::domain const& self, trust<B, As> const& own_keys, leeway skew = {}) noexcept
        : self_(self), own_keys_(&own_keys), skew_(skew) {
        contract(own_keys.size() == 1 && own_keys.find(self.iss).has_value());
    }
    primary_idms(idm::domain const&, trust<B, As>&&, leeway = {}) = delete;

    /// Receives the body of a token exchange request. `relation` is what the server can tell of it
    /// from its own resource or configuration; the wire does not say.
    /// Fails: as `oauth::parse_form`; parameter_missing (`resource`), parameter_value (several
    /// resources or any `audience`; an actor token that is no JWT), subject_token_type_refused (not
    /// a JWT); as `jwt::accept` for the subject token and the actor token; subject_refused (it
    /// names no user); client_mismatch (the request names another client than the token that it
    /// presents); actor_refused (the subject token does not let this party act).
    template <AlgorithmSet Ws>
    [[nodiscard]] result<exchange_petition> receive(
        std::string_view body, workspace<B, Ws>& work, Clock auto const& clock,
        idm::relation relation = idm::relation::unstated) const {
        auto const request = oauth::parse_form<oauth::token_exchange_request>(body);
        if (!request) {
            return request.error();
        }
        auto const partner = check_profile(*request);
        if (!partner) {
            return partner.error();
        }
        auto const accept = [&](oauth::token const& text) {
            return jwt::accept<idm::access_token_profile>(
                text.view(), *own_keys_, work,
                {.to = idm::recipient_of(self_.address), .skew = skew_}, clock);
        };
        auto const access = accept(request->subject_token);
        if (!access) {
            return access.error();
        }
        if (!access->claims().sub) {
            return refused_claim(errc::subject_refused, "sub");
        }
        auto const by = request->actor ? accept(request->actor->token) : access;
        if (!by) {
            return by.error();
        }
        oauth::client_id const& client = by->claims().client_id;
        if (!request->client_id.empty() && request->client_id != client) {
            return refused_claim(errc::client_mismatch, "client_id");
        }
        auto const actors =
            request->actor ? idm::acting_for(*access, *by) : idm::acting_for(*access);
        if (!actors) {
            return actors.error();
        }
        return exchange_petition{self_, *access, client, *actors, *partner, relation};
    }

  private:
    static constexpr error refused_claim(errc code, std::string_view name) noexcept {
        return {code, idm::access_token::fields::number_of(name)};
    }
    static constexpr std::uint16_t number_of(std::string_view name) noexcept {
        return oauth::token_exchange_request::fields::number_of(name);
    }

    /// What TS 33.180 B.7.2 asks beyond RFC 8693; returns the partner.
    [[nodiscard]] static result<idm::idms_address> check_profile(
        oauth::token_exchange_request const& request) noexcept {
        if (request.resource.empty()) {
            return error{errc::parameter_missing, number_of("resource")};
        }
        if (request.resource.size() != 1) {
            return error{errc::parameter_value, number_of("resource")};
        }
        if (!request.audience.empty()) {
            return error{errc::parameter_value, number_of("audience")};
        }
        if (request.actor && request.actor->type != oauth::token_types::jwt) {
            return error{errc::parameter_value, number_of("actor_token_type")};
        }
        if (request.subject_token_type != oauth::token_types::jwt) {
            return error{errc::subject_token_type_refused, number_of("subject_token_type")};
        }
        if (!request.requested_token_type.empty() &&
            request.requested_token_type != oauth::token_types::jwt) {
            return error{errc::parameter_value, number_of("requested_token_type")};
        }
        auto const partner = idm::idms_address::from(request.resource[0].view());
        if (!partner) {
            return error{errc::parameter_value, number_of("resource")};
        }
        return *partner;
    }
};

}  // namespace mcx::role

#endif
