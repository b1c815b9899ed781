// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The serializations that are not compact, with real signatures: those that the RFCs print, and
// our own in both directions.

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
using mcx::test::certain;
using mcx::test::rfc_example;
using mcx::test::signature_text;
namespace jws = mcx::jws;

namespace {

using backend = mcx::first_of<mcx::sodium, mcx::botan>;
static_assert(mcx::VerifiesChain<backend, es256> && !mcx::VerifiesChain<backend, eddsa>);

constexpr std::string_view rsa_id = "2010-12-29";
constexpr std::string_view ec_id = "e9bc097a-ce51-4036-9562-d2ade882db0d";

std::string_view rfc_payload() {
    std::string_view const input = rfc_example<es256>::signing_input;
    return input.substr(input.find('.') + 1);
}

std::string rfc_signature(std::string_view header, std::string_view kid,
                          std::string const& signature) {
    return R"("protected":")" + std::string(header) + R"(","header":{"kid":")" + std::string(kid) +
           R"("},"signature":")" + signature + '"';
}
std::string rsa_signature() {
    return rfc_signature("eyJhbGciOiJSUzI1NiJ9", rsa_id, signature_text<rs256>());
}
std::string ec_signature(std::string const& signature = signature_text<es256>()) {
    return rfc_signature("eyJhbGciOiJFUzI1NiJ9", ec_id, signature);
}

mcx::key_set<backend> named_keys() {
    mcx::key_set<backend> keys;
    CHECK(keys.add<rs256>(rfc_example<rs256>::public_key(), certain(key_id::from(rsa_id))));
    CHECK(keys.add<es256>(rfc_example<es256>::public_key(), certain(key_id::from(ec_id))));
    CHECK(keys.add<eddsa>(rfc_example<eddsa>::public_key(), key_id("ed")));
    return keys;
}

template <class A>
mcx::signing_key<A, backend> key_named(std::string_view id) {
    return certain(mcx::signing_key<A, backend>::from(rfc_example<A>::private_key(),
                                                      certain(key_id::from(id))));
}

std::vector<byte_view> cut(std::string_view payload, std::size_t size) {
    std::vector<byte_view> made;
    for (std::size_t at = 0; at < payload.size(); at += size) {
        made.push_back(as_bytes(payload.substr(at, size)));
    }
    return made;
}

}  // namespace

TEST_CASE("the signatures in flattened JSON that the RFC prints are good, changed ones are not") {
    auto const keys = named_keys();
    mcx::workspace<backend> work;
    using ours = algorithm_set<es256, rs256>;
    std::string const front = R"({"payload":")" + std::string(rfc_payload()) + R"(",)";
    std::string text = front + ec_signature() + "}";
    auto token = jws::flattened::parse(std::string_view{text}, 8192);
    CHECK((token && jws::flattened::verify<ours>(*token, keys, work)));
    // The digits of another payload, under the same signature.
    std::string other = text;
    other[14] = other[14] == 'A' ? 'B' : 'A';
    token = jws::flattened::parse(std::string_view{other}, 8192);
    CHECK((token && jws::flattened::verify<ours>(*token, keys, work).error() == errc::signature));
    // And again the good one, by the session that has just refused.
    token = jws::flattened::parse(std::string_view{text}, 8192);
    CHECK((token && jws::flattened::verify<ours>(*token, keys, work)));
}

TEST_CASE("the two signatures in general JSON that the RFC prints are good") {
    auto const keys = named_keys();
    mcx::workspace<backend> work;
    std::string const text = R"({"payload":")" + std::string(rfc_payload()) +
                             R"(","signatures":[{)" + rsa_signature() + "},{" + ec_signature() +
                             "}]}";
    auto const token = jws::general::parse(std::string_view{text}, 8192);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    auto const found = jws::general::check<algorithm_set<es256, rs256>>(*token, keys, work);
    CHECK(found.all().has_value());
    auto const only_rsa = jws::general::check<algorithm_set<rs256>>(*token, keys, work);
    CHECK(only_rsa.any().has_value());
    CHECK(only_rsa.all().error().code == errc::algorithm_refused);
}

TEST_CASE("one bad signature among several is found where it is") {
    auto const keys = named_keys();
    mcx::workspace<backend> work;
    auto changed = rfc_example<es256>::signature();
    changed[7] ^= std::byte{1};
    std::string const text = R"({"payload":")" + std::string(rfc_payload()) +
                             R"(","signatures":[{)" + rsa_signature() + "},{" +
                             ec_signature(mcx::test::base64url_text(byte_view{changed})) + "}]}";
    auto const token = jws::general::parse(std::string_view{text}, 8192);
    CHECK(token.has_value());
    auto const found = jws::general::check<algorithm_set<es256, rs256>>(token.value(), keys, work);
    CHECK((found.reports()[0].good() && found.reports()[1].refused == errc::signature));
    CHECK(found.any().has_value());
    CHECK(found.all().error() == errc::signature);
}

TEST_CASE_TEMPLATE("a large body in pieces is signed apart from its token", A, es256, rs256,
                   eddsa) {
    std::string body(100'000, 'x');
    body[77] = '\0';
    auto const key = key_named<A>("big");
    mcx::prepared_signer<A, backend> signer{key};
    mcx::botan::random random;
    mcx::key_set<backend> keys;
    CHECK(keys.add<A>(rfc_example<A>::public_key(), key_id("big")));
    mcx::workspace<backend> work;
    auto const pieces = cut(body, 4096);
    auto const other_pieces = cut(body, 4095);
    auto const fewer = jws::payload_chain{pieces}.first(pieces.size() - 1);
    for (bool const encoded : {true, false}) {
        auto const text = encoded ? jws::detached::sign(pieces, "", signer, random)
                                  : jws::detached::sign_unencoded(pieces, "", signer, random);
        auto const token =
            encoded ? jws::detached::parse(std::string_view{text.value()}, 8192)
                    : jws::detached::parse_unencoded(std::string_view{text.value()}, 8192);
        CHECK(token.has_value());
        std::vector<std::byte> space(mcx::VerifiesChain<backend, A> ? 0
                                                                    : token->input(pieces).size());
        auto const verify = [&](jws::payload_chain payload) {
            return jws::detached::verify<signature_algorithms>(*token, payload, keys, work, space)
                .error();
        };
        CHECK(verify(pieces) == error{});
        CHECK(verify(other_pieces) == error{});
        CHECK(verify(fewer) == errc::signature);
        CHECK(verify({}) == errc::signature);
    }
}

TEST_CASE("what three signers sign in JSON verifies, and in compact form is the same token") {
    auto const rsa_key = key_named<rs256>(rsa_id);
    auto const ec_key = key_named<es256>(ec_id);
    auto const ed_key = key_named<eddsa>("ed");
    mcx::prepared_signer<rs256, backend> rsa{rsa_key};
    mcx::prepared_signer<es256, backend> ec{ec_key};
    mcx::prepared_signer<eddsa, backend> ed{ed_key};
    mcx::botan::random random;
    auto const keys = named_keys();
    mcx::workspace<backend> work;
    auto const text = jws::general::sign(as_bytes("payload"), "", random, rsa, ec, ed);
    auto const token = jws::general::parse(std::string_view{text.value()}, 8192);
    CHECK(token.has_value());
    std::vector<std::byte> space(token->space());
    auto const found = jws::general::check<signature_algorithms>(*token, keys, work, space).all();
    std::array<std::byte, 16> out{};
    CHECK((found && mcx::as_text(found->payload(out).value_or(byte_view{})) == "payload"));

    using sha256 = mcx::hashing<backend, mcx::sha256>;
    auto const flat_text = jws::flattened::sign(as_bytes("payload"), "JWT", ed, random);
    auto const compact_text = jws::sign(as_bytes("payload"), "JWT", ed, random);
    auto const flat = jws::flattened::parse(std::string_view{flat_text.value()}, 8192);
    auto const compact = jws::parse(std::string_view{compact_text.value()}, 8192);
    CHECK((flat && compact));
    auto const one = jws::flattened::verify<signature_algorithms>(*flat, keys, work, space);
    auto const two = jws::verify<signature_algorithms>(*compact, keys, work);
    CHECK((one && two && *one->identity<sha256>() == *two->identity<sha256>()));
}

TEST_CASE("a text that is signed as it is verifies as it is, and not encoded") {
    auto const ec_key = key_named<es256>(ec_id);
    mcx::prepared_signer<es256, backend> ec{ec_key};
    mcx::botan::random random;
    auto const keys = named_keys();
    mcx::workspace<backend> work;
    auto const text = jws::flattened::sign_unencoded("$.02 \"\n", "", ec, random);
    auto const token = jws::flattened::parse_unencoded(std::string_view{text.value()}, 8192);
    CHECK((token && jws::flattened::verify<algorithm_set<es256>>(*token, keys, work)));
    // The same header and signature apart from the payload.
    jws::compact_parts parts{};
    std::string_view const whole = text.value();
    auto const member = [&](std::string_view name) {
        auto const at = whole.find(name) + name.size();
        return whole.substr(at, whole.find('"', at) - at);
    };
    parts.header = member(R"("protected":")");
    parts.signature = member(R"("signature":")");
    std::string const apart = std::string(parts.header) + ".." + std::string(parts.signature);
    auto const detached = jws::detached::parse_unencoded(std::string_view{apart}, 8192);
    std::array<byte_view, 2> const good{as_bytes("$.02"), as_bytes(" \"\n")};
    std::array<byte_view, 1> const encoded{as_bytes("JC4wMiAiCg")};
    using ours = algorithm_set<es256>;
    CHECK((detached && jws::detached::verify<ours>(*detached, good, keys, work)));
    CHECK((detached &&
           jws::detached::verify<ours>(*detached, encoded, keys, work).error() == errc::signature));
}
