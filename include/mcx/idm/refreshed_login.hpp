// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_REFRESHED_LOGIN_HPP
#define MCX_IDM_REFRESHED_LOGIN_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/idm/login.hpp>
#include <mcx/oauth/token.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

// The ID token that a refresh may bring: it tells of the login that the client knows, and of no
// other. Besides being accepted like the first it repeats what that one said of who logged in, for
// whom and when. The contexts and the `max_age` of the request are not asked for again: they were
// about the login, not about its renewal. [OpenID Connect Core §12.2]

namespace mcx::idm {

/// What a client keeps of the ID token of a login.
struct first_login {
    issuer iss;
    subject sub;
    audience aud;
    instant iat;
    std::optional<instant> auth_time{};
    std::optional<authorized_party> azp{};
    std::optional<mcx::nonce> nonce{};

    friend constexpr bool operator==(first_login const&, first_login const&) = default;
};

/// What there is to keep of the ID token of a login.
template <IdTokenProfile P>
[[nodiscard]] constexpr first_login first_login_of(jwt::validated<P> const& token) noexcept {
    id_token const& claims = token.claims();
    return {claims.iss,       claims.sub, claims.aud,  claims.iat,
            claims.auth_time, claims.azp, claims.nonce};
}

namespace detail {

/// Tells whether two audiences name the same parties, in whatever order.
[[nodiscard]] constexpr bool same_parties(audience const& a, audience const& b) noexcept {
    auto const within = [](audience const& some, audience const& all) {
        return std::all_of(some.begin(), some.end(),
                           [&all](recipient const& r) { return all.names(r.view()); });
    };
    return within(a, b) && within(b, a);
}

/// Tells whether a time of login is that of the first one: the same where that one told, and else
/// none after the first token was issued.
[[nodiscard]] constexpr bool same_time(std::optional<instant> const& told,
                                       first_login const& first) noexcept {
    return !told || (first.auth_time ? *told == *first.auth_time : *told <= first.iat);
}

}  // namespace detail

/// Checks that the ID token of a refresh is about the same login as the first one. A nonce or a
/// time of login that it leaves out is not missed; an authorised party is.
/// Fails: issuer_mismatch, subject_refused, audience_mismatch, login_mismatch (`auth_time`),
/// authorized_party_mismatch, nonce_mismatch; `where` is the claim's number.
/// [OpenID Connect Core §12.2]
template <IdTokenProfile P>
[[nodiscard]] constexpr result<void> check_same_login(jwt::validated<P> const& renewed,
                                                      first_login const& first) noexcept {
    id_token const& claims = renewed.claims();
    if (claims.iss != first.iss) {
        return detail::login_refused<P>(errc::issuer_mismatch, "iss");
    }
    if (claims.sub != first.sub) {
        return detail::login_refused<P>(errc::subject_refused, "sub");
    }
    if (!detail::same_parties(claims.aud, first.aud)) {
        return detail::login_refused<P>(errc::audience_mismatch, "aud");
    }
    if (!detail::same_time(claims.auth_time, first)) {
        return detail::login_refused<P>(errc::login_mismatch, "auth_time");
    }
    if (claims.azp != first.azp) {
        return detail::login_refused<P>(errc::authorized_party_mismatch, "azp");
    }
    if (claims.nonce && claims.nonce != first.nonce) {
        return detail::login_refused<P>(errc::nonce_mismatch, "nonce");
    }
    return {};
}

/// Accepts the ID token that came with a refresh, beside this access token. `idms` holds the issuer
/// to whom the request was sent, and no other.
/// Fails: as `accept_id_token`, as `check_same_login`.
/// Cost: that of two verifications where the token repeats the nonce, which few do.
/// [OpenID Connect Core §12.2]
template <IdTokenProfile P = id_token_profile, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires jwt::HashesTokensFor<B, P>
[[nodiscard]] result<jwt::validated<P>> accept_refreshed_id_token(
    std::string_view text, trust<B, As> const& idms, workspace<B, Ws>& work,
    oauth::client_id const& client, first_login const& first, std::string_view access_token,
    Clock auto const& clock, leeway skew = {}) noexcept {
    login asked{.client = client, .skew = skew};
    auto token = accept_id_token<P>(text, idms, work, asked, {access_token, {}}, clock);
    if (!token && token.error().code == errc::nonce_mismatch && first.nonce) {
        asked.nonce = first.nonce;
        token = accept_id_token<P>(text, idms, work, asked, {access_token, {}}, clock);
    }
    if (!token) {
        return token;
    }
    if (auto const same = check_same_login(*token, first); !same) {
        return same.error();
    }
    return token;
}
template <IdTokenProfile P = id_token_profile, class B, AlgorithmSet As, AlgorithmSet Ws>
void accept_refreshed_id_token(std::string_view, trust<B, As>&&, workspace<B, Ws>&,
                               oauth::client_id const&, first_login const&, std::string_view,
                               Clock auto const&, leeway = {}) = delete;

}  // namespace mcx::idm

#endif
