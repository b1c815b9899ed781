// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inter-domain MC user service authorization, from beginning to end. [TS 33.180 5.1, B, C.2]
//
// Alice belongs to county A. She logs in, is to talk in a group of county B, and then moves to
// state C. Her client exchanges the access token it has from A for a security token made for one
// partner, gives that to the partner, and gets an access token with which the partner's servers let
// her in. All parties run in this one process, each with keys of its own, and hand each other
// nothing but messages, which are printed.
//
// Then everything that may go wrong goes wrong, and the check that notices is printed.

#include "inter_domain_client_refusals.hpp"
#include "inter_domain_refusals.hpp"
#include "inter_domain_world.hpp"
#include "print.hpp"

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace demo {
namespace {

namespace client = role::client;

/// Sends a message to a token endpoint and shows both ways.
template <class Endpoint>
std::string ask(Endpoint&& endpoint, oauth::request const& request) {
    show_request(request);
    std::string const body = must(oauth::write_json(must(endpoint(request.body))));
    show_body(body);
    return body;
}

client::home play_login(world& w, loot& seen) {
    title("Login: client -> authorization endpoint of A, by the user's agent (B.4.2.2, PKCE)");
    auto const authenticating =
        must(client::authenticating::begin<mcx::hashing<crypto, mcx::sha256>>(
            w.at_home,
            must(oauth::login_scope::from(
                "openid 3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service")),
            system_random, {.rule = client::context::demanded}));
    std::string const location = must(authenticating.location());
    show_line("GET " + location);
    seen.login_query = oauth::query_of(std::string_view{location});

    title("Login: Alice has shown who she is; the agent comes back with a code (B.4.2.3)");
    std::string const back = must(a_logs_in(w, seen.login_query));
    show_line("GET " + back);
    auto const redeeming = must(authenticating.receive(oauth::query_of(std::string_view{back})));

    title("Login: client -> token endpoint of A, with the code verifier (B.4.2.4, B.4.2.5)");
    auto const request = must(redeeming.message());
    seen.redemption = request.body;
    std::string const tokens = ask([&](auto const& body) { return a_answers(w, body); }, request);
    auto home = must(redeeming.receive(ok(tokens), w.known_in_a, w.work, w.clock));
    auto const& who = *home.session().who;
    show_line("logged in: " + std::string{who.login.sub.view()} + ", " +
              std::string{who.ids.mcptt->view()});
    seen.access_token = must(oauth::parse_json<oauth::token_response>(tokens)).access_token.view();
    show_token(seen.access_token);
    return home;
}

client::home play_refresh(world& w, client::home const& home) {
    title("Fifty minutes later: the client renews its tokens at home (B.5)");
    w.wait(50min);
    auto const refreshing = must(client::refreshing::begin(home));
    std::string const tokens =
        ask([&](auto const& body) { return a_answers(w, body); }, must(refreshing.message()));
    return must(refreshing.receive(ok(tokens), w.known_in_a, w.work, w.clock));
}

/// Steps 6 to 8 of C.2, towards one partner.
template <class Partner>
client::admitted travel(world& w, client::exchanging const& exchanging, Partner&& partner,
                        idm::relation how, oauth::scope const& wanted, loot& seen) {
    title("Step 6: client -> primary IdMS of A and back: a security token (B.7.2, B.7.3, B.8)");
    std::string const vouching = ask([&](auto const& body) { return a_vouches(w, body, how); },
                                     must(exchanging.message(w.clock)));
    auto const vouched = must(exchanging.receive(ok(vouching), w.clock));
    seen.security_token =
        must(oauth::parse_json<oauth::token_response>(vouching)).access_token.view();
    show_token(seen.security_token);

    title("Steps 7, 8: client -> partner IdMS and back: an access token (B.7.4, B.7.5, B.9)");
    auto const requesting = must(vouched.request(wanted, w.clock));
    auto const request = must(requesting.message(w.clock));
    seen.assertion_body = request.body;
    std::string const admission = ask(partner, request);
    auto admitted = must(requesting.receive(ok(admission), w.clock));
    show_token(must(oauth::parse_json<oauth::token_response>(admission)).access_token.view());
    return admitted;
}

void play_group(world& w, client::home const& home, client::wallet<4>& wallet, loot& seen) {
    title("Step 5: the user profile says that a group is homed in county B (TS 24.484)");
    auto const profile = must(mcx::mc::group_server_info::from(
        "gms.county-b.example", "https://idms.county-b.example/token", "kms.county-b.example"));
    auto const to =
        must(client::partner::named_by(profile, w.at_partners, "https://idms.county-b.example"));
    show_line("group server " + std::string{profile.gms.view()} + ", IdMS " +
              std::string{to.token_endpoint.view()} + ", KMS " + std::string{profile.kms.view()});
    must(wallet.keep(travel(
                         w, must(home.enter_for_group(to, w.clock)),
                         [&](auto const& body) { return b_answers(w, body); }, idm::relation::group,
                         "3gpp:mc:ptt_group_management_service", seen),
                     w.clock));

    title("Step 9: client -> group management server of B, with the token as bearer (B.10)");
    seen.bearer_at_b = must(wallet.bearer(to.address, w.clock));
    show_line("Authorization: " + seen.bearer_at_b);
    auto const who = must(gms_answers(w, seen.bearer_at_b, w.alice_at_b));
    show_line("permitted: group management for " + std::string{who.view()});
}

void play_migration(world& w, client::home const& home, client::wallet<4>& wallet) {
    title("Alice migrates to state C: the same steps, by the other entry (5.1.4)");
    client::partner const to{w.c.domain.address, w.c.domain.token_endpoint, w.at_partners};
    loot other;
    must(wallet.keep(travel(
                         w, must(home.enter_by_migration(to, w.clock)),
                         [&](auto const& body) { return c_answers(w, body); },
                         idm::relation::migration, "3gpp:mc:ptt_service", other),
                     w.clock));
    auto const who = must(mcptt_server_answers(w, must(wallet.bearer(to.address, w.clock))));
    show_line("permitted: MCPTT for " + std::string{who.view()} + "; the wallet holds tokens of " +
              std::to_string(wallet.size()) + " partners");
}

}  // namespace
}  // namespace demo

int main() {
    demo::world w;
    demo::loot seen;
    demo::client::wallet<4> wallet;
    auto const first = demo::play_login(w, seen);
    auto const home = demo::play_refresh(w, first);
    demo::play_group(w, home, wallet, seen);
    demo::play_migration(w, home, wallet);
    demo::play_refusals_of_the_primary(w, seen);
    demo::play_refusals_of_the_partner(w, seen);
    demo::play_refusals_of_the_servers(w, seen);
    demo::play_challenge_of_the_servers(w, seen);
    demo::play_refusals_of_the_client(w);
    demo::play_refusals_of_the_clients_tokens(w, home, wallet);
    return demo::all_as_told() ? EXIT_SUCCESS : EXIT_FAILURE;
}
