// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/verify.hpp>

#include "support/check.hpp"
#include "support/choosy.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::issuer;
using mcx::test::base64url_text;
using mcx::test::broken;
using mcx::test::certain;
using mcx::test::choosy;
using mcx::test::compact;
using mcx::test::credulous;
using mcx::test::incredulous;
using mcx::test::note_claim;
using mcx::test::note_profile;
using mcx::test::note_text;
using mcx::test::trust_in;
namespace jwt = mcx::jwt;

namespace {

template <class B>
mcx::result<jwt::verified<note_profile>> verify(std::string_view text,
                                                mcx::trust<B> const& issuers) {
    auto const token = jwt::parse<note_profile>(text);
    if (!token) {
        return token.error();
    }
    mcx::workspace<B> work;
    return jwt::verify(*token, issuers, work);
}

template <class B>
error refusal(std::string_view text, mcx::trust<B> const& issuers) {
    return verify(text, issuers).error();
}

/// A token with this payload that only the key of this number finds good.
std::string token_for(unsigned char number, std::string_view payload) {
    return mcx::test::choosy_token(number, R"({"alg":"EdDSA"})", payload);
}

/// Two issuers, of which "one" has the key 7 and "two" the key 9.
mcx::trust<choosy> one_and_two() {
    mcx::trust<choosy> made;
    for (unsigned char number = 7; number <= 9; number += 2) {
        mcx::key_set<choosy> keys;
        CHECK(keys.add<eddsa>(mcx::test::choosy_key(number), {}));
        CHECK(made.add(certain(issuer::from(number == 7 ? "one" : "two")), keys));
    }
    return made;
}

constexpr std::string_view claims_of_one = R"({"sub":"x","exp":9,"iss":"one"})";

}  // namespace

TEST_CASE("a verified token knows by whose key it was signed") {
    std::string const text = note_text(claims_of_one);
    auto const token = verify(text, trust_in<credulous>({"one"}));
    CHECK((token && token->signed_by().view() == "one"));
    CHECK((token && token->jws().encoded_payload() == base64url_text(claims_of_one)));
    CHECK((token && token->jws().header().alg.view() == "ES256"));
}

TEST_CASE("where one issuer is trusted the payload is not looked at") {
    auto const issuers = trust_in<credulous>({"one"});
    for (char const* payload : {"no JSON", "{}", R"({"iss":"two"})", R"({"iss":7})", "\xFF"}) {
        std::string const text = note_text(payload);
        auto const token = verify(text, issuers);
        CHECK_MESSAGE((token && token->signed_by().view() == "one"), payload);
    }
}

TEST_CASE("where several are trusted the issuer named chooses the keys") {
    auto const issuers = one_and_two();
    std::string const by_one = token_for(7, claims_of_one);
    std::string const by_two = token_for(9, R"({"iss":"tw\u006f"})");
    auto const first = verify(by_one, issuers);
    auto const second = verify(by_two, issuers);
    CHECK((first && first->signed_by().view() == "one"));
    CHECK((second && second->signed_by().view() == "two"));
}

TEST_CASE("a key of one issuer never verifies a token of another") {
    auto const issuers = one_and_two();
    CHECK(refusal(token_for(9, R"({"iss":"one"})"), issuers) == error{errc::signature});
    CHECK(refusal(token_for(7, R"({"iss":"two"})"), issuers) == error{errc::signature});
}

TEST_CASE("an issuer that is not trusted is unknown") {
    auto const issuers = trust_in<credulous>({"one", "two"});
    auto const unknown = error{errc::unknown_issuer, note_claim("iss")};
    CHECK(refusal(note_text(R"({"iss":"three"})"), issuers) == unknown);
    CHECK(refusal(note_text(R"({"iss":"One"})"), issuers) == unknown);
    CHECK(refusal(note_text(R"({"iss":"one/"})"), issuers) == unknown);
    CHECK(refusal(note_text(R"({"iss":""})"), issuers) == unknown);
    CHECK(mcx::stage_of(errc::unknown_issuer) == mcx::stage::key);
}

TEST_CASE("nobody's token verifies where nobody is trusted") {
    mcx::trust<credulous> const nobody;
    CHECK(refusal(note_text(claims_of_one), nobody) ==
          error{errc::unknown_issuer, note_claim("iss")});
    CHECK(refusal(note_text("{}"), nobody).code == errc::claim_missing);
}

TEST_CASE("where several are trusted the payload has to name one") {
    auto const issuers = trust_in<credulous>({"one", "two"});
    auto const at = [&](std::string_view payload) { return refusal(note_text(payload), issuers); };
    std::uint16_t const iss = note_claim("iss");
    CHECK(at("{}") == error{errc::claim_missing, iss, 2});
    CHECK(at(R"({"sub":"x","ISS":"one"})") == error{errc::claim_missing, iss, 23});
    CHECK(at(R"({"iss":1})") == error{errc::claim_shape, iss, 7});
    CHECK(at(R"({"iss":["one"]})") == error{errc::claim_shape, iss, 7});
    CHECK(at(R"({"iss":"a\u0000"})") == error{errc::claim_value, iss, 7});
    CHECK(at(R"({"iss":")" + std::string(246, 'x') + "\"}") == error{errc::unknown_issuer, iss});
    CHECK(at("[]") == error{errc::claims_not_object, 0, 0});
    CHECK(at("x") == error{errc::json_syntax, 0, 0});
    CHECK(at(R"({"iss":"one","iss":"two"})") == error{errc::json_duplicate, 0, 13});
    CHECK(at(R"({"iss":"one","\u0069ss":"two"})") == error{errc::json_duplicate, 0, 13});
    CHECK(at(R"({"iss":"one"}{"iss":"two"})") == error{errc::json_trailing, 0, 13});
    CHECK(at(R"({"iss":"one","x":[[[[0]]]]})") == error{errc::json_depth, 0, 20});
    CHECK(at("{\"iss\":\"\xFF\"}") == error{errc::utf8_invalid, 0, 8});
    CHECK(at(R"({"sub":"x","more":{"iss":"one"}})").code == errc::claim_missing);
}

TEST_CASE("keys and signatures are refused as jws::verify says") {
    std::uint16_t const kid = mcx::jws::protected_header::fields::number_of("kid");
    CHECK(refusal(compact(R"({"alg":"ES256","kid":"x"})", claims_of_one),
                  trust_in<credulous>({"one"})) == error{errc::no_such_key, kid});
    CHECK(refusal(note_text(claims_of_one), trust_in<incredulous>({"one"})) ==
          error{errc::signature});
    CHECK(refusal(note_text(claims_of_one), trust_in<incredulous>({"one", "two"})) ==
          error{errc::signature});
    CHECK(refusal(note_text(claims_of_one), trust_in<broken>({"one"})) == error{errc::backend});
    CHECK(refusal(note_text(claims_of_one), trust_in<broken>({"one", "two"})) ==
          error{errc::backend});
}

TEST_CASE("an algorithm that the profile has and the keys do not is refused") {
    mcx::trust<credulous, mcx::algorithm_set<mcx::es256, mcx::rs256>> issuers;
    CHECK(issuers.add(certain(issuer::from("one")), {}));
    mcx::workspace<credulous> work;
    std::string const text = compact<eddsa>(R"({"alg":"EdDSA"})", claims_of_one);
    auto const token = jwt::parse<note_profile>(std::string_view{text});
    CHECK((token && jwt::verify(*token, issuers, work).error().code == errc::algorithm_refused));
}

TEST_CASE("the verb for chains is the same verb") {
    auto const issuers = trust_in<credulous>({"one"});
    auto const doubters = trust_in<incredulous>({"one"});
    mcx::workspace<credulous> work;
    mcx::workspace<incredulous> other_work;
    std::string const text = note_text(claims_of_one);
    auto const token = jwt::parse<note_profile>(std::string_view{text});
    CHECK(token.and_then(jwt::verify(issuers, work)).has_value());
    CHECK(token.and_then(jwt::verify(doubters, other_work)).error() == errc::signature);
}

TEST_CASE("what nobody has vouched for can be looked up") {
    jwt::untrusted<issuer> const claimed{issuer("one")};
    CHECK(claimed.for_lookup().view() == "one");
}
