// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/introspected.hpp>

#include "support/check.hpp"

#include <mcx/idm/access_token.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::fixed_clock;
using mcx::instant;
using mcx::grant::check_introspection;
using mcx::grant::introspected;
using mcx::oauth::introspection_response;
using namespace std::chrono_literals;
namespace jwt = mcx::jwt;

namespace {

constexpr fixed_clock at(std::int64_t seconds) {
    return {instant{1'700'000'000 + seconds}};
}
constexpr std::uint16_t member(std::string_view name) {
    return introspection_response::fields::number_of(name);
}

/// What A tells its group server of Alice's token.
introspection_response told() {
    introspection_response made;
    made.active = true;
    made.scope = "read write";
    made.client_id = "radio-at-a";
    made.username = "Alice";
    made.token_type = "Bearer";
    made.exp = at(600).at;
    made.iat = at(0).at;
    made.sub = "alice";
    (void)made.aud.names.push_back("https://gms.a.example");
    made.iss = "https://a.example";
    made.jti = "one";
    return made;
}

template <class R = jwt::names_me_if_present>
mcx::result<introspected> checked(introspection_response const& what, fixed_clock clock = at(0),
                                  mcx::leeway skew = {}) {
    return check_introspection<R>(
        what, {.from = "https://a.example", .to = "https://gms.a.example", .skew = skew}, clock);
}
error refusal(introspection_response const& what) {
    return checked(what).error();
}

}  // namespace

// The word of a server is no signature.
static_assert(!std::is_convertible_v<introspected, jwt::validated<mcx::idm::access_token_profile>>);
static_assert(!std::is_constructible_v<introspected, introspection_response>);
static_assert(!std::is_default_constructible_v<introspected>);

TEST_CASE("what a server tells of an active token is there for the one that asked") {
    auto const known = checked(told());
    CHECK(known.has_value());
    if (!known) {
        return;
    }
    CHECK(known->told_by().view() == "https://a.example");
    CHECK(known->subject() == mcx::subject("alice"));
    CHECK(known->id() == mcx::jwt_id("one"));
    CHECK(known->audience().names("https://gms.a.example"));
    CHECK(known->client().view() == "radio-at-a");
    CHECK(known->scope() == mcx::oauth::scope("write read"));
    CHECK(known->username().view() == "Alice");
    CHECK(known->token_type().view() == "Bearer");
    CHECK(known->expires() == at(600).at);
}

TEST_CASE("a token that is not active is refused, whatever else is said of it") {
    introspection_response revoked = told();
    revoked.active = false;
    CHECK(refusal(revoked) == error{errc::token_inactive, member("active")});
    CHECK(refusal({}) == error{errc::token_inactive, member("active")});
    CHECK(blame_of(errc::token_inactive) == mcx::blame::peer);
}

TEST_CASE("a token that takes a proof each time is none that its bearer may use") {
    introspection_response what = told();
    for (char const* const type : {"DPoP", "dpop"}) {
        what.token_type = *mcx::oauth::told_token_type::from(type);
        CHECK(refusal(what) == error{errc::proof_missing, member("token_type")});
    }
    what.token_type = {};
    CHECK(refusal(what) == error{});
}

TEST_CASE("an active token is good at the time of the request, to the second") {
    introspection_response what = told();
    what.nbf = at(10).at;
    auto const code = [&](std::int64_t when, mcx::leeway skew) {
        return checked(what, at(when), skew).error();
    };
    CHECK(code(9, {}) == error{errc::not_yet_valid, member("nbf")});
    CHECK(code(10, {}) == error{});
    CHECK(code(599, {}) == error{});
    CHECK(code(600, {}) == error{errc::expired, member("exp")});
    CHECK(code(-20, mcx::leeway(30s)) == error{});
    CHECK(code(-21, mcx::leeway(30s)) == error{errc::not_yet_valid, member("nbf")});
    CHECK(code(629, mcx::leeway(30s)) == error{});
    CHECK(code(630, mcx::leeway(30s)) == error{errc::expired, member("exp")});
    what.nbf.reset();
    CHECK(code(-1, {}) == error{errc::issued_in_future, member("iat")});
    what.iat.reset();
    CHECK(code(-1, {}) == error{});
}

TEST_CASE("an answer without an end is good for nothing") {
    introspection_response what = told();
    what.exp.reset();
    CHECK(refusal(what) == error{errc::member_missing, member("exp")});
}

TEST_CASE("a server tells of its own tokens only") {
    introspection_response what = told();
    what.iss = "https://a.example/";
    CHECK(refusal(what) == error{errc::issuer_mismatch, member("iss")});
    what.iss = {};
    CHECK(checked(what)->told_by().view() == "https://a.example");
}

TEST_CASE("a token is for the one that asks, where its answer says for whom it is") {
    introspection_response what = told();
    what.aud = {};
    CHECK(refusal(what) == error{});
    CHECK(checked<jwt::names_me>(what).error() == error{errc::audience_mismatch, member("aud")});
    (void)what.aud.names.push_back("https://gms.b.example");
    CHECK(refusal(what) == error{errc::audience_mismatch, member("aud")});
    (void)what.aud.names.push_back("https://gms.a.example");
    CHECK(refusal(what) == error{});
    CHECK(checked<jwt::names_only_me>(what).error() ==
          error{errc::audience_not_sole, member("aud")});
}

TEST_CASE("neither the one that asks nor the one that answers is without a name") {
    introspection_response what = told();
    what.iss = {};
    what.aud = {};
    CHECK(check_introspection(what, {.from = mcx::issuer{}, .to = "https://gms.a.example"}, at(0))
              .error() == errc::value_empty);
    CHECK(check_introspection(what, {.from = "https://a.example", .to = mcx::recipient{}}, at(0))
              .error() == errc::value_empty);
}

TEST_CASE("the one that asks may have several names") {
    introspection_response what = told();
    what.aud = {};
    (void)what.aud.names.push_back("https://cms.a.example");
    mcx::grant::introspection_expectation expected{.from = "https://a.example",
                                                   .to = "https://gms.a.example"};
    CHECK(check_introspection(what, expected, at(0)).error().code == errc::audience_mismatch);
    (void)expected.also.push_back("https://cms.a.example");
    CHECK(check_introspection(what, expected, at(0)));
}

TEST_CASE("what an answer does not tell is not there") {
    introspection_response what;
    what.active = true;
    what.exp = at(1).at;
    auto const known = checked(what);
    CHECK(known.has_value());
    if (!known) {
        return;
    }
    CHECK(!known->subject());
    CHECK(!known->id());
    CHECK(known->audience().empty());
    CHECK(known->client().empty());
    CHECK(known->scope().empty());
}
