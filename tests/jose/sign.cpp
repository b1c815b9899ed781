// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/sign.hpp>

#include "support/allocations.hpp"
#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <mcx/crypto/any_signer.hpp>
#include <mcx/jose/verify.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using mcx::as_bytes;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::signing_key;
using mcx::test::base64url_text;
using mcx::test::broken;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::rfc_example;
namespace jws = mcx::jws;

namespace {

template <class A, class B = credulous>
signing_key<A, B> key_named(std::string_view id) {
    return certain(
        signing_key<A, B>::from(rfc_example<A>::private_key(), certain(key_id::from(id))));
}

/// The decoded header of a token.
std::string header_of(std::string_view token) {
    std::array<std::byte, 1024> octets{};
    auto const size = mcx::base64url::decode(token.substr(0, token.find('.')), octets);
    return std::string(mcx::as_text(mcx::byte_view{octets}.first(size.value_or(0U))));
}

/// Remembers what it was given to sign.
struct notary {
    static constexpr std::size_t max_size = 8;
    key_id name{};
    std::string seen{};
    std::size_t length = 5;

    static std::string_view alg() { return "X"; }
    key_id const& id() const { return name; }
    mcx::result<std::size_t> sign(mcx::byte_view message, mcx::Random auto&, mcx::byte_span out) {
        seen = mcx::as_text(message);
        for (std::size_t i = 0; i < length; ++i) {
            out[i] = static_cast<std::byte>(i);
        }
        return length;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a signed token is read and verified again", A, es256, rs256, eddsa) {
    auto const key = key_named<A>("one");
    mcx::prepared_signer<A, credulous> signer{key};
    counted_random random;
    auto const token = jws::sign(as_bytes("payload"), "JWT", signer, random);
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    auto const unverified = jws::parse(std::string_view{*token}, 4096);
    CHECK(unverified.has_value());
    mcx::workspace<credulous> work;
    auto const keys = mcx::test::rfc_keys<credulous>(key_id("one"));
    auto const verified = jws::verify<mcx::algorithm_set<A>>(*unverified, keys, work);
    CHECK(verified.has_value());
    std::array<std::byte, 16> out{};
    auto const payload = verified->payload(out);
    CHECK((payload && mcx::as_text(*payload) == "payload"));
    CHECK(header_of(*token) ==
          R"({"alg":")" + std::string(A::name) + R"(","kid":"one","typ":"JWT"})");
}

TEST_CASE("a header has what there is to say and nothing else") {
    counted_random random;
    auto nameless = key_named<es256>("");
    CHECK(header_of(*jws::sign({}, "", nameless, random)) == R"({"alg":"ES256"})");
    CHECK(header_of(*jws::sign({}, "JWT", nameless, random)) == R"({"alg":"ES256","typ":"JWT"})");
    auto named = key_named<eddsa>("a \"b\" \\");
    CHECK(header_of(*jws::sign({}, "", named, random)) == R"({"alg":"EdDSA","kid":"a \"b\" \\"})");
    mcx::any_signer<credulous> chosen{named};
    CHECK(header_of(*jws::sign({}, "at+jwt", chosen, random)) ==
          R"({"alg":"EdDSA","kid":"a \"b\" \\","typ":"at+jwt"})");
}

TEST_CASE("what is signed is the encoded header, a dot and the encoded payload") {
    notary signer;
    counted_random random;
    for (std::string const& payload : {std::string{}, std::string{"x"}, std::string(1000, 'y')}) {
        auto const token = jws::sign(as_bytes(payload), "t", signer, random);
        std::string const input =
            base64url_text(R"({"alg":"X","typ":"t"})") + "." + base64url_text(payload);
        CHECK(signer.seen == input);
        CHECK((token && *token == input + ".AAECAwQ"));
    }
}

TEST_CASE("a token is as long as its signature, which may be shorter than the longest") {
    notary signer;
    counted_random random;
    for (std::size_t length = 1; length <= notary::max_size; ++length) {
        signer.length = length;
        auto const token = jws::sign(as_bytes("p"), "", signer, random);
        CHECK((token &&
               token->size() == signer.seen.size() + 1 + mcx::base64url::encoded_size(length)));
        CHECK((token && token->find('\0') == std::string::npos));
    }
}

TEST_CASE("a header that does not fit is refused before anything is signed") {
    notary signer;
    counted_random random;
    std::string const shell = R"({"alg":"X","typ":""})";
    CHECK(jws::sign({}, std::string(512 - shell.size(), 't'), signer, random).has_value());
    signer.seen.clear();
    CHECK(jws::sign({}, std::string(513 - shell.size(), 't'), signer, random).error() ==
          errc::buffer_too_small);
    CHECK(jws::sign({}, "\xFF", signer, random).error() == errc::utf8_invalid);
    CHECK(signer.seen.empty());
}

TEST_CASE_TEMPLATE("a signer that fails leaves no token", A, es256, rs256, eddsa) {
    auto helpless = key_named<A, broken>("one");
    counted_random random;
    CHECK(jws::sign(as_bytes("p"), "", helpless, random).error() == errc::backend);
    auto able = key_named<A>("one");
    random.left = 0;
    CHECK(jws::sign(as_bytes("p"), "", able, random).error() == errc::random_unavailable);
}

TEST_CASE("signing takes one allocation, of the token") {
    auto key = key_named<es256>("one");
    counted_random random;
    std::vector<std::byte> const payload(2000);
    auto const used =
        mcx::test::heap_use_of([&] { CHECK(jws::sign(payload, "JWT", key, random).has_value()); });
    CHECK(used.allocations == 1);
}

TEST_CASE("a MAC key signs a token, by itself, prepared or chosen at run time") {
    using mcx::hs512, mcx::test::toy;
    auto const key = certain(
        mcx::mac_key<hs512, toy>::from(mcx::test::toy_secret<hs512>(), certain(key_id::from("m"))));
    mcx::prepared_signer prepared{key};
    mcx::any_signer<toy, mcx::mac_algorithms> chosen{key};
    counted_random none{.next = 0, .left = 0};
    auto const one = jws::sign(as_bytes("{}"), "", key, none);
    auto const two = jws::sign(as_bytes("{}"), "", prepared, none);
    auto const three = jws::sign(as_bytes("{}"), "", chosen, none);
    CHECK((one && two && three && *one == *two && *two == *three));
    CHECK((one && header_of(*one) == R"({"alg":"HS512","kid":"m"})"));
}
