// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_LOGIN_HPP
#define MCX_ROLE_LOGIN_HPP

#include <mcx/role/client.hpp>
#include <mcx/role/client_token.hpp>

#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/login.hpp>
#include <mcx/oauth/authorization.hpp>
#include <mcx/oauth/authorization_code.hpp>
#include <mcx/oauth/authorization_response.hpp>
#include <mcx/oauth/fresh.hpp>
#include <mcx/oauth/pkce.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/refresh.hpp>
#include <mcx/oauth/transport.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// How an MC client gets home and stays there, as steps: authenticating -> redeeming -> home, and
// home -> refreshing -> home. State, nonce and code verifier are drawn from the caller's randomness
// and kept in the step that needs them. [TS 33.180 B.4.2, B.5, RFC 7636, OpenID Connect Core §3.1]

namespace mcx::role::client {

/// The client redeems the code that the user's login has yielded. [TS 33.180 B.4.2.4, B.4.2.5]
class redeeming {
    client::account account_;
    oauth::authorization_code code_;
    oauth::code_verifier verifier_;
    idm::login asked_;
    oauth::scope wanted_;

  public:
    redeeming(client::account const& account, oauth::authorization_code const& code,
              oauth::code_verifier verifier, idm::login const& asked,
              oauth::scope const& wanted) noexcept
        : account_(account), code_(code), verifier_(std::move(verifier)), asked_(asked),
          wanted_(wanted) {}

    /// The request for the primary's token endpoint. Fails: as `oauth::write_form`.
    [[nodiscard]] result<oauth::request> message() const {
        oauth::access_token_request request;
        request.code = code_;
        request.client_id = account_.client_id;
        request.redirect_uri = account_.redirect_uri;
        request.code_verifier = verifier_.clone();
        auto body = oauth::write_form(request);
        if (!body) {
            return body.error();
        }
        return oauth::request{account_.token_endpoint, *std::move(body)};
    }

    /// Takes the primary's answer, whose ID token has to answer this login. `idms` holds the
    /// primary's issuer and keys, and no others.
    /// Fails: peer_refused, member_missing (`id_token`, `expires_in`), response_token_type (not
    /// Bearer); as `oauth::read_reply`, `idm::accept_id_token`; issuer_mismatch (the keys are
    /// another's).
    template <idm::IdTokenProfile P = idm::id_token_profile, class B, AlgorithmSet As,
              AlgorithmSet Ws>
        requires jwt::HashesTokensFor<B, P>
    [[nodiscard]] result<home> receive(oauth::reply const& reply, trust<B, As> const& idms,
                                       workspace<B, Ws>& work, Clock auto const& clock) const {
        auto const response = oauth::read_reply(reply);
        if (!response) {
            return response.error();
        }
        if (response->id_token.empty()) {
            return error{errc::member_missing,
                         oauth::token_response::fields::number_of("id_token")};
        }
        auto const token =
            idm::accept_id_token<P>(response->id_token.view(), idms, work, asked_,
                                    {response->access_token.view(), code_.view()}, clock);
        if (!token) {
            return token.error();
        }
        id_token const& claims = token->claims();
        if (claims.iss != account_.iss) {
            return error{errc::issuer_mismatch, id_token::fields::number_of("iss")};
        }
        client::session made;
        made.token_endpoint = account_.token_endpoint;
        made.client_id = account_.client_id;
        made.scope = wanted_;
        made.who = client::user{claims.iss, claims.sub, idm::identities_of(claims)};
        made.nonce = asked_.nonce;
        made.login = claims.auth_time;
        made.skew = asked_.skew;
        return home::from(std::move(made), *response, clock);
    }

  private:
    using id_token = idm::id_token;
};

/// Whether a login that was not done in one of the ways asked for is refused.
enum class context : std::uint8_t { wished, demanded };

/// How a user is to log in. [TS 33.180 B.4.2.2, OpenID Connect Core §3.1.2.1]
struct manner {
    oauth::acr_values by = oauth::acr_password;  ///< the favourite first
    context rule = context::wished;              ///< of these ways
    /// An older login is refused, counted from when the tokens come.
    std::optional<std::chrono::seconds> max_age{};
    oauth::prompt prompt{};  ///< empty: as the server likes
    leeway skew{};           ///< how far the primary's clock and this one may be apart
};

/// The client sends its user to the primary IdMS to log in. [TS 33.180 B.4.2.2, B.4.2.3]
class authenticating {
    client::account account_;
    oauth::authentication_request request_;
    oauth::code_verifier verifier_;
    idm::login asked_;

    authenticating(client::account const& account, oauth::authentication_request const& request,
                   oauth::code_verifier verifier, idm::login const& asked) noexcept
        : account_(account), request_(request), verifier_(std::move(verifier)), asked_(asked) {}

    [[nodiscard]] static result<oauth::max_age> age_in(manner const& how) noexcept {
        return how.max_age ? oauth::max_age_of(*how.max_age) : oauth::max_age{};
    }

  public:
    /// Begins a login with a state, a nonce and a code verifier of its own. H is an implementation
    /// of SHA-256. Fails: value_empty (the account is not fully known), out_of_range (as
    /// `oauth::max_age_of`), value_too_long (more than 4 contexts are demanded),
    /// random_unavailable, backend.
    template <Digest H>
    [[nodiscard]] static result<authenticating> begin(client::account const& account,
                                                      oauth::login_scope const& wanted,
                                                      Random auto& random, manner const& how = {}) {
        if (account.iss.empty() || account.client_id.empty() || account.redirect_uri.empty() ||
            account.authorization_endpoint.empty() || account.token_endpoint.empty()) {
            return errc::value_empty;
        }
        auto verifier = oauth::fresh<oauth::code_verifier>(random);
        auto const state = oauth::fresh<oauth::state>(random);
        auto const nonce = oauth::fresh<oauth::nonce>(random);
        if (!verifier || !state || !nonce) {
            return errc::random_unavailable;
        }
        auto const challenge = oauth::challenge_of<H>(*verifier);
        auto const age = age_in(how);
        if (!challenge || !age) {
            return !challenge ? challenge.error() : age.error();
        }
        oauth::authentication_request const request{account.client_id,
                                                    wanted,
                                                    account.redirect_uri,
                                                    *state,
                                                    how.by,
                                                    *challenge,
                                                    *nonce,
                                                    *age,
                                                    how.prompt};
        auto const asked = expectation(request, how);
        if (!asked) {
            return asked.error();
        }
        return authenticating{account, request, *std::move(verifier), *asked};
    }

    /// Where to send the user's agent: the primary's authorization endpoint with the request.
    /// Fails: as `oauth::location`.
    [[nodiscard]] result<std::string> location() const {
        return oauth::location(account_.authorization_endpoint, request_);
    }

    /// Takes the query with which the agent comes back. state_mismatch is to be dropped without a
    /// word: somebody else's answer. Fails: as `oauth::receive_code`. [TS 33.180 B.4.2.3]
    [[nodiscard]] result<redeeming> receive(std::string_view query) const {
        auto const code = oauth::receive_code(query, request_.state, account_.iss.view());
        if (!code) {
            return code.error();
        }
        return redeeming{account_, *code, verifier_.clone(), asked_, request_.scope.scope()};
    }

  private:
    /// What the ID token has to answer. [OpenID Connect Core §3.1.3.7]
    [[nodiscard]] static result<idm::login> expectation(
        oauth::authentication_request const& request, manner const& how) noexcept {
        auto const nonce = mcx::nonce::from(request.nonce.view());
        auto const ways = oauth::scope::from(request.acr_values.view());
        if (!nonce || !ways) {
            return errc::value_character;
        }
        idm::login asked{
            .client = request.client_id, .nonce = *nonce, .max_age = how.max_age, .skew = how.skew};
        if (how.rule == context::demanded) {
            for (std::string_view const way : *ways) {
                auto const added = authentication_context::from(way).and_then(
                    [&](authentication_context const& c) { return asked.acr.push_back(c); });
                if (!added) {
                    return added.error();
                }
            }
        }
        return asked;
    }
};

/// The client renews its tokens at home, where the primary may look again whether the user is still
/// welcome. [TS 33.180 B.5]
class refreshing {
    client::session session_;
    oauth::scope wanted_;

    refreshing(client::session session, oauth::scope const& wanted) noexcept
        : session_(std::move(session)), wanted_(wanted) {}

  public:
    /// Begins where a client is at home; its access token may have expired. `wanted` is some of
    /// what was granted at the login; empty: all of it.
    /// Fails: value_empty (the login brought no refresh token), scope_not_requested (more than was
    /// granted, where that is known).
    [[nodiscard]] static result<refreshing> begin(home const& from,
                                                  oauth::scope const& wanted = {}) {
        if (from.session().refresh_token.empty()) {
            return errc::value_empty;
        }
        oauth::scope const& granted = from.session().scope;
        if (!granted.empty() && !wanted.within(granted)) {
            return errc::scope_not_requested;
        }
        return refreshing{from.session(), wanted};
    }

    /// The request for the primary's token endpoint. Fails: as `oauth::write_form`.
    [[nodiscard]] result<oauth::request> message() const {
        auto body = oauth::write_form(
            oauth::refresh_request{session_.refresh_token, wanted_, session_.client_id});
        if (!body) {
            return body.error();
        }
        return oauth::request{session_.token_endpoint, *std::move(body)};
    }

    /// Takes the primary's answer. An ID token in it is for the same user; a refresh token takes
    /// the place of the one before. `idms` is as at login. Fails: peer_refused,
    /// response_token_type, member_missing (`expires_in`), as `oauth::read_reply`,
    /// `idm::accept_id_token`; issuer_mismatch, subject_refused (another user than the one who
    /// logged in), authentication_context_mismatch (the same one, by another login).
    /// [OpenID Connect Core §12.2]
    template <idm::IdTokenProfile P = idm::id_token_profile, class B, AlgorithmSet As,
              AlgorithmSet Ws>
        requires jwt::HashesTokensFor<B, P>
    [[nodiscard]] result<home> receive(oauth::reply const& reply, trust<B, As> const& idms,
                                       workspace<B, Ws>& work, Clock auto const& clock) const {
        auto const response = oauth::read_reply(reply);
        if (!response) {
            return response.error();
        }
        if (!response->id_token.empty()) {
            auto const same = check_user<P>(*response, idms, work, clock);
            if (!same) {
                return same.error();
            }
        }
        return home::from(session_, *response, wanted_, clock);
    }

  private:
    template <class P>
    [[nodiscard]] result<void> check_user(oauth::token_response const& response, auto const& idms,
                                          auto& work, Clock auto const& clock) const {
        using claims = idm::id_token::fields;
        auto const accept = [&](std::optional<mcx::nonce> const& nonce) {
            return idm::accept_id_token<P>(
                response.id_token.view(), idms, work,
                {.client = session_.client_id, .nonce = nonce, .skew = session_.skew},
                {response.access_token.view(), {}}, clock);
        };
        auto token = accept(std::nullopt);
        if (token.error().code == errc::nonce_mismatch && session_.nonce) {
            token = accept(session_.nonce);  // which it need not repeat
        }
        if (!token) {
            return token.error();
        }
        if (session_.who && token->claims().iss != session_.who->iss) {
            return error{errc::issuer_mismatch, claims::number_of("iss")};
        }
        if (session_.who && token->claims().sub != session_.who->sub) {
            return error{errc::subject_refused, claims::number_of("sub")};
        }
        auto const& login = token->claims().auth_time;
        if (session_.login && login && *login != *session_.login) {
            return error{errc::authentication_context_mismatch, claims::number_of("auth_time")};
        }
        return {};
    }
};

}  // namespace mcx::role::client

#endif
