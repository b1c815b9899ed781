// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/detached.hpp>

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
using mcx::signature_algorithms;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::recorder;
using mcx::test::rfc_example;
namespace jws = mcx::jws;
namespace detached = mcx::jws::detached;

namespace {

constexpr std::uint16_t b64_number = jws::protected_header::fields::number_of("b64");
constexpr std::string_view unencoded = R"({"alg":"ES256","b64":false,"crit":["b64"]})";

template <class A = es256>
std::string token_of(std::string_view header) {
    return base64url_text(header) + ".." + mcx::test::signature_text<A>();
}

error refusal(std::string_view text) {
    return detached::parse(text, 8192).error();
}
error refusal_unencoded(std::string_view header) {
    std::string const text = token_of(header);
    return detached::parse_unencoded(std::string_view{text}, 8192).error();
}

std::array<byte_view, 3> const pieces{as_bytes("pay"), byte_view{}, as_bytes("load")};

}  // namespace

TEST_CASE("a payload in pieces is verified without being put together") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = token_of(unencoded);
    auto const token = detached::parse_unencoded(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    auto const verified = detached::verify<algorithm_set<es256>>(*token, pieces, keys, work);
    CHECK(recorder::message == base64url_text(unencoded) + ".payload");
    CHECK(recorder::pieces == 5);
    CHECK((verified && verified->payload().data() == pieces.data() &&
           verified->payload().size() == 3 && verified->header().alg.view() == "ES256"));
    auto const expected = mcx::digest_of<mcx::test::sha256>(as_bytes(recorder::message));
    CHECK((verified && *verified->identity<mcx::test::sha256>() == *expected));
}

TEST_CASE("an encoded payload that is put back makes the compact token") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = token_of(R"({"alg":"ES256"})");
    auto const token = detached::parse(std::string_view{text}, 8192);
    CHECK((token && detached::verify<algorithm_set<es256>>(*token, pieces, keys, work)));
    CHECK(recorder::message == base64url_text(R"({"alg":"ES256"})") + ".cGF5bG9hZA");
    CHECK((token && detached::verify<algorithm_set<es256>>(*token, {}, keys, work)));
    CHECK(recorder::message == base64url_text(R"({"alg":"ES256"})") + ".");
}

TEST_CASE("an algorithm that needs its message whole is lent space for it") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::string const text = token_of<eddsa>(R"({"alg":"EdDSA"})");
    auto const token = detached::parse(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    std::vector<std::byte> space(token->input(pieces).size());
    CHECK(detached::verify<signature_algorithms>(*token, pieces, keys, work, space).has_value());
    CHECK(recorder::message == base64url_text(R"({"alg":"EdDSA"})") + ".cGF5bG9hZA");
    CHECK(recorder::pieces == 0);
    space.pop_back();
    CHECK(detached::verify<signature_algorithms>(*token, pieces, keys, work, space).error() ==
          errc::buffer_too_small);
}

TEST_CASE("a token that brings its payload along is not detached, and one that does not, is") {
    std::string const whole = mcx::test::compact(R"({"alg":"ES256"})", "{}");
    CHECK(refusal(whole) == error{errc::payload_not_detached, 0, 21});
    // [RFC 7797 §5.2]
    std::string dotted = base64url_text(unencoded) + ".$.02." + mcx::test::signature_text<es256>();
    CHECK(detached::parse_unencoded(std::string_view{dotted}, 8192).error() ==
          errc::not_three_parts);
    CHECK(refusal("{}") == errc::json_serialization);
    CHECK(refusal("e30..") == error{errc::empty_part, 0, 5});
    CHECK(refusal("a..b.c.d") == errc::encrypted_token);
    std::string const text = token_of(R"({"alg":"ES256"})");
    CHECK(detached::parse(std::string_view{text}, text.size() - 1).error() == errc::token_too_long);
}

TEST_CASE("whether a payload was encoded is for the program to say") {
    CHECK(refusal(token_of(unencoded)).code == errc::header_b64);
    CHECK(refusal(token_of(R"({"alg":"ES256","b64":true,"crit":["b64"]})")).code ==
          errc::header_b64);
    CHECK(refusal_unencoded(unencoded) == error{});
    CHECK(refusal_unencoded(R"({"alg":"ES256"})") == error{errc::header_b64, b64_number});
    CHECK(refusal_unencoded(R"({"alg":"ES256","b64":false})").code == errc::header_b64);
    CHECK(refusal_unencoded(R"({"alg":"ES256","b64":true,"crit":["b64"]})").code ==
          errc::header_b64);
    CHECK(refusal_unencoded(R"({"alg":"ES256","b64":0,"crit":["b64"]})").code ==
          errc::header_shape);
    CHECK(refusal_unencoded(R"({"alg":"ES256","b64":false,"crit":["b64","b64"]})").code ==
          errc::critical_malformed);
    CHECK(refusal_unencoded(R"({"alg":"ES256","b64":false,"x":1,"crit":["b64","x"]})").code ==
          errc::critical_header);
    std::string const more = token_of(R"({"alg":"ES256","b64":false,"x":1,"crit":["x","b64"]})");
    CHECK(detached::parse_unencoded<jws::critical_names<"x", "b64">>(std::string_view{more}, 8192)
              .has_value());
}

TEST_CASE("a token over an unencoded payload verifies nowhere else") {
    std::string const payload = base64url_text("$.02");
    std::string const compact =
        base64url_text(unencoded) + "." + payload + "." + mcx::test::signature_text<es256>();
    CHECK(jws::parse(std::string_view{compact}, 8192).error().code == errc::header_b64);
}

TEST_CASE_TEMPLATE("what is signed here is read and verified again", A, es256, rs256, eddsa) {
    auto const key =
        certain(mcx::signing_key<A, credulous>::from(rfc_example<A>::private_key(), key_id("one")));
    mcx::prepared_signer<A, credulous> signer{key};
    counted_random random;
    auto const keys = mcx::test::rfc_keys<credulous>(key_id("one"));
    mcx::workspace<credulous> work;
    std::array<std::byte, 256> space{};
    auto const text = detached::sign(pieces, "", signer, random);
    auto const token = detached::parse(std::string_view{text.value()}, 8192);
    CHECK((token && detached::verify<signature_algorithms>(*token, pieces, keys, work, space)));
    auto const plain = detached::sign_unencoded(pieces, "x", signer, random);
    auto const raw = detached::parse_unencoded(std::string_view{plain.value()}, 8192);
    CHECK((raw && raw->header().typ->view() == "x" &&
           detached::verify<signature_algorithms>(*raw, pieces, keys, work, space)));
    counted_random broken{.left = 0};
    CHECK(detached::sign(pieces, "", signer, broken).error() == errc::random_unavailable);
}

TEST_CASE("the header of an unencoded payload is as the RFC writes it") {
    auto const key = certain(
        mcx::signing_key<es256, credulous>::from(rfc_example<es256>::private_key(), key_id{}));
    mcx::prepared_signer<es256, credulous> signer{key};
    counted_random random;
    auto const text = detached::sign_unencoded(pieces, "", signer, random);
    CHECK(text.value().starts_with(base64url_text(unencoded) + ".."));
}
