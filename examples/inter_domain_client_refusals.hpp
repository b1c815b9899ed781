// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_EXAMPLES_INTER_DOMAIN_CLIENT_REFUSALS_HPP
#define MCX_EXAMPLES_INTER_DOMAIN_CLIENT_REFUSALS_HPP

#include "inter_domain_world.hpp"
#include "print.hpp"

#include <string>
#include <string_view>

// What the client refuses: answers that are not to its login, and to send a token past its time or
// to another than the partner it is of. The other roles are in inter_domain_refusals.hpp.

namespace demo {

using mcx::errc;

/// The nonce that a client has sent.
inline std::string nonce_in(std::string_view location) {
    auto const query = oauth::query_of(location);
    return std::string{must(oauth::parse_form<oauth::authentication_request>(query)).nonce.view()};
}

/// Answers with ID tokens that are not for this login.
inline void play_refusals_of_id_tokens(world& w, role::client::redeeming const& redeeming,
                                       oauth::token_response const& tokens,
                                       std::string_view nonce) {
    using profile = idm::id_token_profile;
    auto const with_id_token = [&](std::string_view text) {
        oauth::token_response response = tokens;
        response.id_token = must(oauth::token::from(text));
        std::string const body = must(oauth::write_json(response));
        return redeeming.receive(ok(body), w.known_in_a, w.work, w.clock);
    };
    idm::id_token claims;
    claims.iss = w.a.domain.iss;
    claims.sub = "alice";
    claims.aud = mcx::audience("another-radio");
    claims.iat = w.clock.now();
    claims.exp = w.clock.now().plus(1min);
    show_refusal<profile>("an ID token for another client",
                          with_id_token(w.a.issue<profile>(claims)), errc::audience_mismatch);
    claims.aud = mcx::audience("alice-radio");
    show_refusal<profile>("an ID token of another login", with_id_token(w.a.issue<profile>(claims)),
                          errc::nonce_mismatch);
    claims.nonce = mcx::nonce::from(nonce).value_or(mcx::nonce{});
    claims.exp = w.clock.now();
    show_refusal<profile>("an ID token that has expired", with_id_token(w.a.issue<profile>(claims)),
                          errc::expired);
    claims.exp = w.clock.now().plus(1min);
    claims.acr = mcx::authentication_context("3gpp:acr:guess");
    show_refusal<profile>("a login done in another way than demanded",
                          with_id_token(w.a.issue<profile>(claims)),
                          errc::authentication_context_mismatch);
    claims.iss = w.b.domain.iss;
    show_refusal<profile>("an ID token of another issuer",
                          with_id_token(w.a.issue<profile>(claims)), errc::issuer_mismatch);
    claims.iss = w.a.domain.iss;
    show_refusal<profile>("an ID token signed by another",
                          with_id_token(w.b.issue<profile>(claims)), errc::no_such_key);
}

inline void play_refusals_of_the_client(world& w) {
    using profile = idm::id_token_profile;
    namespace client = role::client;
    title("The client refuses:");
    auto const authenticating =
        must(client::authenticating::begin<mcx::hashing<crypto, mcx::sha256>>(
            w.at_home, must(oauth::login_scope::from("openid 3gpp:mc:ptt_service")), system_random,
            {.rule = client::context::demanded}));
    show_refusal<profile>("an endpoint without TLS", mcx::https_uri::from("http://idms.example"),
                          errc::uri_scheme);
    show_refusal<no_token, oauth::authentication_response>(
        "a code that answers no login of its own", authenticating.receive("code=x&state=y"),
        errc::state_mismatch);
    std::string const location = must(authenticating.location());
    std::string const back = must(a_logs_in(w, oauth::query_of(std::string_view{location})));
    auto const redeeming = must(authenticating.receive(oauth::query_of(std::string_view{back})));
    auto const tokens = must(a_answers(w, must(redeeming.message()).body));
    play_refusals_of_id_tokens(w, redeeming, tokens, nonce_in(location));
}

inline void play_refusals_of_the_clients_tokens(world& w, role::client::home const& home,
                                                role::client::wallet<4> const& wallet) {
    using profile = idm::id_token_profile;
    namespace client = role::client;
    show_refusal<profile>("to take one partner's token for another's",
                          wallet.bearer("https://idms.elsewhere.example", w.clock),
                          errc::no_token_here);
    client::partner const to{w.b.domain.address, w.b.domain.token_endpoint, w.at_partners};
    w.wait(2h);
    show_refusal<profile>("to exchange a token past its time", home.enter_for_group(to, w.clock),
                          errc::token_expired_here);
    show_refusal<profile>("to send a token past its time",
                          wallet.bearer(w.b.domain.address, w.clock), errc::token_expired_here);
}

}  // namespace demo

#endif
