// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PRIMARY_TOKEN_HPP
#define MCX_ROLE_PRIMARY_TOKEN_HPP

#include <mcx/role/client_check.hpp>
#include <mcx/role/issuance.hpp>
#include <mcx/role/primary_login.hpp>
#include <mcx/role/registration.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/replay.hpp>
#include <mcx/jwt/token_hash.hpp>
#include <mcx/oauth/authorization_code.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/fresh.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/pkce.hpp>
#include <mcx/oauth/refresh.hpp>
#include <mcx/oauth/token_response.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

// The token endpoint of a primary IdMS for its own users: redeems codes and renews tokens of
// clients that `client_check` has let through. It stops with a petition that says which code or
// refresh token it is; the deployment, which keeps the records, answers with the record or with a
// refusal. [TS 33.180 B.4.2.4, B.4.2.5, B.5]

namespace mcx::role {

/// What the server keeps of a refresh token. Whoever keeps it finds it by the token.
struct refresh_record {
    oauth::client_id client;
    logged_in user;
    oauth::scope granted;  ///< at the login: the most that a renewal can have
    instant login;
};

/// Tokens on their way to the client, and what to keep.
struct issued_tokens {
    oauth::token_response response;
    refresh_record record;
};

namespace detail {

/// The hash of the access token, where it is known at compile time which the signer's hash is.
template <class B, class S>
[[nodiscard]] result<std::optional<token_hash>> at_hash_of(std::string_view access_token) noexcept {
    if constexpr (TypedSigner<S>) {
        if constexpr (jwt::HashesFor<B, typename S::algorithm>) {
            auto const hash = jwt::half_hash<typename S::algorithm>::template of<B>(access_token);
            if (!hash) {
                return hash.error();
            }
            return std::optional<token_hash>{hash->claim()};
        }
    }
    return std::optional<token_hash>{};
}

/// The claims of an access token for a user at home.
[[nodiscard]] inline idm::access_token access_claims(idm::domain const& self,
                                                     refresh_record const& of,
                                                     oauth::scope const& scope, instant now,
                                                     lifetime valid, jwt_id const& id) noexcept {
    idm::access_token claims;
    claims.exp = now.plus(valid.value());
    claims.scope = scope;
    claims.client_id = of.client;
    claims.mcptt = of.user.grant.ids.mcptt;
    claims.mcvideo = of.user.grant.ids.mcvideo;
    claims.mcdata = of.user.grant.ids.mcdata;
    claims.mcrec = of.user.grant.ids.mcrec;
    claims.iss = self.iss;
    claims.sub = of.user.sub;
    claims.iat = now;
    claims.jti = id;
    return claims;
}

/// The claims of an ID token for a user at home.
[[nodiscard]] inline result<idm::id_token> id_claims(idm::domain const& self,
                                                     refresh_record const& of, instant now,
                                                     lifetime valid) noexcept {
    auto const client = recipient::from(of.client.view());
    if (!client) {
        return client.error();
    }
    idm::id_token claims;
    claims.iss = self.iss;
    claims.sub = of.user.sub;
    claims.aud = audience{*client};
    claims.exp = now.plus(valid.value());
    claims.iat = now;
    claims.auth_time = of.login;
    claims.acr = of.user.acr;
    claims.mcptt = of.user.grant.ids.mcptt;
    claims.mcvideo = of.user.grant.ids.mcvideo;
    claims.mcdata = of.user.grant.ids.mcdata;
    claims.mcrec = of.user.grant.ids.mcrec;
    return claims;
}

/// Issues the three tokens of a login or a renewal. [TS 33.180 B.4.2.5]
template <class B, class With>
[[nodiscard]] result<issued_tokens> issue_tokens(idm::domain const& self, refresh_record const& of,
                                                 oauth::scope const& scope,
                                                 oauth::nonce const& nonce, With const& with,
                                                 Clock auto const& clock) {
    instant const now = clock.now();
    auto const id = with.fresh_id();
    auto refresh = oauth::fresh<oauth::token>(with.random);
    auto claims = id_claims(self, of, now, with.valid);
    if (!id || !refresh || !claims) {
        return !claims ? claims.error() : error{errc::random_unavailable};
    }
    auto response = issue_response<idm::access_token_profile>(
        access_claims(self, of, scope, now, with.valid, *id), with);
    if (!response) {
        return response.error();
    }
    using signer = std::remove_cvref_t<decltype(with.signer)>;
    auto const hash = at_hash_of<B, signer>(response->access_token.view());
    if (!hash) {
        return hash.error();
    }
    claims->at_hash = *hash;
    if (auto const answered = mcx::nonce::from(nonce.view()); answered) {
        claims->nonce = *answered;
    }
    auto id_token = issue_token<idm::id_token_profile>(*claims, with);
    if (!id_token) {
        return id_token.error();
    }
    response->id_token = *std::move(id_token);
    response->refresh_token = *std::move(refresh);
    response->scope = scope;
    return issued_tokens{*std::move(response), of};
}

}  // namespace detail

template <class B>
    requires Digests<B, sha256>
class primary_token;

/// A client wants to redeem a code. Only `primary_token::receive_code` makes one.
template <class B>
class redemption_petition {
    idm::domain self_;
    oauth::access_token_request request_;
    jwt_id used_;

    friend class primary_token<B>;
    redemption_petition(idm::domain const& self, oauth::access_token_request request,
                        jwt_id const& used) noexcept
        : self_(self), request_(std::move(request)), used_(used) {}

  public:
    /// The code, to find its record by.
    [[nodiscard]] oauth::authorization_code const& code() const noexcept { return request_.code; }
    /// What has to be remembered for the code to be redeemed once: see `jwt::consume`. It is used
    /// up even where the redemption then fails. [RFC 6749 §4.1.2, §10.5]
    [[nodiscard]] jwt::first_use replay(Clock auto const& clock) const noexcept {
        return {self_.iss, used_, false, clock.now().plus(max_code_lifetime)};
    }

    /// Issues an access token, an ID token and a refresh token. [TS 33.180 B.4.2.5]
    /// Fails: replay_proof_mismatch; grant_refused (the code is over), client_mismatch,
    /// redirect_mismatch, code_verifier_mismatch; as `issue_token`.
    [[nodiscard]] result<issued_tokens> redeem(code_record const& of, Issuance auto const& with,
                                               jwt::spent const& proof,
                                               Clock auto const& clock) const {
        if (proof.use().id != used_ || proof.use().from != self_.iss) {
            return errc::replay_proof_mismatch;
        }
        if (auto const checked = check(of, clock.now()); !checked) {
            return checked.error();
        }
        refresh_record const kept{of.client, of.user, of.user.grant.scope, of.login};
        return detail::issue_tokens<B>(self_, kept, of.user.grant.scope, of.nonce, with, clock);
    }

    /// Refuses: grant_refused where there is no such code. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<oauth::error_response> refuse(errc reason) const noexcept {
        return oauth::answer_to(reason, oauth::grant_type::authorization_code);
    }

  private:
    [[nodiscard]] result<void> check(code_record const& of, instant now) const noexcept {
        using fields = oauth::access_token_request::fields;
        if (now >= of.until) {
            return error{errc::grant_refused, fields::number_of("code")};
        }
        if (request_.client_id != of.client) {
            return error{errc::client_mismatch, fields::number_of("client_id")};
        }
        if (request_.redirect_uri != of.redirect) {
            return error{errc::redirect_mismatch, fields::number_of("redirect_uri")};
        }
        return oauth::check_verifier<hashing<B, sha256>>(of.challenge, request_.code_verifier);
    }
};

/// A client wants to renew its tokens. Whether the user is still welcome is for the deployment to
/// look up again. Only `primary_token::receive_refresh` makes one. [TS 33.180 B.5]
template <class B>
class refresh_petition {
    idm::domain self_;
    oauth::refresh_request request_;
    checked_client by_;

    friend class primary_token<B>;
    refresh_petition(idm::domain const& self, oauth::refresh_request request,
                     checked_client const& by) noexcept
        : self_(self), request_(std::move(request)), by_(by) {}

  public:
    /// The refresh token, to find its record by.
    [[nodiscard]] oauth::token const& token() const noexcept { return request_.refresh_token; }
    [[nodiscard]] oauth::scope const& requested() const noexcept { return request_.scope; }

    /// Issues tokens anew, with another refresh token: the one before is to be forgotten.
    /// Fails: as `checked_client::vouches_for`; client_mismatch, scope_refused (more than was
    /// granted at the login); as `issue_token`.
    [[nodiscard]] result<issued_tokens> renew(refresh_record const& of, Issuance auto const& with,
                                              Clock auto const& clock) const {
        using fields = oauth::refresh_request::fields;
        if (auto const same = by_.vouches_for(of.client); !same) {
            return error{same.error().code, fields::number_of("client_id")};
        }
        if (!request_.client_id.empty() && request_.client_id != of.client) {
            return error{errc::client_mismatch, fields::number_of("client_id")};
        }
        if (!request_.scope.within(of.granted)) {
            return error{errc::scope_refused, fields::number_of("scope")};
        }
        oauth::scope const& scope = request_.scope.empty() ? of.granted : request_.scope;
        return detail::issue_tokens<B>(self_, of, scope, {}, with, clock);
    }

    /// Refuses: grant_refused where there is no such token. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<oauth::error_response> refuse(errc reason) const noexcept {
        return oauth::answer_to(reason, oauth::grant_type::refresh_token);
    }
};

/// The token endpoint of a domain for its own users.
template <class B>
    requires Digests<B, sha256>
class primary_token {
    idm::domain self_;

  public:
    explicit primary_token(idm::domain const& self) noexcept : self_(self) {}

    /// Receives the body of an access token request of the client that sends it. Fails: as
    /// `checked_client::checked_at`, `oauth::parse_form`, `checked_client::vouches_for`;
    /// grant_refused (a code that cannot be one of ours).
    [[nodiscard]] result<redemption_petition<B>> receive_code(std::string_view body,
                                                              checked_client const& by) const {
        if (auto const here = by.checked_at(self_.iss); !here) {
            return here.error();
        }
        auto request = oauth::parse_form<oauth::access_token_request>(body);
        if (!request) {
            return request.error();
        }
        if (auto const same = by.vouches_for(request->client_id); !same) {
            return error{same.error().code,
                         oauth::access_token_request::fields::number_of("client_id")};
        }
        auto const used = jwt_id::from(request->code.view());
        if (!used) {
            return error{errc::grant_refused,
                         oauth::access_token_request::fields::number_of("code")};
        }
        return redemption_petition<B>{self_, *std::move(request), *used};
    }

    /// Receives the body of a refresh request of the client that sends it. Fails: as
    /// `checked_client::checked_at`, `oauth::parse_form`.
    [[nodiscard]] result<refresh_petition<B>> receive_refresh(std::string_view body,
                                                              checked_client const& by) const {
        if (auto const here = by.checked_at(self_.iss); !here) {
            return here.error();
        }
        auto request = oauth::parse_form<oauth::refresh_request>(body);
        if (!request) {
            return request.error();
        }
        return refresh_petition<B>{self_, *std::move(request), by};
    }
};

}  // namespace mcx::role

#endif
