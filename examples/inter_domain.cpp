// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inter-domain MC user service authorization, from beginning to end. [TS 33.180 5.1.4, B.7, C.2]
//
// Alice belongs to county A and is to talk in a group of county B. Her client exchanges the access
// token it has from A for a security token made for B, gives that to B, and gets an access token
// with which B's group management server lets her in. All parties run in this one process, each
// with keys of its own, and hand each other nothing but message bodies, which are printed.
//
// Then everything that may go wrong goes wrong, and the check that notices is printed.

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "print.hpp"

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace std::chrono_literals;
using demo::must;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;

// libsodium where it can, Botan for the rest: chosen when this program is compiled.
using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
using keys_of_issuers = mcx::trust<crypto>;

mcx::botan::random system_random;

/// An Identity Management Domain: what others know of it, and the key with which it signs.
template <class A>
struct organisation {
    idm::domain domain;
    mcx::signing_key<A, crypto> key;

    organisation(idm::domain const& d, mcx::key_id const& id)
        : domain(d), key(must(mcx::signing_key<A, crypto>::generate(system_random, id))) {}

    /// Its public key, as it is provisioned into those who trust it.
    void make_known_to(keys_of_issuers& others) const {
        mcx::key_set<crypto> keys;
        must(keys.template add<A>(key.public_key(), key.id()));
        must(others.add(domain.iss, std::move(keys)));
    }

    template <jwt::Profile P>
    std::string issue(typename P::claims const& claims) const {
        return must(jwt::issue<P>(claims, key, system_random));
    }
};

/// The organisations and what their servers have been told about one another.
struct world {
    organisation<mcx::es256> a{{"https://idms.county-a.example", "https://idms.county-a.example",
                                "https://idms.county-a.example/token"},
                               "a-2026"};
    organisation<mcx::eddsa> b{{"https://idms.county-b.example", "https://idms.county-b.example",
                                "https://idms.county-b.example/token"},
                               "b-2026"};
    organisation<mcx::rs256> c{{"https://idms.county-c.example", "https://idms.county-c.example",
                                "https://idms.county-c.example/token"},
                               "c-2026"};
    organisation<mcx::eddsa> stranger{
        {"https://idms.elsewhere.example", "https://idms.elsewhere.example",
         "https://idms.elsewhere.example/token"},
        "x-2026"};
    keys_of_issuers known_to_a, trusted_by_b, known_in_b;
    mcx::workspace<crypto> work;
    mcx::fixed_clock clock{mcx::system_clock{}.now()};

    // Registered with A as one client and with B as another.
    oauth::client_id const client_at_a{"alice-radio"};
    role::client::partner const county_b{b.domain.address, b.domain.token_endpoint,
                                         "visitor-radio-17"};
    // A user has an MC service ID in every domain she has a service in.
    idm::mcptt_id const alice_at_a{"sip:alice@county-a.example"};
    idm::mcptt_id const alice_at_b{"sip:alice.visitor@county-b.example"};

    world() {
        a.make_known_to(known_to_a);
        a.make_known_to(trusted_by_b);
        c.make_known_to(trusted_by_b);
        b.make_known_to(known_in_b);
    }

    void wait(std::chrono::seconds s) { clock.at = clock.at.plus(s); }
};

/// What Alice's client got when she logged in at home; how is for B.4 to say.
oauth::token_response home_login(world const& w) {
    idm::access_token claims;
    claims.exp = w.clock.now().plus(1h);
    claims.scope = "3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service";
    claims.client_id = w.client_at_a;
    claims.mcptt = w.alice_at_a;
    claims.iss = w.a.domain.iss;
    claims.sub = mcx::subject("alice");
    claims.iat = w.clock.now();

    oauth::token_response login;
    login.access_token = must(oauth::token::from(w.a.issue<idm::access_token_profile>(claims)));
    login.expires_in = oauth::seconds_left{mcx::lifetime(1h)};
    return login;
}

/// A's token endpoint: which partners there are is the operator's policy.
mcx::result<oauth::token_response> primary_answers(world& w, std::string_view body) {
    role::primary_idms const idms{w.a.domain, w.known_to_a};
    auto const petition = idms.receive(body, w.work, w.clock);
    if (!petition) {
        return petition.error();
    }
    if (petition->partner() != w.b.domain.address) {
        return mcx::errc::unknown_partner;
    }
    return petition->vouch(role::issuance{w.a.key, system_random, mcx::lifetime(10min)}, w.clock);
}

/// B's token endpoint: who is registered here and what visitors may do is the operator's policy.
template <jwt::ReplayMemory M>
mcx::result<oauth::token_response> partner_answers(world& w, M& memory, std::string_view body) {
    role::partner_idms const idms{w.b.domain, w.trusted_by_b};
    auto const petition = idms.receive(body, w.work, w.clock);
    if (!petition) {
        return petition.error();
    }
    if (petition->client() != w.county_b.client_id) {
        return mcx::errc::unknown_client;
    }
    auto const first = jwt::consume(memory, petition->replay());
    if (!first) {
        return first.error();
    }
    role::grant granted;
    granted.scope = "3gpp:mc:ptt_group_management_service";
    granted.ids.mcptt = w.alice_at_b;
    return petition->admit(granted, role::issuance{w.b.key, system_random, mcx::lifetime(30min)},
                           *first, w.clock);
}

/// B's group management server.
mcx::result<idm::mcptt_id> group_server_answers(world& w, std::string_view authorization) {
    role::resource_server const server{"https://gms.county-b.example", w.known_in_b};
    auto const admission = server.receive(authorization, w.work, w.clock);
    if (!admission) {
        return admission.error();
    }
    return admission->permit(idm::operations::ptt_group_management);
}

/// The replies as they come over the wire.
oauth::reply ok(std::string const& body) {
    return {200, oauth::json_media_type, body};
}

using memory = jwt::bounded_memory<64, mcx::fixed_clock>;

/// The tokens that come by in the flow, for the refusals.
struct loot {
    std::string security_token;
    std::string assertion_body;
};

loot play_flow(world& w, memory& used) {
    demo::title("Step 3: Alice has logged in at home; her client holds this access token of A");
    auto const login = home_login(w);
    demo::show_token(login.access_token.view());
    auto const home = must(role::client::home::from(w.a.domain.token_endpoint, login, w.clock));

    demo::title("Step 5: the user profile says that the group is homed in county B");
    auto const exchanging = must(home.enter_for_group(w.county_b, w.clock));

    demo::title("Step 6a: client -> primary IdMS of A: token exchange (B.7.2)");
    auto const exchange = must(exchanging.message(w.clock));
    demo::show_request(exchange);

    demo::title("Step 6b: primary IdMS of A -> client: a security token for B (B.7.3, B.8)");
    auto const vouching = must(primary_answers(w, exchange.body));
    std::string const vouching_body = must(oauth::write_json(vouching));
    demo::show_body(vouching_body);
    demo::show_token(vouching.access_token.view());
    auto const vouched = must(exchanging.receive(ok(vouching_body), w.clock));

    demo::title("Step 7: client -> partner IdMS of B: JWT bearer grant (B.7.4)");
    auto const requesting =
        must(vouched.request("3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service", w.clock));
    auto const request = must(requesting.message(w.clock));
    demo::show_request(request);

    demo::title("Step 8: partner IdMS of B -> client: an access token of B (B.7.5, B.9)");
    auto const admission = must(partner_answers(w, used, request.body));
    std::string const admission_body = must(oauth::write_json(admission));
    demo::show_body(admission_body);
    demo::show_token(admission.access_token.view());
    auto const admitted = must(requesting.receive(ok(admission_body), w.clock));

    demo::title("Step 9: client -> group management server of B, with the token as bearer (B.10)");
    std::string const bearer = must(admitted.bearer(w.clock));
    demo::show_line("Authorization: " + bearer);
    auto const who = must(group_server_answers(w, bearer));
    demo::show_line("admitted: " + std::string{who.view()} + " for " +
                    std::string{admitted.scope().view()});
    return {std::string{vouching.access_token.view()}, request.body};
}

/// A request for B's token endpoint with this assertion.
std::string bearer_request(world const& w, std::string_view assertion) {
    oauth::jwt_bearer_request request;
    request.assertion = must(oauth::token::from(assertion));
    request.client_id = w.county_b.client_id;
    request.scope = "3gpp:mc:ptt_group_management_service";
    return must(oauth::write_form(request));
}

/// A security token that is right, for the refusals to make wrong.
idm::security_token right_claims(world const& w) {
    idm::security_token claims;
    claims.iss = w.a.domain.iss;
    claims.sub = "alice";
    must(claims.aud.add("alice-radio"));
    must(claims.aud.add(idm::recipient_of(w.b.domain.address)));
    claims.iat = w.clock.now();
    claims.exp = w.clock.now().plus(10min);
    return claims;
}

/// The token as Mallory would like to have it: her name in it, the signature as it was.
std::string with_another_subject(std::string_view token) {
    auto const parts = must(mcx::jws::split(token, oauth::token::max_size));
    char text[4096];
    std::string claims{must(mcx::base64url::decode_text(parts.payload, text))};
    std::string_view const alice = R"("sub":"alice")";
    claims.replace(claims.find(alice), alice.size(), R"("sub":"mallory")");
    std::string payload(mcx::base64url::encoded_size(claims.size()), '\0');
    mcx::base64url::encode(mcx::as_bytes(claims), payload);
    return std::string{parts.header}.append(".").append(payload).append(".").append(
        parts.signature);
}

void play_refusals_of_the_partner(world& w, memory& used, loot const& seen) {
    using profile = idm::security_token_profile;
    auto const try_assertion = [&](std::string_view name, std::string_view assertion) {
        auto const answer = partner_answers(w, used, bearer_request(w, assertion));
        demo::show_refusal<profile>(name, answer);
    };

    demo::title("Refusals of the partner IdMS of B");
    idm::security_token claims = right_claims(w);
    claims.iat = w.clock.now().plus(-20min);
    claims.exp = w.clock.now().plus(-10min);
    try_assertion("expired", w.a.issue<profile>(claims));

    claims = right_claims(w);
    claims.aud = mcx::audience("alice-radio");
    try_assertion("wrong audience", w.a.issue<profile>(claims));

    claims = right_claims(w);
    claims.aud = mcx::audience("alice-radio");
    must(claims.aud.add(idm::recipient_of(w.c.domain.address)));
    try_assertion("made for another partner", w.a.issue<profile>(claims));

    try_assertion("altered", with_another_subject(seen.security_token));

    claims = right_claims(w);
    claims.iss = w.stranger.domain.iss;
    try_assertion("unknown issuer", w.stranger.issue<profile>(claims));

    claims = right_claims(w);
    claims.iss = w.c.domain.iss;
    try_assertion("issuer C, key of A", w.a.issue<profile>(claims));

    try_assertion("wrong token kind: an access token", home_login(w).access_token.view());

    demo::show_refusal<profile>("assertion replayed",
                                partner_answers(w, used, seen.assertion_body));
}

void play_refusals_elsewhere(world& w) {
    demo::title("Refusals elsewhere");
    auto const login = home_login(w);
    auto const home = must(role::client::home::from(w.a.domain.token_endpoint, login, w.clock));
    role::client::partner const unknown{w.stranger.domain.address, w.stranger.domain.token_endpoint,
                                        "radio"};
    auto const exchange = must(must(home.enter_by_migration(unknown, w.clock)).message(w.clock));
    demo::show_refusal<idm::access_token_profile>("A does not know the partner",
                                                  primary_answers(w, exchange.body));
    demo::show_refusal<idm::access_token_profile>(
        "A's access token at B's group server",
        group_server_answers(w, "Bearer " + std::string{login.access_token.view()}));
    w.wait(2h);
    demo::show_refusal<idm::access_token_profile>("client sends a token past its time",
                                                  home.enter_for_group(w.county_b, w.clock));
}

}  // namespace

int main() {
    world w;
    memory used{w.clock};
    loot const seen = play_flow(w, used);
    play_refusals_of_the_partner(w, used, seen);
    play_refusals_elsewhere(w);
    return demo::all_as_told() ? EXIT_SUCCESS : EXIT_FAILURE;
}
