// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_WORLD_CHECKS_HPP
#define MCX_TESTS_SUPPORT_WORLD_CHECKS_HPP

#include <doctest/doctest.h>

#include <mcx/core/error_text.hpp>

#include "world.hpp"

#include <string>
#include <string_view>

// What has to hold of the roles together, whatever the backend.

namespace mcx::test {

/// How a token is taken at six places.
struct swap {
    std::string_view token;
    std::string_view primary_a, partner_b, partner_c;
    std::string_view server_a, server_b, server_c;
};

inline constexpr swap swaps[]{
    {"access A", "none", "claim_prohibited", "claim_prohibited", "none", "no_such_key",
     "no_such_key"},
    {"ID A", "claim_missing", "audience_mismatch", "audience_mismatch", "claim_missing",
     "no_such_key", "no_such_key"},
    {"security for B", "claim_missing", "none", "audience_mismatch", "claim_missing", "no_such_key",
     "no_such_key"},
    {"security for C", "claim_missing", "audience_mismatch", "none", "claim_missing", "no_such_key",
     "no_such_key"},
    {"access B", "no_such_key", "unknown_issuer", "claim_prohibited", "no_such_key", "none",
     "no_such_key"},
    {"access C", "no_such_key", "claim_prohibited", "unknown_issuer", "no_such_key", "no_such_key",
     "none"},
};

/// Shows every token of two journeys at every server. Only where it belongs is one accepted.
template <class World>
void check_swaps(World& w, auto& random) {
    fixed_clock const clock = clock_at(0);
    traveller const who;
    auto const home = w.logged_in(who, random, clock);
    journey to_b{w.a, w.b, who};
    journey to_c{w.a, w.c, who};
    CHECK((home && to_b.sets_out(*home, clock) && to_b.gets_vouched_for(random, clock) &&
           to_b.gets_in(random, clock)));
    CHECK((home && to_c.sets_out(*home, clock) && to_c.gets_vouched_for(random, clock) &&
           to_c.gets_in(random, clock)));
    std::string const tokens[]{w.access_token(who, random, clock),
                               w.id_token(who, random, clock),
                               to_b.security_token,
                               to_c.security_token,
                               to_b.access_token,
                               to_c.access_token};
    std::size_t i = 0;
    for (std::string const& token : tokens) {
        swap const& due = swaps[i++];
        CAPTURE(due.token);
        std::string const exchange = exchange_of(token).form();
        std::string const request = bearer_grant_of(token).form();
        std::string const bearer = "Bearer " + token;
        CHECK(name_of(w.a.exchange(exchange, clock).error().code) == due.primary_a);
        CHECK(name_of(w.b.admission(request, clock).error().code) == due.partner_b);
        CHECK(name_of(w.c.admission(request, clock).error().code) == due.partner_c);
        CHECK(name_of(w.a.request(bearer, clock).error().code) == due.server_a);
        CHECK(name_of(w.b.request(bearer, clock).error().code) == due.server_b);
        CHECK(name_of(w.c.request(bearer, clock).error().code) == due.server_c);
    }
}

/// The claims of a security token for B.
[[nodiscard]] inline idm::security_token claims_for_b(issuer const& from, fixed_clock clock) {
    idm::security_token claims;
    claims.iss = from;
    claims.sub = "alice";
    (void)claims.aud.add("radio-at-a");
    (void)claims.aud.add(idm::recipient_of(domain_b.address));
    claims.iat = clock.now();
    claims.exp = clock.now().plus(std::chrono::minutes{10});
    claims.jti = jwt_id("one");
    return claims;
}

/// A server that is trusted for its own users cannot speak for another's, and no server's proof,
/// answer or message is good elsewhere.
template <class World>
void check_foreign_answers(World& w, auto& random) {
    using profile = idm::security_token_profile;
    fixed_clock const clock = clock_at(0);
    auto const at_b = [&](std::string_view token) {
        std::string const body = bearer_grant_of(token).form();
        return w.b.admission(body, clock);
    };

    // C, a primary that B trusts, vouches for its own user and not for A's.
    auto const own = w.c.template issued<profile>(claims_for_b(domain_c.iss, clock), random);
    CHECK(at_b(own)->home() == domain_c.iss);
    auto const usurped = w.c.template issued<profile>(claims_for_b(domain_a.iss, clock), random);
    CHECK(at_b(usurped).error().code == errc::no_such_key);
    // B does not even vouch to itself.
    auto const itself = w.b.template issued<profile>(claims_for_b(domain_b.iss, clock), random);
    CHECK(at_b(itself).error().code == errc::unknown_issuer);

    // The same id from two homes is two tokens; a proof of one is none of the other.
    auto const from_a = w.a.template issued<profile>(claims_for_b(domain_a.iss, clock), random);
    auto const petition_a = at_b(from_a);
    auto const petition_c = at_b(own);
    auto const proof_a = jwt::consume(w.b.used, petition_a->replay());
    CHECK(proof_a);
    role::grant granted;
    granted.scope = "openid";
    role::issuance const with{w.b.key, random, lifetime{std::chrono::minutes{1}}};
    CHECK(petition_c->admit(granted, with, *proof_a, clock).error() == errc::replay_proof_mismatch);
    CHECK(petition_a->admit(granted, with, *proof_a, clock));
    CHECK(jwt::consume(w.b.used, petition_c->replay()));

    // A request of one grant at the endpoint of the other, and answers of the other step.
    std::string const exchange = exchange_of(from_a).form();
    std::string const request = bearer_grant_of(from_a).form();
    CHECK(w.b.admission(exchange, clock).error().code == errc::unsupported_grant_type);
    CHECK(w.a.exchange(request, clock).error().code == errc::unsupported_grant_type);
    role::client::partner const to{domain_b.address, domain_b.token_endpoint, "visitor-17"};
    auto const exchanging = w.logged_in({}, random, clock)->enter_for_group(to, clock);
    std::string const message = exchanging->message(clock)->body;
    auto const vouching =
        w.a.exchange(message, clock)
            ->vouch(role::issuance{w.a.key, random, lifetime{std::chrono::minutes{10}}}, clock);
    std::string const vouched_body = certain(oauth::write_json(*vouching));
    oauth::reply const vouched_reply{200, oauth::json_media_type, vouched_body};
    auto const requesting = exchanging->receive(vouched_reply, clock)->request("openid", clock);
    CHECK(requesting->receive(vouched_reply, clock).error() == errc::response_token_type);
    auto const admission = petition_a->admit(granted, with, *proof_a, clock);
    std::string const admitted_body = certain(oauth::write_json(*admission));
    oauth::reply const admitted_reply{200, oauth::json_media_type, admitted_body};
    CHECK(exchanging->receive(admitted_reply, clock).error() == errc::issued_token_type_mismatch);
    CHECK(requesting->receive(admitted_reply, clock));
}

}  // namespace mcx::test

#endif
