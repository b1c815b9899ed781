// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/general.hpp>

#include "support/check.hpp"
#include "support/choosy.hpp"
#include "support/mock.hpp"
#include "support/recorder.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

using mcx::algorithm_set;
using mcx::as_bytes;
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
using mcx::test::choosy;
using mcx::test::choosy_key;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::recorder;
using mcx::test::rfc_example;
namespace jws = mcx::jws;
namespace general = mcx::jws::general;

namespace {

constexpr std::uint16_t number_of(std::string_view parameter) {
    return jws::protected_header::fields::number_of(parameter);
}

/// One signature of algorithm A under these two headers, the second left out where it is empty.
template <class A>
std::string one(std::string_view protected_half, std::string_view unprotected_half = "") {
    std::string made = R"({"protected":")" + base64url_text(protected_half) + '"';
    if (!unprotected_half.empty()) {
        made += R"(,"header":)" + std::string(unprotected_half);
    }
    return made + R"(,"signature":")" + mcx::test::signature_text<A>() + "\"}";
}

std::string token_of(std::string_view signatures, std::string_view payload = "e30") {
    return R"({"payload":")" + std::string(payload) + R"(","signatures":[)" +
           std::string(signatures) + "]}";
}

error refusal(std::string_view text) {
    return general::parse(text, 16384).error();
}

template <class B, class As>
general::checked check(std::string_view text, mcx::key_set<B, As> const& keys) {
    auto const token = general::parse(text, 16384);
    CHECK(token.has_value());
    mcx::workspace<B> work;
    std::array<std::byte, 1024> space{};
    return general::check<signature_algorithms>(token.value(), keys, work, space);
}

/// The two keys that the RFC names. [RFC 7515 §A.6]
template <class B>
mcx::key_set<B> rfc_named_keys() {
    mcx::key_set<B> keys;
    CHECK(keys.template add<rs256>(rfc_example<rs256>::public_key(), key_id("2010-12-29")));
    CHECK(keys.template add<es256>(rfc_example<es256>::public_key(),
                                   key_id("e9bc097a-ce51-4036-9562-d2ade882db0d")));
    return keys;
}

/// [RFC 7515 §A.6.4]
std::string rfc_text() {
    std::string_view const input = rfc_example<es256>::signing_input;
    return token_of(
        one<rs256>(R"({"alg":"RS256"})", R"({"kid":"2010-12-29"})") + "," +
            one<es256>(R"({"alg":"ES256"})", R"({"kid":"e9bc097a-ce51-4036-9562-d2ade882db0d"})"),
        input.substr(input.find('.') + 1));
}

/// A signature that only the choosy key of this number finds good.
std::string chosen(unsigned char number, std::string_view kid) {
    auto signature = rfc_example<eddsa>::signature();
    signature[5] = std::byte{number};
    std::string const header = R"({"alg":"EdDSA","kid":")" + std::string(kid) + "\"}";
    return R"({"protected":")" + base64url_text(header) + R"(","signature":")" +
           base64url_text(byte_view{signature}) + "\"}";
}

mcx::key_set<choosy> choosy_keys() {
    mcx::key_set<choosy> keys;
    CHECK(keys.add<eddsa>(choosy_key(7), key_id("seven")));
    CHECK(keys.add<eddsa>(choosy_key(9), key_id("nine")));
    return keys;
}

std::string payload_of(mcx::result<general::verified> const& token) {
    std::array<std::byte, 128> out{};
    return token ? std::string(mcx::as_text(token->payload(out).value_or(byte_view{}))) : "refused";
}

}  // namespace

TEST_CASE("the example of the RFC is read, and both its signatures are checked") {
    std::string const text = rfc_text();
    auto const found = check(text, rfc_named_keys<recorder>());
    CHECK(recorder::message == rfc_example<es256>::signing_input);
    CHECK(found.reports().size() == 2);
    CHECK((found.reports()[0].good() && found.reports()[0].alg.view() == "RS256" &&
           found.reports()[0].kid->view() == "2010-12-29"));
    CHECK((found.reports()[1].good() && found.reports()[1].alg.view() == "ES256"));
    std::string const payload =
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
    CHECK(payload_of(found.all()) == payload);
    CHECK(payload_of(found.any()) == payload);
    std::array<key_id, 2> const names{key_id("2010-12-29"),
                                      key_id("e9bc097a-ce51-4036-9562-d2ade882db0d")};
    CHECK(payload_of(found.named(names)) == payload);
    CHECK((found.all() && found.all()->reports().size() == 2));
}

TEST_CASE("each signature is judged by its own key, and the caller says which of them count") {
    auto const keys = choosy_keys();
    std::array<key_id, 1> const seven{key_id("seven")};
    std::array<key_id, 1> const nine{key_id("nine")};
    std::array<key_id, 2> const both{key_id("seven"), key_id("nine")};
    std::string text = token_of(chosen(7, "seven") + "," + chosen(9, "nine"));
    auto found = check(text, keys);
    CHECK((found.any() && found.all() && found.named(both) && found.named(nine)));
    CHECK(found.named({}).error() == errc::value_empty);

    text = token_of(chosen(7, "seven") + "," + chosen(8, "nine"));
    found = check(text, keys);
    CHECK((found.reports()[0].good() && found.reports()[1].refused == errc::signature));
    CHECK((found.any() && found.named(seven)));
    CHECK(found.all().error() == errc::signature);
    CHECK(found.named(nine).error() == errc::signature);
    CHECK(found.named(both).error() == errc::signature);

    text = token_of(chosen(9, "seven") + "," + chosen(7, "other"));
    found = check(text, keys);
    CHECK(found.any().error() == errc::signature);
    CHECK(found.reports()[1].refused == error{errc::no_such_key, number_of("kid")});
    CHECK(found.all().error() == errc::signature);
    CHECK(found.named(nine).error() == error{errc::signature_missing, number_of("kid")});
}

TEST_CASE("a key that signs twice, once badly, has not signed") {
    std::array<key_id, 1> const seven{key_id("seven")};
    std::string const text = token_of(chosen(7, "seven") + "," + chosen(8, "seven"));
    auto const found = check(text, choosy_keys());
    CHECK(found.any().has_value());
    CHECK(found.named(seven).error() == errc::signature);
}

TEST_CASE("a signature whose header is refused is refused alone") {
    // The second of the RFC's three signatures has its alg where nothing protects it.
    std::string const text = token_of(one<rs256>(R"({"alg":"RS256"})", R"({"kid":"2010-12-29"})") +
                                      R"(,{"header":{"alg":"ES512","kid":"b"},"signature":"AA"},)" +
                                      one<es256>(R"({"alg":"ES256","crit":["x"],"x":1})") + "," +
                                      one<es256>(R"({"alg":"ES384"})"));
    auto const found = check(text, rfc_named_keys<credulous>());
    CHECK(found.reports()[0].good());
    CHECK(found.reports()[1].refused.code == errc::header_unprotected);
    CHECK(found.reports()[1].alg.empty());
    CHECK(found.reports()[2].refused.code == errc::critical_header);
    CHECK(found.reports()[3].refused == error{errc::algorithm_refused, number_of("alg")});
    CHECK(found.any().has_value());
    CHECK(found.all().error().code == errc::header_unprotected);
}

TEST_CASE("a MAC among signatures refuses the token") {
    std::string const mac = R"({"protected":")" + base64url_text(R"({"alg":"HS256","kid":"c"})") +
                            R"(","signature":"AA"})";
    CHECK(refusal(token_of(one<es256>(R"({"alg":"ES256"})") + "," + mac)) ==
          error{errc::mac_among_signatures, number_of("alg")});
    CHECK(refusal(token_of(mac)) == error{});
    // As in RFC 7520 §4.8: RS256, then ES512 unprotected, then HS256.
    CHECK(refusal(token_of(one<rs256>(R"({"alg":"RS256"})", R"({"kid":"a"})") +
                           R"(,{"header":{"alg":"ES512","kid":"b"},"signature":"AA"},)" + mac)) ==
          error{errc::mac_among_signatures, number_of("alg")});
    std::string const alone = token_of(mac);
    auto const found = check(alone, rfc_named_keys<credulous>());
    CHECK(found.any().error() == error{errc::algorithm_refused, number_of("alg")});
}

TEST_CASE("a payload that is encoded for one signature and not for another refuses the token") {
    std::string const good = one<es256>(R"({"alg":"ES256"})");
    auto const mixed = [&](std::string_view header) {
        return refusal(token_of(one<rs256>(header) + "," + good));
    };
    CHECK(mixed(R"({"alg":"RS256"})") == error{});
    CHECK(mixed(R"({"alg":"RS256","b64":false,"crit":["b64"]})") ==
          error{errc::header_b64, number_of("b64")});
    CHECK(mixed(R"({"alg":"RS256","b64":true})").code == errc::header_b64);
}

TEST_CASE("what each signature signed has an identity: that of the same token in compact form") {
    using sha256 = mcx::test::sha256;
    std::string const text = token_of(one<rs256>(R"({"alg":"RS256"})", R"({"kid":"2010-12-29"})") +
                                      "," + one<es256>(R"({"alg":"ES256","crit":["x"],"x":1})"));
    auto const token = check(text, rfc_named_keys<credulous>()).any();
    CHECK(token.has_value());
    if (token) {
        std::string const signed_text = base64url_text(R"({"alg":"RS256"})") + ".e30";
        auto const expected = mcx::digest_of<sha256>(as_bytes(signed_text));
        CHECK(token->identity<sha256>(0).value() == *expected);
        CHECK(token->identity<sha256>(1).value() != *expected);
    }
}

TEST_CASE("a token has from one to eight signatures") {
    CHECK(refusal(token_of("")) == error{errc::too_many_signatures, 0, 30});
    std::string many = one<es256>(R"({"alg":"ES256"})");
    for (int i = 1; i < 8; ++i) {
        many += "," + one<es256>(R"({"alg":"ES256"})");
    }
    std::string const eight = token_of(many);
    auto const found = check(eight, rfc_named_keys<credulous>());
    CHECK((found.reports().size() == 8 && found.all()));
    CHECK(refusal(token_of(many + "," + one<es256>(R"({"alg":"ES256"})"))).code ==
          errc::too_many_signatures);
}

TEST_CASE("a serialization is never taken for another") {
    CHECK(refusal(mcx::test::compact(R"({"alg":"ES256"})", "{}")) == errc::compact_serialization);
    CHECK(refusal(R"({"payload":"","protected":"e30","signature":"AA"})").code ==
          errc::other_json_serialization);
    for (char const* member : {R"("signature":"AA")", R"("protected":"e30")", R"("header":{})"}) {
        std::string text = token_of(one<es256>(R"({"alg":"ES256"})"));
        text.insert(1, std::string(member) + ",");
        CHECK(refusal(text).code == errc::other_json_serialization);
    }
}

TEST_CASE("a token has its members in their shapes, each of them once") {
    CHECK(refusal("[]").code == errc::jws_member_shape);
    CHECK(refusal(R"({"payload":""})").code == errc::jws_member_missing);
    CHECK(refusal(R"({"signatures":[{"protected":"e30","signature":"AA"}]})").code ==
          errc::jws_member_missing);
    CHECK(refusal(R"({"payload":"","signatures":{}})").code == errc::jws_member_shape);
    CHECK(refusal(token_of("1")).code == errc::jws_member_shape);
    CHECK(refusal(token_of("{}")).code == errc::jws_member_missing);
    CHECK(refusal(token_of(R"({"signature":"AA","signature":"AA"})")).code == errc::json_duplicate);
    CHECK(refusal(token_of(R"({"signature":1})")).code == errc::jws_member_shape);
    CHECK(refusal(token_of(one<es256>("{}"), R"(e\u0033)")) ==
          error{errc::base64_character, 0, 13});
    std::string more = token_of(one<es256>(R"({"alg":"ES256"})"));
    more.insert(1, R"("unknown":[1,{}],)");
    CHECK(refusal(more) == error{});
    CHECK(general::parse(std::string_view{more}, more.size() - 1).error() == errc::token_too_long);
    CHECK(refusal(more + "{}").code == errc::json_trailing);
}

TEST_CASE("space is asked for once, for the longest of the signing inputs") {
    std::string const text = token_of(one<eddsa>(R"({"alg":"EdDSA"})") + "," +
                                      one<eddsa>(R"({"alg":"EdDSA","kid":"one"})"));
    auto const token = general::parse(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    std::array<std::byte, 64> space{};
    mcx::byte_span const enough = mcx::byte_span{space}.first(token->space());
    auto const keys = mcx::test::rfc_keys<credulous>(key_id("one"));
    mcx::workspace<credulous> work;
    CHECK(general::check<signature_algorithms>(*token, keys, work, enough).all().has_value());
    auto const found =
        general::check<signature_algorithms>(*token, keys, work, enough.first(enough.size() - 1));
    CHECK((found.reports()[0].good() && found.reports()[1].refused == errc::buffer_too_small));
}

TEST_CASE("what several signers sign is read and verified again") {
    auto const first = certain(
        mcx::signing_key<rs256, credulous>::from(rfc_example<rs256>::private_key(), key_id("one")));
    auto const second = certain(
        mcx::signing_key<eddsa, credulous>::from(rfc_example<eddsa>::private_key(), key_id("one")));
    mcx::prepared_signer<rs256, credulous> rsa{first};
    mcx::prepared_signer<eddsa, credulous> ed{second};
    counted_random random;
    auto const text = general::sign(as_bytes("payload"), "", random, rsa, ed);
    CHECK(text.has_value());
    auto const found = check(text.value(), mcx::test::rfc_keys<credulous>(key_id("one")));
    CHECK((found.reports().size() == 2 && found.reports()[1].alg.view() == "EdDSA"));
    CHECK(payload_of(found.all()) == "payload");
    counted_random once{.left = 1};
    CHECK(general::sign(as_bytes("payload"), "", once, rsa, ed).error() ==
          errc::random_unavailable);
}
