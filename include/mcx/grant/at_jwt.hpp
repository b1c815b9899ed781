// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_AT_JWT_HPP
#define MCX_GRANT_AT_JWT_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

#include <optional>

// Access tokens of the general profile, `at+jwt`: told apart from every other kind of token by
// their `typ`, and by nothing else [RFC 9068]. One that is bound to a key or a certificate is a
// kind of its own, so that no server takes it for a bearer's: whom it is bound to is for
// grant/confirmation.hpp. The access tokens of MC services, which say less and carry MC service
// IDs, are in idm/access_token.hpp; groups, roles and entitlements are read past.

namespace mcx::grant {

/// The claims of an access token: what RFC 9068 §2.2 requires, then how the user logged in, and
/// what the token is good for.
struct at_jwt {
    issuer iss;
    instant exp;
    audience aud;
    subject sub;
    oauth::client_id client_id;
    instant iat;
    jwt_id jti;
    std::optional<instant> auth_time;
    std::optional<authentication_context> acr;
    authentication_methods amr;  // empty: absent
    oauth::scope scope;          // empty: absent

    using claims_of_rfc_9068 =
        claim_list<required<"iss", &at_jwt::iss>, required<"exp", &at_jwt::exp>,
                   required<"aud", &at_jwt::aud>, required<"sub", &at_jwt::sub>,
                   required<"client_id", &at_jwt::client_id>, required<"iat", &at_jwt::iat>,
                   required<"jti", &at_jwt::jti>, optional<"auth_time", &at_jwt::auth_time>,
                   optional<"acr", &at_jwt::acr>, optional<"amr", &at_jwt::amr>,
                   optional<"scope", &at_jwt::scope>>;

    using fields = extended<claims_of_rfc_9068, prohibited<"cnf">>;

    friend constexpr bool operator==(at_jwt const&, at_jwt const&) = default;
};

/// Access tokens as a resource server receives them; nothing that leaves out its `typ` is one.
/// [RFC 9068 §2.1, §4]
struct at_jwt_profile {
    using claims = at_jwt;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_is<"at+jwt">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_me;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the RFC names none
};

static_assert(jwt::Profile<at_jwt_profile>);

/// The claims of an access token, then what its sender has to prove that it has.
/// [RFC 7800 §3.1, RFC 8705 §3.1, RFC 9449 §6.1]
struct bound_at_jwt : at_jwt {
    confirmation cnf;

    using fields = extended<at_jwt::claims_of_rfc_9068, required<"cnf", &bound_at_jwt::cnf>>;

    friend constexpr bool operator==(bound_at_jwt const&, bound_at_jwt const&) = default;
};

/// Bound access tokens as a resource server receives them; nothing that is bound to nothing is one.
struct bound_at_jwt_profile : at_jwt_profile {
    using claims = bound_at_jwt;
};

static_assert(jwt::Profile<bound_at_jwt_profile>);

}  // namespace mcx::grant

#endif
