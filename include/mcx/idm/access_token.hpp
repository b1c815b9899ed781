// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_ACCESS_TOKEN_HPP
#define MCX_IDM_ACCESS_TOKEN_HPP

#include <mcx/core/time.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/idm/actor.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

#include <optional>

// The access token: opaque to clients, read by the servers of the domain whose IdMS issued it. The
// TS requires few claims; the others are checked where they are there. Told apart from the other
// two kinds by `scope` and `client_id`. [TS 33.180 B.2.2, B.9, B.11.2]

namespace mcx::idm {

/// The claims of tables B.2.2.2-1 and B.2.2.3-1, then what RFC 7519 registers, the identity that
/// later releases add, and delegation. [TS 33.180 B.2.2]
struct access_token {
    instant exp;
    oauth::scope scope;
    oauth::client_id client_id;
    std::optional<mcptt_id> mcptt;
    std::optional<mcvideo_id> mcvideo;
    std::optional<mcdata_id> mcdata;
    std::optional<issuer> iss;
    std::optional<subject> sub;
    std::optional<audience> aud;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<jwt_id> jti;
    std::optional<mcrec_id> mcrec;
    std::optional<actor> may_act;  ///< who may act for the subject [RFC 8693 §4.4]
    std::optional<acting> act;     ///< who does [RFC 8693 §4.1]

    using claims_of_b_2_2 = claim_list<
        required<"exp", &access_token::exp>, required<"scope", &access_token::scope>,
        required<"client_id", &access_token::client_id>, optional<"mcptt_id", &access_token::mcptt>,
        optional<"mcvideo_id", &access_token::mcvideo>,
        optional<"mcdata_id", &access_token::mcdata>, optional<"iss", &access_token::iss>,
        optional<"sub", &access_token::sub>, optional<"aud", &access_token::aud>,
        optional<"nbf", &access_token::nbf>, optional<"iat", &access_token::iat>,
        optional<"jti", &access_token::jti>, optional<"mcrec_id", &access_token::mcrec>,
        optional<"may_act", &access_token::may_act>, optional<"act", &access_token::act>>;

    /// A token that is bound to a key is no bearer's: idm/bound_access_token.hpp has that kind.
    using fields = extended<claims_of_b_2_2, prohibited<"cnf">>;

    friend constexpr bool operator==(access_token const&, access_token const&) = default;
};

/// Access tokens as the servers of their domain receive them. [TS 33.180 B.2.2, B.11.2]
struct access_token_profile {
    using claims = access_token;
    using algorithms = signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT", "at+jwt">;  // as RFC 9068 names access tokens
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_me_if_present;
    static constexpr jwt::limits limits{.lifetime = lifetime::max};  // the TS names none
};

static_assert(jwt::Profile<access_token_profile>);

/// The MC service IDs that an access token carries.
[[nodiscard]] constexpr identities identities_of(access_token const& token) noexcept {
    return {token.mcptt, token.mcvideo, token.mcdata, token.mcrec};
}

}  // namespace mcx::idm

#endif
