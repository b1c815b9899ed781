// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/flattened.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/recorder.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <mcx/jose/verify.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::signature_algorithms;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::recorder;
using mcx::test::rfc_example;
namespace jws = mcx::jws;
namespace flattened = mcx::jws::flattened;

namespace {

/// [RFC 7515 §A.7]
constexpr std::string_view rfc_text =
    R"({"payload":"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc)"
    R"(19yb290Ijp0cnVlfQ","protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"e9bc097a-ce51-4036-)"
    R"(9562-d2ade882db0d"},"signature":"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxL)"
    R"(a8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"})";

constexpr std::uint16_t number_of(std::string_view parameter) {
    return jws::protected_header::fields::number_of(parameter);
}

/// A token with these members and a signature in range of ES256.
std::string token_of(std::string_view members) {
    return "{" + std::string(members) + R"(,"signature":")" + mcx::test::signature_text<es256>() +
           "\"}";
}
std::string token_with(std::string_view protected_half, std::string_view unprotected_half) {
    return token_of(R"("payload":"e30","protected":")" + base64url_text(protected_half) +
                    R"(","header":)" + std::string(unprotected_half));
}

error refusal(std::string_view text) {
    return flattened::parse(text, 8192).error();
}

/// The payload of a token that was verified, or nothing.
template <class Token>
std::string payload_of(mcx::result<Token> const& token) {
    std::array<std::byte, 128> out{};
    if (!token) {
        return "refused";
    }
    return std::string(mcx::as_text(token->payload(out).value_or(byte_view{})));
}

constexpr bool reads_the_rfcs_example() {
    auto const token = flattened::parse(rfc_text, 8192);
    return token && token->header().alg.view() == "ES256" && !token->header().kid &&
           token->kid()->view() == "e9bc097a-ce51-4036-9562-d2ade882db0d";
}

}  // namespace

TEST_CASE("the example of the RFC is read and verified, whatever the order of its members") {
    CHECK_BOTH(reads_the_rfcs_example());
    auto const keys = mcx::test::rfc_keys<recorder>(key_id("e9bc097a-ce51-4036-9562-d2ade882db0d"));
    mcx::workspace<recorder> work;
    auto const token = flattened::parse(rfc_text, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    auto const verified = flattened::verify<mcx::algorithm_set<es256>>(*token, keys, work);
    CHECK(payload_of(verified) ==
          "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
    CHECK(recorder::message == rfc_example<es256>::signing_input);
    CHECK(recorder::pieces == 3);
    auto const compact =
        mcx::digest_of<mcx::test::sha256>(mcx::as_bytes(rfc_example<es256>::signing_input));
    CHECK((verified && *verified->identity<mcx::test::sha256>() == *compact));
}

TEST_CASE("an algorithm that needs its message whole is lent space by the caller") {
    auto const keys = mcx::test::rfc_keys<credulous>();
    mcx::workspace<credulous> work;
    std::string const text = R"({"signature":")" + mcx::test::signature_text<eddsa>() +
                             R"(","protected":"eyJhbGciOiJFZERTQSJ9","payload":"e30"})";
    auto const token = flattened::parse(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    std::array<std::byte, 24> space{};
    CHECK(token->input().size() == 24);
    CHECK(payload_of(flattened::verify<signature_algorithms>(*token, keys, work, space)) == "{}");
    CHECK(
        flattened::verify<signature_algorithms>(*token, keys, work, mcx::byte_span{space}.first(23))
            .error() == errc::buffer_too_small);
}

TEST_CASE("a serialization is never taken for another") {
    std::string const compact = mcx::test::compact(R"({"alg":"ES256"})", "{}");
    CHECK(refusal(compact) == errc::compact_serialization);
    CHECK(jws::parse(rfc_text, 8192).error() == errc::json_serialization);
    CHECK(refusal(R"({"payload":"","signatures":[]})").code == errc::other_json_serialization);
    CHECK(refusal(token_of(R"("payload":"e30","protected":"e30","signatures":[])")).code ==
          errc::other_json_serialization);
    CHECK(flattened::parse(rfc_text, rfc_text.size() - 1).error() == errc::token_too_long);
    CHECK(flattened::parse(rfc_text, rfc_text.size()).has_value());
}

TEST_CASE("a token has its members, each a string, and others that nobody looks at") {
    CHECK(refusal("").code == errc::json_truncated);
    CHECK(refusal("[]").code == errc::jws_member_shape);
    CHECK(refusal("{}").code == errc::jws_member_missing);
    CHECK(refusal(R"({"protected":"e30","signature":"AA"})").code == errc::jws_member_missing);
    CHECK(refusal(R"({"payload":"e30","protected":"e30"})").code == errc::jws_member_missing);
    CHECK(refusal(token_of(R"("payload":{},"protected":"e30")")).code == errc::jws_member_shape);
    CHECK(refusal(token_of(R"("payload":"e30","protected":{})")).code == errc::jws_member_shape);
    CHECK(refusal(token_of(R"("payload":"e30","protected":"e30","header":"e30")")).code ==
          errc::jws_member_shape);
    CHECK(refusal(token_of(R"("payload":"","payload":"e30")")).code == errc::json_duplicate);
    CHECK(refusal(token_of(R"("payload":"","p\u0061yload":"e30")")).code == errc::json_duplicate);
    std::string const more =
        token_of(R"("payload":"","protected":"eyJhbGciOiJFUzI1NiJ9","x":{"payload":[1]})");
    CHECK(flattened::parse(std::string_view{more}, 8192).has_value());
    CHECK(refusal(more + " x").code == errc::json_trailing);
}

TEST_CASE("encoded members have one spelling, which no escape can stand for") {
    CHECK(refusal(R"({"payload":"e\u0033","protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AA"})") ==
          error{errc::base64_character, 0, 13});
    CHECK(refusal(R"({"payload":"","protected":"eyJhbGciOiJFUzI1NiJ\u0039","signature":"AA"})") ==
          error{errc::base64_character, 0, 46});
    CHECK(refusal(R"({"payload":"","protected":"eyJhbGciOiJFUzI1NiJ9","signature":"A\u0041"})") ==
          error{errc::base64_character, 0, 63});
    CHECK(refusal(R"({"payload":"","protected":"eyJhbGciOiJFUzI1NiJ=","signature":"AA"})") ==
          error{errc::base64_padding, 0, 46});
}

TEST_CASE("alg, crit and b64 are never taken from a header that nothing protects") {
    CHECK(refusal(token_with(R"({"x":1})", R"({"alg":"ES256"})")) ==
          error{errc::header_unprotected, number_of("alg"), 58});
    CHECK(refusal(token_with(R"({"alg":"ES256"})", R"({"crit":["x"],"x":1})")).code ==
          errc::header_unprotected);
    CHECK(refusal(token_with(R"({"alg":"ES256"})", R"({"b64":false})")).code ==
          errc::header_unprotected);
    CHECK(refusal(token_with(R"({"alg":"ES256"})", R"({"\u0061lg":"ES256"})")).code ==
          errc::header_unprotected);
    // All of the header unprotected [RFC 7520 §4.7]
    CHECK(refusal(token_of(R"("payload":"e30","header":{"alg":"HS256","kid":"k"})")).code ==
          errc::header_unprotected);
    CHECK(refusal(token_of(R"("payload":"e30","header":{"kid":"k"})")) ==
          error{errc::header_missing, number_of("alg")});
    CHECK(refusal(token_of(R"("payload":"e30")")) == error{errc::header_missing, number_of("alg")});
    CHECK(refusal(token_of(R"("payload":"e30","protected":"")")).code == errc::json_truncated);
}

TEST_CASE("what has a part of an encrypted token is one") {
    std::string const header = base64url_text(R"({"alg":"ES256"})");
    auto const with = [&](std::string_view more) {
        return refusal(
            token_of(R"("payload":"e30","protected":")" + header + '"' + std::string(more)));
    };
    CHECK(with("") == error{});
    CHECK(with(R"(,"ciphertext":"AA","iv":"AA")").code == errc::encrypted_token);
    CHECK(refusal(R"({"protected":"e30","ciphertext":"AA"})").code == errc::encrypted_token);
    CHECK(refusal(token_with(R"({"alg":"ES256","enc":"A128GCM"})", R"({"kid":"a"})")) ==
          error{errc::encrypted_token, number_of("enc"), 21});
    CHECK(refusal(token_with(R"({"alg":"ES256"})", R"({"enc":"A128GCM"})")).code ==
          errc::header_unprotected);
}

TEST_CASE("an empty kid chooses no key") {
    CHECK(refusal(token_with(R"({"alg":"ES256","kid":""})", "{}")) ==
          error{errc::header_value, number_of("kid")});
    CHECK(refusal(token_with(R"({"alg":"ES256"})", R"({"kid":""})")) ==
          error{errc::header_value, number_of("kid")});
}

TEST_CASE("no parameter is in both halves of a header") {
    auto const is = [](error e) { return e.code == errc::header_repeated && e.offset == 75; };
    CHECK(is(refusal(token_with(R"({"alg":"ES256","kid":"a"})", R"({"kid":"a"})"))));
    CHECK(is(refusal(token_with(R"({"alg":"ES256","abc":"a"})", R"({"x":1,"abc":2})"))));
    CHECK(is(refusal(token_with(R"({"alg":"ES256","abc":"a"})", R"({"\u0061bc":2})"))));
    CHECK(refusal(token_with(R"({"alg":"ES256","x":{"y":1}})", R"({"y":1,"a":2})")) == error{});
}

TEST_CASE("each half of a header is read as strictly as the other") {
    std::string const es = R"({"alg":"ES256"})";
    CHECK(refusal(token_with(es, R"({"kid":1})")).code == errc::header_shape);
    CHECK(refusal(token_with(es, R"({"kid":"\u0000"})")).code == errc::header_value);
    CHECK(refusal(token_with(es, R"({"x":1,"x":2})")).code == errc::json_duplicate);
    CHECK(refusal(token_with(es, R"({"x":")" + std::string(1100, 'x') + "\"}")).code ==
          errc::header_too_long);
    CHECK(refusal(token_with(R"({"alg":"ES256","crit":["x"],"x":1})", "{}")).code ==
          errc::critical_header);
    CHECK(refusal(token_with(R"({"alg":"ES256","crit":["b64"],"b64":false})", "{}")) ==
          error{errc::header_b64, number_of("b64"), 36});
    // What is critical has to be protected.
    using understood = jws::critical_names<"x">;
    std::string const open = token_with(R"({"alg":"ES256","crit":["x"]})", R"({"x":1})");
    CHECK(flattened::parse<understood>(std::string_view{open}, 8192).error().code ==
          errc::critical_malformed);
}

TEST_CASE("an unencoded payload is signed and shown as what its string means") {
    mcx::workspace<recorder> work;
    auto const keys = mcx::test::rfc_keys<recorder>();
    std::string const header = base64url_text(R"({"alg":"ES256","b64":false,"crit":["b64"]})");
    std::string const text = token_of(R"("payload":"$\u002e02 €","protected":")" + header + "\"");
    auto const token = flattened::parse_unencoded(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    auto const verified = flattened::verify<mcx::algorithm_set<es256>>(*token, keys, work);
    CHECK(recorder::message == header + ".$.02 \xE2\x82\xAC");
    CHECK(payload_of(verified) == "$.02 \xE2\x82\xAC");
    CHECK(flattened::parse(std::string_view{text}, 8192).error().code == errc::header_b64);
}

TEST_CASE("an unencoded payload has to be said, critically") {
    auto const refused = [](std::string_view header) {
        std::string const text =
            token_of(R"("payload":"x","protected":")" + base64url_text(header) + "\"");
        return flattened::parse_unencoded(std::string_view{text}, 8192).error();
    };
    CHECK(refused(R"({"alg":"ES256"})") == error{errc::header_b64, number_of("b64")});
    CHECK(refused(R"({"alg":"ES256","b64":false})").code == errc::header_b64);
    CHECK(refused(R"({"alg":"ES256","b64":true,"crit":["b64"]})").code == errc::header_b64);
    CHECK(refused(R"({"alg":"ES256","b64":true})").code == errc::header_b64);
    CHECK(refused(R"({"alg":"ES256","crit":["b64"]})").code == errc::critical_malformed);
    CHECK(refused(R"({"alg":"ES256","b64":"false","crit":["b64"]})").code == errc::header_shape);
    CHECK(refused(R"({"alg":"ES256","b64":false,"crit":["b64"]})") == error{});
}

TEST_CASE_TEMPLATE("what is signed here is read and verified again", A, es256, rs256, eddsa) {
    auto const key =
        certain(mcx::signing_key<A, credulous>::from(rfc_example<A>::private_key(), key_id("one")));
    mcx::prepared_signer<A, credulous> signer{key};
    counted_random random;
    auto const keys = mcx::test::rfc_keys<credulous>(key_id("one"));
    mcx::workspace<credulous> work;
    std::array<std::byte, 256> space{};
    auto const text = flattened::sign(mcx::as_bytes("payload"), "JOSE+JSON", signer, random);
    auto const token = flattened::parse(std::string_view{text.value()}, 8192);
    CHECK((token && token->header().typ->view() == "JOSE+JSON"));
    CHECK(payload_of(flattened::verify<signature_algorithms>(*token, keys, work, space)) ==
          "payload");
    auto const plain = flattened::sign_unencoded("a \"payload\".", "", signer, random);
    auto const raw = flattened::parse_unencoded(std::string_view{plain.value()}, 8192);
    CHECK(raw.has_value());
    CHECK(payload_of(flattened::verify<signature_algorithms>(*raw, keys, work, space)) ==
          "a \"payload\".");
    CHECK(flattened::sign_unencoded("\xFF", "", signer, random).error() == errc::utf8_invalid);
    counted_random broken{.left = 0};
    CHECK(flattened::sign(mcx::as_bytes("x"), "", signer, broken).error() ==
          errc::random_unavailable);
    CHECK(flattened::sign_unencoded("x", "", signer, broken).error() == errc::random_unavailable);
}
