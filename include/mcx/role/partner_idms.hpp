// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PARTNER_IDMS_HPP
#define MCX_ROLE_PARTNER_IDMS_HPP

#include <mcx/role/client_check.hpp>
#include <mcx/role/issuance.hpp>
#include <mcx/role/registration.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/actor.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/exchange_profile.hpp>
#include <mcx/idm/primaries.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/jwt/replay.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/token_response.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

// The partner IdMS in inter-domain authorization: receives a security token as an assertion, checks
// that a primary it trusts made it for this partner, and stops with a petition. Admission takes the
// deployment's grant and a proof that the assertion has not been used before. Grants that are not
// of MC services are received by their profile: `receive<grant::id_jag>`. [TS 33.180 5.1.4.2,
// B.7.4, B.7.5, B.11.3, RFC 7523 §3]

namespace mcx::role {

template <class B, AlgorithmSet As>
    requires Digests<B, sha256>
class partner_idms;

/// A user of another domain asks to be let in. Everything that the security token can show has been
/// checked; whether the client is registered here and what the user may do is for the policy. Only
/// `partner_idms::receive` makes one.
class admission_petition {
    idm::domain self_;
    mcx::grant::statement assertion_;
    idm::acting acting_;
    oauth::client_id client_;
    oauth::scope requested_;
    idm::relation relation_;
    jwt::first_use replay_;

    template <class B, AlgorithmSet As>
        requires Digests<B, sha256>
    friend class partner_idms;
    /// `client` and `requested` are those of the request, as far as the assertion bears them out.
    template <jwt::Profile T>
    admission_petition(idm::domain const& self, jwt::validated<T> const& assertion,
                       oauth::client_id const& client, oauth::scope const& requested,
                       idm::relation relation, jwt::first_use const& replay) noexcept
        : self_(self), assertion_(mcx::grant::statement_of(assertion.claims())), client_(client),
          requested_(requested), relation_(relation), replay_(replay) {
        assertion_.iss = assertion.signed_by();
        if (auto const* act = jwt::detail::find_claim<idm::acting>(assertion.claims(), "act");
            act != nullptr) {
            acting_ = *act;
        }
    }

  public:
    /// The primary IdMS that vouches for the user.
    [[nodiscard]] issuer const& home() const noexcept { return assertion_.iss; }
    /// The user, as the home domain names them.
    [[nodiscard]] mcx::subject const& subject() const noexcept { return assertion_.sub; }
    /// Whom the assertion is for: this IdMS, and the client as it is registered at home.
    [[nodiscard]] audience const& assertion_audience() const noexcept { return assertion_.aud; }
    /// Who acts for the user, the current one first; nobody, where the user's own client asks.
    [[nodiscard]] idm::actor_chain actors() const noexcept { return acting_.chain; }
    /// The client, as it says that it is registered here.
    [[nodiscard]] oauth::client_id const& client() const noexcept { return client_; }
    /// What is asked for, at most what the assertion is good for where that says so; empty where
    /// neither says anything, which is for the policy to fill.
    [[nodiscard]] oauth::scope const& requested() const noexcept { return requested_; }
    /// The servers that the access token is to be good at, where the assertion names some.
    [[nodiscard]] std::optional<audience> const& resource() const noexcept {
        return assertion_.resource;
    }
    /// How the user logged in at home, where the assertion tells.
    [[nodiscard]] mcx::grant::login_facts const& login() const noexcept { return assertion_.login; }
    [[nodiscard]] idm::relation relation() const noexcept { return relation_; }
    /// What has to be remembered for the assertion to be used once: see `jwt::consume`.
    [[nodiscard]] jwt::first_use const& replay() const noexcept { return replay_; }

    /// Issues an access token of this domain. [TS 33.180 B.2.2, B.9]
    /// Fails: replay_proof_mismatch (the proof is of another token), expired (the assertion is over
    /// by now, and its use may be forgotten), value_empty (no scope), scope_not_requested,
    /// identity_not_granted (a scope of a service without the user's identity there); as
    /// `issue_token`.
    [[nodiscard]] result<oauth::token_response> admit(role::grant const& granted,
                                                      Issuance auto const& with,
                                                      jwt::spent const& proof,
                                                      Clock auto const& clock) const {
        instant const now = clock.now();
        if (auto const checked = check(granted, proof, now); !checked) {
            return checked.error();
        }
        auto const id = with.fresh_id();
        if (!id) {
            return id.error();
        }
        idm::access_token claims;
        claims.exp = now.plus(with.valid.value());
        claims.scope = granted.scope;
        claims.client_id = client_;
        claims.mcptt = granted.ids.mcptt;
        claims.mcvideo = granted.ids.mcvideo;
        claims.mcdata = granted.ids.mcdata;
        claims.mcrec = granted.ids.mcrec;
        claims.iss = self_.iss;
        claims.sub = granted.as;
        claims.iat = now;
        claims.jti = *id;
        claims.aud = assertion_.resource;
        if (!acting_.empty()) {
            claims.act = acting_;
        }
        auto response = issue_response<idm::access_token_profile>(claims, with);
        if (response) {
            response->scope = granted.scope;
        }
        return response;
    }

    /// Refuses, for a reason of the policy's. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<oauth::error_response> refuse(errc reason) const noexcept {
        return oauth::answer_to(reason, oauth::grant_type::jwt_bearer);
    }

  private:
    [[nodiscard]] result<void> check(role::grant const& granted, jwt::spent const& proof,
                                     instant now) const noexcept {
        if (proof.use() != replay_) {
            return errc::replay_proof_mismatch;
        }
        if (now >= replay_.until) {
            return errc::expired;
        }
        return check_grant(granted, requested_.empty() ? granted.scope : requested_);
    }
};

namespace detail {

/// Who takes a grant, by the names that the profile knows of it.
[[nodiscard]] constexpr jwt::expectation expected_by(idm::domain const& self,
                                                     mcx::grant::partner_name how,
                                                     leeway skew) noexcept {
    static_assert(issuer::max_size <= recipient::max_size);
    recipient const iss = recipient::from(self.iss.view()).value_or(recipient{});
    jwt::expectation made{
        .to = how == mcx::grant::partner_name::issuer ? iss : idm::recipient_of(self.address),
        .skew = skew};
    if (how == mcx::grant::partner_name::any) {
        (void)made.also.push_back(iss);
        if (auto const endpoint = recipient::from(self.token_endpoint.view())) {
            (void)made.also.push_back(*endpoint);
        }
    }
    return made;
}

/// The client of a request: who sends it, who it names and whom the grant names, as far as any of
/// them says. Fails: as `checked_client::named`; client_mismatch.
template <ClaimSet C>
[[nodiscard]] constexpr result<oauth::client_id> client_of(C const& claims,
                                                           oauth::client_id const& named,
                                                           checked_client const& by) noexcept {
    auto client = by.named(named);
    if (!client) {
        return error{client.error().code,
                     oauth::jwt_bearer_request::fields::number_of("client_id")};
    }
    auto const* granted = jwt::detail::find_claim<oauth::client_id>(claims, "client_id");
    if (granted != nullptr && *granted != *client) {
        return error{errc::client_mismatch, C::fields::number_of("client_id")};
    }
    return client;
}

/// The scope of a request, or else of the grant. Fails: scope_refused (the grant does not go so
/// far).
template <ClaimSet C>
[[nodiscard]] constexpr result<oauth::scope> scope_of(C const& claims,
                                                      oauth::scope const& wanted) noexcept {
    auto const* granted = jwt::detail::find_claim<oauth::scope>(claims, "scope");
    if (granted == nullptr || granted->empty()) {
        return wanted;
    }
    if (!wanted.within(*granted)) {
        return error{errc::scope_refused, C::fields::number_of("scope")};
    }
    return wanted.empty() ? *granted : wanted;
}

}  // namespace detail

/// The partner IdMS of a domain. Borrows the primaries that it trusts.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
    requires Digests<B, sha256>
class partner_idms {
    idm::domain self_;
    trust<B, As> const* primaries_;
    leeway skew_;

  public:
    partner_idms(idm::domain const& self, trust<B, As> const& primaries, leeway skew = {}) noexcept
        : self_(self), primaries_(&primaries), skew_(skew) {}
    partner_idms(idm::domain const&, trust<B, As>&&, leeway = {}) = delete;
    partner_idms(idm::domain const& self, idm::primaries<B, As> const& primaries,
                 leeway skew = {}) noexcept
        : partner_idms(self, primaries.trusted(), skew) {}
    partner_idms(idm::domain const&, idm::primaries<B, As>&&, leeway = {}) = delete;

    /// Receives the body of a JWT bearer request whose assertion is a grant of profile P.
    /// `relation` is what the server can tell of it from its own resource or configuration; the
    /// wire does not say. `by` is who sends it, as `client_check` has found out among the clients
    /// that are registered here.
    /// Fails: as `checked_client::checked_at`, `oauth::parse_form`, `checked_client::named`;
    /// parameter_missing (`client_id`, `scope`: both are required by table B.7.4-1, and no profile
    /// goes without a client); as `jwt::accept` for the assertion; client_mismatch, scope_refused
    /// (the assertion is for another client, or for less); backend.
    template <mcx::grant::CrossDomainProfile P = idm::mc_exchange, AlgorithmSet Ws>
    [[nodiscard]] result<admission_petition> receive(
        std::string_view body, checked_client const& by, workspace<B, Ws>& work,
        Clock auto const& clock, idm::relation relation = idm::relation::unstated) const {
        if (auto const here = by.checked_at(self_.iss); !here) {
            return here.error();
        }
        auto const request = oauth::parse_form<oauth::jwt_bearer_request>(body);
        if (!request) {
            return request.error();
        }
        using fields = oauth::jwt_bearer_request::fields;
        if (P::terms.is_spent_with_a_scope && request->client_id.empty()) {
            return error{errc::parameter_missing, fields::number_of("client_id")};
        }
        if (P::terms.is_spent_with_a_scope && request->scope.empty()) {
            return error{errc::parameter_missing, fields::number_of("scope")};
        }
        auto const token = jwt::parse<typename P::token>(request->assertion.view())
                               .and_then(jwt::verify(*primaries_, work))
                               .and_then(jwt::validate_once<hashing<B, sha256>>(
                                   detail::expected_by(self_, P::terms.partner, skew_), clock));
        if (!token) {
            return token.error();
        }
        auto const& claims = token->claims();
        auto const client = detail::client_of(claims.claims(), request->client_id, by);
        if (!client) {
            return client.error();
        }
        auto const scope = detail::scope_of(claims.claims(), request->scope);
        if (!scope) {
            return scope.error();
        }
        return admission_petition{self_, claims, *client, *scope, relation, token->replay()};
    }
};

}  // namespace mcx::role

#endif
