// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_CROSS_DOMAIN_HPP
#define MCX_GRANT_CROSS_DOMAIN_HPP

#include <mcx/core/time.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_type.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>

// What one way from domain to domain is: a client exchanges a token at home for a grant, and the
// grant, in the other domain, for an access token [RFC 8693, RFC 7523 §2.1]. The roles play the
// flow; a profile, which is a type with a kind of token and a few constants, says how it is worded.
// The profiles of the IETF are in identity_chaining.hpp, that of MC services is in idm/.

namespace mcx::grant {

/// By which of its names the other domain is asked for, and in which parameter; the grant has that
/// name for an audience.
enum class partner_name : std::uint8_t {
    address,  ///< its address, in `resource`
    any,      ///< address, issuer or token endpoint, in `resource` or in `audience`
    issuer,   ///< its issuer, in `audience`; a `resource` is then what is wanted behind it
};

/// How a profile words the two requests and the answer to the first one.
struct exchange_terms {
    /// What may be exchanged; the first is what a client says that it has.
    std::array<oauth::token_type_uri, 2> subject_token_types;
    /// What is issued, and the only thing that may be asked for by name.
    oauth::token_type_uri issued_token_type;
    partner_name partner = partner_name::address;
    bool has_to_be_requested = false;    ///< `requested_token_type` is required
    bool may_be_called_bearer = false;   ///< a client takes that word for "N_A"
    bool audience_names_client = false;  ///< beside the partner
    bool is_spent_with_a_scope = false;  ///< `client_id` and `scope` are required there

    /// Tells whether a token of this type may be exchanged.
    [[nodiscard]] constexpr bool exchanges(oauth::token_type_uri const& type) const noexcept {
        return !type.empty() && (type == subject_token_types[0] || type == subject_token_types[1]);
    }
};

/// How the user logged in at home, as far as that is known. [OpenID Connect Core §2]
struct login_facts {
    std::optional<instant> auth_time{};
    std::optional<authentication_context> acr{};
    authentication_methods amr{};  // empty: not said

    friend constexpr bool operator==(login_facts const&, login_facts const&) = default;
};

/// What a grant says, as far as its claims have room for it.
struct statement {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    instant iat;
    jwt_id jti;
    oauth::client_id client_id;  // as the other domain knows the client; empty: not said
    oauth::scope scope;          // empty: not said
    std::optional<audience> resource{};
    login_facts login{};
};

namespace detail {

/// Tells whether the claims say who vouches for whom to whom.
template <class C>
inline constexpr bool names_parties = jwt::detail::requires_claim<issuer, C>("iss") &&
                                      jwt::detail::requires_claim<subject, C>("sub") &&
                                      jwt::detail::requires_claim<audience, C>("aud");

/// Tells whether the partner takes the audience that the primary writes.
template <class P>
[[nodiscard]] consteval bool takes_what_is_issued() noexcept {
    audience aud;
    if (P::terms.audience_names_client) {
        (void)aud.add(recipient("client"));
    }
    (void)aud.add(recipient("partner"));
    return P::token::audience_rule::check(&aud, jwt::asker{"partner"}) == errc::none;
}

}  // namespace detail

/// Claims that say who vouches for whom to whom.
template <class C>
concept NamesParties = jwt::Expires<C> && detail::names_parties<C>;

/// A partner takes the audience that a primary of the same profile writes.
template <class P>
concept TakesWhatIsIssued = detail::takes_what_is_issued<P>();

/// One way from domain to domain: the kind of token that is the grant, and the terms. Exemplar:
/// `grant::id_jag`. Models: `grant::identity_chaining`, `idm::mc_exchange`, a deployment's own.
/// Used by: the roles that play the flow.
template <class P>
concept CrossDomainProfile = jwt::Profile<typename P::token> && requires {
    { P::terms } -> std::convertible_to<exchange_terms>;
} && NamesParties<typename P::token::claims> && TakesWhatIsIssued<P>;

/// A grant that is good for one client only, which it names as the other domain does.
template <class P>
concept NamesClient =
    CrossDomainProfile<P> &&
    jwt::detail::has_claim<oauth::client_id, typename P::token::claims>("client_id");

/// A grant that can say for what it is good.
template <class P>
concept CarriesScope = CrossDomainProfile<P> &&
                       jwt::detail::has_claim<oauth::scope, typename P::token::claims>("scope");

/// A grant that can say where it is good.
template <class P>
concept NamesResource = CrossDomainProfile<P> &&
                        jwt::detail::has_claim<audience, typename P::token::claims>("resource");

/// The claims of a grant of profile P that says so much; what they have no room for is left out.
template <CrossDomainProfile P>
[[nodiscard]] constexpr typename P::token::claims claims_of(statement const& said) noexcept {
    typename P::token::claims claims;
    jwt::detail::set_claim(claims, "iss", said.iss);
    jwt::detail::set_claim(claims, "sub", said.sub);
    jwt::detail::set_claim(claims, "aud", said.aud);
    jwt::detail::set_claim(claims, "exp", said.exp);
    jwt::detail::set_claim(claims, "iat", said.iat);
    jwt::detail::set_claim(claims, "jti", said.jti);
    if (!said.client_id.empty()) {
        jwt::detail::set_claim(claims, "client_id", said.client_id);
    }
    if (!said.scope.empty()) {
        jwt::detail::set_claim(claims, "scope", said.scope);
    }
    if (said.resource) {
        jwt::detail::set_claim(claims, "resource", *said.resource);
    }
    if (said.login.auth_time) {
        jwt::detail::set_claim(claims, "auth_time", *said.login.auth_time);
    }
    if (said.login.acr) {
        jwt::detail::set_claim(claims, "acr", *said.login.acr);
    }
    jwt::detail::set_claim(claims, "amr", said.login.amr);
    return claims;
}

/// What the claims of a grant say.
template <NamesParties C>
[[nodiscard]] constexpr statement statement_of(C const& claims) noexcept {
    statement said;
    auto const read = [&claims]<class T>(std::string_view name, T& out) {
        if (auto const* found = jwt::detail::find_claim<T>(claims, name); found != nullptr) {
            out = *found;
        }
    };
    auto const read_if_there = [&claims]<class T>(std::string_view name, std::optional<T>& out) {
        if (auto const* found = jwt::detail::find_claim<T>(claims, name); found != nullptr) {
            out = *found;
        }
    };
    read("iss", said.iss);
    read("sub", said.sub);
    read("aud", said.aud);
    read("exp", said.exp);
    read("iat", said.iat);
    read("jti", said.jti);
    read("client_id", said.client_id);
    read("scope", said.scope);
    read_if_there("resource", said.resource);
    read_if_there("auth_time", said.login.auth_time);
    read_if_there("acr", said.login.acr);
    read("amr", said.login.amr);
    return said;
}

}  // namespace mcx::grant

#endif
