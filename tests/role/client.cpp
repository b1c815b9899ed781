// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/client.hpp>

#include "support/check.hpp"
#include "support/parties.hpp"

#include <mcx/grant/identity_chaining.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::result;
using mcx::oauth::reply;
using mcx::oauth::token_response;
using mcx::test::clock_at;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::domain_c;
using mcx::test::named_values;
using mcx::test::quoted;
namespace client = mcx::role::client;
namespace grant = mcx::grant;
namespace oauth = mcx::oauth;

namespace {

constexpr std::int64_t access_lifetime = 3600;
constexpr std::int64_t security_lifetime = 600;
constexpr std::int64_t partner_lifetime = 1800;

client::partner const county_b{domain_b.address, domain_b.token_endpoint, "radio-at-b"};
client::partner const county_c{domain_c.address, domain_c.token_endpoint, "radio-at-c"};
oauth::scope const wanted{"3gpp:mc:ptt_service openid"};

token_response login_response() {
    token_response login;
    login.access_token = *oauth::token::from("access.of.a");
    login.expires_in = *oauth::seconds_left::from(std::chrono::seconds{access_lifetime});
    return login;
}

/// What the primary answers to an exchange. [TS 33.180 B.7.3]
named_values vouching() {
    return {{"access_token", quoted("security.for.b")},
            {"issued_token_type", quoted("urn:ietf:params:oauth:token-type:jwt")},
            {"token_type", quoted("N_A")},
            {"expires_in", std::to_string(security_lifetime)}};
}

/// What the partner answers to the security token. [TS 33.180 B.7.5]
named_values admission() {
    return {{"access_token", quoted("access.of.b")},
            {"token_type", quoted("Bearer")},
            {"expires_in", std::to_string(partner_lifetime)},
            {"scope", quoted("3gpp:mc:ptt_service")}};
}

reply ok(std::string_view body) {
    return {200, oauth::json_media_type, body};
}

// Each step a second after the one before; every token's time counts from its own answer.
result<client::home> at_home() {
    return client::home::from(domain_a.token_endpoint, login_response(), clock_at(0));
}
result<client::exchanging> exchanging(client::partner const& to = county_b) {
    return at_home().and_then([&](auto const& h) { return h.enter_for_group(to, clock_at(1)); });
}
result<client::vouched> vouched(client::partner const& to = county_b) {
    std::string const body = vouching().json();
    return exchanging(to).and_then([&](auto const& e) { return e.receive(ok(body), clock_at(2)); });
}
result<client::requesting> requesting(client::partner const& to = county_b) {
    return vouched(to).and_then([](auto const& v) { return v.request(wanted, clock_at(3)); });
}
result<client::admitted> admitted() {
    std::string const body = admission().json();
    return requesting().and_then([&](auto const& r) { return r.receive(ok(body), clock_at(4)); });
}

/// How the two states that wait for an answer refuse one.
template <class State>
error refusal(result<State> const& state, reply const& answer) {
    return state.and_then([&](auto const& s) { return s.receive(answer, clock_at(4)); }).error();
}
error exchanging_refuses(named_values const& members) {
    std::string const body = members.json();
    return refusal(exchanging(), ok(body));
}
error requesting_refuses(named_values const& members) {
    std::string const body = members.json();
    return refusal(requesting(), ok(body));
}

/// A verb works until the second before `expires`, and from then on never again.
template <class F>
void check_works_until(std::int64_t expires, F&& verb) {
    CHECK(verb(clock_at(0)));
    CHECK(verb(clock_at(expires - 1)));
    for (std::int64_t const late : {expires, expires + 1, expires + 1'000'000'000}) {
        CHECK(verb(clock_at(late)).error() == errc::token_expired_here);
    }
}

constexpr std::uint16_t member(std::string_view name) {
    return token_response::fields::number_of(name);
}

}  // namespace

// A step is a value; there is no way into the middle of the flow but by an answer.
static_assert(std::copyable<client::home> && std::copyable<client::exchanging> &&
              std::copyable<client::vouched> && std::copyable<client::requesting> &&
              std::copyable<client::admitted>);
static_assert(!std::is_default_constructible_v<client::dated_token>);
static_assert(!std::is_constructible_v<client::dated_token, oauth::token, mcx::instant>);
static_assert(!std::is_constructible_v<client::home, mcx::https_uri, client::dated_token>);
static_assert(!std::is_constructible_v<client::exchanging, mcx::https_uri, client::partner,
                                       client::dated_token, oauth::client_id>);
static_assert(
    !std::is_constructible_v<client::vouched, client::partner, client::dated_token, oauth::scope>);
static_assert(!std::is_constructible_v<client::requesting, client::partner, client::dated_token,
                                       oauth::scope, oauth::scope>);
static_assert(
    !std::is_constructible_v<client::admitted, client::partner, client::dated_token, oauth::scope>);

TEST_CASE("a client goes from home to a partner with the messages of TS 33.180 B.7") {
    auto const exchange =
        exchanging().and_then([](auto const& e) { return e.message(clock_at(2)); });
    CHECK(exchange);
    CHECK(exchange->endpoint == domain_a.token_endpoint);
    CHECK(exchange->body ==
          "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
          "&resource=https%3A%2F%2Fidms.b.example%2Fexchange"
          "&subject_token=access.of.a"
          "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt");

    auto const request =
        requesting().and_then([](auto const& r) { return r.message(clock_at(4)); });
    CHECK(request);
    CHECK(request->endpoint == domain_b.token_endpoint);
    CHECK(request->body ==
          "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
          "&assertion=security.for.b&client_id=radio-at-b"
          "&scope=3gpp%3Amc%3Aptt_service+openid");

    CHECK(admitted()->bearer(clock_at(5)).value() == "Bearer access.of.b");
    CHECK(admitted()->scope() == oauth::scope("3gpp:mc:ptt_service"));
}

TEST_CASE("both ways into another domain make the same exchange, and there are two") {
    auto const home = at_home();
    auto const group = home->enter_for_group(county_b, clock_at(1));
    auto const migration = home->enter_by_migration(county_b, clock_at(1));
    CHECK(group->message(clock_at(2))->body == migration->message(clock_at(2))->body);
    check_works_until(access_lifetime,
                      [&](auto clock) { return home->enter_by_migration(county_b, clock); });
}

TEST_CASE("a client that is not logged in with a bearer token is not at home") {
    token_response login = login_response();
    login.token_type = oauth::response_token_type::not_applicable;
    CHECK(client::home::from(domain_a.token_endpoint, login, clock_at(0)).error() ==
          errc::response_token_type);
    login = login_response();
    login.expires_in.reset();
    CHECK(client::home::from(domain_a.token_endpoint, login, clock_at(0)).error() ==
          error{errc::member_missing, member("expires_in")});
}

TEST_CASE("a partner that is not fully known is not entered") {
    auto const home = at_home();
    for (int const lacking : {0, 1, 2}) {
        CAPTURE(lacking);
        client::partner to = county_b;
        if (lacking == 0) {
            to.address = {};
        } else if (lacking == 1) {
            to.token_endpoint = {};
        } else {
            to.client_id = {};
        }
        CHECK(home->enter_for_group(to, clock_at(1)).error() == errc::value_empty);
        CHECK(home->enter_by_migration(to, clock_at(1)).error() == errc::value_empty);
    }
    CHECK(home->enter_for_group({}, clock_at(1)).error() == errc::value_empty);
}

TEST_CASE("no verb sends a token that has expired, to the second [TS 33.180 B.12]") {
    auto const home = at_home();
    check_works_until(access_lifetime,
                      [&](auto clock) { return home->enter_for_group(county_b, clock); });
    auto const first = exchanging();
    check_works_until(access_lifetime, [&](auto clock) { return first->message(clock); });
    auto const second = vouched();
    check_works_until(2 + security_lifetime,
                      [&](auto clock) { return second->request(wanted, clock); });
    auto const third = requesting();
    check_works_until(2 + security_lifetime, [&](auto clock) { return third->message(clock); });
    auto const last = admitted();
    check_works_until(4 + partner_lifetime, [&](auto clock) { return last->bearer(clock); });
}

TEST_CASE("expires_in counts from the clock given with the answer") {
    std::string const body = vouching().json();
    auto const state = exchanging();
    for (std::int64_t const received : {2, 1000, 100'000}) {
        auto const next = state->receive(ok(body), clock_at(received));
        CHECK(next->expires() == clock_at(received + security_lifetime).at);
        CHECK(next->request(wanted, clock_at(received + security_lifetime - 1)));
        CHECK(next->request(wanted, clock_at(received + security_lifetime)).error() ==
              errc::token_expired_here);
    }
    std::string const access = admission().json();
    CHECK(requesting()->receive(ok(access), clock_at(100))->expires() ==
          clock_at(100 + partner_lifetime).at);
}

TEST_CASE("a token that lives for no time at all is never sent") {
    std::string const body = vouching().with("expires_in", "0").json();
    auto const next = exchanging()->receive(ok(body), clock_at(2));
    CHECK(next);
    CHECK(next->request(wanted, clock_at(2)).error() == errc::token_expired_here);
    std::string const access = admission().with("expires_in", "0").json();
    CHECK(requesting()->receive(ok(access), clock_at(4))->bearer(clock_at(4)).error() ==
          errc::token_expired_here);
}

TEST_CASE("a clock at the end of time makes no token valid again") {
    mcx::fixed_clock const end{{INT64_MAX}};
    std::string const body = vouching().json();
    auto const next = exchanging()->receive(ok(body), end);
    CHECK(next->expires() == mcx::instant{INT64_MAX});
    CHECK(next->request(wanted, end).error() == errc::token_expired_here);
}

TEST_CASE("an answer may come after the token that asked for it has expired") {
    std::string const body = admission().json();
    auto const late = requesting()->receive(ok(body), clock_at(10'000));
    CHECK(late->bearer(clock_at(10'000)).value() == "Bearer access.of.b");
}

TEST_CASE("a security token may be a bearer or not applicable, an access token is a bearer") {
    for (std::string_view const type : {"N_A", "n_a", "Bearer", "bearer", "BEARER"}) {
        std::string const body = vouching().with("token_type", quoted(type)).json();
        CHECK(exchanging()->receive(ok(body), clock_at(2)));
    }
    CHECK(requesting_refuses(admission().with("token_type", quoted("N_A"))) ==
          errc::response_token_type);
    for (std::string_view const type : {"mac", "DPoP", "Bearer ", "NA", "jwt"}) {
        CHECK(exchanging_refuses(vouching().with("token_type", quoted(type))).code ==
              errc::response_token_type);
        CHECK(requesting_refuses(admission().with("token_type", quoted(type))).code ==
              errc::response_token_type);
    }
    std::string const lower = admission().with("token_type", quoted("bearer")).json();
    CHECK(requesting()->receive(ok(lower), clock_at(4)));
}

TEST_CASE("an exchange that issued something else than a JWT is refused") {
    for (std::string_view const type :
         {"urn:ietf:params:oauth:token-type:access_token",
          "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:JWT",
          "urn:example:jwt"}) {
        CHECK(exchanging_refuses(vouching().with("issued_token_type", quoted(type))) ==
              errc::issued_token_type_mismatch);
    }
    CHECK(exchanging_refuses(vouching().without("issued_token_type")) ==
          errc::issued_token_type_mismatch);
    // The other grant has no such member; what it says there means nothing.
    std::string const said = admission().with("issued_token_type", quoted("urn:example:x")).json();
    CHECK(requesting()->receive(ok(said), clock_at(4)));
}

TEST_CASE("every answer is taken or refused alike in the states that wait for one") {
    auto const missing = [](std::string_view name) {
        return error{errc::member_missing, member(name)};
    };
    auto const without_place = [](error e) { return error{e.code, e.where}; };
    for (std::string_view const name : {"access_token", "token_type"}) {
        CHECK(without_place(exchanging_refuses(vouching().without(name))) == missing(name));
        CHECK(without_place(requesting_refuses(admission().without(name))) == missing(name));
    }
    CHECK(exchanging_refuses(vouching().without("expires_in")) == missing("expires_in"));
    CHECK(requesting_refuses(admission().without("expires_in")) == missing("expires_in"));

    struct row {
        reply answer;
        errc code;
    };
    std::string const good = vouching().with("token_type", quoted("Bearer")).json();
    std::string const refused = "{\"error\":\"invalid_grant\",\"error_description\":\"no\"}";
    std::string const twice = vouching().and_also("expires_in", "5").json();
    std::string const text = vouching().with("expires_in", quoted("600")).json();
    std::string const past = vouching().with("expires_in", "-1").json();
    std::string const large(oauth::max_message_size + 1, ' ');
    row const rows[]{
        {{400, "application/json", refused}, errc::peer_refused},
        {{401, "application/json;charset=utf-8", refused}, errc::peer_refused},
        {{403, "application/json", refused}, errc::peer_refused},
        {{400, "text/html", refused}, errc::response_status},
        {{400, "application/json", "<html>"}, errc::response_status},
        {{400, "application/json", good}, errc::response_status},
        {{500, "application/json", refused}, errc::response_status},
        {{302, "application/json", good}, errc::response_status},
        {{201, "application/json", good}, errc::response_status},
        {{0, "application/json", good}, errc::response_status},
        {{200, "text/html", good}, errc::response_media_type},
        {{200, "", good}, errc::response_media_type},
        {{200, "application/json", refused}, errc::member_missing},
        {{200, "application/json", ""}, errc::json_truncated},
        {{200, "application/json", "[]"}, errc::member_shape},
        {{200, "application/json", twice}, errc::json_duplicate},
        {{200, "application/json", text}, errc::member_shape},
        {{200, "application/json", past}, errc::member_value},
        {{200, "application/json", large}, errc::message_too_long},
    };
    for (row const& r : rows) {
        CAPTURE(r.answer.status);
        CAPTURE(r.answer.media_type);
        CAPTURE(name_of(r.code));
        CHECK(refusal(exchanging(), r.answer).code == r.code);
        CHECK(refusal(requesting(), r.answer).code == r.code);
    }
    CHECK(exchanging()->receive(ok(good), clock_at(2)));
    CHECK(requesting()->receive(ok(good), clock_at(2)));
}

TEST_CASE("what the partner grants counts; an answer without a scope grants what was asked for") {
    std::string const silent = admission().without("scope").json();
    CHECK(requesting()->receive(ok(silent), clock_at(4))->scope() == wanted);
    std::string const less = admission().json();
    CHECK(requesting()->receive(ok(less), clock_at(4))->scope() ==
          oauth::scope("3gpp:mc:ptt_service"));
    std::string const more = admission().with("scope", quoted("3gpp:mc:data_service x")).json();
    CHECK(requesting()->receive(ok(more), clock_at(4))->scope() ==
          oauth::scope("x 3gpp:mc:data_service"));
    CHECK(requesting_refuses(admission().with("scope", quoted(""))).code == errc::member_value);
}

TEST_CASE("nothing is asked for without a scope") {
    CHECK(vouched()->request({}, clock_at(3)).error() == errc::value_empty);
}

TEST_CASE("a token that no header can carry is not sent as a bearer") {
    std::string const spaced = admission().with("access_token", quoted("two words")).json();
    auto const last = requesting()->receive(ok(spaced), clock_at(4));
    CHECK(last);
    CHECK(last->bearer(clock_at(5)).error() == errc::value_character);
}

TEST_CASE("a step is repeated after a lost answer, and gives the same message") {
    auto const first = exchanging();
    auto const second = requesting();
    std::string const once = first->message(clock_at(2))->body;
    std::string const then = second->message(clock_at(4))->body;
    CHECK(refusal(first, {503, "", ""}) == errc::response_status);
    CHECK(refusal(second, {200, "application/json", "{"}).code == errc::json_truncated);
    CHECK(first->message(clock_at(500))->body == once);
    CHECK(second->message(clock_at(500))->body == then);

    std::string const body = vouching().json();
    auto const a = first->receive(ok(body), clock_at(2));
    auto const b = first->receive(ok(body), clock_at(2));
    CHECK(a->expires() == b->expires());
    CHECK(a->request(wanted, clock_at(3))->message(clock_at(4))->body ==
          b->request(wanted, clock_at(3))->message(clock_at(4))->body);
    CHECK(second->receive(ok(admission().json()), clock_at(4)));
}

TEST_CASE("flows to two partners do not touch each other") {
    auto const home = at_home();
    auto const to_b = home->enter_for_group(county_b, clock_at(1));
    auto const to_c = home->enter_by_migration(county_c, clock_at(1));
    std::string const for_c = vouching().with("access_token", quoted("security.for.c")).json();
    std::string const for_b = vouching().json();
    auto const c = to_c->receive(ok(for_c), clock_at(2))->request("c", clock_at(3));
    auto const b = to_b->receive(ok(for_b), clock_at(2))->request("b", clock_at(3));
    CHECK(to_b->message(clock_at(2))->body.find("idms.b.example") != std::string::npos);
    CHECK(to_c->message(clock_at(2))->body.find("idms.c.example") != std::string::npos);
    CHECK(b->message(clock_at(4))->endpoint == domain_b.token_endpoint);
    CHECK(b->message(clock_at(4))
              ->body.ends_with("&assertion=security.for.b&client_id=radio-at-b&scope=b"));
    CHECK(c->message(clock_at(4))->endpoint == domain_c.token_endpoint);
    CHECK(c->message(clock_at(4))
              ->body.ends_with("&assertion=security.for.c&client_id=radio-at-c&scope=c"));
}

TEST_CASE("the longest tokens, addresses and scopes fit in a message") {
    std::string const longest(oauth::token::max_size, '%');
    std::string const body = vouching().with("access_token", mcx::test::quoted(longest)).json();
    client::partner far = county_b;
    std::string const path = "https://b.example/" + std::string(255 - 18, 'p');
    far.address = *mcx::idm::idms_address::from(path);
    auto const state = at_home()->enter_for_group(far, clock_at(1));
    CHECK(state->message(clock_at(2)));
    auto const next = state->receive(ok(body), clock_at(2));
    std::string tokens;
    for (int i = 0; i < 32; ++i) {
        tokens += (i == 0 ? "" : " ") + std::to_string(100 + i) + std::string(28, 's');
    }
    auto const scope = oauth::scope::from(tokens);
    CHECK(scope);
    CHECK(next->request(*scope, clock_at(3))->message(clock_at(4))->body.size() >
          3 * oauth::token::max_size);
}

namespace {

/// A login that brought an ID token which ends before the access token does.
result<client::home> with_id_token(std::string_view payload) {
    client::session session;
    session.token_endpoint = domain_a.token_endpoint;
    session.client_id = "radio-at-a";
    token_response login = login_response();
    auto const text = mcx::test::compact(mcx::test::header_of("a-1"), payload);
    login.id_token = *oauth::token::from(text);
    return client::home::from(session, login, clock_at(0));
}
result<client::home> with_id_token() {
    return with_id_token("{\"exp\":" + mcx::test::date(60) + "}");
}

client::partner named_b() {
    client::partner made = county_b;
    made.iss = domain_b.iss;
    return made;
}

/// How an exchange under a profile of the IETF takes an answer.
template <class P>
error exchange_refuses(named_values const& members) {
    std::string const body = members.json();
    return refusal(with_id_token()->enter_for_group<P>(named_b(), clock_at(1)), ok(body));
}

}  // namespace

TEST_CASE("a client exchanges its ID token for an ID-JAG with the messages of the draft") {
    auto const leaving = with_id_token()->enter_for_group<grant::id_jag>(named_b(), clock_at(1));
    auto const wish = leaving->with_scope("chat.read").at(*mcx::uri::from("https://api.b.example"));
    std::string const body = wish->message(clock_at(2))->body;
    CHECK(
        body.starts_with("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                         "&resource=https%3A%2F%2Fapi.b.example&audience=https%3A%2F%2Fb.example"
                         "&scope=chat.read&requested_token_type="
                         "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid-jag&subject_token="));
    CHECK(
        body.ends_with("&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"
                       "&client_id=radio-at-a"));

    std::string const answer =
        vouching().with("issued_token_type", quoted(grant::id_jag_type.view())).json();
    auto const held = wish->receive(ok(answer), clock_at(2));
    CHECK(held->scope() == oauth::scope("chat.read"));
    auto const asking = held->request({}, clock_at(3));  // the grant says what it is good for
    CHECK(asking->message(clock_at(4))->body ==
          "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
          "&assertion=security.for.b&client_id=radio-at-b");
    std::string const silent = admission().without("scope").json();
    CHECK(asking->receive(ok(silent), clock_at(4))->scope() == oauth::scope("chat.read"));
}

TEST_CASE(
    "a client exchanges its access token for a chained grant with the messages of the draft") {
    auto const leaving =
        at_home()->enter_for_group<grant::identity_chaining>(county_b, clock_at(1));
    CHECK(leaving->message(clock_at(2))->body ==
          "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
          "&resource=https%3A%2F%2Fidms.b.example%2Fexchange&subject_token=access.of.a"
          "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token");
}

TEST_CASE("what the primary vouches for less counts as what was asked for") {
    auto const leaving =
        at_home()->enter_by_migration<grant::identity_chaining>(county_b, clock_at(1));
    std::string const less = vouching().with("scope", quoted("read")).json();
    auto const held = leaving->with_scope("read write").receive(ok(less), clock_at(2));
    CHECK(held->scope() == oauth::scope("read"));
}

TEST_CASE("the profiles of the IETF take no grant that is called a bearer, or of another type") {
    auto const jag = vouching().with("issued_token_type", quoted(grant::id_jag_type.view()));
    CHECK(exchange_refuses<grant::id_jag>(jag) == error{});
    CHECK(exchange_refuses<grant::id_jag>(jag.with("token_type", quoted("Bearer"))) ==
          errc::response_token_type);
    CHECK(exchange_refuses<grant::id_jag>(vouching()) == errc::issued_token_type_mismatch);
    CHECK(exchange_refuses<grant::identity_chaining>(vouching()) == error{});
    CHECK(exchange_refuses<grant::identity_chaining>(jag) == errc::issued_token_type_mismatch);
    CHECK(exchange_refuses<grant::identity_chaining>(
              vouching().with("token_type", quoted("Bearer"))) == errc::response_token_type);
}

TEST_CASE("an ID token is not exchanged past its own time, nor where there is none") {
    auto const enters = [](result<client::home> const& from, std::int64_t at) {
        return from->enter_for_group<grant::id_jag>(named_b(), clock_at(at)).error();
    };
    CHECK(enters(with_id_token(), 59) == error{});
    CHECK(enters(with_id_token(), 60) == errc::token_expired_here);
    auto const leaving = with_id_token()->enter_for_group<grant::id_jag>(named_b(), clock_at(1));
    CHECK(leaving->message(clock_at(59)));
    CHECK(leaving->message(clock_at(60)).error() == errc::token_expired_here);
    CHECK(enters(at_home(), 1) == errc::no_token_here);
    CHECK(enters(with_id_token("{}"), 1) == errc::claim_missing);
    CHECK(enters(with_id_token("[]"), 1).code == errc::claims_not_object);
}

TEST_CASE("a partner is known by the name that the profile asks for") {
    auto const home = with_id_token();
    CHECK(home->enter_for_group<grant::id_jag>(county_b, clock_at(1)).error() == errc::value_empty);
    client::partner nameless = named_b();
    nameless.address = {};
    CHECK(home->enter_for_group<grant::id_jag>(nameless, clock_at(1)));
    CHECK(home->enter_for_group<grant::identity_chaining>(nameless, clock_at(1)).error() ==
          errc::value_empty);
}

TEST_CASE("no more resources are asked for than a request has places for") {
    auto leaving = with_id_token()->enter_for_group<grant::id_jag>(named_b(), clock_at(1));
    for (int i = 0; i < 4; ++i) {
        leaving = leaving->at(*mcx::uri::from("https://api.b.example"));
        CHECK(leaving);
    }
    CHECK(leaving->at(*mcx::uri::from("https://api.b.example")).error() == errc::value_too_long);
}
