// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/peek.hpp>

#include "support/check.hpp"
#include "support/tokens.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::test::compact;
namespace jws = mcx::jws;
namespace jwt = mcx::jwt;

namespace {

error refusal(std::string_view text) {
    return jwt::peek(text).error();
}
error refused_payload(std::string_view payload) {
    return refusal(compact(R"({"alg":"ES256"})", payload));
}

}  // namespace

TEST_CASE("a token says what it is, whoever wrote it") {
    std::string const text = compact(R"({"alg":"ES256","kid":"k 1","typ":"at+jwt"})",
                                     R"({"sub":7,"iss":"https://a.example","aud":["b","c"]})");
    auto const seen = jwt::peek(text);
    CHECK(seen.has_value());
    if (seen) {
        CHECK(seen->issuer()->for_lookup().view() == "https://a.example");
        CHECK(seen->audience()->for_lookup().names("c"));
        CHECK(seen->audience()->for_lookup().size() == 2);
        CHECK(seen->kid()->for_lookup().view() == "k 1");
        CHECK(seen->typ()->for_lookup().view() == "at+jwt");
    }
}

TEST_CASE("what a token does not say is not there") {
    auto const seen = jwt::peek(std::string_view("eyJhbGciOiJub25lIn0.e30.AA"));
    CHECK(seen.has_value());
    if (seen) {
        CHECK(!seen->issuer());
        CHECK(!seen->audience());
        CHECK(!seen->expires());
        CHECK(!seen->kid());
        CHECK(!seen->typ());
    }
}

TEST_CASE("the end of a token is seen as the most lenient of verifiers reads it") {
    auto const end = [](std::string_view payload) {
        return jwt::peek(compact(R"({"alg":"ES256"})", payload))->expires()->for_lookup();
    };
    CHECK(end(R"({"exp":1700000000})") == mcx::instant{1'700'000'000});
    CHECK(end(R"({"exp":1700000000.9})") == mcx::instant{1'700'000'000});
    CHECK(refused_payload(R"({"exp":"1700000000"})").code == errc::claim_shape);
}

TEST_CASE("what is seen outlives the token's text") {
    std::string text = compact(R"({"alg":"ES256"})", R"({"iss":"gone"})");
    auto const seen = jwt::peek(text);
    text.assign(text.size(), '.');
    CHECK((seen && seen->issuer()->for_lookup().view() == "gone"));
}

TEST_CASE("a token that no verifier would read is not looked at either") {
    CHECK(refusal("") == errc::not_three_parts);
    CHECK(refusal("a.b.c.d.e") == errc::encrypted_token);
    CHECK(refusal("{}") == errc::json_serialization);
    CHECK(refusal(std::string(8193, 'a')) == errc::token_too_long);
    CHECK(refusal("e30.e30.AA").code == errc::header_missing);
    CHECK(refusal(compact(R"({"alg":"ES256","crit":["x"],"x":1})", "{}")).code ==
          errc::critical_header);
    CHECK(refusal("eyJhbGciOiJub25lIn0.e31.AA").code == errc::base64_spare_bits);
    CHECK(refused_payload("[]").code == errc::claims_not_object);
    CHECK(refused_payload(R"({"iss":"a","iss":"b"})").code == errc::json_duplicate);
    CHECK(refused_payload(R"({"iss":7})") == error{errc::claim_shape, 0, 7});
    CHECK(refused_payload(R"({"aud":[]})").code == errc::claim_value);
    CHECK(refused_payload(R"({"x":")" + std::string(4097, 'x') + "\"}") == errc::payload_too_long);
}

TEST_CASE("a token may be looked at on behalf of a verifier that understands more") {
    std::string const text = compact(R"({"alg":"ES256","crit":["x"],"x":1,"kid":"k"})", "{}");
    auto const seen = jwt::peek<jws::critical_names<"x">>(text);
    CHECK((seen && seen->kid()->for_lookup().view() == "k"));
}

TEST_CASE("what nobody has vouched for becomes nothing else") {
    CHECK_BOTH(!std::is_convertible_v<jwt::untrusted<mcx::issuer>, mcx::issuer>);
    CHECK_BOTH(!std::is_constructible_v<mcx::issuer, jwt::untrusted<mcx::issuer>>);
    CHECK_BOTH(!std::is_constructible_v<mcx::audience, jwt::untrusted<mcx::audience>>);
    CHECK_BOTH(!std::equality_comparable_with<jwt::untrusted<mcx::issuer>, mcx::issuer>);
    CHECK_BOTH(!std::is_constructible_v<jws::unverified, jwt::peeked>);
    CHECK_BOTH(!std::is_constructible_v<jws::verified, jwt::peeked>);
}
