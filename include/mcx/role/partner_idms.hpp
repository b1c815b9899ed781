// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PARTNER_IDMS_HPP
#define MCX_ROLE_PARTNER_IDMS_HPP

#include <mcx/role/issuance.hpp>
#include <mcx/role/registration.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/primaries.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/idm/security_token.hpp>
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
// deployment's grant and a proof that the assertion has not been used before.
// [TS 33.180 5.1.4.2, B.7.4, B.7.5, B.11.3, RFC 7523 §3]

namespace mcx::role {

/// A user of another domain asks to be let in. Everything that the security token can show has been
/// checked; whether the client is registered here and what the user may do is for the policy.
class admission_petition {
    idm::domain self_;
    issuer home_;
    idm::security_token assertion_;
    oauth::client_id client_;
    oauth::scope requested_;
    idm::relation relation_;
    jwt::first_use replay_;

  public:
    admission_petition(idm::domain const& self,
                       jwt::validated<idm::security_token_profile> const& assertion,
                       oauth::jwt_bearer_request const& request, idm::relation relation,
                       jwt::first_use const& replay) noexcept
        : self_(self), home_(assertion.signed_by()), assertion_(assertion.claims()),
          client_(request.client_id), requested_(request.scope), relation_(relation),
          replay_(replay) {}

    /// The primary IdMS that vouches for the user.
    [[nodiscard]] issuer const& home() const noexcept { return home_; }
    /// The user, as the home domain names them.
    [[nodiscard]] mcx::subject const& subject() const noexcept { return assertion_.sub; }
    /// Whom the assertion is for: this IdMS, and the client as it is registered at home.
    [[nodiscard]] audience const& assertion_audience() const noexcept { return assertion_.aud; }
    /// Who acts for the user, the current one first; nobody, where the user's own client asks.
    [[nodiscard]] idm::actor_chain actors() const noexcept {
        return assertion_.act.value_or(idm::acting{}).chain;
    }
    /// The client, as it says that it is registered here.
    [[nodiscard]] oauth::client_id const& client() const noexcept { return client_; }
    [[nodiscard]] oauth::scope const& requested() const noexcept { return requested_; }
    [[nodiscard]] idm::relation relation() const noexcept { return relation_; }
    /// What has to be remembered for the assertion to be used once: see `jwt::consume`.
    [[nodiscard]] jwt::first_use const& replay() const noexcept { return replay_; }

    /// Issues an access token of this domain. [TS 33.180 B.2.2, B.9]
    /// Fails: replay_proof_mismatch (the proof is of another token), value_empty (no scope),
    /// scope_not_requested, identity_not_granted (a scope of a service without the user's identity
    /// there); as `jwt::issue`.
    [[nodiscard]] result<oauth::token_response> admit(role::grant const& granted,
                                                      Issuance auto const& with,
                                                      jwt::spent const& proof,
                                                      Clock auto const& clock) const {
        if (auto const checked = check(granted, proof); !checked) {
            return checked.error();
        }
        auto const id = with.fresh_id();
        if (!id) {
            return id.error();
        }
        instant const now = clock.now();
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
        claims.act = assertion_.act;
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
    [[nodiscard]] result<void> check(role::grant const& granted,
                                     jwt::spent const& proof) const noexcept {
        if (proof.use() != replay_) {
            return errc::replay_proof_mismatch;
        }
        return check_grant(granted, requested_);
    }
};

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

    /// Receives the body of a JWT bearer request. `relation` is what the server can tell of it from
    /// its own resource or configuration; the wire does not say.
    /// Fails: as `oauth::parse_form`; parameter_missing (`client_id`, `scope`: both are required by
    /// table B.7.4-1); as `jwt::accept` for the assertion; backend.
    template <AlgorithmSet Ws>
    [[nodiscard]] result<admission_petition> receive(
        std::string_view body, workspace<B, Ws>& work, Clock auto const& clock,
        idm::relation relation = idm::relation::unstated) const {
        auto const request = oauth::parse_form<oauth::jwt_bearer_request>(body);
        if (!request) {
            return request.error();
        }
        using fields = oauth::jwt_bearer_request::fields;
        if (request->client_id.empty()) {
            return error{errc::parameter_missing, fields::number_of("client_id")};
        }
        if (request->scope.empty()) {
            return error{errc::parameter_missing, fields::number_of("scope")};
        }
        auto const token = jwt::parse<idm::security_token_profile>(request->assertion.view())
                               .and_then(jwt::verify(*primaries_, work))
                               .and_then(jwt::validate_once<hashing<B, sha256>>(
                                   {.to = idm::recipient_of(self_.address), .skew = skew_}, clock));
        if (!token) {
            return token.error();
        }
        return admission_petition{self_, token->claims(), *request, relation, token->replay()};
    }
};

}  // namespace mcx::role

#endif
