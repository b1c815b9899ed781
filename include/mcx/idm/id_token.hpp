// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_ID_TOKEN_HPP
#define MCX_IDM_ID_TOKEN_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jwt/profile.hpp>

#include <optional>

// The ID token: tells a client who has logged in, and nothing to anybody else. Told apart from the
// other two kinds by its sole audience, the client, and by having no scope. [TS 33.180 B.2.1,
// B.11.1]

namespace mcx::idm {

/// The claims of tables B.2.1.2-1 and B.2.1.3-1; of the MC service IDs, those of the services that
/// the user has. [TS 33.180 B.2.1]
struct id_token {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    instant iat;
    std::optional<mcptt_id> mcptt;
    std::optional<mcvideo_id> mcvideo;
    std::optional<mcdata_id> mcdata;

    using fields =
        claim_list<required<"iss", &id_token::iss>, required<"sub", &id_token::sub>,
                   required<"aud", &id_token::aud>, required<"exp", &id_token::exp>,
                   required<"iat", &id_token::iat>, optional<"mcptt_id", &id_token::mcptt>,
                   optional<"mcvideo_id", &id_token::mcvideo>,
                   optional<"mcdata_id", &id_token::mcdata>, prohibited<"scope">>;

    friend constexpr bool operator==(id_token const&, id_token const&) = default;
};

/// ID tokens as a client receives them. [TS 33.180 B.2.1, OpenID Connect Core §3.1.3.7]
struct id_token_profile {
    using claims = id_token;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_only_me;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the TS names none
};

static_assert(jwt::Profile<id_token_profile>);

}  // namespace mcx::idm

#endif
