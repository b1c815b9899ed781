// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MC_TOKENS_HPP
#define MCX_TESTS_SUPPORT_MC_TOKENS_HPP

#include <mcx/idm/access_token.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/issue.hpp>

#include "mock.hpp"
#include "tokens.hpp"

#include <string>
#include <string_view>

// One token of each kind that MC services know, all of the same issuer and for the same user, and
// the parties that they are for.

namespace mcx::test {

inline constexpr std::string_view home_idms = "https://idms.home.example";
inline constexpr std::string_view partner_idms = "https://idms.partner.example";
inline constexpr std::string_view mc_server = "https://mcptt.home.example";
inline constexpr std::string_view mc_client = "mc-client-7";
inline constexpr fixed_clock noon{{1'700'000'000}};

inline audience audience_of(std::initializer_list<std::string_view> names) {
    audience made;
    for (std::string_view const name : names) {
        contract(made.add(certain(recipient::from(name))).has_value());
    }
    return made;
}

inline idm::id_token sample_id_token() {
    idm::id_token t;
    t.iss = certain(issuer::from(home_idms));
    t.sub = certain(subject::from("alice"));
    t.aud = audience_of({mc_client});
    t.exp = noon.at.plus(std::chrono::seconds{600});
    t.iat = noon.at;
    t.mcptt = certain(idm::mcptt_id::from("sip:alice@mcptt.home.example"));
    return t;
}

inline idm::access_token sample_access_token() {
    idm::access_token t;
    t.exp = noon.at.plus(std::chrono::seconds{600});
    t.scope = certain(oauth::scope::from("openid 3gpp:mc:ptt_service"));
    t.client_id = certain(oauth::client_id::from(mc_client));
    t.mcptt = certain(idm::mcptt_id::from("sip:alice@mcptt.home.example"));
    t.iss = certain(issuer::from(home_idms));
    t.sub = certain(subject::from("alice"));
    t.aud = audience_of({mc_server});
    t.iat = noon.at;
    t.jti = certain(jwt_id::from("access 1"));
    return t;
}

inline idm::security_token sample_security_token() {
    idm::security_token t;
    t.iss = certain(issuer::from(home_idms));
    t.sub = certain(subject::from("alice"));
    t.aud = audience_of({mc_client, partner_idms});
    t.exp = noon.at.plus(std::chrono::seconds{600});
    t.iat = noon.at;
    t.jti = certain(jwt_id::from("security 1"));
    return t;
}

/// Issues a token of profile P with the RFC's key of algorithm A.
template <class P, class A = es256>
std::string issued(typename P::claims const& claims) {
    auto key = certain(signing_key<A, credulous>::from(rfc_example<A>::private_key(), {}));
    counted_random random;
    return certain(jwt::issue<P>(claims, key, random));
}

/// Accepts a token of profile P in the name of one party, at noon, from the home IdMS.
template <class P, class B = credulous>
result<jwt::validated<P>> accepted_by(std::string_view self, std::string_view text) {
    static auto const issuers = trust_in<B>({home_idms});
    static workspace<B> work;
    return jwt::accept<P>(text, issuers, work, {.to = certain(recipient::from(self))}, noon);
}

}  // namespace mcx::test

#endif
