// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_RESOURCE_SERVER_HPP
#define MCX_ROLE_RESOURCE_SERVER_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/authorised_identity.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/oauth/bearer.hpp>

#include <optional>
#include <string_view>

// The servers of a domain (MC servers, group, configuration and key management): they accept access
// tokens of their own domain's IdMS and of nobody else, and decide operation by operation.
// [TS 33.180 B.10, B.11.2, 5.1.3]

namespace mcx::role {

/// A request whose bearer has shown a good access token of this domain.
class admission {
    jwt::validated<idm::access_token_profile> token_;

  public:
    explicit admission(jwt::validated<idm::access_token_profile> const& token) noexcept
        : token_(token) {}

    [[nodiscard]] oauth::scope const& scope() const noexcept { return token_->scope; }
    [[nodiscard]] oauth::client_id const& client() const noexcept { return token_->client_id; }
    [[nodiscard]] idm::identities identities() const noexcept {
        return idm::identities_of(token_.claims());
    }

    /// The identity for which an operation may be carried out.
    /// Fails: insufficient_scope, identity_mismatch (the token has no identity for the service).
    template <idm::ServiceId Id>
    [[nodiscard]] result<Id> permit(idm::operation<Id> const& what) const noexcept {
        if (!idm::grants(token_->scope, what.needs)) {
            return error{errc::insufficient_scope, idm::access_token::fields::number_of("scope")};
        }
        idm::identities const ids = identities();
        std::optional<Id> const& id = idm::id_of<Id>(ids);
        if (!id) {
            return errc::identity_mismatch;
        }
        return *id;
    }

    /// The same, where the request's signalling names an identity too: it has to be this one.
    template <idm::ServiceId Id>
    [[nodiscard]] result<Id> permit(idm::operation<Id> const& what,
                                    Id const& signalled) const noexcept {
        auto permitted = permit(what);
        if (permitted && *permitted != signalled) {
            return errc::identity_mismatch;
        }
        return permitted;
    }

    /// The identity with its authorisation, for privileged signalling. [TS 33.180 3.1]
    /// Fails: identity_mismatch.
    template <idm::ServiceId Id>
    [[nodiscard]] result<idm::authorised_identity<Id>> authorised() const noexcept {
        return idm::authorised_identity<Id>::of(token_);
    }

    /// Who acts for the user, the current one first; nobody, where the user's own client asks.
    [[nodiscard]] idm::actor_chain actors() const noexcept {
        return token_->act.value_or(idm::acting{}).chain;
    }
};

/// A server of a domain. Borrows the keys of its own IdMS.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class resource_server {
    recipient self_;
    trust<B, As> const* own_idms_;
    leeway skew_;

  public:
    /// `self` is the server's own address, for tokens that name an audience.
    /// Requires: `own_idms` holds one issuer.
    resource_server(recipient const& self, trust<B, As> const& own_idms, leeway skew = {}) noexcept
        : self_(self), own_idms_(&own_idms), skew_(skew) {
        contract(own_idms.size() == 1);
    }
    resource_server(recipient const&, trust<B, As>&&, leeway = {}) = delete;

    /// Receives the value of an Authorization header; empty where the request has none.
    /// Fails: bearer_missing, bearer_malformed, and as `jwt::accept`.
    template <AlgorithmSet Ws>
    [[nodiscard]] result<admission> receive(std::string_view authorization, workspace<B, Ws>& work,
                                            Clock auto const& clock) const {
        auto const bearer = oauth::parse_authorization(authorization);
        if (!bearer) {
            return bearer.error();
        }
        auto const token = jwt::accept<idm::access_token_profile>(
            *bearer, *own_idms_, work, {.to = self_, .skew = skew_}, clock);
        if (!token) {
            return token.error();
        }
        return admission{*token};
    }

    /// The answer to a request that was refused, at `receive` or by an admission, with the scope
    /// that the operation takes. [RFC 6750 §3]
    /// Fails: as `oauth::challenge_for`.
    template <idm::ServiceId Id>
    [[nodiscard]] result<oauth::challenge> challenge(
        error refused, idm::operation<Id> const& what) const noexcept {
        return oauth::scope::of({what.needs}).and_then([&](oauth::scope const& needed) {
            return oauth::challenge_for(refused, needed);
        });
    }
};

}  // namespace mcx::role

#endif
