// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/detached_json.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/recorder.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

using mcx::algorithm_set;
using mcx::as_bytes;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::recorder;
using mcx::test::rfc_example;
namespace jws = mcx::jws;
namespace flattened = mcx::jws::flattened;
namespace general = mcx::jws::general;

namespace {

using accepted = algorithm_set<es256>;

constexpr std::string_view plain = R"({"alg":"ES256"})";
constexpr std::string_view unencoded = R"({"alg":"ES256","b64":false,"crit":["b64"]})";

std::array<byte_view, 3> const pieces{as_bytes("pay"), byte_view{}, as_bytes("load")};

std::string one(std::string_view header, std::string_view more = "") {
    return "{" + std::string(more) + R"("protected":")" + base64url_text(header) +
           R"(","signature":")" + mcx::test::signature_text<es256>() + "\"}";
}
std::string several(std::string_view signatures, std::string_view more = "") {
    return "{" + std::string(more) + R"("signatures":[)" + std::string(signatures) + "]}";
}

error flat_refusal(std::string const& text) {
    return flattened::parse_detached(std::string_view{text}, pieces, 8192).error();
}
error general_refusal(std::string const& text) {
    return general::parse_detached(std::string_view{text}, pieces, 8192).error();
}

template <class A>
auto signer_named(std::string_view id) {
    return certain(mcx::signing_key<A, credulous>::from(rfc_example<A>::private_key(),
                                                        certain(key_id::from(id))));
}

}  // namespace

TEST_CASE("a payload apart from its token in flattened JSON is encoded on the way") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = one(plain);
    auto const token = flattened::parse_detached(std::string_view{text}, pieces, 8192);
    CHECK(token.has_value());
    auto const verified = flattened::verify<accepted>(token.value(), keys, work);
    CHECK(recorder::message == base64url_text(plain) + ".cGF5bG9hZA");
    std::array<std::byte, 7> out{};
    CHECK((verified && mcx::as_text(verified->payload(out).value_or(byte_view{})) == "payload"));
    CHECK((verified &&
           verified->payload(mcx::byte_span{out}.first(6)).error() == errc::buffer_too_small));
    auto const print = mcx::digest_of<mcx::test::sha256>(as_bytes(recorder::message));
    CHECK((verified && *verified->identity<mcx::test::sha256>() == *print));
}

TEST_CASE("a payload apart from its token in flattened JSON is signed as it is by b64") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = one(unencoded);
    auto const token = flattened::parse_detached_unencoded(std::string_view{text}, pieces, 8192);
    CHECK(token.has_value());
    auto const verified = flattened::verify<accepted>(token.value(), keys, work);
    CHECK(recorder::message == base64url_text(unencoded) + ".payload");
    CHECK(recorder::pieces == 5);
    std::array<std::byte, 7> out{};
    CHECK((verified && mcx::as_text(verified->payload(out).value_or(byte_view{})) == "payload"));
    CHECK(flat_refusal(text).code == errc::header_b64);
    std::string const encoded = one(plain);
    CHECK(
        flattened::parse_detached_unencoded(std::string_view{encoded}, pieces, 8192).error().code ==
        errc::header_b64);
}

TEST_CASE("a payload apart from its token in general JSON is signed by each") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = several(one(plain) + "," + one(R"({"alg":"ES256","typ":"x"})"));
    auto const token = general::parse_detached(std::string_view{text}, pieces, 8192);
    CHECK(token.has_value());
    auto const found = general::check<accepted>(token.value(), keys, work);
    CHECK(recorder::message == base64url_text(R"({"alg":"ES256","typ":"x"})") + ".cGF5bG9hZA");
    std::array<std::byte, 7> out{};
    auto const verified = found.all();
    CHECK((verified && mcx::as_text(verified->payload(out).value_or(byte_view{})) == "payload"));
    CHECK(token->space() == base64url_text(R"({"alg":"ES256","typ":"x"})").size() + 11);
}

TEST_CASE("a token that brings its payload along is refused, be the payload empty") {
    for (char const* member : {R"("payload":"cGF5bG9hZA",)", R"("payload":"",)"}) {
        CHECK(flat_refusal(one(plain, member)).code == errc::payload_not_detached);
        CHECK(general_refusal(several(one(plain), member)).code == errc::payload_not_detached);
        std::string const text = one(unencoded, member);
        CHECK(flattened::parse_detached_unencoded(std::string_view{text}, pieces, 8192)
                  .error()
                  .code == errc::payload_not_detached);
    }
    CHECK(flat_refusal(one(plain, R"("payload":1,)")).code == errc::jws_member_shape);
    std::string const apart = one(plain);
    CHECK(flattened::parse(std::string_view{apart}, 8192).error().code == errc::jws_member_missing);
    std::string const many = several(one(plain));
    CHECK(general::parse(std::string_view{many}, 8192).error().code == errc::jws_member_missing);
}

TEST_CASE("the forms are told apart without a payload too") {
    CHECK(flat_refusal(several(one(plain))).code == errc::other_json_serialization);
    CHECK(general_refusal(one(plain)).code == errc::other_json_serialization);
    CHECK(flat_refusal("e30..AA").code == errc::compact_serialization);
    CHECK(general_refusal("e30..AA").code == errc::compact_serialization);
    CHECK(flat_refusal("{}").code == errc::jws_member_missing);
    CHECK(flat_refusal(one(plain, R"("header":{"alg":"ES256"},)")).code ==
          errc::header_unprotected);
    CHECK(general_refusal(several("")).code == errc::too_many_signatures);
    std::string const text = one(plain);
    CHECK(flattened::parse_detached(std::string_view{text}, pieces, text.size() - 1).error() ==
          errc::token_too_long);
}

TEST_CASE_TEMPLATE("what is signed apart in JSON is read and verified again", A, es256, rs256,
                   eddsa) {
    auto signer = signer_named<A>("one");
    counted_random random;
    auto const keys = mcx::test::rfc_keys<credulous>(key_id("one"));
    mcx::workspace<credulous> work;
    std::array<std::byte, 256> space{};
    using all = mcx::signature_algorithms;
    auto const flat_text = flattened::sign_detached(pieces, "", signer, random);
    CHECK(flat_text.value().find("payload") == std::string::npos);
    auto const flat = flattened::parse_detached(std::string_view{*flat_text}, pieces, 8192);
    CHECK((flat && flattened::verify<all>(*flat, keys, work, space)));
    auto const raw_text = flattened::sign_detached_unencoded(pieces, "", signer, random);
    auto const raw =
        flattened::parse_detached_unencoded(std::string_view{raw_text.value()}, pieces, 8192);
    CHECK((raw && flattened::verify<all>(*raw, keys, work, space)));
    auto another = signer_named<es256>("one");
    auto const general_text = general::sign_detached(pieces, "x", random, signer, another);
    auto const token =
        general::parse_detached(std::string_view{general_text.value()}, pieces, 8192);
    CHECK((token && token->signatures().size() == 2 &&
           general::check<all>(*token, keys, work, space).all()));
    counted_random broken{.left = 0};
    CHECK(flattened::sign_detached(pieces, "", signer, broken).error() == errc::random_unavailable);
    CHECK(flattened::sign_detached_unencoded(pieces, "", signer, broken).error() ==
          errc::random_unavailable);
    CHECK(general::sign_detached(pieces, "", broken, signer).error() == errc::random_unavailable);
}
