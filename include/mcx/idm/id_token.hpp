// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_ID_TOKEN_HPP
#define MCX_IDM_ID_TOKEN_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/jwt/token_hash.hpp>

#include <optional>

// The ID token: tells a client who has logged in, and nothing to anybody else. Told apart from the
// other two kinds by its sole audience, the client, and by having no scope. [TS 33.180 B.2.1,
// B.11.1] What a client asks of one is in idm/login.hpp.

namespace mcx::idm {

/// The claims of table B.2.1.2-1, then those of OpenID Connect that tie the token to a login, then
/// those of table B.2.1.3-1: of the MC service IDs, those of the services that the user has.
/// [TS 33.180 B.2.1, OpenID Connect Core §2]
struct id_token {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    instant iat;
    std::optional<instant> auth_time;
    std::optional<mcx::nonce> nonce;
    std::optional<authentication_context> acr;
    authentication_methods amr;  // empty: absent
    std::optional<authorized_party> azp;
    std::optional<token_hash> at_hash;
    std::optional<token_hash> c_hash;
    std::optional<mcptt_id> mcptt;
    std::optional<mcvideo_id> mcvideo;
    std::optional<mcdata_id> mcdata;
    std::optional<mcrec_id> mcrec;

    using fields =
        claim_list<required<"iss", &id_token::iss>, required<"sub", &id_token::sub>,
                   required<"aud", &id_token::aud>, required<"exp", &id_token::exp>,
                   required<"iat", &id_token::iat>, optional<"auth_time", &id_token::auth_time>,
                   optional<"nonce", &id_token::nonce>, optional<"acr", &id_token::acr>,
                   optional<"amr", &id_token::amr>, optional<"azp", &id_token::azp>,
                   optional<"at_hash", &id_token::at_hash>, optional<"c_hash", &id_token::c_hash>,
                   optional<"mcptt_id", &id_token::mcptt>,
                   optional<"mcvideo_id", &id_token::mcvideo>,
                   optional<"mcdata_id", &id_token::mcdata>, optional<"mcrec_id", &id_token::mcrec>,
                   prohibited<"scope">>;

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

/// The MC service IDs that an ID token tells.
[[nodiscard]] constexpr identities identities_of(id_token const& token) noexcept {
    return {token.mcptt, token.mcvideo, token.mcdata, token.mcrec};
}

}  // namespace mcx::idm

#endif
