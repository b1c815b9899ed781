// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_RESOURCE_SERVER_HPP
#define MCX_ROLE_RESOURCE_SERVER_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/oauth/bearer.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

// The servers of a domain (MC servers, group, configuration and key management): they accept access
// tokens of their own domain's IdMS and of nobody else, and decide operation by operation.
// [TS 33.180 B.10, B.11.2, 5.1.3]

namespace mcx::role {

/// A request whose bearer has shown a good access token of this domain.
class admission {
    idm::access_token token_;

  public:
    explicit admission(jwt::validated<idm::access_token_profile> const& token) noexcept
        : token_(token.claims()) {}

    [[nodiscard]] oauth::scope const& scope() const noexcept { return token_.scope; }
    [[nodiscard]] oauth::client_id const& client() const noexcept { return token_.client_id; }
    [[nodiscard]] idm::identities identities() const noexcept { return idm::identities_of(token_); }

    /// The identity for which an operation may be carried out.
    /// Fails: insufficient_scope, identity_mismatch (the token has no identity for the service).
    template <idm::ServiceId Id>
    [[nodiscard]] result<Id> permit(idm::operation<Id> const& what) const noexcept {
        if (!token_.scope.contains(what.needs.view())) {
            return error{errc::insufficient_scope, number_of("scope")};
        }
        std::optional<Id> const& id = identity<Id>();
        if (!id) {
            return errc::identity_mismatch;
        }
        return *id;
    }

    /// The same, where the request's signalling names an identity too: it has to be this one.
    template <idm::ServiceId Id>
    [[nodiscard]] result<Id> permit(idm::operation<Id> const& what,
                                    Id const& signalled) const noexcept {
        auto const permitted = permit(what);
        if (permitted && *permitted != signalled) {
            return errc::identity_mismatch;
        }
        return permitted;
    }

  private:
    static constexpr std::uint16_t number_of(std::string_view name) noexcept {
        return idm::access_token::fields::number_of(name);
    }

    template <idm::ServiceId Id>
    [[nodiscard]] std::optional<Id> const& identity() const noexcept {
        if constexpr (std::same_as<Id, idm::mcptt_id>) {
            return token_.mcptt;
        } else if constexpr (std::same_as<Id, idm::mcvideo_id>) {
            return token_.mcvideo;
        } else {
            return token_.mcdata;
        }
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
};

}  // namespace mcx::role

#endif
