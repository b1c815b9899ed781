// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_EXCHANGE_PETITION_HPP
#define MCX_ROLE_EXCHANGE_PETITION_HPP

#include <mcx/role/issuance.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/actor.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/exchange_profile.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>

#include <optional>

// The petition with which a primary IdMS stops when a client wants to be vouched for: what is
// asked, and the two answers. How the request is read is in primary_idms.hpp. [TS 33.180 5.1.4.2,
// B.7.2, B.7.3, C.2 step 6]

namespace mcx::role {

template <class B, AlgorithmSet As>
class primary_idms;

/// What an exchange is about, as the tokens in it and its parameters tell.
struct asked_exchange {
    mcx::subject subject;
    oauth::client_id client;
    idm::acting actors;
    instant ends;  ///< the token that was exchanged
    idm::idms_address partner{};
    idm::relation relation = idm::relation::unstated;
    oauth::scope scope{};                ///< empty: none was asked for
    std::optional<audience> resource{};  ///< what is wanted behind the partner
    mcx::grant::login_facts login{};     ///< as an ID token tells them
};

/// What a primary tells the partner of the client, where a profile has room for it.
struct client_there {
    oauth::client_id id;  ///< as the partner knows it
    oauth::scope scope;   ///< of what was asked for, where something was
};

/// What a user's client asks for, whatever the profile: a policy decides by this. Everything that a
/// token can show has been checked; whether the partner is known and the client may go there is for
/// the policy. Only `primary_idms::receive` makes one.
class exchange_question {
    idm::domain self_;
    asked_exchange asked_;

  public:
    /// The user, as this domain names them.
    [[nodiscard]] mcx::subject const& subject() const noexcept { return asked_.subject; }
    /// Who acts for the user, the current one first; nobody, where the user's own client asks.
    [[nodiscard]] idm::actor_chain const& actors() const noexcept { return asked_.actors.chain; }
    /// When the token that was exchanged ends.
    [[nodiscard]] instant access_expires() const noexcept { return asked_.ends; }
    /// The client, as it is registered in this domain.
    [[nodiscard]] oauth::client_id const& client() const noexcept { return asked_.client; }
    /// The partner IdMS that the security token is for, by the name that the request has for it.
    [[nodiscard]] idm::idms_address const& partner() const noexcept { return asked_.partner; }
    [[nodiscard]] idm::relation relation() const noexcept { return asked_.relation; }
    /// The scope that is wanted there; empty where the request names none.
    [[nodiscard]] oauth::scope const& requested() const noexcept { return asked_.scope; }
    /// The servers behind the partner that are wanted, where the profile has a place for them.
    [[nodiscard]] std::optional<audience> const& resource() const noexcept {
        return asked_.resource;
    }

    /// How the user logged in, where an ID token was exchanged.
    [[nodiscard]] mcx::grant::login_facts const& login() const noexcept { return asked_.login; }

    /// Refuses, for a reason of the policy's. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<oauth::error_response> refuse(errc reason) const noexcept {
        return oauth::answer_to(reason, oauth::grant_type::token_exchange);
    }

  protected:
    exchange_question(idm::domain const& self, asked_exchange const& asked) noexcept
        : self_(self), asked_(asked) {}

    [[nodiscard]] idm::domain const& self() const noexcept { return self_; }
    [[nodiscard]] idm::acting const& acting() const noexcept { return asked_.actors; }
};

/// A user's client asks for a security token of profile P for one partner.
template <mcx::grant::CrossDomainProfile P>
class exchange_petition_by : public exchange_question {
    using token_claims = typename P::token::claims;

    template <class B, AlgorithmSet As>
    friend class primary_idms;
    exchange_petition_by(idm::domain const& self, asked_exchange const& asked) noexcept
        : exchange_question(self, asked) {}

  public:
    /// Issues the security token: its audience is the partner, and the client where the profile
    /// says so. [TS 33.180 B.8]
    /// Fails: as `issue_token`.
    [[nodiscard]] result<oauth::token_response> vouch(Issuance auto const& with,
                                                      Clock auto const& clock) const {
        return vouch(client_there{client(), requested()}, with, clock);
    }

    /// The same where the partner knows the client by another id, or the policy cuts the scope.
    /// Fails: value_empty (no client, or nothing left of the scope), scope_not_requested; as
    /// `issue_token`.
    [[nodiscard]] result<oauth::token_response> vouch(client_there const& there,
                                                      Issuance auto const& with,
                                                      Clock auto const& clock) const {
        if (mcx::grant::NamesClient<P> && there.id.empty()) {
            return errc::value_empty;
        }
        if (mcx::grant::CarriesScope<P> && !requested().empty()) {
            if (there.scope.empty()) {
                return errc::value_empty;
            }
            if (!there.scope.within(requested())) {
                return errc::scope_not_requested;
            }
        }
        auto const id = with.fresh_id();
        if (!id) {
            return id.error();
        }
        mcx::grant::statement said;
        said.iss = self().iss;
        said.sub = subject();
        if (P::terms.audience_names_client) {
            (void)said.aud.add(recipient::from(client().view()).value_or(recipient{}));
        }
        (void)said.aud.add(idm::recipient_of(partner()));
        said.iat = clock.now();
        said.exp = said.iat.plus(with.valid.value());
        said.jti = *id;
        said.client_id = there.id;
        said.scope = there.scope;
        said.resource = resource();
        said.login = login();
        token_claims claims = mcx::grant::claims_of<P>(said);
        if (!acting().empty()) {
            jwt::detail::set_claim(claims, "act", acting());
        }
        return answer(claims, there.scope, with);
    }

  private:
    [[nodiscard]] static result<oauth::token_response> answer(token_claims const& claims,
                                                              oauth::scope const& scope,
                                                              Issuance auto const& with) {
        auto response = issue_response<typename P::token>(claims, with);
        if (response) {
            response->issued_token_type = P::terms.issued_token_type;
            // It is not an access token, whatever the member that carries it is called.
            response->token_type = oauth::response_token_type::not_applicable;
            if constexpr (mcx::grant::CarriesScope<P>) {
                response->scope = scope;
            }
        }
        return response;
    }
};

/// The same in inter-domain authorization of MC services.
using exchange_petition = exchange_petition_by<idm::mc_exchange>;

}  // namespace mcx::role

#endif
