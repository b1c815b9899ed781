// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/wallet.hpp>

#include "support/check.hpp"
#include "support/parties.hpp"

#include <mcx/grant/identity_chaining.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::test::clock_at;
namespace client = mcx::role::client;
namespace oauth = mcx::oauth;

namespace {

std::string address_of(int number) {
    return "https://idms.p" + std::to_string(number) + ".example";
}

client::partner partner(int number) {
    return {mcx::test::certain(mcx::idm::idms_address::from(address_of(number))),
            mcx::test::domain_b.token_endpoint, "radio"};
}

oauth::token_response token(std::string_view text, std::int64_t lifetime) {
    oauth::token_response response;
    response.access_token = *oauth::token::from(text);
    response.expires_in = *oauth::seconds_left::from(std::chrono::seconds{lifetime});
    return response;
}

/// The next step of a state, by an answer with this token.
template <class State>
auto next(State const& state, oauth::token_response const& answer) {
    std::string const body = *oauth::write_json(answer);
    return *state.receive({200, oauth::json_media_type, body}, clock_at(0));
}

client::vouched vouched(int number, std::int64_t lifetime = 600) {
    auto const home =
        client::home::from(mcx::test::domain_a.token_endpoint, token("home", 9999), clock_at(0));
    auto answer = token("security." + std::to_string(number), lifetime);
    answer.issued_token_type = oauth::token_types::jwt;
    return next(*home->enter_for_group(partner(number), clock_at(0)), answer);
}
client::admitted admitted(int number, std::int64_t lifetime = 600) {
    return next(*vouched(number).request("x", clock_at(0)),
                token("access." + std::to_string(number), lifetime));
}

std::string assertion(client::vouched const& state) {
    auto const body = state.request("x", clock_at(0))->message(clock_at(0))->body;
    auto const at = body.find("assertion=");
    return body.substr(at, body.find('&', at) - at);
}

}  // namespace

TEST_CASE("a wallet keeps one pair of tokens for each partner, and mixes none") {
    client::wallet<3> kept;
    for (int const number : {1, 2, 3}) {
        CHECK(kept.keep(vouched(number), clock_at(0)));
        CHECK(kept.keep(admitted(number), clock_at(0)));
    }
    CHECK(kept.size() == 3);
    for (int const number : {1, 2, 3}) {
        auto const text = std::to_string(number);
        auto const& to = partner(number).address;
        CHECK(kept.bearer(to, clock_at(1)).value() == "Bearer access." + text);
        CHECK(assertion(*kept.vouched_for(to, clock_at(1))) == "assertion=security." + text);
    }
    CHECK(kept.bearer(partner(4).address, clock_at(1)).error() == errc::no_token_here);
}

TEST_CASE("a newer token takes the place of the one before") {
    client::wallet<1> kept;
    CHECK(kept.keep(admitted(1, 10), clock_at(0)));
    CHECK(kept.keep(admitted(1, 20), clock_at(0)));
    CHECK(kept.size() == 1);
    CHECK(kept.bearer(partner(1).address, clock_at(19)).has_value());
    CHECK(kept.bearer(partner(1).address, clock_at(20)).error() == errc::token_expired_here);
}

TEST_CASE("no token is given out past its time, or in the place of the other") {
    client::wallet<2> kept;
    CHECK(kept.keep(vouched(1, 10), clock_at(0)));
    CHECK(kept.bearer(partner(1).address, clock_at(0)).error() == errc::no_token_here);
    CHECK(kept.vouched_for(partner(1).address, clock_at(9)).has_value());
    CHECK(kept.vouched_for(partner(1).address, clock_at(10)).error() == errc::token_expired_here);
    CHECK(kept.keep(admitted(2, 10), clock_at(0)));
    CHECK(kept.vouched_for(partner(2).address, clock_at(0)).error() == errc::no_token_here);
    CHECK(kept.bearer(partner(2).address, clock_at(10)).error() == errc::token_expired_here);
}

TEST_CASE("a full wallet refuses rather than forgets, and makes room when a pair is over") {
    client::wallet<2> kept;
    CHECK(kept.keep(vouched(1, 10), clock_at(0)));
    CHECK(kept.keep(admitted(1, 30), clock_at(0)));
    CHECK(kept.keep(admitted(2, 20), clock_at(0)));
    CHECK(kept.keep(vouched(3), clock_at(0)).error() == errc::value_too_long);
    CHECK(kept.keep(admitted(3), clock_at(19)).error() == errc::value_too_long);
    CHECK(kept.bearer(partner(2).address, clock_at(19)).has_value());
    CHECK(kept.keep(admitted(3), clock_at(20)));
    CHECK(kept.bearer(partner(2).address, clock_at(20)).error() == errc::no_token_here);
    CHECK(kept.bearer(partner(1).address, clock_at(20)).has_value());
    CHECK(kept.size() == 2);
}

TEST_CASE("a security token is over from its last second on, and makes room then") {
    client::wallet<1> kept;
    CHECK(kept.keep(vouched(1, 10), clock_at(0)));
    CHECK(kept.keep(vouched(2), clock_at(9)).error() == errc::value_too_long);
    CHECK(kept.keep(vouched(2), clock_at(10)));
}

TEST_CASE("a partner is forgotten with both tokens") {
    client::wallet<2> kept;
    CHECK(kept.keep(vouched(1), clock_at(0)));
    CHECK(kept.keep(admitted(1), clock_at(0)));
    CHECK(kept.keep(admitted(2), clock_at(0)));
    kept.forget(partner(1).address);
    CHECK(kept.size() == 1);
    CHECK(kept.bearer(partner(1).address, clock_at(0)).error() == errc::no_token_here);
    CHECK(kept.vouched_for(partner(1).address, clock_at(0)).error() == errc::no_token_here);
    CHECK(kept.bearer(partner(2).address, clock_at(0)).has_value());
    kept.forget(partner(1).address);
    CHECK(kept.size() == 1);
}

TEST_CASE("a partner without an address is not kept, lest its token be taken for another's") {
    auto login = token("home", 9999);
    login.id_token = *oauth::token::from(mcx::test::token_of(mcx::test::id_claims()));
    auto const home =
        client::home::from(mcx::test::domain_a.token_endpoint, login, clock_at(0)).value();
    client::partner const by_issuer{
        {}, mcx::test::domain_b.token_endpoint, "radio", mcx::test::domain_b.iss};
    auto answer = token("grant", 600);
    answer.issued_token_type = mcx::grant::id_jag_type;
    answer.token_type = oauth::response_token_type::not_applicable;
    auto const leaving = home.enter_for_group<mcx::grant::id_jag>(by_issuer, clock_at(0));
    auto const state = next(*next(*leaving, answer).request("x", clock_at(0)), token("access", 9));
    CHECK(state.bearer(clock_at(0)));
    client::wallet<2> kept;
    CHECK(kept.keep(state, clock_at(0)).error() == errc::value_empty);
    CHECK(kept.size() == 0);
    CHECK(kept.bearer({}, clock_at(0)).error() == errc::no_token_here);
}
