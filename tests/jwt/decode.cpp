// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/decode.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <mcx/idm/access_token.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::error;
using mcx::instant;
using mcx::test::credulous;
using mcx::test::note;
using mcx::test::note_claim;
using mcx::test::note_profile;
using mcx::test::note_text;
using mcx::test::trust_in;
namespace jwt = mcx::jwt;

namespace {

mcx::result<jwt::decoded<note_profile>> decode_token(std::string_view text) {
    static auto const issuers = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    return jwt::parse<note_profile>(text)
        .and_then(jwt::verify(issuers, work))
        .and_then(jwt::decode);
}

mcx::result<jwt::decoded<note_profile>> decode(std::string_view payload) {
    return decode_token(note_text(payload));
}

error refusal(std::string_view payload) {
    return decode(payload).error();
}

/// Claims of somebody who trusts that they are cleared, and of somebody who clears them.
struct not_clear {
    instant exp;
    int count;

    friend constexpr bool operator==(not_clear const&, not_clear const&) = default;
};
struct clear {
    instant exp;
    int count = 0;

    friend constexpr bool operator==(clear const&, clear const&) = default;
};

static_assert(!jwt::detail::SetsItself<not_clear> && jwt::detail::SetsItself<clear>);
static_assert(jwt::detail::SetsItself<mcx::idm::access_token> && jwt::detail::SetsItself<note>);
static_assert(jwt::detail::blank_claims<not_clear>{}.value.count == 0);

}  // namespace

TEST_CASE("every claim is read") {
    auto const token = decode(R"({"sub":"s\u0075b","exp":10,"iss":"one","aud":["a","b"],"nbf":1,)"
                              R"("iat":2,"jti":"id"})");
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    note const& claims = token->unvalidated();
    CHECK(claims.sub.view() == "sub");
    CHECK(claims.exp == instant{10});
    CHECK((claims.iss && claims.iss->view() == "one"));
    CHECK((claims.aud && claims.aud->names("b") && claims.aud->size() == 2));
    CHECK(claims.nbf == instant{1});
    CHECK(claims.iat == instant{2});
    CHECK((claims.jti && claims.jti->view() == "id"));
    CHECK(token->signed_by().view() == "one");
}

TEST_CASE("claims that may lack are absent, and unknown ones are read past") {
    auto const token = decode(R"({"x":{"sub":[]},"exp":0,"y":1e999,"sub":"x"})");
    CHECK(token.has_value());
    if (token) {
        note expected;
        expected.sub = *mcx::subject::from("x");
        CHECK(token->unvalidated() == expected);
    }
}

TEST_CASE("claims outlive the token's text") {
    auto token = decode_token(note_text(R"({"sub":"gone","exp":1})"));
    auto const copy = token;
    token = errc::signature;
    CHECK((copy && copy->unvalidated().sub.view() == "gone"));
    CHECK_BOTH(std::copyable<note>);
}

TEST_CASE("claims are refused by number and place") {
    CHECK(refusal("{}") == error{errc::claim_missing, note_claim("sub"), 2});
    CHECK(refusal(R"({"sub":"x"})") == error{errc::claim_missing, note_claim("exp"), 11});
    CHECK(refusal(R"({"exp":1})") == error{errc::claim_missing, note_claim("sub"), 9});
    CHECK(refusal(R"({"sub":1})") == error{errc::claim_shape, note_claim("sub"), 7});
    CHECK(refusal(R"({"sub":null})") == error{errc::claim_shape, note_claim("sub"), 7});
    CHECK(refusal(R"({"sub":""})") == error{errc::claim_value, note_claim("sub"), 7});
    CHECK(refusal(R"({"sub":"a\nb"})") == error{errc::claim_value, note_claim("sub"), 7});
    CHECK(refusal(R"({"exp":"1"})") == error{errc::claim_shape, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":null})") == error{errc::claim_shape, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":true})") == error{errc::claim_shape, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":1.0})") == error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":1e9})") == error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":1e999})") == error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":-1})") == error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":253402300800})") == error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"exp":18446744073709551616})") ==
          error{errc::claim_value, note_claim("exp"), 7});
    CHECK(refusal(R"({"nbf":"1"})") == error{errc::claim_shape, note_claim("nbf"), 7});
    CHECK(refusal(R"({"iat":-1})") == error{errc::claim_value, note_claim("iat"), 7});
    CHECK(refusal(R"({"iss":7})") == error{errc::claim_shape, note_claim("iss"), 7});
    CHECK(refusal(R"({"aud":7})") == error{errc::claim_shape, note_claim("aud"), 7});
    CHECK(refusal(R"({"aud":null})") == error{errc::claim_shape, note_claim("aud"), 7});
    CHECK(refusal(R"({"aud":["a",1]})") == error{errc::claim_shape, note_claim("aud"), 7});
    CHECK(refusal(R"({"aud":[]})") == error{errc::claim_value, note_claim("aud"), 7});
    CHECK(refusal(R"({"jti":1})") == error{errc::claim_shape, note_claim("jti"), 7});
    CHECK(refusal(R"({"jti":""})") == error{errc::claim_value, note_claim("jti"), 7});
    CHECK(refusal(R"({"scope":"x"})") == error{errc::claim_prohibited, note_claim("scope"), 9});
    CHECK(refusal(R"({"sc\u006fpe":null})") ==
          error{errc::claim_prohibited, note_claim("scope"), 14});
}

TEST_CASE("an error's number is the claim's name") {
    CHECK(jwt::name_of<note_profile>(refusal(R"({"exp":"1"})")) == "exp");
    CHECK(jwt::name_of<note_profile>(refusal("{}")) == "sub");
    CHECK(jwt::name_of<note_profile>(refusal(R"({"scope":1})")) == "scope");
}

TEST_CASE("claims are one JSON object") {
    CHECK(refusal("[]") == error{errc::claims_not_object, 0, 0});
    CHECK(refusal("\"{}\"") == error{errc::claims_not_object, 0, 0});
    CHECK(refusal("null") == error{errc::claims_not_object, 0, 0});
    CHECK(refusal(R"({"sub":"x","exp":1}{})") == error{errc::json_trailing, 0, 19});
    CHECK(refusal(R"({"sub":"x","exp":1,"exp":2})") == error{errc::json_duplicate, 0, 19});
    CHECK(refusal(R"({"sub":"x","exp":1,"\u0065xp":2})") == error{errc::json_duplicate, 0, 19});
    CHECK(refusal(R"({"x":{"y":1,"y":2}})") == error{errc::json_duplicate, 0, 12});
    CHECK(refusal("{\"x\":\"\x80\"}") == error{errc::utf8_invalid, 0, 6});
    CHECK(refusal(R"({"x":"\ud800"})") == error{errc::json_surrogate, 0, 6});
    CHECK(refusal(R"({"sub":"x",)") == error{errc::json_truncated, 0, 11});
    CHECK(refusal("\xEF\xBB\xBF{}") == error{errc::json_syntax, 0, 0});
}

TEST_CASE("the profile's limits of JSON hold") {
    CHECK(refusal(R"({"sub":"x","exp":1,"x":[[[0]]]})") == error{});
    CHECK(refusal(R"({"sub":"x","exp":1,"x":[[[[0]]]]})") == error{errc::json_depth, 0, 26});
    std::string members = R"({"sub":"x","exp":1)";
    for (char c = 'a'; c < 'a' + 14; ++c) {
        members += std::string(",\"") + c + "\":0";
    }
    CHECK(refusal(members + "}") == error{});
    CHECK(refusal(members + ",\"z\":0}").code == errc::json_members);
}

TEST_CASE("a payload of exactly the profile's size is read") {
    std::string const shell = R"({"sub":"x","exp":1,"x":""})";
    auto const sized = [&](std::size_t size) {
        std::string made = shell;
        return made.insert(made.size() - 2, std::string(size - shell.size(), 'x'));
    };
    CHECK(sized(256).size() == 256);
    CHECK(refusal(sized(256)) == error{});
    CHECK(refusal(sized(255)) == error{});
    CHECK(refusal(sized(257)).code == errc::payload_too_long);
}

namespace {

struct either_name_profile : note_profile {
    using algorithms = mcx::algorithm_set<mcx::es256, mcx::ed25519_by_either_name>;
};

std::string_view signed_with(std::string_view alg) {
    using mcx::ed25519_by_either_name, mcx::test::rfc_example;
    using set = either_name_profile::algorithms;
    mcx::key_set<credulous, set> keys;
    CHECK(keys.add<ed25519_by_either_name>(rfc_example<mcx::eddsa>::public_key(), {}));
    mcx::trust<credulous, set> issuers;
    CHECK(issuers.add("one", std::move(keys)));
    mcx::workspace<credulous, set> work;
    std::string const text = mcx::test::compact<mcx::eddsa>(
        "{\"alg\":\"" + std::string(alg) + "\"}", R"({"sub":"x","exp":1})");
    auto const token = jwt::parse<either_name_profile>(std::string_view{text})
                           .and_then(jwt::verify(issuers, work))
                           .and_then(jwt::decode);
    return token ? token->signed_with() : "refused";
}

}  // namespace

TEST_CASE("a token signed under an algorithm's other name was signed with that algorithm") {
    CHECK(signed_with("Ed25519") == "Ed25519");
    CHECK(signed_with("EdDSA") == "Ed25519");
    CHECK(signed_with("Ed448") == "refused");
}
