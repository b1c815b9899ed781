// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/validate.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::fixed_clock;
using mcx::instant;
using mcx::leeway;
using mcx::recipient;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::note_claim;
using mcx::test::note_profile;
using mcx::test::note_text;
using mcx::test::trust_in;
namespace jwt = mcx::jwt;

namespace {

using decoded = jwt::decoded<note_profile>;

/// A token of issuer "one" with these claims beside its subject.
decoded token_with(std::string_view claims) {
    auto const issuers = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    std::string const text = note_text(R"({"sub":"x",)" + std::string(claims) + "}");
    return certain(jwt::parse<note_profile>(std::string_view{text})
                       .and_then(jwt::verify(issuers, work))
                       .and_then(jwt::decode));
}

constexpr fixed_clock at(std::int64_t seconds) {
    return {{seconds}};
}

jwt::expectation expecting(std::chrono::seconds skew = {}) {
    return {.to = certain(recipient::from("me")), .skew = certain(leeway::from(skew))};
}

error refusal(std::string_view claims, std::int64_t now, std::chrono::seconds skew = {}) {
    return jwt::validate(token_with(claims), expecting(skew), at(now)).error();
}

error refused(errc code, std::string_view claim) {
    return {code, note_claim(claim)};
}

/// A clock that counts how often it is read.
struct counting_clock {
    int* readings;
    instant now() const {
        ++*readings;
        return {50};
    }
};

constexpr std::chrono::seconds most{30};
constexpr auto last_second = std::numeric_limits<std::int64_t>::max();
constexpr auto first_second = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("claims that hold can be read as facts") {
    auto const token =
        jwt::validate(token_with(R"("exp":100,"iss":"one","aud":"me")"), expecting(), at(50));
    CHECK(token.has_value());
    if (token) {
        auto const& validated = *token;
        CHECK(validated->sub.view() == "x");
        CHECK(validated->exp == instant{100});
        CHECK(validated.claims().aud->names("me"));
        CHECK(validated.signed_by().view() == "one");
    }
}

TEST_CASE("a token is over from the second of its expiry on") {
    CHECK(refusal(R"("exp":100)", 99) == error{});
    CHECK(refusal(R"("exp":100)", 100) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":100)", 101) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":100)", last_second) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":0)", -1) == error{});
    CHECK(refusal(R"("exp":0)", 0) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":100)", first_second) == refused(errc::lifetime_too_long, "exp"));
}

TEST_CASE("a leeway moves the expiry by exactly its seconds") {
    CHECK(refusal(R"("exp":100)", 129, most) == error{});
    CHECK(refusal(R"("exp":100)", 130, most) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":100)", 100, std::chrono::seconds{1}) == error{});
    CHECK(refusal(R"("exp":100)", 101, std::chrono::seconds{1}) == refused(errc::expired, "exp"));
    CHECK(refusal(R"("exp":253402300799)", 253'402'300'828, most) == error{});
    CHECK(refusal(R"("exp":253402300799)", 253'402'300'829, most) == refused(errc::expired, "exp"));
}

TEST_CASE("a token begins with the second that it is not valid before") {
    CHECK(refusal(R"("exp":200,"nbf":100)", 100) == error{});
    CHECK(refusal(R"("exp":200,"nbf":100)", 99) == refused(errc::not_yet_valid, "nbf"));
    CHECK(refusal(R"("exp":200,"nbf":100)", 70, most) == error{});
    CHECK(refusal(R"("exp":200,"nbf":100)", 69, most) == refused(errc::not_yet_valid, "nbf"));
    CHECK(refusal(R"("exp":200,"nbf":0)", -1) == refused(errc::not_yet_valid, "nbf"));
    CHECK(refusal(R"("exp":200,"nbf":0)", first_second, most) ==
          refused(errc::not_yet_valid, "nbf"));
}

TEST_CASE("a token was not issued in the future") {
    CHECK(refusal(R"("exp":200,"iat":100)", 100) == error{});
    CHECK(refusal(R"("exp":200,"iat":100)", 99) == refused(errc::issued_in_future, "iat"));
    CHECK(refusal(R"("exp":200,"iat":100)", 70, most) == error{});
    CHECK(refusal(R"("exp":200,"iat":100)", 69, most) == refused(errc::issued_in_future, "iat"));
    CHECK(refusal(R"("exp":200,"iat":253402300799)", 100) ==
          refused(errc::issued_in_future, "iat"));
}

TEST_CASE("an issuer that the token names is the one whose key signed it") {
    CHECK(refusal(R"("exp":100)", 50) == error{});
    CHECK(refusal(R"("exp":100,"iss":"one")", 50) == error{});
    CHECK(refusal(R"("exp":100,"iss":"two")", 50) == refused(errc::issuer_mismatch, "iss"));
    CHECK(refusal(R"("exp":100,"iss":"One")", 50) == refused(errc::issuer_mismatch, "iss"));
    CHECK(refusal(R"("exp":100,"iss":"one/")", 50) == refused(errc::issuer_mismatch, "iss"));
    CHECK(refusal(R"("exp":100,"iss":"")", 50) == refused(errc::issuer_mismatch, "iss"));
}

TEST_CASE("the audience is asked as the profile says") {
    CHECK(refusal(R"("exp":100)", 50) == error{});
    CHECK(refusal(R"("exp":100,"aud":"me")", 50) == error{});
    CHECK(refusal(R"("exp":100,"aud":["you","me"])", 50) == error{});
    CHECK(refusal(R"("exp":100,"aud":"you")", 50) == refused(errc::audience_mismatch, "aud"));
    CHECK(refusal(R"("exp":100,"aud":["you","Me"])", 50) ==
          refused(errc::audience_mismatch, "aud"));
}

TEST_CASE("issuer, expiry, beginning, issue and audience are asked in this order") {
    CHECK(refusal(R"("exp":1,"iss":"two","nbf":99,"iat":99,"aud":"you")", 50).code ==
          errc::issuer_mismatch);
    CHECK(refusal(R"("exp":1,"nbf":99,"iat":99,"aud":"you")", 50).code == errc::expired);
    CHECK(refusal(R"("exp":100,"nbf":99,"iat":99,"aud":"you")", 50).code == errc::not_yet_valid);
    CHECK(refusal(R"("exp":100,"iat":99,"aud":"you")", 50).code == errc::issued_in_future);
    CHECK(refusal(R"("exp":100,"aud":"you")", 50).code == errc::audience_mismatch);
}

TEST_CASE("what is refused is a matter of policy and named after its claim") {
    error const e = refusal(R"("exp":1)", 50);
    CHECK(mcx::stage_of(e) == mcx::stage::policy);
    CHECK(mcx::blame_of(e) == mcx::blame::peer);
    CHECK(jwt::name_of<note_profile>(e) == "exp");
    CHECK(jwt::name_of<note_profile>(refusal(R"("exp":100,"aud":"you")", 50)) == "aud");
}

TEST_CASE("the verb for chains reads the clock once, when it is made") {
    int readings = 0;
    counting_clock const clock{&readings};
    auto const validate = jwt::validate(expecting(), clock);
    CHECK(readings == 1);
    CHECK(validate(token_with(R"("exp":51)")).has_value());
    CHECK(validate(token_with(R"("exp":50)")).error().code == errc::expired);
    CHECK(readings == 1);
    CHECK(jwt::validate(token_with(R"("exp":51)"), expecting(), clock).has_value());
    CHECK(readings == 2);
}

TEST_CASE("the verb for chains outlives the expectation that it was made with") {
    auto const make = [] {
        jwt::expectation const expected = expecting();
        return jwt::validate(expected, at(50));
    };
    CHECK(make()(token_with(R"("exp":51,"aud":"me")")).has_value());
}

TEST_CASE("a validator without a name validates nothing, and is to blame itself") {
    auto const nobody = jwt::validate(token_with(R"("exp":100)"), {.to = recipient{}}, at(50));
    CHECK(nobody.error() == errc::value_empty);
    CHECK(mcx::blame_of(nobody.error()) == mcx::blame::caller);
}

TEST_CASE("who asks has to be given, as a literal or as a recipient") {
    CHECK_BOTH(!std::is_default_constructible_v<jwt::expectation>);
    CHECK_BOTH(!std::is_default_constructible_v<jwt::given<recipient>>);
    CHECK_BOTH(!std::is_constructible_v<jwt::given<recipient>, std::string_view>);
    constexpr jwt::expectation literal{.to = "me"};
    CHECK_BOTH(literal.to.value().view() == "me");
    CHECK_BOTH(literal.skew.value() == std::chrono::seconds{0});
    CHECK(jwt::validate(token_with(R"("exp":51,"aud":"me")"), {.to = "me"}, at(50)).has_value());
    CHECK(jwt::validate(token_with(R"("exp":51,"aud":"me")"), {.to = "you"}, at(50)).error().code ==
          errc::audience_mismatch);
}

namespace {

using mcx::test::note;

struct hourly_claims : note {
    instant issued;
    instant auth_time;
    std::optional<mcx::authorized_party> azp;
    std::optional<mcx::nonce> nonce;
    using fields =
        mcx::claim_list<mcx::required<"exp", &note::exp>,
                        mcx::required<"iat", &hourly_claims::issued>,
                        mcx::optional<"aud", &note::aud>, mcx::optional<"azp", &hourly_claims::azp>,
                        mcx::optional<"nonce", &hourly_claims::nonce>>;
};
struct login_claims : hourly_claims {
    using fields = mcx::claim_list<mcx::required<"exp", &note::exp>,
                                   mcx::required<"auth_time", &hourly_claims::auth_time>>;
};

/// Tokens of an hour at most, issued in the last ten minutes.
struct hourly_profile : note_profile {
    using claims = hourly_claims;
    static constexpr jwt::limits limits{.lifetime = std::chrono::hours{1},
                                        .age = std::chrono::minutes{10}};
};
struct login_profile : note_profile {
    using claims = login_claims;
};

template <class P>
error refusal_by(std::string_view payload, std::int64_t now, jwt::expectation const& expected) {
    static auto const issuers = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    std::string const text = note_text(payload);
    return jwt::parse<P>(std::string_view{text})
        .and_then(jwt::verify(issuers, work))
        .and_then(jwt::decode)
        .and_then(jwt::validate(expected, at(now)))
        .error();
}
error hourly(std::string_view payload, std::int64_t now, std::chrono::seconds skew = {}) {
    return refusal_by<hourly_profile>(payload, now, expecting(skew));
}
error hourly_refused(errc code, std::string_view claim) {
    return {code, hourly_claims::fields::number_of(claim)};
}
error answering(std::string_view claims, jwt::expectation const& expected) {
    return refusal_by<hourly_profile>(R"({"exp":100,"iat":40)" + std::string(claims) + "}", 50,
                                      expected);
}

}  // namespace

TEST_CASE("a token is valid for as long as the profile allows and no longer") {
    auto const too_long = hourly_refused(errc::lifetime_too_long, "exp");
    CHECK(hourly(R"({"iat":1000,"exp":4600})", 1000) == error{});
    CHECK(hourly(R"({"iat":1000,"exp":4601})", 1000) == too_long);
    CHECK(hourly(R"({"iat":1000,"exp":4601})", 1000, most) == too_long);
    CHECK(hourly(R"({"iat":0,"exp":253402300799})", 1) == too_long);
}

TEST_CASE("a token that does not say when it was issued is not valid for longer from now on") {
    CHECK(refusal(R"("exp":86450)", 50) == error{});
    CHECK(refusal(R"("exp":86451)", 50) == refused(errc::lifetime_too_long, "exp"));
    CHECK(refusal(R"("exp":86451)", 51) == error{});
    CHECK(refusal(R"("exp":86480)", 50, most) == error{});
    CHECK(refusal(R"("exp":86481)", 50, most) == refused(errc::lifetime_too_long, "exp"));
    CHECK(refusal(R"("exp":253402300799)", last_second) == refused(errc::expired, "exp"));
}

TEST_CASE("a token is as old as the profile allows and no older") {
    CHECK(hourly(R"({"iat":1000,"exp":4600})", 1600) == error{});
    CHECK(hourly(R"({"iat":1000,"exp":4600})", 1601) == hourly_refused(errc::too_old, "iat"));
    CHECK(hourly(R"({"iat":1000,"exp":4600})", 1630, most) == error{});
    CHECK(hourly(R"({"iat":1000,"exp":4600})", 1631, most) == hourly_refused(errc::too_old, "iat"));
    CHECK(hourly(R"({"exp":4600})", 1600).code == errc::claim_missing);
}

TEST_CASE("an authorized party that nobody expects is the validator itself, by any of its names") {
    jwt::expectation expected = expecting();
    auto const refused = hourly_refused(errc::authorized_party_mismatch, "azp");
    CHECK(answering(R"(,"azp":"me")", expected) == error{});
    CHECK(answering(R"(,"azp":"any")", expected) == refused);
    CHECK(answering(R"(,"azp":"myself")", expected) == refused);
    CHECK(expected.also.push_back(certain(recipient::from("myself"))).has_value());
    CHECK(answering(R"(,"azp":"myself")", expected) == error{});
}

TEST_CASE("an authorized party that is expected has to be named") {
    jwt::expectation expected = expecting();
    expected.azp = certain(mcx::authorized_party::from("app"));
    CHECK(answering(R"(,"azp":"app")", expected) == error{});
    CHECK(answering(R"(,"azp":"App")", expected) ==
          hourly_refused(errc::authorized_party_mismatch, "azp"));
    CHECK(answering("", expected) == hourly_refused(errc::authorized_party_mismatch, "azp"));
    CHECK(answering(R"(,"azp":"me")", expected) ==
          hourly_refused(errc::authorized_party_mismatch, "azp"));
    CHECK(jwt::validate(token_with(R"("exp":100,"azp":"app")"), expected, at(50)).error().code ==
          errc::authorized_party_mismatch);
}

TEST_CASE("a token answers the request that was made, or none where none was made") {
    jwt::expectation expected = expecting();
    CHECK(answering("", expected) == error{});
    CHECK(answering(R"(,"nonce":"n")", expected) == hourly_refused(errc::nonce_mismatch, "nonce"));
    expected.nonce = certain(mcx::nonce::from("n"));
    CHECK(answering(R"(,"nonce":"n")", expected) == error{});
    CHECK(answering(R"(,"nonce":"m")", expected) == hourly_refused(errc::nonce_mismatch, "nonce"));
    CHECK(answering("", expected) == hourly_refused(errc::nonce_mismatch, "nonce"));
    CHECK(jwt::validate(token_with(R"("exp":100,"nonce":"n")"), expected, at(50)).error().code ==
          errc::nonce_mismatch);
}

TEST_CASE("a login that is to be recent has to be told of, and is") {
    auto const refused_by = [](std::int64_t now, std::chrono::seconds skew = {}) {
        jwt::expectation expected = expecting(skew);
        expected.login_within = std::chrono::seconds{60};
        return refusal_by<login_profile>(R"({"exp":500,"auth_time":100})", now, expected);
    };
    CHECK(refused_by(160) == error{});
    CHECK(refused_by(161) == error{errc::too_old, 2});
    CHECK(refused_by(190, most) == error{});
    CHECK(refused_by(191, most) == error{errc::too_old, 2});
    CHECK(refusal_by<login_profile>(R"({"exp":500,"auth_time":0})", 499, expecting()) == error{});
    jwt::expectation expected = expecting();
    expected.login_within = std::chrono::seconds{60};
    CHECK(answering("", expected).code == errc::too_old);
}

TEST_CASE("no user logged in in the future") {
    auto const refused_at = [](std::int64_t now, std::chrono::seconds skew, bool recent) {
        jwt::expectation expected = expecting(skew);
        if (recent) {
            expected.login_within = std::chrono::seconds{60};
        }
        return refusal_by<login_profile>(R"({"exp":500,"auth_time":200})", now, expected);
    };
    for (bool const recent : {false, true}) {
        CHECK(refused_at(200, {}, recent) == error{});
        CHECK(refused_at(199, {}, recent) == error{errc::issued_in_future, 2});
        CHECK(refused_at(170, most, recent) == error{});
        CHECK(refused_at(169, most, recent) == error{errc::issued_in_future, 2});
    }
    jwt::expectation expected = expecting();
    expected.login_within = std::chrono::seconds{60};
    CHECK(refusal_by<login_profile>(R"({"exp":500,"auth_time":253402300799})", 100, expected) ==
          error{errc::issued_in_future, 2});
}

TEST_CASE("an audience is asked by all the names of the validator") {
    jwt::expectation expected = expecting();
    CHECK(answering(R"(,"aud":"myself")", expected).code == errc::audience_mismatch);
    CHECK(expected.also.push_back(certain(recipient::from("myself"))).has_value());
    CHECK(answering(R"(,"aud":"myself")", expected) == error{});
    CHECK(answering(R"(,"aud":"me")", expected) == error{});
}

TEST_CASE("validated claims say which algorithm signed them") {
    auto const token = jwt::validate(token_with(R"("exp":100)"), expecting(), at(50));
    CHECK((token && token->signed_with() == "ES256"));
}
