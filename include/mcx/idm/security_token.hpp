// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_SECURITY_TOKEN_HPP
#define MCX_IDM_SECURITY_TOKEN_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jwt/profile.hpp>

#include <optional>

// The security token: obtained from the primary IdMS, spent at one partner IdMS, good for nothing
// else. Told apart from the other two kinds by its audience, the partner and the client, and by
// having no scope. [TS 33.180 5.1.4.2, B.8, B.11.3]

namespace mcx::idm {

/// The claims of table B.8-1, then the `jti` by which a partner recognises a token it has seen.
/// [TS 33.180 B.8]
struct security_token {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    instant iat;
    std::optional<jwt_id> jti;

    using fields =
        claim_list<required<"iss", &security_token::iss>, required<"sub", &security_token::sub>,
                   required<"aud", &security_token::aud>, required<"exp", &security_token::exp>,
                   required<"iat", &security_token::iat>, optional<"jti", &security_token::jti>,
                   prohibited<"scope">>;

    friend constexpr bool operator==(security_token const&, security_token const&) = default;
};

/// Security tokens as the partner IdMS receives them. [TS 33.180 B.7.4, B.8, RFC 7523 §3]
struct security_token_profile {
    using claims = security_token;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_me_and_another;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the TS names none
};

static_assert(jwt::Profile<security_token_profile>);

}  // namespace mcx::idm

#endif
