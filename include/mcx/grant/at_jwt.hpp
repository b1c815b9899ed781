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
// their `typ`, and by nothing else [RFC 9068]. The access tokens of MC services, which say less and
// carry MC service IDs, are in idm/access_token.hpp; groups, roles and entitlements are read past.

namespace mcx::grant {

/// The claims of an access token: what RFC 9068 §2.2 requires, then how the user logged in, what
/// the token is good for, and the key that its bearer has to prove it holds.
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
    std::optional<confirmation> cnf;

    using fields =
        claim_list<required<"iss", &at_jwt::iss>, required<"exp", &at_jwt::exp>,
                   required<"aud", &at_jwt::aud>, required<"sub", &at_jwt::sub>,
                   required<"client_id", &at_jwt::client_id>, required<"iat", &at_jwt::iat>,
                   required<"jti", &at_jwt::jti>, optional<"auth_time", &at_jwt::auth_time>,
                   optional<"acr", &at_jwt::acr>, optional<"amr", &at_jwt::amr>,
                   optional<"scope", &at_jwt::scope>, optional<"cnf", &at_jwt::cnf>>;

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

}  // namespace mcx::grant

#endif
