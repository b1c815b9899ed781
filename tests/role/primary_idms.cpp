// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/primary_idms.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"
#include "support/stops.hpp"

#include <mcx/grant/identity_chaining.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::idm::relation;
using mcx::role::exchange_petition;
using mcx::role::issuance;
using mcx::role::primary_idms;
using mcx::test::access_claims;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::exchange_of;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::token_of;
using namespace std::chrono_literals;
namespace grant = mcx::grant;
namespace oauth = mcx::oauth;

namespace {

/// A's server, with a backend that says the same of every signature.
template <class B>
class server {
    mcx::trust<B> keys_ = mcx::test::trusting<B>({mcx::test::issuer_a});
    mcx::workspace<B> work_;

  public:
    mcx::result<exchange_petition> receive(std::string_view body,
                                           mcx::fixed_clock clock = clock_at(0),
                                           relation r = relation::unstated, mcx::leeway skew = {}) {
        return primary_idms<B>{domain_a, keys_, skew}.receive(body, mcx::test::sender(), work_,
                                                              clock, r);
    }
};

mcx::result<exchange_petition> received(named_values const& request,
                                        mcx::fixed_clock clock = clock_at(0)) {
    return server<credulous>{}.receive(request.form(), clock);
}
error refusal(named_values const& request) {
    return received(request).error();
}

/// How a subject token with these claims is refused.
error claims_refusal(named_values const& claims) {
    return refusal(exchange_of(token_of(claims)));
}

/// The petition of a right request.
exchange_petition petition() {
    return received(exchange_of(token_of(access_claims()))).value();
}

constexpr std::uint16_t parameter(std::string_view name) {
    return oauth::token_exchange_request::fields::number_of(name);
}
constexpr std::uint16_t claim(std::string_view name) {
    return mcx::idm::access_token::fields::number_of(name);
}
constexpr error placeless(error e) {
    return {e.code, e.where};
}

template <class B = credulous>
mcx::signing_key<eddsa, B> key() {
    return *mcx::signing_key<eddsa, B>::from(mcx::test::rfc_example<eddsa>::private_key(), "a-1");
}

constexpr std::string_view jwt_type = "urn:ietf:params:oauth:token-type:jwt";

}  // namespace

TEST_CASE("a petition shows user, client, partner and relation, and nothing that was only said") {
    auto const shown = petition();
    CHECK(shown.subject().view() == "alice");
    CHECK(shown.client().view() == "radio-at-a");
    CHECK(shown.partner() == domain_b.address);
    CHECK(shown.relation() == relation::unstated);
}

TEST_CASE("what the server knows of the relation reaches the policy as it is") {
    std::string const body = exchange_of(token_of(access_claims())).form();
    for (relation const r : {relation::unstated, relation::group, relation::migration}) {
        CHECK(server<credulous>{}.receive(body, clock_at(0), r)->relation() == r);
    }
}

TEST_CASE("parameters that RFC 8693 has and TS 33.180 has no use for change nothing") {
    auto const request = exchange_of(token_of(access_claims()))
                             .with("requested_token_type", jwt_type)
                             .with("scope", "3gpp:mc:ptt_service")
                             .with("client_id", "radio-at-a")
                             .with("unknown", "value");
    auto const shown = received(request);
    CHECK(shown->partner() == domain_b.address);
    CHECK(shown->client().view() == "radio-at-a");
}

TEST_CASE("a request names exactly one partner, by its address") {
    auto const good = exchange_of(token_of(access_claims()));
    CHECK(placeless(refusal(good.without("resource"))) ==
          error{errc::parameter_missing, parameter("resource")});
    CHECK(refusal(good.and_also("resource", domain_b.address.view())) ==
          error{errc::parameter_value, parameter("resource")});
    CHECK(refusal(good.and_also("resource", "https://c.example/")) ==
          error{errc::parameter_value, parameter("resource")});
    CHECK(refusal(good.with("audience", "county-b")) ==
          error{errc::parameter_value, parameter("audience")});
    CHECK(refusal(good.without("resource").with("audience", "county-b")) ==
          error{errc::parameter_missing, parameter("resource")});
    for (std::string_view const address :
         {"idms.b.example", "https://b.example/#x", "b c", "//b"}) {
        CHECK(placeless(refusal(good.with("resource", address))) ==
              error{errc::parameter_value, parameter("resource")});
    }
    std::string const longest = "https://b.example/" + std::string(255 - 18, 'p');
    CHECK(received(good.with("resource", longest))->partner().view() == longest);
    CHECK(placeless(refusal(good.with("resource", longest + "p"))) ==
          error{errc::parameter_value, parameter("resource")});
}

TEST_CASE("nobody acts for a subject that lets nobody") {
    auto const good = exchange_of(token_of(access_claims()));
    std::string const deputy = token_of(access_claims().with("sub", quoted("deputy")));
    CHECK(refusal(good.with("actor_token", deputy).with("actor_token_type", jwt_type)) ==
          error{errc::actor_refused, claim("may_act")});
    CHECK(refusal(good.with("actor_token", "a.b.c").with("actor_token_type", jwt_type)).code ==
          errc::base64_length);
    CHECK(refusal(good.with("actor_token", deputy)
                      .with("actor_token_type", "urn:ietf:params:oauth:token-type:access_token")) ==
          error{errc::parameter_value, parameter("actor_token_type")});
    CHECK(placeless(refusal(good.with("actor_token", "a.b.c"))) ==
          error{errc::parameter_without_pair, parameter("actor_token_type")});
    CHECK(placeless(refusal(good.with("actor_token_type", jwt_type))) ==
          error{errc::parameter_without_pair, parameter("actor_token")});
}

TEST_CASE("an actor whom the subject lets act is told to the partner, and asks as itself") {
    auto const alice = access_claims().with("may_act", R"({"sub":"deputy"})");
    auto const deputy =
        access_claims().with("sub", quoted("deputy")).with("client_id", quoted("deputy-radio"));
    auto const request = exchange_of(token_of(alice))
                             .with("actor_token", token_of(deputy))
                             .with("actor_token_type", jwt_type);
    auto const asked = received(request.with("client_id", "deputy-radio"));
    CHECK(asked);
    CHECK(asked->subject().view() == "alice");
    CHECK(asked->client().view() == "deputy-radio");
    CHECK(asked->actors().size() == 1);
    CHECK(asked->actors()[0].sub.view() == "deputy");
    auto const signer = key();
    counted_random random;
    auto const answer = asked->vouch(issuance{signer, random, mcx::lifetime(1min)}, clock_at(0));
    std::string const claims = mcx::test::payload_in(answer->access_token.view());
    CHECK(claims.find(R"("sub":"alice","aud":["deputy-radio",)") != std::string::npos);
    CHECK(claims.find(R"("act":{"sub":"deputy","iss":"https://a.example",)"
                      R"("client_id":"deputy-radio"})") != std::string::npos);
    // The subject's own client may not take the actor's place, nor the other way round.
    CHECK(refusal(request.with("client_id", "radio-at-a")) ==
          error{errc::client_mismatch, claim("client_id")});
    CHECK(refusal(exchange_of(token_of(alice))) == error{errc::actor_refused, claim("may_act")});
}

TEST_CASE("an actor's token is checked like the subject's") {
    auto const alice = access_claims().with("may_act", R"({"sub":"deputy"})");
    auto const deputy = access_claims().with("sub", quoted("deputy"));
    auto const by = [&](std::string_view token) {
        return refusal(exchange_of(token_of(alice))
                           .with("actor_token", token)
                           .with("actor_token_type", jwt_type));
    };
    CHECK(by(token_of(deputy)) == error{});
    CHECK(by(token_of(deputy.with("exp", date(0)))) == error{errc::expired, claim("exp")});
    CHECK(by(token_of(deputy.with("iss", quoted("https://b.example")))) ==
          error{errc::issuer_mismatch, claim("iss")});
    CHECK(by(token_of(deputy, "b-1")).code == errc::no_such_key);
    CHECK(by(token_of(mcx::test::id_claims())).code == errc::claim_missing);
    CHECK(by(token_of(deputy.without("sub"))) == error{errc::actor_refused, claim("may_act")});
}

TEST_CASE("a subject token's words about actors count, whatever their shape") {
    auto const may = [](std::string_view json) {
        return placeless(claims_refusal(access_claims().with("may_act", json)));
    };
    CHECK(may(R"({"sub":"radio-at-a"})") == error{});
    CHECK(may(R"({"sub":"alice"})") == error{errc::actor_refused, claim("may_act")});
    for (std::string_view const json : {"true", "null", "[]", R"("radio-at-a")", "1"}) {
        CHECK(may(json) == error{errc::claim_shape, claim("may_act")});
    }
    for (std::string_view const json : {"{}", R"({"sub":"radio-at-a","email":"x"})"}) {
        CHECK(may(json) == error{errc::claim_value, claim("may_act")});
    }
    auto const handed_on = access_claims().with("act", R"({"sub":"x","act":{"sub":"y"}})");
    CHECK(received(exchange_of(token_of(handed_on)))->actors().size() == 2);
}

TEST_CASE("a JWT is exchanged for a JWT") {
    auto const good = exchange_of(token_of(access_claims()));
    for (std::string_view const type :
         {"urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:saml2",
          "urn:ietf:params:oauth:token-type:JWT", "urn:example:jwt"}) {
        CHECK(refusal(good.with("subject_token_type", type)) ==
              error{errc::subject_token_type_refused, parameter("subject_token_type")});
        CHECK(refusal(good.with("requested_token_type", type)) ==
              error{errc::parameter_value, parameter("requested_token_type")});
    }
    CHECK(placeless(refusal(good.without("subject_token_type"))) ==
          error{errc::parameter_missing, parameter("subject_token_type")});
    CHECK(placeless(refusal(good.without("subject_token"))) ==
          error{errc::parameter_missing, parameter("subject_token")});
}

TEST_CASE("a body that is no token exchange is refused") {
    auto const good = exchange_of(token_of(access_claims()));
    auto const refused = [](std::string_view body) {
        return server<credulous>{}.receive(body).error();
    };
    CHECK(refused("") == error{errc::parameter_missing, parameter("grant_type")});
    CHECK(placeless(
              refusal(good.with("grant_type", oauth::name_of(oauth::grant_type::jwt_bearer)))) ==
          error{errc::unsupported_grant_type, parameter("grant_type")});
    CHECK(placeless(refusal(good.and_also("subject_token", "x"))) ==
          error{errc::parameter_repeated, parameter("subject_token")});
    CHECK(refused(good.form() + "&x=%4") ==
          error{errc::form_percent, 0, static_cast<std::uint32_t>(good.form().size() + 3)});
    CHECK(refused(good.form() + "&x=%FF").code == errc::form_character);
    CHECK(refused(std::string(oauth::max_message_size + 1, 'x')) == errc::message_too_long);
    std::string many = good.form();
    for (int i = 0; i < 32; ++i) {
        many += "&x=1";
    }
    CHECK(refused(many).code == errc::form_parameters);
}

TEST_CASE("a subject token in another form than that of a JWT is refused") {
    auto const refused = [](std::string_view token) { return refusal(exchange_of(token)); };
    CHECK(refused("opaque") == errc::not_three_parts);
    CHECK(refused("a.b.c.d.e") == errc::encrypted_token);
    CHECK(refused("{\"payload\":\"\"}") == errc::json_serialization);
    CHECK(refused(".b.c").code == errc::empty_part);
    CHECK(refused("a*b.c.d").code == errc::base64_character);
    std::string const claims = access_claims().json();
    CHECK(refused(mcx::test::compact("{\"alg\":\"none\"}", claims)).code ==
          errc::algorithm_refused);
    CHECK(refused(mcx::test::compact("{\"alg\":\"HS256\"}", claims)).code ==
          errc::algorithm_refused);
    CHECK(refused(mcx::test::compact("{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\"}", claims)).code ==
          errc::token_type_refused);
    CHECK(
        refused(mcx::test::compact("{\"alg\":\"ES256\",\"crit\":[\"x\"],\"x\":1}", claims)).code ==
        errc::critical_header);
}

TEST_CASE("a subject token is one of this domain's own") {
    auto const other = quoted(domain_b.iss.view());
    CHECK(claims_refusal(access_claims().with("iss", other)) ==
          error{errc::issuer_mismatch, claim("iss")});
    CHECK(refusal(exchange_of(token_of(access_claims(), "b-1"))).code == errc::no_such_key);
    std::string const body = exchange_of(token_of(access_claims())).form();
    CHECK(server<incredulous>{}.receive(body).error() == errc::signature);
    // The TS does not require an issuer in an access token.
    CHECK(received(exchange_of(token_of(access_claims().without("iss"))))->subject().view() ==
          "alice");
}

TEST_CASE("a token of another kind is not exchanged [TS 33.180 B.7.2]") {
    CHECK(placeless(claims_refusal(mcx::test::id_claims())) ==
          error{errc::claim_missing, claim("scope")});
    CHECK(placeless(claims_refusal(mcx::test::security_claims())) ==
          error{errc::claim_missing, claim("scope")});
    auto const nearly = mcx::test::security_claims().with("scope", quoted("x"));
    CHECK(placeless(claims_refusal(nearly)) == error{errc::claim_missing, claim("client_id")});
}

TEST_CASE("an access token that lacks what B.2.2 requires, or a user, is not exchanged") {
    for (std::string_view const name : {"exp", "scope", "client_id"}) {
        CHECK(placeless(claims_refusal(access_claims().without(name))) ==
              error{errc::claim_missing, claim(name)});
    }
    CHECK(claims_refusal(access_claims().without("sub")) ==
          error{errc::subject_refused, claim("sub")});
    CHECK(placeless(claims_refusal(access_claims().with("sub", quoted("")))) ==
          error{errc::claim_value, claim("sub")});
    CHECK(placeless(claims_refusal(access_claims().with("sub", "7"))) ==
          error{errc::claim_shape, claim("sub")});
}

TEST_CASE("a subject token is good at the time of the exchange, to the second") {
    auto const body = exchange_of(token_of(access_claims().with("nbf", date(10)))).form();
    auto const code = [&](std::int64_t at, mcx::leeway skew) {
        return server<credulous>{}.receive(body, clock_at(at), relation::unstated, skew).error();
    };
    CHECK(code(9, {}) == error{errc::not_yet_valid, claim("nbf")});
    CHECK(code(10, {}) == errc::none);
    CHECK(code(3599, {}) == errc::none);
    CHECK(code(3600, {}) == error{errc::expired, claim("exp")});
    CHECK(code(-21, mcx::leeway(30s)) == error{errc::not_yet_valid, claim("nbf")});
    CHECK(code(-20, mcx::leeway(30s)) == errc::none);
    CHECK(code(3629, mcx::leeway(30s)) == errc::none);
    CHECK(code(3630, mcx::leeway(30s)) == error{errc::expired, claim("exp")});
    CHECK(claims_refusal(access_claims().with("iat", date(1))) ==
          error{errc::issued_in_future, claim("iat")});
}

TEST_CASE("a subject token that names an audience names this IdMS, by its address") {
    auto const for_others = [](std::string_view who) {
        return claims_refusal(access_claims().with("aud", quoted(who)));
    };
    CHECK(for_others("https://gms.a.example") == error{errc::audience_mismatch, claim("aud")});
    CHECK(for_others(domain_a.iss.view()) == error{errc::audience_mismatch, claim("aud")});
    CHECK(for_others(domain_a.address.view()) == errc::none);
}

TEST_CASE("a client exchanges its own tokens only") {
    auto const good = exchange_of(token_of(access_claims()));
    CHECK(received(good.with("client_id", "radio-at-a")));
    for (std::string_view const other : {"radio-at-b", "radio-at-", "radio-at-aa", "Radio-at-a"}) {
        CHECK(refusal(good.with("client_id", other)) ==
              error{errc::client_mismatch, claim("client_id")});
        CHECK(mcx::jwt::name_of<mcx::idm::access_token_profile>(
                  refusal(good.with("client_id", other))) == "client_id");
    }
}

TEST_CASE("the security token has the claims of table B.8-1 and an id, and nothing else") {
    auto const signer = key();
    counted_random random;
    auto const answer =
        petition().vouch(issuance{signer, random, mcx::lifetime(10min)}, clock_at(5));
    CHECK(answer);
    auto const text = answer->access_token.view();
    CHECK(mcx::test::header_in(text) == R"({"alg":"EdDSA","kid":"a-1","typ":"JWT"})");
    CHECK(mcx::test::payload_in(text) ==
          R"({"iss":"https://a.example","sub":"alice",)"
          R"("aud":["radio-at-a","https://idms.b.example/exchange"],"exp":)" +
              date(605) + R"(,"iat":)" + date(5) + R"(,"jti":"AAECAwQFBgcICQoLDA0ODw"})");
}

TEST_CASE("the answer to an exchange is that of RFC 8693, with a token that is no access token") {
    auto const signer = key();
    counted_random random;
    auto const answer =
        petition().vouch(issuance{signer, random, mcx::lifetime(10min)}, clock_at(0));
    CHECK(answer->issued_token_type.view() == jwt_type);
    CHECK(answer->token_type == oauth::response_token_type::not_applicable);
    CHECK(answer->expires_in->value() == 600s);
    CHECK(answer->scope.empty());
    CHECK(answer->refresh_token.empty());
    CHECK(answer->id_token.empty());
    auto const body = oauth::write_json(*answer);
    CHECK(oauth::parse_json<oauth::token_response>(*body).value() == *answer);
}

TEST_CASE("exp is iat and the lifetime, whatever the lifetime") {
    auto const signer = key();
    for (auto const valid : {1s, 30s, 86400s, std::chrono::seconds{mcx::lifetime::max}}) {
        counted_random random;
        auto const answer =
            petition().vouch(issuance{signer, random, *mcx::lifetime::from(valid)}, clock_at(-7));
        auto const claims = mcx::test::payload_in(answer->access_token.view());
        CHECK(claims.find("\"exp\":" + date(valid.count() - 7) + ",\"iat\":" + date(-7)) !=
              std::string::npos);
        CHECK(answer->expires_in->value() == valid);
    }
}

TEST_CASE("every security token has an id of its own") {
    auto const signer = key();
    counted_random random;
    std::set<std::string> ids;
    auto const asked = petition();
    for (int i = 0; i < 8; ++i) {
        auto const answer = asked.vouch(issuance{signer, random, mcx::lifetime(1min)}, clock_at(0));
        std::string const claims = mcx::test::payload_in(answer->access_token.view());
        ids.insert(claims.substr(claims.find("\"jti\"")));
    }
    CHECK(ids.size() == 8);
}

TEST_CASE("a token that cannot be issued is the machine's failure, and no answer to the peer") {
    auto const answers_nothing = [](error e, errc code) {
        CHECK(e.code == code);
        CHECK(blame_of(e) == mcx::blame::backend);
        CHECK(oauth::answer_to(e, oauth::grant_type::token_exchange).error() == e);
        CHECK(petition().refuse(e.code).error().code == code);
    };
    auto const signer = key();
    auto const asked = petition();
    for (unsigned const left : {0U, 1U}) {  // for the id, and then for the signature
        counted_random random{.next = 0, .left = left};
        answers_nothing(
            asked.vouch(issuance{signer, random, mcx::lifetime(1min)}, clock_at(0)).error(),
            errc::random_unavailable);
    }
    counted_random random;
    auto const dead = key<broken>();
    answers_nothing(asked.vouch(issuance{dead, random, mcx::lifetime(1min)}, clock_at(0)).error(),
                    errc::backend);
    std::string const body = exchange_of(token_of(access_claims())).form();
    answers_nothing(server<broken>{}.receive(body).error(), errc::backend);
}

TEST_CASE("a clock past the last NumericDate issues nothing") {
    auto const signer = key();
    counted_random random;
    mcx::fixed_clock const late{{mcx::instant::max_numeric_date}};
    CHECK(petition().vouch(issuance{signer, random, mcx::lifetime(1s)}, late).error() ==
          error{errc::token_not_issued, mcx::idm::security_token::fields::number_of("exp")});
}

TEST_CASE("a refusal by the policy is one document, whose words are ours") {
    auto const asked = petition();
    auto const unknown = asked.refuse(errc::unknown_partner);
    CHECK(oauth::write_json(*unknown).value() ==
          R"({"error":"invalid_target","error_description":"the partner IdMS is not known"})");
    CHECK(asked.refuse(errc::relation_refused)->code() == oauth::error_code::invalid_target);
    CHECK(asked.refuse(errc::unknown_client)->code() == oauth::error_code::invalid_client);
    CHECK(asked.refuse(errc::subject_refused)->code() == oauth::error_code::invalid_request);
    for (errc const code : mcx::all_errors) {
        auto const answer = asked.refuse(code);
        CHECK(answer.has_value() ==
              oauth::answer_to(code, oauth::grant_type::token_exchange).has_value());
        if (answer) {
            CHECK(answer->description.view() == message_of(code));
            CHECK(blame_of(code) == mcx::blame::peer);
        }
    }
}

TEST_CASE("no answer to a refused request says anything that was in the request") {
    std::string const canary = "canary";
    std::vector<named_values> requests;
    auto const good = exchange_of(token_of(access_claims()));
    for (auto const& [name, value] : good) {
        requests.push_back(good.with(name, canary));
        requests.push_back(good.with(name, value + canary));
        requests.push_back(good.and_also(name, canary));
    }
    for (std::string_view const name :
         {"audience", "requested_token_type", "actor_token", "actor_token_type", "client_id"}) {
        requests.push_back(good.with(name, canary));
        requests.push_back(good.with(name, canary + "\n"));
    }
    for (auto const& [name, value] : access_claims()) {
        requests.push_back(
            exchange_of(token_of(access_claims().with(name, mcx::test::quoted(canary)))));
        requests.push_back(exchange_of(token_of(access_claims().with(name, "[" + value + "]"))));
    }
    requests.push_back(exchange_of(token_of(access_claims(), canary)));
    requests.push_back(exchange_of(token_of(access_claims().without("sub").with(canary, "1"))));
    int refused = 0;
    for (named_values const& request : requests) {
        auto const answer = received(request);
        if (answer) {
            continue;
        }
        ++refused;
        auto const document = oauth::answer_to(answer.error(), oauth::grant_type::token_exchange);
        CHECK(document);
        CHECK(oauth::write_json(document.value()).value().find(canary) == std::string::npos);
    }
    CHECK(refused > 30);
}

TEST_CASE("a primary IdMS has its own keys and no others") {
    using mcx::test::stops;
    using mcx::test::trusting;
    auto const own = trusting<credulous>({mcx::test::issuer_a});
    auto const several = trusting<credulous>({mcx::test::issuer_a, mcx::test::issuer_b});
    auto const foreign = trusting<credulous>({mcx::test::issuer_b});
    mcx::trust<credulous> const none;
    CHECK_FALSE(stops([&] { (void)primary_idms<credulous>{domain_a, own}; }));
    CHECK(stops([&] { (void)primary_idms<credulous>{domain_a, several}; }));
    CHECK(stops([&] { (void)primary_idms<credulous>{domain_a, foreign}; }));
    CHECK(stops([&] { (void)primary_idms<credulous>{domain_a, none}; }));
}

namespace {

constexpr std::string_view id_jag_type = "urn:ietf:params:oauth:token-type:id-jag";
constexpr std::string_view id_token_type = "urn:ietf:params:oauth:token-type:id_token";

/// A right request for an ID-JAG.
named_values id_jag_request(named_values const& claims) {
    return {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
            {"requested_token_type", std::string{id_jag_type}},
            {"audience", "https://b.example"},
            {"resource", "https://api.b.example"},
            {"scope", "chat.read"},
            {"subject_token", token_of(claims)},
            {"subject_token_type", std::string{id_token_type}},
            {"client_id", "radio-at-a"}};
}
named_values id_jag_request() {
    return id_jag_request(mcx::test::id_claims());
}

/// A right request for a chained grant.
named_values chained_request(named_values const& claims = access_claims()) {
    return exchange_of(token_of(claims))
        .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
}

template <class P>
mcx::result<mcx::role::exchange_petition_by<P>> under(named_values const& request,
                                                      std::string_view sender = {}) {
    auto const keys = mcx::test::trusting<credulous>({mcx::test::issuer_a});
    mcx::workspace<credulous> work;
    return primary_idms<credulous>{domain_a, keys}.receive<P>(
        request.form(), mcx::test::sender(sender), work, clock_at(0));
}
template <class P>
error refused_under(named_values const& request, std::string_view sender = {}) {
    return placeless(under<P>(request, sender).error());
}
error id_jag_refusal(named_values const& request, std::string_view sender = {}) {
    return refused_under<grant::id_jag>(request, sender);
}
error chained_refusal(named_values const& request, std::string_view sender = {}) {
    return refused_under<grant::identity_chaining>(request, sender);
}
constexpr std::uint16_t id_claim(std::string_view name) {
    return mcx::idm::id_token::fields::number_of(name);
}

}  // namespace

TEST_CASE("who asks for an ID-JAG shows an ID token, and names a server and what is behind it") {
    auto const shown = under<grant::id_jag>(id_jag_request());
    CHECK(shown->subject().view() == "alice");
    CHECK(shown->client().view() == "radio-at-a");
    CHECK(shown->partner().view() == "https://b.example");
    CHECK(shown->requested() == oauth::scope("chat.read"));
    CHECK(shown->resource()->names("https://api.b.example"));
    CHECK(shown->access_expires() == clock_at(3600).at);
    CHECK(shown->actors().empty());
    CHECK(!under<grant::id_jag>(id_jag_request().without("resource"))->resource());
}

TEST_CASE("an ID-JAG says how the user logged in, as far as the ID token does") {
    auto const granted = [](named_values const& id_token) {
        auto const shown = under<grant::id_jag>(id_jag_request(id_token));
        auto const signer = key();
        counted_random random;
        auto const answer =
            shown->vouch(issuance{signer, random, mcx::lifetime(10min)}, clock_at(0));
        return mcx::test::payload_in(answer->access_token.view());
    };
    auto const all = mcx::test::id_claims()
                         .with("auth_time", date(-5))
                         .with("acr", quoted("3gpp:acr:password"))
                         .with("amr", R"(["pwd","otp"])");
    auto const shown = under<grant::id_jag>(id_jag_request(all))->login();
    CHECK(shown.auth_time == clock_at(-5).at);
    CHECK(shown.acr->view() == "3gpp:acr:password");
    CHECK(shown.amr.size() == 2);
    CHECK(granted(all).ends_with(",\"auth_time\":" + date(-5) +
                                 R"(,"acr":"3gpp:acr:password","amr":["pwd","otp"]})"));
    CHECK(granted(mcx::test::id_claims()).find("auth_time") == std::string::npos);
    CHECK(under<grant::id_jag>(id_jag_request())->login() == grant::login_facts{});
}

TEST_CASE("a request for an ID-JAG says so, names one audience, and has no actor") {
    auto const good = id_jag_request();
    CHECK(id_jag_refusal(good.without("requested_token_type")) ==
          error{errc::parameter_missing, parameter("requested_token_type")});
    CHECK(id_jag_refusal(good.with("requested_token_type", jwt_type)) ==
          error{errc::parameter_value, parameter("requested_token_type")});
    CHECK(id_jag_refusal(good.without("audience")) ==
          error{errc::parameter_missing, parameter("audience")});
    CHECK(id_jag_refusal(good.and_also("audience", "https://c.example")) ==
          error{errc::parameter_value, parameter("audience")});
    CHECK(id_jag_refusal(good.with("audience", "b")) ==
          error{errc::parameter_value, parameter("audience")});
    CHECK(id_jag_refusal(good.with("actor_token", token_of(access_claims()))
                             .with("actor_token_type", jwt_type)) ==
          error{errc::parameter_value, parameter("actor_token")});
    std::string const far = "https://api.b.example/" + std::string(255, 'x');
    CHECK(id_jag_refusal(good.with("resource", far)) ==
          error{errc::parameter_value, parameter("resource")});
}

TEST_CASE("an ID token is exchanged by the client it was issued to, and by nobody else") {
    auto const good = id_jag_request();
    auto const nameless = good.without("client_id");
    CHECK(id_jag_refusal(good.with("client_id", "other")) ==
          error{errc::audience_mismatch, id_claim("aud")});
    CHECK(id_jag_refusal(nameless) == error{errc::parameter_missing, parameter("client_id")});
    CHECK(id_jag_refusal(nameless, "radio-at-a") == error{});
    CHECK(id_jag_refusal(nameless, "other") == error{errc::audience_mismatch, id_claim("aud")});
    CHECK(id_jag_refusal(good, "other") == error{errc::client_mismatch, parameter("client_id")});
}

TEST_CASE("an ID token is exchanged whatever login it answers, while it holds") {
    CHECK(id_jag_refusal(id_jag_request(
              mcx::test::id_claims().with("nonce", quoted("n-0S6_WzA2Mj")))) == error{});
    CHECK(id_jag_refusal(id_jag_request(mcx::test::id_claims().with("exp", date(0)))) ==
          error{errc::expired, id_claim("exp")});
    CHECK(id_jag_refusal(id_jag_request(access_claims())) ==
          error{errc::claim_prohibited, id_claim("scope")});
    CHECK(refused_under<grant::id_jag>(id_jag_request().with("subject_token_type", jwt_type)) ==
          error{errc::subject_token_type_refused, parameter("subject_token_type")});
}

TEST_CASE("who asks for a chained grant names the partner by a resource or by an audience") {
    auto const good = chained_request();
    CHECK(under<grant::identity_chaining>(good)->partner() == domain_b.address);
    auto const logical = good.without("resource").with("audience", domain_b.iss.view());
    CHECK(under<grant::identity_chaining>(logical)->partner().view() == domain_b.iss.view());
    CHECK(chained_refusal(good.with("audience", domain_b.iss.view())) ==
          error{errc::parameter_value, parameter("audience")});
    CHECK(chained_refusal(good.without("resource")) ==
          error{errc::parameter_missing, parameter("resource")});
    CHECK(chained_refusal(good.with("subject_token_type", jwt_type)) == error{});
    CHECK(chained_refusal(good.with("subject_token_type", id_token_type)) ==
          error{errc::subject_token_type_refused, parameter("subject_token_type")});
    CHECK(!under<grant::identity_chaining>(good)->resource());
}

TEST_CASE("a client that has authenticated exchanges its own access token only") {
    CHECK(chained_refusal(chained_request(), "radio-at-a") == error{});
    CHECK(chained_refusal(chained_request(), "other") ==
          error{errc::client_mismatch, claim("client_id")});
    auto const mc = exchange_of(token_of(access_claims()));
    CHECK(refused_under<mcx::idm::mc_exchange>(mc, "radio-at-a") == error{});
    CHECK(refused_under<mcx::idm::mc_exchange>(mc, "other") ==
          error{errc::client_mismatch, claim("client_id")});
}

TEST_CASE("where a grant cannot say who acts, nobody acts") {
    auto const delegated = access_claims().with("act", R"({"sub":"dispatcher"})");
    CHECK(chained_refusal(chained_request(delegated)) == error{errc::actor_refused, claim("act")});
    CHECK(received(exchange_of(token_of(delegated)))->actors().size() == 1);
    CHECK(chained_refusal(chained_request()
                              .with("actor_token", token_of(access_claims()))
                              .with("actor_token_type", jwt_type)) ==
          error{errc::parameter_value, parameter("actor_token")});
}

TEST_CASE("who was checked at another server has shown nothing here") {
    auto const keys = mcx::test::trusting<credulous>({mcx::test::issuer_a});
    mcx::workspace<credulous> work;
    primary_idms<credulous> const idms{domain_a, keys};
    std::string const body = exchange_of(token_of(access_claims())).form();
    CHECK(idms.receive(body, mcx::test::sender(), work, clock_at(0)));
    CHECK(idms.receive(body, mcx::test::sender_at_b(), work, clock_at(0)).error() ==
          errc::client_proof_mismatch);
}

TEST_CASE("who does not show who it is exchanges no token of a client that has to") {
    auto const of = [](std::string_view client) {
        return exchange_of(token_of(access_claims().with("client_id", quoted(client))));
    };
    CHECK(refusal(of("console")) == error{errc::client_authentication_refused, claim("client_id")});
    CHECK(refusal(of("nobody-here")) == error{errc::unknown_client, claim("client_id")});
    CHECK(refusal(of("deputy-radio")) == error{});
    auto const of_console = mcx::test::id_claims().with("aud", quoted("console"));
    CHECK(id_jag_refusal(id_jag_request(of_console).with("client_id", "console")) ==
          error{errc::client_authentication_refused, parameter("client_id")});
}
