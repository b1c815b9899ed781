// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/transitions.hpp>

#include <mcx/role/login.hpp>
#include <mcx/role/partner_idms.hpp>
#include <mcx/role/primary_idms.hpp>
#include <mcx/role/resource_server.hpp>

#include "support/check.hpp"
#include "support/login_world.hpp"
#include "support/senders.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::login_world;
using mcx::test::query_in;
using mcx::test::quoted;
namespace client = mcx::role::client;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;
namespace transitions = mcx::role::transitions;
using transitions::event;
using transitions::message;
using transitions::step;

namespace {

constexpr step steps[]{step::away,    step::authenticating, step::redeeming,
                       step::home,    step::refreshing,     step::exchanging,
                       step::vouched, step::requesting,     step::admitted};
constexpr event events[]{event::log_in,  event::code,           event::foreign_code, event::refresh,
                         event::group,   event::migration,      event::ask,          event::bearer,
                         event::tokens,  event::security_token, event::access_token, event::refusal,
                         event::nonsense};

struct nowhere {};

template <class State>
constexpr step step_of = std::is_same_v<State, nowhere>                  ? step::away
                         : std::is_same_v<State, client::authenticating> ? step::authenticating
                         : std::is_same_v<State, client::redeeming>      ? step::redeeming
                         : std::is_same_v<State, client::home>           ? step::home
                         : std::is_same_v<State, client::refreshing>     ? step::refreshing
                         : std::is_same_v<State, client::exchanging>     ? step::exchanging
                         : std::is_same_v<State, client::vouched>        ? step::vouched
                         : std::is_same_v<State, client::requesting>     ? step::requesting
                                                                         : step::admitted;

client::partner const partner{test::domain_b.address, test::domain_b.token_endpoint, "visitor"};

/// One value of every step, made by way of the ones before, and what may happen to them.
struct walk {
    login_world w;
    client::authenticating authenticating = *w.begin();
    role::issued_code code = *w.code_for(authenticating);
    client::redeeming redeeming = *authenticating.receive(query_in(code.location));
    std::string tokens =
        *oauth::write_json(w.redeem(redeeming.message()->body, code.record)->response);
    client::home home =
        *redeeming.receive({200, oauth::json_media_type, tokens}, w.idms, w.work, clock_at(1));
    client::refreshing refreshing = *client::refreshing::begin(home);
    client::exchanging exchanging = *home.enter_for_group(partner, clock_at(1));
    std::string security_token = R"({"access_token":"s","token_type":"N_A","expires_in":600,)"
                                 R"("issued_token_type":"urn:ietf:params:oauth:token-type:jwt"})";
    client::vouched vouched =
        *exchanging.receive({200, oauth::json_media_type, security_token}, clock_at(1));
    client::requesting requesting = *vouched.request("x", clock_at(1));
    std::string access_token = R"({"access_token":"a","token_type":"Bearer","expires_in":600})";
    client::admitted admitted =
        *requesting.receive({200, oauth::json_media_type, access_token}, clock_at(1));
    std::string refusal = R"({"error":"invalid_grant"})";

    /// With what a user's agent comes back; none: it brings no such thing.
    [[nodiscard]] std::optional<std::string> query(event what) const {
        std::string const good = query_in(code.location);
        switch (what) {
            case event::code:
                return good;
            case event::foreign_code:
                return "code=x&state=y";
            case event::refusal:
                return "error=access_denied&" + good.substr(good.find("state="));
            case event::nonsense:
                return "%";
            default:
                return std::nullopt;
        }
    }
    [[nodiscard]] oauth::reply reply(event what) const {
        switch (what) {
            case event::tokens:
                return {200, oauth::json_media_type, tokens};
            case event::security_token:
                return {200, oauth::json_media_type, security_token};
            case event::access_token:
                return {200, oauth::json_media_type, access_token};
            case event::refusal:
                return {400, oauth::json_media_type, refusal};
            default:
                return {200, oauth::json_media_type, "["};
        }
    }
};

/// Where a verb leads; where it fails, the state is as it was.
template <class State, class T>
step led(State const&, mcx::result<T> const& next) {
    return next ? step_of<T> : step_of<State>;
}

/// Applies an event by whichever verb the state has for it; none: there is no such verb.
template <class State>
std::optional<step> apply(walk& all, State const& state, event what) {
    auto const clock = clock_at(2);
    if (what == event::log_in) {
        if constexpr (std::is_same_v<State, nowhere>) {
            return led(state, all.w.begin());
        }
    } else if (what == event::refresh) {
        if constexpr (requires { client::refreshing::begin(state); }) {
            return led(state, client::refreshing::begin(state));
        }
    } else if (what == event::group) {
        if constexpr (requires { state.enter_for_group(partner, clock); }) {
            return led(state, state.enter_for_group(partner, clock));
        }
    } else if (what == event::migration) {
        if constexpr (requires { state.enter_by_migration(partner, clock); }) {
            return led(state, state.enter_by_migration(partner, clock));
        }
    } else if (what == event::ask) {
        if constexpr (requires { state.request("x", clock); }) {
            return led(state, state.request("x", clock));
        }
    } else if (what == event::bearer) {
        if constexpr (requires { state.bearer(clock); }) {
            CHECK(state.bearer(clock));
            return step_of<State>;
        }
    } else if constexpr (requires { state.receive(std::string_view{}); }) {
        if (auto const query = all.query(what)) {
            return led(state, state.receive(*query));
        }
    } else if (what == event::code || what == event::foreign_code) {
        return std::nullopt;  // the agent brings them to nobody else
    } else if constexpr (requires { state.receive(all.reply(what), clock); }) {
        return led(state, state.receive(all.reply(what), clock));
    } else if constexpr (requires {
                             state.receive(all.reply(what), all.w.idms, all.w.work, clock);
                         }) {
        return led(state, state.receive(all.reply(what), all.w.idms, all.w.work, clock));
    }
    return std::nullopt;
}

/// What the table says of a pair; none: it has no such row.
std::optional<step> told(step from, event what) {
    auto const found =
        std::find_if(std::begin(transitions::client), std::end(transitions::client),
                     [&](transitions::row const& r) { return r.from == from && r.what == what; });
    return found == std::end(transitions::client) ? std::nullopt : std::optional<step>{found->to};
}

template <class State>
void check_state(walk& all, State const& state) {
    for (event const what : events) {
        CAPTURE(static_cast<int>(step_of<State>));
        CAPTURE(static_cast<int>(what));
        CHECK((apply(all, state, what) == told(step_of<State>, what)));
    }
}

template <class State>
concept Interconnects =
    requires(State const& s) { s.enter_by_interconnection(partner, clock_at(0)); };

}  // namespace

TEST_CASE("every pair of a client's state and an event leads where the table says, or nowhere") {
    walk all;
    check_state(all, nowhere{});
    check_state(all, all.authenticating);
    check_state(all, all.redeeming);
    check_state(all, all.home);
    check_state(all, all.refreshing);
    check_state(all, all.exchanging);
    check_state(all, all.vouched);
    check_state(all, all.requesting);
    check_state(all, all.admitted);
}

TEST_CASE("the table has no pair twice, says its clause, and names every step and event") {
    for (auto const& r : transitions::client) {
        CHECK(!r.clause.empty());
        CHECK(std::count_if(std::begin(transitions::client), std::end(transitions::client),
                            [&](auto const& o) { return o.from == r.from && o.what == r.what; }) ==
              1);
    }
    for (step const s : steps) {
        CHECK(std::any_of(std::begin(transitions::client), std::end(transitions::client),
                          [&](auto const& r) { return r.from == s; }));
    }
    for (event const e : events) {
        CHECK(std::any_of(std::begin(transitions::client), std::end(transitions::client),
                          [&](auto const& r) { return r.what == e; }));
    }
}

TEST_CASE("there is no way into an interconnected system") {
    CHECK_BOTH(!Interconnects<client::home>);
    CHECK_BOTH(!Interconnects<client::exchanging>);
}

namespace {

/// The messages of a client, by the place that takes them.
struct mail {
    walk all;
    std::string login = query_in(*all.authenticating.location());
    std::string texts[6]{login,
                         all.redeeming.message()->body,
                         all.refreshing.message()->body,
                         test::exchange_of(test::token_of(test::access_claims())).form(),
                         test::bearer_grant_of(test::token_of(test::security_claims())).form(),
                         "Bearer " + test::token_of(test::access_claims())};
    mcx::trust<credulous> a = test::trusting<credulous>({test::issuer_a});
    mcx::trust<credulous> primaries = test::trusting<credulous>({test::issuer_a, test::issuer_c});
    mcx::workspace<credulous> work;

    [[nodiscard]] bool taken(message at, std::string_view text) {
        auto const clock = clock_at(0);
        switch (at) {
            case message::authentication_request:
                return all.w.authorization.receive(text).has_value();
            case message::access_token_request:
                return all.w.tokens.receive_code(text, *all.w.sender()).has_value();
            case message::refresh_request:
                return all.w.tokens.receive_refresh(text, *all.w.sender()).has_value();
            case message::token_exchange_request:
                return role::primary_idms<credulous>{test::domain_a, a}
                    .receive(text, test::sender(), work, clock)
                    .has_value();
            case message::jwt_bearer_request:
                return role::partner_idms<credulous>{test::domain_b, primaries}
                    .receive(text, test::sender_at_b(), work, clock)
                    .has_value();
            case message::bearer_header:
                break;
        }
        return role::resource_server<credulous>{"https://gms.a.example", a}
            .receive(text, work, clock)
            .has_value();
    }
};

}  // namespace

TEST_CASE("every message is taken at its own place and refused at every other") {
    mail sent;
    for (std::size_t at = 0; at < std::size(transitions::servers); ++at) {
        auto const& place = transitions::servers[at];
        CHECK(static_cast<std::size_t>(place.takes) == at);
        CHECK(!place.petition.empty());
        CHECK(!place.clause.empty());
        for (std::size_t of = 0; of < std::size(sent.texts); ++of) {
            CAPTURE(at);
            CAPTURE(of);
            CHECK(sent.taken(place.takes, sent.texts[of]) == (at == of));
        }
    }
}
