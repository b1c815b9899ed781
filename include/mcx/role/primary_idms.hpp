// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PRIMARY_IDMS_HPP
#define MCX_ROLE_PRIMARY_IDMS_HPP

#include <mcx/role/client_check.hpp>
#include <mcx/role/exchange_petition.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/delegation.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/exchange_profile.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_type.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

// The primary IdMS in inter-domain authorization: receives a token exchange, verifies the access
// token that it once issued, and stops with a petition, which the deployment's policy answers with
// one of two verbs. [TS 33.180 5.1.4.2, B.7.2, B.7.3, C.2 step 6] Profiles of the same flow that
// are not of MC services are received as such: `receive<grant::id_jag>`.

namespace mcx::role {

namespace detail {

[[nodiscard]] constexpr error refused_parameter(errc code, std::string_view name) noexcept {
    return {code, oauth::token_exchange_request::fields::number_of(name)};
}

/// The partner that a request names, by the one parameter of the profile that does it.
[[nodiscard]] constexpr result<idm::idms_address> partner_named_in(
    oauth::token_exchange_request const& request, mcx::grant::partner_name how) noexcept {
    bool const by_audience = how == mcx::grant::partner_name::issuer ||
                             (how == mcx::grant::partner_name::any && request.resource.empty() &&
                              !request.audience.empty());
    std::string_view const names = by_audience ? "audience" : "resource";
    std::size_t const count = by_audience ? request.audience.size() : request.resource.size();
    if (count == 0) {
        return refused_parameter(errc::parameter_missing, names);
    }
    if (count != 1) {
        return refused_parameter(errc::parameter_value, names);
    }
    if (!by_audience && !request.audience.empty()) {
        return refused_parameter(errc::parameter_value, "audience");
    }
    auto partner = idm::idms_address::from(by_audience ? request.audience[0].view()
                                                       : request.resource[0].view());
    if (!partner) {
        return refused_parameter(errc::parameter_value, names);
    }
    return partner;
}

/// What a profile asks of a request beyond RFC 8693; returns the partner.
[[nodiscard]] constexpr result<idm::idms_address> check_terms(
    oauth::token_exchange_request const& request, mcx::grant::exchange_terms const& terms,
    bool knows_actors) noexcept {
    auto partner = partner_named_in(request, terms.partner);
    if (!partner) {
        return partner;
    }
    if (request.actor && !knows_actors) {
        return refused_parameter(errc::parameter_value, "actor_token");
    }
    if (request.actor && request.actor->type != oauth::token_types::jwt) {
        return refused_parameter(errc::parameter_value, "actor_token_type");
    }
    if (!terms.exchanges(request.subject_token_type)) {
        return refused_parameter(errc::subject_token_type_refused, "subject_token_type");
    }
    if (request.requested_token_type.empty() && terms.has_to_be_requested) {
        return refused_parameter(errc::parameter_missing, "requested_token_type");
    }
    if (!request.requested_token_type.empty() &&
        request.requested_token_type != terms.issued_token_type) {
        return refused_parameter(errc::parameter_value, "requested_token_type");
    }
    return partner;
}

/// What is wanted behind the partner. Fails: value_too_long.
[[nodiscard]] constexpr result<std::optional<audience>> resource_of(
    oauth::token_exchange_request const& request) noexcept {
    audience wanted;
    for (uri const& at : request.resource) {
        auto const added = recipient::from(at.view()).and_then(
            [&](recipient const& name) { return wanted.add(name); });
        if (!added) {
            return refused_parameter(errc::parameter_value, "resource");
        }
    }
    return wanted.empty() ? std::nullopt : std::optional<audience>{wanted};
}

}  // namespace detail

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

    /// Receives the body of a token exchange request of profile P. `relation` is what the server
    /// can tell of it from its own resource or configuration; the wire does not say. `by` is who
    /// sends it, as `client_check` has found out.
    /// Fails: as `checked_client::checked_at`, `oauth::parse_form`, `checked_client::vouches_for`;
    /// parameter_missing, parameter_value, subject_token_type_refused (not as the profile wants it:
    /// of MC services, one `resource`, no `audience`, and JWTs); as `jwt::accept` for the subject
    /// token and the actor token; subject_refused (it names no user); client_mismatch (the token
    /// was issued to another client than the one that presents it); actor_refused (the subject
    /// token does not let this party act, or the profile cannot say who acts).
    template <mcx::grant::CrossDomainProfile P = idm::mc_exchange, AlgorithmSet Ws>
    [[nodiscard]] result<exchange_petition_by<P>> receive(
        std::string_view body, checked_client const& by, workspace<B, Ws>& work,
        Clock auto const& clock, idm::relation relation = idm::relation::unstated) const {
        constexpr bool knows_actors =
            jwt::detail::has_claim<idm::acting, typename P::token::claims>("act");
        if (auto const here = by.checked_at(self_.iss); !here) {
            return here.error();
        }
        auto const request = oauth::parse_form<oauth::token_exchange_request>(body);
        if (!request) {
            return request.error();
        }
        auto const partner = detail::check_terms(*request, P::terms, knows_actors);
        if (!partner) {
            return partner.error();
        }
        auto asked = request->subject_token_type == oauth::token_types::id_token
                         ? by_id_token(*request, by, work, clock)
                         : by_access_token(*request, by, work, clock);
        if (!asked) {
            return asked.error();
        }
        if (!knows_actors && !asked->actors.empty()) {
            return refused_claim(errc::actor_refused, "act");
        }
        asked->partner = *partner;
        asked->relation = relation;
        asked->scope = request->scope;
        if constexpr (P::terms.partner == mcx::grant::partner_name::issuer) {
            auto const resource = detail::resource_of(*request);
            if (!resource) {
                return resource.error();
            }
            asked->resource = *resource;
        }
        return exchange_petition_by<P>{self_, *asked};
    }

  private:
    static constexpr error refused_claim(errc code, std::string_view name) noexcept {
        return {code, idm::access_token::fields::number_of(name)};
    }

    template <AlgorithmSet Ws>
    [[nodiscard]] result<asked_exchange> by_access_token(
        oauth::token_exchange_request const& request, checked_client const& by,
        workspace<B, Ws>& work, Clock auto const& clock) const {
        auto const accept = [&](oauth::token const& text) {
            return jwt::accept<idm::access_token_profile>(
                text.view(), *own_keys_, work,
                {.to = idm::recipient_of(self_.address), .skew = skew_}, clock);
        };
        auto const access = accept(request.subject_token);
        if (!access) {
            return access.error();
        }
        if (!access->claims().sub) {
            return refused_claim(errc::subject_refused, "sub");
        }
        auto const party = request.actor ? accept(request.actor->token) : access;
        if (!party) {
            return party.error();
        }
        oauth::client_id const& client = party->claims().client_id;
        if (!request.client_id.empty() && request.client_id != client) {
            return refused_claim(errc::client_mismatch, "client_id");
        }
        if (auto const same = by.vouches_for(client); !same) {
            return refused_claim(same.error().code, "client_id");
        }
        auto const actors =
            request.actor ? idm::acting_for(*access, *party) : idm::acting_for(*access);
        if (!actors) {
            return actors.error();
        }
        return asked_exchange{*access->claims().sub, client, *actors, access->claims().exp};
    }

    /// An ID token is for the client to which it was issued, which has to say who it is.
    /// [draft-ietf-oauth-identity-assertion-authz-grant §4.3.1]
    template <AlgorithmSet Ws>
    [[nodiscard]] result<asked_exchange> by_id_token(oauth::token_exchange_request const& request,
                                                     checked_client const& by,
                                                     workspace<B, Ws>& work,
                                                     Clock auto const& clock) const {
        auto const said = by.named(request.client_id);
        if (!said) {
            return detail::refused_parameter(said.error().code, "client_id");
        }
        oauth::client_id const& client = *said;
        auto const token = jwt::parse<idm::id_token_profile>(request.subject_token.view())
                               .and_then(jwt::verify(*own_keys_, work))
                               .and_then(jwt::decode);
        if (!token) {
            return token.error();
        }
        // The login that the token answers was the client's affair: any nonce will do.
        auto const claims =
            jwt::validate(*token,
                          {.to = recipient::from(client.view()).value_or(recipient{}),
                           .skew = skew_,
                           .nonce = token->unvalidated().nonce},
                          clock);
        if (!claims) {
            return claims.error();
        }
        idm::id_token const& login = claims->claims();
        asked_exchange asked{login.sub, client, {}, login.exp};
        asked.login = {login.auth_time, login.acr, login.amr};
        return asked;
    }
};

}  // namespace mcx::role

#endif
