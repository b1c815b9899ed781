// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/login.hpp>

#include "support/login_world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// What comes back to a client that sent its user to log in, and believes every signature: the first
// line is the query, the rest the answer of the token endpoint to a login and to a renewal. Only an
// answer with the client's own state leads to a message, and only an ID token with its own nonce
// leads home, where nobody becomes another user. [TS 33.180 B.4.2.3, B.4.2.5, B.5]

namespace {

namespace client = mcx::role::client;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

/// A client in both states that wait for tokens. The random numbers are the same in every run.
struct login {
    test::login_world w;
    client::authenticating first = test::certain(w.begin());
    mcx::role::issued_code code = test::certain(w.code_for(first));
    client::redeeming second = test::certain(first.receive(test::query_in(code.location)));
    mcx::role::issued_tokens tokens =
        test::certain(w.redeem(test::certain(second.message()).body, code.record));
    client::home home = test::certain(w.received(second, tokens.response));
    client::refreshing renewing = test::certain(client::refreshing::begin(home));
    std::string state = code.location.substr(code.location.find("state=") + 6);
};

void check_query(login const& l, std::string_view query) {
    auto const next = l.first.receive(query);
    if (!next) {
        mcx::contract(next.error().where <= oauth::authorization_answer::fields::size);
        mcx::contract(next.error().offset <= query.size());
        return;
    }
    auto const back = oauth::parse_form<oauth::authorization_answer>(query);
    mcx::contract(back && back->state.view() == l.state && back->error.empty());
    auto const message = next->message();
    auto const sent = oauth::parse_form<oauth::access_token_request>(message->body);
    mcx::contract(sent && sent->code == back->code &&
                  message->endpoint == l.home.session().token_endpoint);
}

void check_home(mcx::result<client::home> const& home) {
    if (!home) {
        mcx::contract(blame_of(home.error()) == mcx::blame::peer);
        return;
    }
    mcx::contract(home->session().who && home->session().who->login.iss == test::domain_a.iss);
    mcx::contract(home->bearer(mcx::fixed_clock{home->expires()}).error() ==
                  mcx::errc::token_expired_here);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static login l;
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::size_t const line = std::min(input.find('\n'), input.size());
    check_query(l, input.substr(0, line));
    std::string_view const body = input.substr(std::min(line + 1, input.size()));
    oauth::reply const reply{200, oauth::json_media_type, body};
    auto const now = test::clock_at(1);
    auto const arrived = l.second.receive(reply, l.w.idms, l.w.work, now);
    mcx::contract(!arrived ||
                  arrived->session().who->login.nonce == l.home.session().who->login.nonce);
    check_home(arrived);
    auto const renewed = l.renewing.receive(reply, l.w.idms, l.w.work, now);
    mcx::contract(!renewed || renewed->session().who == l.home.session().who);
    check_home(renewed);
    return 0;
}
