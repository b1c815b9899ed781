// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_LOGIN_HPP
#define MCX_IDM_LOGIN_HPP

#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/token_hash.hpp>
#include <mcx/oauth/token.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string_view>

// What a client asks of the ID token that answers its login, all of OpenID Connect Core §3.1.3.7 in
// one call: issuer, audience and authorised party, signature, times, nonce, `acr`, `auth_time`, and
// the hashes of the access token and the code. Encryption (step 1) and MACs (step 8) do not exist
// here. [TS 33.180 B.11.1]

namespace mcx::idm {

/// Authentication contexts in the order of preference. [TS 33.180 table B.4.2.2-1]
using authentication_contexts = list<authentication_context, 4>;

/// The password, which every IdMS supports. [TS 33.180 B.4.2.2]
inline constexpr authentication_context password_context{"3gpp:acr:password"};

/// What the client knows of its own request: what it sent has to come back.
struct login {
    oauth::client_id client;
    std::optional<mcx::nonce> nonce{};
    authentication_contexts acr{};                  ///< any of these will do; empty: any at all
    std::optional<std::chrono::seconds> max_age{};  ///< since the user last logged in
    leeway skew{};
};

/// What came beside the ID token; empty: nothing.
struct login_artefacts {
    std::string_view access_token{};
    std::string_view code{};
};

/// An ID token's profile: this one, or one that narrows it.
template <class P>
concept IdTokenProfile = jwt::Profile<P> && std::same_as<typename P::claims, id_token>;

namespace detail {

template <IdTokenProfile P>
[[nodiscard]] constexpr error login_refused(errc code, std::string_view claim) noexcept {
    return {code, P::claims::fields::number_of(claim)};
}

/// Step 12: an `acr` is one of those asked for.
template <IdTokenProfile P>
[[nodiscard]] constexpr result<void> check_context(jwt::validated<P> const& token,
                                                   login const& asked) noexcept {
    if (!asked.acr.empty() && (!token->acr || !asked.acr.contains(*token->acr))) {
        return login_refused<P>(errc::authentication_context_mismatch, "acr");
    }
    return {};
}

/// A hash that is there goes with what came beside the token. [OpenID Connect Core §3.1.3.8]
template <class B, IdTokenProfile P>
[[nodiscard]] result<void> check_hashes(jwt::validated<P> const& token,
                                        login_artefacts const& beside) noexcept {
    if (token->at_hash) {
        auto const checked = jwt::check_access_token<B>(token, beside.access_token);
        if (!checked) {
            return checked;
        }
    }
    return token->c_hash ? jwt::check_code<B>(token, beside.code) : result<void>{};
}

}  // namespace detail

/// Accepts the ID token of a login. `idms` holds the issuer to whom the request was sent, and no
/// other.
/// Fails: unknown_issuer (another number of issuers than one), value_empty (no client), as
/// `jwt::accept`, authentication_context_mismatch, token_hash_mismatch, backend.
/// [OpenID Connect Core §3.1.3.7]
template <IdTokenProfile P = id_token_profile, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires jwt::HashesTokensFor<B, P>
[[nodiscard]] result<jwt::validated<P>> accept_id_token(std::string_view text,
                                                        trust<B, As> const& idms,
                                                        workspace<B, Ws>& work, login const& asked,
                                                        login_artefacts const& beside,
                                                        Clock auto const& clock) noexcept {
    if (idms.size() != 1) {
        return errc::unknown_issuer;
    }
    auto const to = recipient::from(asked.client.view());
    if (!to) {
        return to.error();
    }
    auto token = jwt::accept<P>(
        text, idms, work,
        {.to = *to, .skew = asked.skew, .nonce = asked.nonce, .login_within = asked.max_age},
        clock);
    if (!token) {
        return token;
    }
    if (auto const checked = detail::check_context(*token, asked); !checked) {
        return checked.error();
    }
    if (auto const checked = detail::check_hashes<B>(*token, beside); !checked) {
        return checked.error();
    }
    return token;
}
template <IdTokenProfile P = id_token_profile, class B, AlgorithmSet As, AlgorithmSet Ws>
void accept_id_token(std::string_view, trust<B, As>&&, workspace<B, Ws>&, login const&,
                     login_artefacts const&, Clock auto const&) = delete;

}  // namespace mcx::idm

#endif
