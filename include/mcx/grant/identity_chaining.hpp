// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_IDENTITY_CHAINING_HPP
#define MCX_GRANT_IDENTITY_CHAINING_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/grant/cross_domain.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_type.hpp>

#include <optional>

// The two ways from domain to domain that the IETF describes: identity chaining, which starts from
// an access token and leaves most to its deployment [draft-ietf-oauth-identity-chaining], and the
// identity assertion grant ID-JAG, which starts from an ID token and leaves little
// [draft-ietf-oauth-identity-assertion-authz-grant]. SAML assertions and refresh tokens as subject
// tokens are not here, nor `tenant`; who acts for the subject has no place in either grant.

namespace mcx::grant {

/// The claims of a chained grant: those of RFC 7523 §3, an id, and a scope where one was agreed on.
/// What names a client is an access token. [draft-ietf-oauth-identity-chaining §2.3.3, §2.5]
struct chained_grant {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<jwt_id> jti;
    oauth::scope scope;  // empty: absent

    using fields =
        claim_list<required<"iss", &chained_grant::iss>, required<"sub", &chained_grant::sub>,
                   required<"aud", &chained_grant::aud>, required<"exp", &chained_grant::exp>,
                   optional<"nbf", &chained_grant::nbf>, optional<"iat", &chained_grant::iat>,
                   optional<"jti", &chained_grant::jti>, optional<"scope", &chained_grant::scope>,
                   prohibited<"client_id">>;

    friend constexpr bool operator==(chained_grant const&, chained_grant const&) = default;
};

/// Chained grants as the other domain receives them. That they are for one server is recommended,
/// and asked for here. [draft-ietf-oauth-identity-chaining §2.3.3, §2.4.2]
struct chained_grant_profile {
    using claims = chained_grant;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::sole_audience;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the draft names none
};

/// Identity and authorization chaining across domains. [draft-ietf-oauth-identity-chaining §2]
struct identity_chaining {
    using token = chained_grant_profile;
    static constexpr exchange_terms terms{
        .subject_token_types = {oauth::token_types::access_token, oauth::token_types::jwt},
        .issued_token_type = oauth::token_types::jwt,
        .partner = partner_name::any,
    };
};

/// The claims of an ID-JAG: for one client, at one server, on behalf of one user; then what it is
/// good for, and how the user logged in. [draft-ietf-oauth-identity-assertion-authz-grant §3]
struct identity_assertion {
    issuer iss;
    subject sub;
    audience aud;
    oauth::client_id client_id;
    jwt_id jti;
    instant exp;
    instant iat;
    std::optional<audience> resource;
    oauth::scope scope;  // empty: absent
    std::optional<instant> auth_time;
    std::optional<authentication_context> acr;
    authentication_methods amr;  // empty: absent

    using fields = claim_list<
        required<"iss", &identity_assertion::iss>, required<"sub", &identity_assertion::sub>,
        required<"aud", &identity_assertion::aud>,
        required<"client_id", &identity_assertion::client_id>,
        required<"jti", &identity_assertion::jti>, required<"exp", &identity_assertion::exp>,
        required<"iat", &identity_assertion::iat>,
        optional<"resource", &identity_assertion::resource>,
        optional<"scope", &identity_assertion::scope>,
        optional<"auth_time", &identity_assertion::auth_time>,
        optional<"acr", &identity_assertion::acr>, optional<"amr", &identity_assertion::amr>>;

    friend constexpr bool operator==(identity_assertion const&,
                                     identity_assertion const&) = default;
};

/// ID-JAGs as the other domain receives them; nothing that leaves out its `typ` is one.
/// [draft-ietf-oauth-identity-assertion-authz-grant §3, §4.4]
struct identity_assertion_profile {
    using claims = identity_assertion;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_is<"oauth-id-jag+jwt">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::sole_audience;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the draft names none
};

/// The type of an ID-JAG in a token exchange.
/// [draft-ietf-oauth-identity-assertion-authz-grant §4.3]
inline constexpr oauth::token_type_uri id_jag_type{"urn:ietf:params:oauth:token-type:id-jag"};

/// The identity assertion grant. [draft-ietf-oauth-identity-assertion-authz-grant §4]
struct id_jag {
    using token = identity_assertion_profile;
    static constexpr exchange_terms terms{
        .subject_token_types = {oauth::token_types::id_token},
        .issued_token_type = id_jag_type,
        .partner = partner_name::issuer,
        .has_to_be_requested = true,
    };
};

static_assert(CrossDomainProfile<identity_chaining> && CrossDomainProfile<id_jag>);

}  // namespace mcx::grant

#endif
