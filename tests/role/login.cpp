// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/login.hpp>

#include "support/check.hpp"
#include "support/login_world.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::error;
using mcx::test::clock_at;
using mcx::test::login_world;
using mcx::test::query_in;
using mcx::test::quoted;
using namespace std::chrono_literals;
namespace client = mcx::role::client;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

/// A client that has just come home, and the world in which it did.
struct arrival {
    login_world w;
    client::authenticating first = *w.begin();
    mcx::role::issued_code code = *w.code_for(first);
    client::redeeming second = *first.receive(query_in(code.location));
    mcx::role::issued_tokens issued = *w.redeem(second.message()->body, code.record);

    mcx::result<client::home> home() { return w.received(second, issued.response); }
};

error refusal(client::refreshing const& state, login_world& w, oauth::token_response const& r) {
    std::string const body = *oauth::write_json(r);
    return state.receive({200, oauth::json_media_type, body}, w.idms, w.work, clock_at(10)).error();
}

/// The response with an ID token of these claims in it.
oauth::token_response with_id_token(oauth::token_response response,
                                    test::named_values const& claims,
                                    std::string_view kid = "a-1") {
    response.id_token = *oauth::token::from(test::token_of(claims, kid));
    return response;
}

}  // namespace

// Nobody steps into the middle of a login, and no step is copied with its secret.
static_assert(!std::is_default_constructible_v<client::authenticating>);
static_assert(!std::is_copy_constructible_v<client::authenticating>);
static_assert(!std::is_copy_constructible_v<client::redeeming>);
static_assert(std::is_move_constructible_v<client::redeeming>);
static_assert(!std::is_default_constructible_v<client::refreshing>);

TEST_CASE("a client sends its user to log in with all parameters of table B.4.2.2-1") {
    login_world w;
    std::string const location = *w.begin()->location();
    CHECK(
        location.starts_with("https://idms.a.example/authorize?response_type=code"
                             "&client_id=radio-at-a&scope=openid+3gpp%3Amc%3Aptt_service"
                             "&redirect_uri=org.example.radio%3A%2Fback&state="));
    CHECK(location.find("&acr_values=3gpp%3Aacr%3Apassword&code_challenge=") != location.npos);
    CHECK(location.find("&code_challenge_method=S256&nonce=") != location.npos);
    std::string const again = *w.begin()->location();
    CHECK(again != location);
}

TEST_CASE("a login goes home, with what was granted and who it is") {
    arrival a;
    CHECK(a.second.message()->endpoint == test::domain_a.token_endpoint);
    auto const home = a.home();
    CHECK(home);
    CHECK(home->scope().view() == "openid 3gpp:mc:ptt_service");
    CHECK(home->expires() == clock_at(3601).at);
    CHECK(home->session().who->iss == test::domain_a.iss);
    CHECK(home->session().who->sub.view() == "alice");
    CHECK(home->session().who->ids.mcptt->view() == "sip:alice@a.example");
    CHECK(home->bearer(clock_at(3600)).has_value());
    CHECK(home->bearer(clock_at(3601)).error() == errc::token_expired_here);
    client::partner const to{test::domain_b.address, test::domain_b.token_endpoint, "visitor"};
    auto const leaving = home->enter_for_group(to, clock_at(2));
    CHECK(leaving->message(clock_at(2))->body.ends_with("&client_id=radio-at-a"));
}

TEST_CASE("an account that is not fully known begins nothing, nor does a client without luck") {
    login_world w;
    using hash = mcx::hashing<test::credulous, mcx::sha256>;
    for (int const lacking : {0, 1, 2, 3, 4}) {
        client::account account = test::account_a;
        lacking == 0   ? void(account.iss = {})
        : lacking == 1 ? void(account.authorization_endpoint = {})
        : lacking == 2 ? void(account.token_endpoint = {})
        : lacking == 3 ? void(account.client_id = {})
                       : void(account.redirect_uri = {});
        CHECK(client::authenticating::begin<hash>(account, test::login_scope(), w.random).error() ==
              errc::value_empty);
    }
    for (unsigned const left : {0U, 1U, 2U}) {
        test::counted_random random{.next = 0, .left = left};
        CHECK(client::authenticating::begin<hash>(test::account_a, test::login_scope(), random)
                  .error() == errc::random_unavailable);
    }
}

TEST_CASE("an answer with another state is somebody else's [TS 33.180 B.4.2.3]") {
    login_world w;
    auto const one = w.begin();
    auto const other = w.begin();
    std::string const for_other = query_in(w.code_for(*other)->location);
    CHECK(one->receive(for_other).error().code == errc::state_mismatch);
    CHECK(one->receive("code=x").error().code == errc::state_mismatch);
    CHECK(other->receive(for_other));
    std::string const state = for_other.substr(for_other.find("state="));
    CHECK(other->receive("error=access_denied&" + state).error() == errc::peer_refused);
    CHECK(other->receive("code=x&iss=https%3A%2F%2Fb.example&" + state).error().code ==
          errc::issuer_mismatch);
}

TEST_CASE("a login without an ID token, or with another's, is none") {
    arrival a;
    auto response = a.issued.response;
    response.id_token = {};
    CHECK(a.w.received(a.second, response).error() ==
          error{errc::member_missing, oauth::token_response::fields::number_of("id_token")});
    auto const refused = [&](test::named_values const& claims) {
        return a.w.received(a.second, with_id_token(a.issued.response, claims)).error().code;
    };
    auto const answer = test::id_claims().with("nonce", quoted(a.code.record.nonce.view()));
    CHECK(refused(answer) == errc::none);
    CHECK(refused(answer.with("c_hash", quoted("AAAAAAAAAAAAAAAAAAAAAA"))) ==
          errc::token_hash_mismatch);
    using hash = mcx::jwt::half_hash<mcx::es256>;
    auto const c_hash = hash::of<test::credulous>(a.code.code.view());
    CHECK(refused(answer.with("c_hash", quoted(c_hash->claim().view()))) == errc::none);
    CHECK(refused(test::id_claims()) == errc::nonce_mismatch);
    CHECK(refused(test::id_claims().with("nonce", quoted("x"))) == errc::nonce_mismatch);
    CHECK(refused(test::id_claims().with("aud", quoted("x"))) == errc::audience_mismatch);
    response = a.issued.response;
    response.access_token = *oauth::token::from("another");
    CHECK(a.w.received(a.second, response).error().code == errc::token_hash_mismatch);
    response = a.issued.response;
    response.expires_in.reset();
    CHECK(a.w.received(a.second, response).error().code == errc::member_missing);
}

TEST_CASE("the keys at a login are the issuer's to whom the request went") {
    arrival a;
    auto const keys = test::trusting<test::credulous>({test::issuer_c});
    std::string const body = *oauth::write_json(a.issued.response);
    CHECK_FALSE(a.second.receive({200, oauth::json_media_type, body}, keys, a.w.work, clock_at(1)));
    // A good token of C's, with C's keys, is no answer to a login at A.
    auto const nonce = quoted(a.code.record.nonce.view());
    oauth::token_response const of_c = with_id_token(
        a.issued.response,
        test::id_claims().with("iss", quoted(test::domain_c.iss.view())).with("nonce", nonce),
        "c-1");
    std::string const answer = *oauth::write_json(of_c);
    CHECK(a.second.receive({200, oauth::json_media_type, answer}, keys, a.w.work, clock_at(1))
              .error() ==
          error{errc::issuer_mismatch, mcx::idm::id_token::fields::number_of("iss")});
    auto const two = test::trusting<test::credulous>({test::issuer_a, test::issuer_c});
    CHECK(
        a.second.receive({200, oauth::json_media_type, body}, two, a.w.work, clock_at(1)).error() ==
        errc::unknown_issuer);
}

TEST_CASE("a context that is demanded has to be the login's") {
    login_world w;
    auto const run = [&](oauth::acr_values const& by, client::context rule) {
        auto const state = w.begin({.by = by, .rule = rule});
        auto const code = w.code_for(*state);
        auto const next = state->receive(query_in(code->location));
        auto const issued = w.redeem(next->message()->body, code->record);
        return w.received(*next, issued->response).error().code;
    };
    CHECK(run("3gpp:acr:password", client::context::demanded) == errc::none);
    CHECK(run("card", client::context::wished) == errc::none);
    CHECK(run("card", client::context::demanded) == errc::authentication_context_mismatch);
    CHECK(run("card 3gpp:acr:password", client::context::demanded) == errc::none);
    CHECK(run("a b c d e", client::context::wished) == errc::none);
    CHECK(w.begin({.by = "a b c d e", .rule = client::context::demanded}).error() ==
          errc::value_too_long);
}

TEST_CASE("a login is as fresh as the client asks [OpenID Connect Core 3.1.3.7 step 13]") {
    login_world w;
    auto const state = w.begin({.max_age = 60s, .prompt = oauth::prompt("login consent")});
    std::string const location = *state->location();
    CHECK(location.ends_with("&max_age=60&prompt=login+consent"));
    auto const code = w.code_for(*state);
    auto const next = state->receive(query_in(code->location));
    auto const at = [&](int second) {
        w.used = mcx::jwt::bounded_memory<8, mcx::fixed_clock>{clock_at(0)};
        auto record = code->record;
        record.login = clock_at(second - 60).at;
        auto const issued = w.redeem(next->message()->body, record);
        return w.received(*next, issued->response).error();
    };
    CHECK(at(1) == error{});
    CHECK(at(0) == error{errc::too_old, mcx::idm::id_token::fields::number_of("auth_time")});
    CHECK(w.begin({.max_age = 1'000'000'000s}).error() == errc::out_of_range);
    CHECK(w.begin({.max_age = -1s}).error() == errc::out_of_range);
    CHECK(w.begin({.max_age = 0s})->location()->ends_with("&max_age=0"));
}

TEST_CASE("tokens are renewed at home, after they have expired too [TS 33.180 B.5]") {
    arrival a;
    auto const home = a.home();
    auto const state = client::refreshing::begin(*home);
    CHECK(state);
    auto const message = state->message();
    CHECK(message->endpoint == test::domain_a.token_endpoint);
    auto const petition = a.w.tokens.receive_refresh(message->body, *a.w.sender());
    CHECK(petition->token() == a.issued.response.refresh_token);
    auto const renewed = petition->renew(a.issued.record, a.w.with(), clock_at(5000));
    CHECK(renewed);
    std::string const body = *oauth::write_json(renewed->response);
    auto const again =
        state->receive({200, oauth::json_media_type, body}, a.w.idms, a.w.work, clock_at(5000));
    CHECK(again);
    CHECK(again->expires() == clock_at(8600).at);
    CHECK(again->session().refresh_token == renewed->response.refresh_token);
    CHECK_FALSE(again->session().refresh_token == home->session().refresh_token);
    CHECK(again->session().who == home->session().who);
    CHECK(again->scope() == home->scope());
}

namespace {

/// The next state of a client that renews its tokens for this scope, by an answer that names that.
client::home renewed(login_world& w, client::home const& from, oauth::scope const& wanted,
                     oauth::scope const& named) {
    oauth::token_response answer;
    answer.access_token = *oauth::token::from("renewed");
    answer.expires_in = *oauth::seconds_left::from(60s);
    answer.scope = named;
    std::string const body = *oauth::write_json(answer);
    return *client::refreshing::begin(from, wanted)
                ->receive({200, oauth::json_media_type, body}, w.idms, w.work, clock_at(10));
}

}  // namespace

TEST_CASE("a renewal asks for no more than was granted, and may ask for less") {
    arrival a;
    auto const home = a.home();
    CHECK(client::refreshing::begin(*home, "3gpp:mc:data_service").error() ==
          errc::scope_not_requested);
    auto const less = client::refreshing::begin(*home, "openid");
    CHECK(less->message()->body.find("&scope=openid") != std::string::npos);
    CHECK(renewed(a.w, *home, "openid", {}).scope().view() == "openid");
}

TEST_CASE("who asked for less may have all again, and no more [RFC 6749 6]") {
    arrival a;
    oauth::scope const all{"openid 3gpp:mc:ptt_service"};
    for (oauth::scope const& named : {oauth::scope{}, oauth::scope("openid")}) {
        auto const less = renewed(a.w, *a.home(), "openid", named);
        CHECK(less.scope().view() == "openid");
        CHECK(less.session().scope == all);
        CHECK(client::refreshing::begin(less, all));
        CHECK(client::refreshing::begin(less, "openid 3gpp:mc:data_service").error() ==
              errc::scope_not_requested);
        CHECK(renewed(a.w, less, {}, {}).scope() == all);
    }
    auto const cut = renewed(a.w, *a.home(), {}, "openid");  // all that is left of it
    CHECK(cut.scope().view() == "openid");
    CHECK(client::refreshing::begin(cut, all).error() == errc::scope_not_requested);
}

TEST_CASE("where it is not known what was granted, the server decides what is too much") {
    oauth::token_response login;
    login.access_token = *oauth::token::from("x");
    login.refresh_token = *oauth::token::from("y");
    login.expires_in = *oauth::seconds_left::from(60s);
    auto const home = client::home::from(test::domain_a.token_endpoint, login, clock_at(0));
    CHECK(home->scope().empty());
    CHECK(client::refreshing::begin(*home, "openid"));
}

TEST_CASE("a clock may be as far from the primary's as the client says [TS 33.180 B.2.1.2]") {
    login_world w;
    auto const logs_in = [&](mcx::leeway skew, int late) {
        auto const first = w.begin({.max_age = 60s, .skew = skew});
        auto const code = w.code_for(*first);
        auto const next = first->receive(query_in(code->location));
        w.used = mcx::jwt::bounded_memory<8, mcx::fixed_clock>{clock_at(0)};
        auto const issued = w.redeem(next->message()->body, code->record, clock_at(20));
        return w.received(*next, issued->response, clock_at(20 + late));
    };
    CHECK(logs_in({}, 0));
    CHECK(logs_in({}, -1).error().code == errc::issued_in_future);
    CHECK(logs_in(mcx::leeway(9s), -9));
    CHECK(logs_in(mcx::leeway(9s), -10).error().code == errc::issued_in_future);
    CHECK(logs_in({}, 41).error().code == errc::too_old);
    CHECK(logs_in(mcx::leeway(9s), 49));
    CHECK(logs_in(mcx::leeway(9s), 50).error().code == errc::too_old);

    // It is the same at every renewal.
    auto const state = client::refreshing::begin(*logs_in(mcx::leeway(9s), -9));
    auto const renewal = [&](int at) {
        oauth::token_response response;
        response.access_token = *oauth::token::from("x");
        response.expires_in = *oauth::seconds_left::from(60s);
        std::string const body =
            *oauth::write_json(with_id_token(std::move(response), test::id_claims()));
        return state->receive({200, oauth::json_media_type, body}, w.idms, w.work, clock_at(at))
            .error()
            .code;
    };
    CHECK(renewal(-9) == errc::none);
    CHECK(renewal(-10) == errc::issued_in_future);
}

TEST_CASE("a client without a refresh token renews nothing") {
    arrival a;
    a.issued.response.refresh_token = {};
    CHECK(client::refreshing::begin(*a.home()).error() == errc::value_empty);
}

TEST_CASE("a renewal brings tokens of the same user, or none") {
    arrival a;
    auto const state = client::refreshing::begin(*a.home());
    auto const answer = [&](test::named_values const& claims) {
        return refusal(*state, a.w, with_id_token(a.issued.response, claims)).code;
    };
    CHECK(answer(test::id_claims()) == errc::none);
    CHECK(answer(test::id_claims().with("sub", quoted("bob"))) == errc::subject_refused);
    CHECK(answer(test::id_claims().with("auth_time", test::date(0))) == errc::none);
    for (int const second : {-1, 1}) {
        CHECK(answer(test::id_claims().with("auth_time", test::date(second))) ==
              errc::authentication_context_mismatch);
    }
    auto const of_c = with_id_token(
        a.issued.response, test::id_claims().with("iss", quoted(test::domain_c.iss.view())), "c-1");
    std::string const body = *oauth::write_json(of_c);
    auto const keys = test::trusting<test::credulous>({test::issuer_c});
    CHECK(state->receive({200, oauth::json_media_type, body}, keys, a.w.work, clock_at(10))
              .error()
              .code == errc::issuer_mismatch);
    CHECK(answer(test::id_claims().with("aud", quoted("x"))) == errc::audience_mismatch);
    CHECK(answer(test::id_claims().with("nonce", quoted("x"))) == errc::nonce_mismatch);
    CHECK(refusal(*state, a.w, a.issued.response) == error{});  // the nonce of the login
    std::string const refused = R"({"error":"invalid_grant"})";
    CHECK(state->receive({400, oauth::json_media_type, refused}, a.w.idms, a.w.work, clock_at(10))
              .error() == errc::peer_refused);
}
