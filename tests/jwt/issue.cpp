// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/issue.hpp>

#include "support/allocations.hpp"
#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <mcx/crypto/any_signer.hpp>
#include <mcx/jwt/accept.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using mcx::audience;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::instant;
using mcx::rs256;
using mcx::test::broken;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::note;
using mcx::test::note_claim;
using mcx::test::note_profile;
using mcx::test::rfc_example;
namespace jwt = mcx::jwt;

namespace {

template <class A, class B = credulous>
mcx::signing_key<A, B> key(std::string_view id = "") {
    return certain(mcx::signing_key<A, B>::from(rfc_example<A>::private_key(),
                                                certain(mcx::key_id::from(id))));
}

mcx::subject named(std::string_view name) {
    return certain(mcx::subject::from(name));
}

mcx::recipient party(std::string_view name) {
    return certain(mcx::recipient::from(name));
}

note full() {
    note n;
    n.sub = named("sub \"x\"");
    n.exp = {100};
    n.iss = certain(mcx::issuer::from("one"));
    n.aud = audience{party("me")};
    n.nbf = instant{1};
    n.iat = instant{2};
    n.jti = certain(mcx::jwt_id::from("7"));
    return n;
}

note least() {
    note n;
    n.sub = named("x");
    n.exp = {100};
    return n;
}

template <class P = note_profile>
error refusal(note const& claims) {
    auto signer = key<es256>();
    counted_random random;
    return jwt::issue<P>(claims, signer, random).error();
}

/// The decoded part of a token, from 0 on.
std::string part(std::string_view token, int number) {
    for (; number > 0; --number) {
        token.remove_prefix(token.find('.') + 1);
    }
    std::array<std::byte, 1024> octets{};
    auto const size = mcx::base64url::decode(token.substr(0, token.find('.')), octets);
    return std::string(mcx::as_text(mcx::byte_view{octets}.first(size.value_or(0U))));
}

struct short_profile : note_profile {
    static constexpr jwt::limits limits{.token = 152, .payload = 256, .json = {4, 16}};
};
struct few_members_profile : note_profile {
    static constexpr jwt::limits limits{.token = 1024, .payload = 256, .json = {4, 2}};
};
struct terse_profile : note_profile {
    static constexpr jwt::limits limits{.token = 1024, .header = 27, .payload = 256};
};
struct hourly_profile : note_profile {
    static constexpr jwt::limits limits{
        .token = 1024, .payload = 256, .json = {4, 16}, .lifetime = std::chrono::hours{1}};
};
struct relaxed_profile : hourly_profile {
    using relaxations = jwt::relaxed<jwt::fractional_dates>;
};

/// How a token fares that P has issued for so many seconds: empty where it has not.
template <class P>
std::optional<errc> fate_of_lifetime(std::int64_t seconds) {
    static auto const issuers = mcx::test::trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    auto signer = key<es256>();
    counted_random random;
    note n = least();
    n.iat = instant{50};
    n.exp = {50 + seconds};
    auto const token = jwt::issue<P>(n, signer, random);
    if (!token) {
        CHECK(token.error() == error{errc::lifetime_too_long, note_claim("exp")});
        return {};
    }
    return jwt::accept<P>(*token, issuers, work, {.to = "me"}, mcx::fixed_clock{{50}}).error().code;
}

struct typed_profile : note_profile {
    using typ = jwt::typ_is<"note+jwt">;
};

}  // namespace

TEST_CASE("claims are written in the order of the list, absent ones left out") {
    auto signer = key<es256>("k");
    counted_random random;
    auto const token = jwt::issue<note_profile>(full(), signer, random);
    CHECK(token.has_value());
    CHECK((token && part(*token, 0) == R"({"alg":"ES256","kid":"k","typ":"JWT"})"));
    CHECK((token && part(*token, 1) == R"({"sub":"sub \"x\"","exp":100,"iss":"one","aud":"me",)"
                                       R"("nbf":1,"iat":2,"jti":"7"})"));
    auto const small = jwt::issue<note_profile>(least(), signer, random);
    CHECK((small && part(*small, 1) == R"({"sub":"x","exp":100})"));
    auto const typed = jwt::issue<typed_profile>(least(), signer, random);
    CHECK((typed && part(*typed, 0) == R"({"alg":"ES256","kid":"k","typ":"note+jwt"})"));
}

TEST_CASE_TEMPLATE("what is issued is accepted, claim for claim", A, es256, eddsa) {
    auto const issuers = mcx::test::trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    auto const secret = key<A>();
    mcx::prepared_signer<A, credulous> signer{secret};
    counted_random random;
    for (note const& claims : {full(), least()}) {
        auto const token = jwt::issue<note_profile>(claims, signer, random);
        CHECK(token.has_value());
        auto const again =
            jwt::accept<note_profile>(*token, issuers, work, {.to = "me"}, mcx::fixed_clock{{50}});
        CHECK((again && again->claims() == claims));
    }
}

TEST_CASE("a signer that was chosen at run time has to sign with one of the profile's algorithms") {
    auto const fitting = key<eddsa>();
    auto const foreign = key<rs256>();
    counted_random random;
    mcx::any_signer<credulous> chosen{fitting};
    CHECK(jwt::issue<note_profile>(least(), chosen, random).has_value());
    mcx::any_signer<credulous> other{foreign};
    CHECK(jwt::issue<note_profile>(least(), other, random).error() == errc::algorithm_refused);
}

TEST_CASE("a signer of one algorithm is checked when the program is compiled") {
    CHECK_BOTH(jwt::SignerFor<mcx::signing_key<es256, credulous>, note_profile>);
    CHECK_BOTH(jwt::SignerFor<mcx::prepared_signer<eddsa, credulous>, note_profile>);
    CHECK_BOTH(!jwt::SignerFor<mcx::signing_key<rs256, credulous>, note_profile>);
    CHECK_BOTH(!jwt::SignerFor<mcx::prepared_signer<rs256, credulous>, note_profile>);
    CHECK_BOTH(jwt::SignerFor<mcx::any_signer<credulous>, note_profile>);
    CHECK_BOTH(!jwt::SignerFor<int, note_profile>);
}

TEST_CASE("times that are no NumericDate are not issued") {
    note n = least();
    n.exp = {253'402'300'799};
    CHECK(refusal(n) == error{});
    n.exp = {253'402'300'800};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("exp")});
    n.exp = {-1};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("exp")});
    n = least();
    n.nbf = instant{-1};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("nbf")});
    n = least();
    n.iat = instant{253'402'300'800};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("iat")});
    n.iat = instant{0};
    CHECK(refusal(n) == error{});
}

TEST_CASE("claims that the profile would refuse are not issued") {
    note n = least();
    n.sub = {};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("sub")});
    n = least();
    n.jti = mcx::jwt_id{};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("jti")});
    n = least();
    n.aud = audience{};
    CHECK(refusal(n) == error{errc::claim_value, note_claim("aud")});
    n = least();
    n.sub = named("\xFF");
    CHECK(refusal(n) == error{errc::claim_value});
    CHECK(refusal<few_members_profile>(least()) == error{});
    CHECK(refusal<few_members_profile>(full()) == error{errc::json_members});
}

TEST_CASE("a token that is over already is issued: only a clock can tell") {
    note n = least();
    n.exp = {0};
    CHECK(refusal(n) == error{});
}

TEST_CASE("a token longer than its profile allows is not issued") {
    note n = least();
    std::string const shell = R"({"sub":"","exp":100})";
    n.sub = named(std::string(256 - shell.size(), 'x'));
    CHECK(refusal(n) == error{});
    n.sub = named(std::string(257 - shell.size(), 'x'));
    CHECK(refusal(n) == errc::payload_too_long);
    n.sub = named(std::string(200, '"'));  // two characters each
    CHECK(refusal(n) == errc::payload_too_long);
    // 86 characters of signature, 36 of header, 28 of payload, two dots: 152.
    n.sub = named("x");
    CHECK(refusal<short_profile>(n) == error{});
    n.sub = named("xx");
    CHECK(refusal<short_profile>(n) == errc::token_too_long);
}

TEST_CASE("a lifetime that the profile would refuse is not issued, with fractional dates either") {
    CHECK(fate_of_lifetime<hourly_profile>(3600) == errc::none);
    CHECK(!fate_of_lifetime<hourly_profile>(3601));
    CHECK(fate_of_lifetime<relaxed_profile>(3598) == errc::none);
    CHECK(!fate_of_lifetime<relaxed_profile>(3599));
    CHECK(!fate_of_lifetime<relaxed_profile>(3600));
}

TEST_CASE("a header longer than its profile allows is not issued") {
    counted_random random;
    auto nameless = key<es256>();  // {"alg":"ES256","typ":"JWT"}
    auto const token = jwt::issue<terse_profile>(least(), nameless, random);
    CHECK((token && jwt::parse<terse_profile>(std::string_view{*token})));
    auto named_key = key<es256>("k");
    CHECK(jwt::issue<terse_profile>(least(), named_key, random).error() == errc::header_too_long);
}

TEST_CASE("a signer that fails leaves no token") {
    auto helpless = key<es256, broken>();
    counted_random random;
    CHECK(jwt::issue<note_profile>(least(), helpless, random).error() == errc::backend);
    auto able = key<es256>();
    random.left = 0;
    CHECK(jwt::issue<note_profile>(least(), able, random).error() == errc::random_unavailable);
}

TEST_CASE("what is refused is refused before anything is signed") {
    auto signer = key<es256>();
    counted_random random;
    note n = least();
    n.exp = {-1};
    CHECK_FALSE(jwt::issue<note_profile>(n, signer, random).has_value());
    CHECK(random.next == 0);
}

TEST_CASE("issuing takes one allocation, of the token") {
    auto signer = key<es256>("k");
    counted_random random;
    note const claims = full();
    auto const used = mcx::test::heap_use_of(
        [&] { CHECK(jwt::issue<note_profile>(claims, signer, random).has_value()); });
    CHECK(used.allocations == 1);
}
