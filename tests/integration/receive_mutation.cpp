// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mcx.hpp>

#include "support/allocations.hpp"
#include "support/check.hpp"
#include "support/login_world.hpp"
#include "support/mock.hpp"
#include "support/mutation.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// A million mutants of messages through each function of the roles that receives one, with a
// backend that believes every signature: no crash; every refusal in a stage that can be, about a
// field that is there, at a place that the message has; the heap as it was before, and never more
// of it taken than a small multiple of the message; the party itself unchanged.

using mcx::blame;
using mcx::errc;
using mcx::error;
using mcx::stage;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::mutant_tally;
using mcx::test::named_values;
using mcx::test::numbers;
using mcx::test::quoted;
using mcx::test::token_seed;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

namespace {

constexpr std::size_t mutants = 1'000'000;

/// More of the heap than this is never held while a message is received, besides two octets for
/// each of the message: its tokens once more, and a little for the allocator's sake.
constexpr std::ptrdiff_t heap_bound = 256;

/// Asks some messages twice: the answer depends on nothing but the message.
template <class Receive>
class steady {
    Receive receive_;
    std::size_t& unsteady_;
    std::size_t calls_ = 0;

  public:
    steady(Receive receive, std::size_t& unsteady) : receive_(receive), unsteady_(unsteady) {}

    error operator()(std::string_view message) {
        error const e = receive_(message);
        if (++calls_ % 32 == 0) {
            unsteady_ += receive_(message) == e ? 0U : 1U;
        }
        return e;
    }
};

/// Gives a party a million messages; `names_something` tells whether a refusal is about a field
/// that there is.
template <class Mutants, class Receive>
mutant_tally drive(Mutants source, Receive receive, bool (*names_something)(error)) {
    std::size_t unsteady = 0;
    auto const plausible = [&](error e, std::string_view message) {
        return e.code == errc::none ||
               (blame_of(e) == blame::peer && e.offset <= message.size() && names_something(e));
    };
    auto const t =
        test::receive_mutants(source, mutants, steady<Receive>{receive, unsteady}, plausible);
    MESSAGE(t.mutants << " mutants, " << t.accepted << " accepted; at most " << t.most_held
                      << " octets of the heap");
    CHECK(t.mutants == mutants);
    CHECK_MESSAGE(t.implausible == 0, t.first_implausible);
    CHECK(unsteady == 0);
    CHECK(t.kept == 0);
    CHECK(t.beyond <= heap_bound);
    CHECK(t.refused_at(stage::none) == 0);
    // That mutants got as far as they were meant to.
    CHECK(t.accepted > mutants / 100);
    CHECK(t.accepted < mutants / 2);
    return t;
}

/// Refusals at every one of these stages, so many that none came by chance.
void check_reached(mutant_tally const& t, std::initializer_list<stage> stages) {
    for (stage const s : stages) {
        CAPTURE(static_cast<int>(s));
        CHECK(t.refused_at(s) > mutants / 1000);
    }
}

/// Whether a refusal of a token of profile P in a message M names what there is.
template <class P, class M>
bool names_something(error e) {
    switch (stage_of(e)) {
        case stage::form:
        case stage::message:
            return e.where == 0 || !M::fields::name_of(e.where).empty();
        case stage::signature:
            return e.where == 0;
        case stage::header:
        case stage::claims:
        case stage::policy:
            return e.where == 0 || !jwt::name_of<P>(e).empty();
        case stage::key:
            return e.where != 0;
        default:
            return false;
    }
}

/// The tokens to start from, of every kind and of several issuers.
std::vector<token_seed> seeds() {
    std::string const es256 = test::signature_text<mcx::es256>();
    std::string const eddsa = test::signature_text<mcx::eddsa>();
    auto const from_c = test::security_claims().with("iss", quoted("https://c.example"));
    return {
        {test::header_of("a-1"), test::access_claims().json(), es256},
        {test::header_of("a-1"), test::security_claims().json(), es256},
        {R"({"alg":"EdDSA","kid":"a-1"})", test::access_claims().without("mcptt_id").json(), eddsa},
        {R"({"alg":"EdDSA","kid":"c-1","typ":"jwt"})", from_c.without("jti").json(), eddsa},
        {test::header_of("a-1"), test::id_claims().json(), es256},
        {R"({"alg":"ES256"})",
         test::access_claims().with("x", R"([{"y":"\u00e4"},-1.5e3,null,[[]]])").json(), es256},
    };
}

/// The octets of a literal, NULs and all.
template <std::size_t N>
constexpr std::string_view octets(char const (&literal)[N]) {
    return {literal, N - 1};
}

constexpr auto telling_in_forms = octets("&=%+0123456789abcdefABCDEF:/.#? \"\\\n\0~_-gty");
constexpr auto telling_in_headers = octets(" =-._~+/BearerTOKEN,;\"\t\n\0\x80");

/// Makes bodies of requests: a token that was mutated among right parameters, right parameters with
/// something wrong in them, parameters of two requests.
class bodies {
    test::mutator tokens_{seeds(), 0xB0D1E5};
    numbers random_{0xB0D1E5};
    test::clay body_;
    std::string token_parameter_;
    std::vector<std::string> around_;  // bodies without that parameter
    std::vector<std::string> whole_;

    [[nodiscard]] static std::string const& one_of(std::vector<std::string> const& bodies,
                                                   numbers& random) {
        return bodies[random.below(bodies.size())];
    }

  public:
    bodies(std::string_view token_parameter, std::vector<named_values> const& requests)
        : token_parameter_(std::string{"&"}.append(token_parameter).append("=")) {
        for (named_values const& request : requests) {
            around_.push_back(request.without(token_parameter).form());
            whole_.push_back(request.form());
        }
    }

    std::string_view next() {
        std::size_t const kind = random_.below(8);
        if (kind < 5) {
            body_.assign(kind == 0 ? one_of(around_, random_) : around_[0]);
            body_.insert(body_.size(), token_parameter_);
            body_.insert(body_.size(), tokens_.next());
            return body_.view();
        }
        body_.assign(one_of(whole_, random_));
        if (kind == 5) {
            body_.insert(body_.size(), "&");
            body_.insert(body_.size(), one_of(around_, random_));
        }
        test::change_some(body_, random_, one_of(whole_, random_), telling_in_forms);
        return body_.view();
    }
};

/// Makes values of the Authorization header.
class headers {
    test::mutator tokens_{seeds(), 0xBEA7E7};
    numbers random_{0xBEA7E7};
    test::clay header_;
    std::string good_ = "Bearer " + test::token_of(test::access_claims());

  public:
    std::string_view next() {
        if (random_.below(8) == 0) {
            header_.assign(good_);
            test::change_some(header_, random_, "Basic dXNlcjpwdw==", telling_in_headers);
        } else {
            header_.assign("Bearer ");
            header_.insert(header_.size(), tokens_.next());
        }
        return header_.view();
    }
};

/// Makes bodies of responses.
class responses {
    numbers random_{0x5E71E5};
    test::clay body_;
    std::vector<std::string> seeds_;

  public:
    explicit responses(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

    std::string_view next() {
        body_.assign(seeds_[random_.below(seeds_.size())]);
        test::change_some(body_, random_, seeds_[random_.below(seeds_.size())]);
        return body_.view();
    }
};

/// The reply that brings a body: status and type follow from the body, so that the same body gives
/// the same reply.
oauth::reply reply_of(std::string_view body) {
    std::size_t const sum = body.size() % 64;
    return {sum == 1   ? 400
            : sum == 2 ? 401
            : sum == 3 ? 500
                       : 200,
            sum == 4 ? std::string_view{"text/html"} : oauth::json_media_type, body};
}

/// An Authorization header has no fields, its token has.
bool bearer_names_something(error e) {
    using no_message = oauth::token_response;
    return stage_of(e) == stage::message
               ? e.where == 0
               : names_something<idm::access_token_profile, no_message>(e);
}

bool response_names_something(error e) {
    bool const reading = stage_of(e) == stage::message || stage_of(e) == stage::form;
    return reading && (e.where == 0 || !oauth::token_response::fields::name_of(e.where).empty());
}

constexpr std::string_view jwt_type = "urn:ietf:params:oauth:token-type:jwt";

std::vector<std::string> response_seeds() {
    named_values const least{{"access_token", quoted("header.payload.signature")},
                             {"token_type", quoted("Bearer")},
                             {"expires_in", "600"}};
    auto const typed = least.with("issued_token_type", quoted(jwt_type));
    return {typed.json(),
            typed.with("token_type", quoted("n_a")).json(),
            least.with("scope", quoted("3gpp:mc:ptt_service openid")).json(),
            typed.with("scope", quoted("a b c")).with("refresh_token", quoted("r")).json(),
            least.with("x", R"([{"y":"\u00e4"},-1.5e3,null,[[]]])").json(),
            typed.with("id_token", quoted("i")).with("access_token", R"("\u0061.b.c")").json(),
            R"({"error":"invalid_grant","error_description":"no","error_uri":"https://x"})"};
}

role::client::home at_home() {
    oauth::token_response login;
    login.access_token = *oauth::token::from("access.of.a");
    login.expires_in = mcx::lifetime{std::chrono::hours{1}};
    return *role::client::home::from(domain_a.token_endpoint, login, clock_at(0));
}
role::client::exchanging exchanging() {
    role::client::partner const to{domain_b.address, domain_b.token_endpoint, "radio-at-b"};
    return *at_home().enter_for_group(to, clock_at(0));
}
role::client::requesting requesting() {
    std::string const body =
        R"({"access_token":"security.for.b","token_type":"N_A","expires_in":600,)"
        R"("issued_token_type":"urn:ietf:params:oauth:token-type:jwt"})";
    return *exchanging()
                .receive({200, oauth::json_media_type, body}, clock_at(0))
                ->request("openid", clock_at(0));
}

}  // namespace

TEST_CASE("a million mutants of answers to a client that exchanges its token") {
    auto const state = exchanging();
    std::string const before = state.message(clock_at(0))->body;
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view body) {
        auto const next = state.receive(reply_of(body), clock_at(0));
        unfounded += next && next->expires() < clock_at(0).at ? 1U : 0U;
        return next.error();
    };
    auto const t = drive(responses{response_seeds()}, receive, response_names_something);
    check_reached(t, {stage::form, stage::message});
    CHECK(unfounded == 0);
    CHECK(state.message(clock_at(0))->body == before);
}

TEST_CASE("a million mutants of answers to a client that asks a partner for a token") {
    auto const state = requesting();
    std::string const before = state.message(clock_at(0))->body;
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view body) {
        auto const next = state.receive(reply_of(body), clock_at(0));
        unfounded += next && (next->scope().empty() || next->expires() < clock_at(0).at) ? 1U : 0U;
        return next.error();
    };
    auto const t = drive(responses{response_seeds()}, receive, response_names_something);
    check_reached(t, {stage::form, stage::message});
    CHECK(unfounded == 0);
    CHECK(state.message(clock_at(0))->body == before);
}

TEST_CASE("a million mutants of token exchanges at a primary IdMS") {
    std::string const token = test::token_of(test::access_claims());
    auto const good = test::exchange_of(token);
    bodies const source{"subject_token",
                        {good, good.with("client_id", "radio-at-a").with("scope", "x"),
                         good.with("requested_token_type", jwt_type).with("unknown", "\u20ac"),
                         good.with("actor_token", "a").with("actor_token_type", jwt_type),
                         test::bearer_grant_of(token)}};
    auto const keys = test::trusting<credulous>({test::issuer_a});
    mcx::workspace<credulous> work;
    role::primary_idms<credulous> const idms{domain_a, keys};
    auto const by = test::sender();
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view body) {
        auto const asked = idms.receive(body, by, work, clock_at(0), idm::relation::group);
        bool const right =
            !asked || (!asked->subject().empty() && !asked->client().empty() &&
                       !asked->partner().empty() && asked->relation() == idm::relation::group);
        unfounded += right ? 0U : 1U;
        return asked.error();
    };
    auto const t = drive(source, receive,
                         names_something<idm::access_token_profile, oauth::token_exchange_request>);
    check_reached(t, {stage::form, stage::header, stage::key, stage::signature, stage::claims,
                      stage::policy, stage::message});
    CHECK(unfounded == 0);
    CHECK(idms.receive(good.form(), by, work, clock_at(0))->subject().view() == "alice");
}

TEST_CASE("a million mutants of JWT bearer requests at a partner IdMS") {
    std::string const token = test::token_of(test::security_claims());
    auto const good = test::bearer_grant_of(token);
    bodies const source{"assertion",
                        {good, good.with("scope", "a b c d e f g h"), good.with("client_id", "%"),
                         good.with("unknown", "\u20ac"), test::exchange_of(token)}};
    auto const primaries = test::trusting<credulous>({test::issuer_a, test::issuer_c});
    mcx::workspace<credulous> work;
    role::partner_idms<credulous> const idms{domain_b, primaries};
    auto const by = test::sender_at_b();
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view body) {
        auto const asked = idms.receive(body, by, work, clock_at(0), idm::relation::migration);
        bool const right =
            !asked ||
            ((asked->home() == test::issuer_a.iss || asked->home() == test::issuer_c.iss) &&
             asked->assertion_audience().names(domain_b.address.view()) &&
             asked->replay().until > clock_at(0).at && !asked->replay().id.empty() &&
             !asked->requested().empty() && !asked->client().empty());
        unfounded += right ? 0U : 1U;
        return asked.error();
    };
    auto const t = drive(source, receive,
                         names_something<idm::security_token_profile, oauth::jwt_bearer_request>);
    check_reached(t, {stage::form, stage::header, stage::key, stage::signature, stage::claims,
                      stage::policy, stage::message});
    CHECK(unfounded == 0);
    CHECK(idms.receive(good.form(), by, work, clock_at(0))->subject().view() == "alice");
}

TEST_CASE("a million mutants of Authorization headers at a resource server") {
    auto const keys = test::trusting<credulous>({test::issuer_a});
    mcx::workspace<credulous> work;
    role::resource_server<credulous> const server{"https://gms.a.example", keys};
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view header) {
        auto const admitted = server.receive(header, work, clock_at(0));
        unfounded +=
            admitted && (admitted->scope().empty() || admitted->client().empty()) ? 1U : 0U;
        return admitted.error();
    };
    auto const t = drive(headers{}, receive, bearer_names_something);
    check_reached(t, {stage::form, stage::header, stage::key, stage::signature, stage::claims,
                      stage::policy, stage::message});
    CHECK(t.most_held == 0);
    CHECK(unfounded == 0);
    std::string const good = "Bearer " + test::token_of(test::access_claims());
    CHECK(server.receive(good, work, clock_at(0))->client().view() == "radio-at-a");
}

namespace {

/// Makes queries and bodies without tokens of ours in them.
class plain_bodies {
    numbers random_{0xF0A115};
    test::clay body_;
    std::vector<std::string> seeds_;

  public:
    explicit plain_bodies(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

    std::string_view next() {
        body_.assign(seeds_[random_.below(seeds_.size())]);
        test::change_some(body_, random_, seeds_[random_.below(seeds_.size())], telling_in_forms);
        return body_.view();
    }
};

/// Whether a refusal of a message M, with nothing else in it, names what there is.
template <class M>
bool message_names_something(error e) {
    return (stage_of(e) == stage::form || stage_of(e) == stage::message ||
            stage_of(e) == stage::policy) &&
           (e.where == 0 || !M::fields::name_of(e.where).empty());
}

}  // namespace

TEST_CASE("a million mutants of authentication requests at a primary IdMS") {
    test::login_world const w;
    named_values const good{{"response_type", "code"},
                            {"client_id", "radio-at-a"},
                            {"scope", "openid 3gpp:mc:ptt_service"},
                            {"redirect_uri", std::string{test::redirect_a.view()}},
                            {"state", "s"},
                            {"acr_values", "3gpp:acr:password"},
                            {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
                            {"code_challenge_method", "S256"}};
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view query) {
        auto const asked = w.authorization.receive(query);
        bool const right = !asked || (asked->client().view() == "radio-at-a" &&
                                      asked->requested().contains("openid"));
        unfounded += right ? 0U : 1U;
        return asked.error();
    };
    auto const t = drive(plain_bodies{{good.form(), good.with("nonce", "n").form(),
                                       good.with("state", "\u20ac~").form()}},
                         receive, message_names_something<oauth::authentication_request>);
    check_reached(t, {stage::form, stage::policy, stage::message});
    CHECK(unfounded == 0);
}

TEST_CASE("a million mutants of requests for tokens at home") {
    test::login_world const w;
    auto const radio = *w.sender();
    named_values const redemption{{"grant_type", "authorization_code"},
                                  {"code", "c0de"},
                                  {"client_id", "radio-at-a"},
                                  {"redirect_uri", std::string{test::redirect_a.view()}},
                                  {"code_verifier", std::string(43, 'v')}};
    std::size_t unfounded = 0;
    auto const redeem = [&](std::string_view body) {
        auto const asked = w.tokens.receive_code(body, radio);
        unfounded +=
            asked && asked->replay(clock_at(0)).id.view() != asked->code().view() ? 1U : 0U;
        return asked.error();
    };
    auto const t = drive(plain_bodies{{redemption.form(), redemption.with("code", "%").form()}},
                         redeem, message_names_something<oauth::access_token_request>);
    check_reached(t, {stage::form, stage::policy, stage::message});
    named_values const renewal{{"grant_type", "refresh_token"}, {"refresh_token", "r"}};
    auto const renew = [&](std::string_view body) {
        auto const asked = w.tokens.receive_refresh(body, radio);
        unfounded += asked && asked->token().empty() ? 1U : 0U;
        return asked.error();
    };
    auto const s = drive(plain_bodies{{renewal.form(), renewal.with("scope", "a b").form(),
                                       renewal.with("client_id", "radio-at-a").form()}},
                         renew, message_names_something<oauth::refresh_request>);
    check_reached(s, {stage::form, stage::message});
    CHECK(unfounded == 0);
}

TEST_CASE("a million mutants of what comes back to a client that sent its user to log in") {
    test::login_world w;
    auto const state = *w.begin();
    std::string const good = test::query_in(w.code_for(state)->location);
    std::string const sent = good.substr(good.find("state="));
    auto const receive = [&](std::string_view query) { return state.receive(query).error(); };
    auto const t = drive(plain_bodies{{good, good + "&iss=https%3A%2F%2Fa.example",
                                       "error=access_denied&" + sent, "code=x&state=y"}},
                         receive, message_names_something<oauth::authorization_answer>);
    check_reached(t, {stage::form, stage::message});
}

TEST_CASE("the checks of mutants see what they are for") {
    std::string kept;
    responses source{{"seed"}};
    auto const accept = [](error, std::string_view) { return true; };
    auto const keeps = test::receive_mutants(
        source, 1,
        [&](std::string_view) {
            kept.assign(1000, 'k');
            return error{};
        },
        accept);
    CHECK(keeps.kept == 1);
    CHECK(keeps.beyond > heap_bound);
    auto const heavy = test::receive_mutants(
        source, 1,
        [](std::string_view text) {
            return std::string(2 * text.size() + 1000, 'x').empty() ? error{} : errc::signature;
        },
        accept);
    CHECK(heavy.kept == 0);
    CHECK(heavy.beyond > heap_bound);

    std::size_t unsteady = 0;
    int calls = 0;
    auto const counts = [&](std::string_view) {
        return ++calls == 33 ? errc::signature : errc::expired;
    };
    steady<decltype(counts)> twice{counts, unsteady};
    for (int i = 0; i < 32; ++i) {
        CHECK(twice("x").code == errc::expired);
    }
    CHECK(unsteady == 1);

    using profile = idm::access_token_profile;
    using message = oauth::token_exchange_request;
    CHECK(names_something<profile, message>({errc::claim_value, 2}));
    CHECK_FALSE(names_something<profile, message>({errc::claim_value, 77}));
    CHECK_FALSE(names_something<profile, message>({errc::parameter_value, 77}));
    CHECK_FALSE(names_something<profile, message>(errc::backend));
    CHECK_FALSE(bearer_names_something({errc::bearer_malformed, 1}));
    CHECK_FALSE(response_names_something(errc::claim_value));
    CHECK_FALSE(response_names_something({errc::member_value, 77}));
}
