// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/dpop_proof.hpp>

#include "support/check.hpp"
#include "support/dpop_proofs.hpp"
#include "support/more_keys.hpp"

#include <mcx/crypto/any_signer.hpp>

#include <string>
#include <string_view>

using mcx::errc;
using mcx::grant::dpop_claims;
using mcx::grant::http_method;
using mcx::grant::make_proof;
using mcx::grant::target_uri;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::header_in;
using mcx::test::payload_in;
using mcx::test::rfc9449_ath;
using mcx::test::rfc_example;
using mcx::test::target;

namespace {

template <class A, class B = credulous>
mcx::signing_key<A, B> example_key() {
    return certain(mcx::signing_key<A, B>::from(rfc_example<A>::private_key(), "k"));
}

dpop_claims claims() {
    dpop_claims made;
    made.jti = "-BwC3ESc6acc2lTc";
    made.htm = "POST";
    made.htu = target("https://server.example.com/token");
    made.iat = {1562262616};
    return made;
}

constexpr bool same(std::string_view a, std::string_view b) {
    return target_uri::from(a).value() == target_uri::from(b).value();
}
constexpr errc refusal(std::string_view v) {
    return target_uri::from(v).error().code;
}

/// Something that signs and does not say with which key.
struct silent {
    using algorithm = mcx::es256;
    static constexpr std::size_t max_size = 64;
    mcx::key_id const& id() const { return id_; }
    std::string_view alg() const { return "ES256"; }
    mcx::result<std::size_t> sign(mcx::byte_view, mcx::any_random&, mcx::byte_span) { return 64U; }
    mcx::key_id id_;
};

}  // namespace

TEST_CASE("a target is compared without query and fragment") {
    CHECK_BOTH(target_uri::from("https://a.example/x?q=1#f")->view() == "https://a.example/x");
    CHECK_BOTH(same("https://a.example/x?q=1", "https://a.example/x#f?"));
    CHECK_BOTH(!same("https://a.example/x", "https://a.example/x/"));
}

TEST_CASE("a target has one form, whoever wrote it [RFC 3986 6.2.2, 6.2.3]") {
    CHECK_BOTH(target_uri::from("HTTPS://A.Example:443")->view() == "https://a.example/");
    CHECK_BOTH(target_uri::from("https://a.example:/x")->view() == "https://a.example/x");
    CHECK_BOTH(target_uri::from("https://a.example:8443/x")->view() == "https://a.example:8443/x");
    CHECK_BOTH(target_uri::from("https://[2001:DB8::1]:443/")->view() == "https://[2001:db8::1]/");
    CHECK_BOTH(target_uri::from("https://a.example/%7ea%2fb%C3%a9")->view() ==
               "https://a.example/~a%2Fb%C3%A9");
    CHECK_BOTH(same("https://a.example/%41", "https://a.example/A"));
    CHECK_BOTH(target_uri::from("https://a.example/x%2D%2E%5F%30")->view() ==
               "https://a.example/x-._0");
}

TEST_CASE("a form is its own form") {
    for (std::string_view const text :
         {"HTTPS://A.Example:443", "https://a.example/%7ea%2fb", "https://a.example:1/%25%32%35"}) {
        auto const once = target(text);
        CHECK(target(once.view()) == once);
    }
}

TEST_CASE("targets that only look alike are different ones") {
    CHECK_BOTH(!same("https://a.example/X", "https://a.example/x"));
    CHECK_BOTH(!same("https://a.example/a/../x", "https://a.example/x"));
    CHECK_BOTH(!same("https://a.example/a%2Fb", "https://a.example/a/b"));
    CHECK_BOTH(!same("https://a.example:80/", "https://a.example/"));
    CHECK_BOTH(!same("https://a.example./", "https://a.example/"));
    CHECK_BOTH(!same("https://a.example//", "https://a.example/"));
}

TEST_CASE("a target is an https URI of at most 512 octets without a user") {
    CHECK_BOTH(refusal("http://a.example/") == errc::uri_scheme);
    CHECK_BOTH(refusal("https://u@a.example/") == errc::uri_scheme);
    CHECK_BOTH(refusal("/token") == errc::uri_not_absolute);
    CHECK_BOTH(refusal("") == errc::uri_not_absolute);
    CHECK_BOTH(refusal("https:///x") == errc::uri_syntax);
    CHECK_BOTH(refusal("https://a.example/%4") == errc::uri_syntax);
    std::string const host = "https://" + std::string(504, 'a');
    CHECK(refusal(host) == errc::value_too_long);  // its "/" is one too many
    CHECK(target(host.substr(0, 511)).view().size() == 512);
    CHECK(refusal(host + "a") == errc::value_too_long);
    CHECK_BOTH(target_uri{}.empty());
}

TEST_CASE("a method is a token, and its case matters [RFC 9110 9.1]") {
    CHECK_BOTH(http_method::check("GET") == errc::none);
    CHECK_BOTH(http_method::check("M-SEARCH") == errc::none);
    CHECK_BOTH(http_method("get") != http_method("GET"));
    CHECK_BOTH(http_method::check("") == errc::value_empty);
    CHECK_BOTH(http_method::check("GET ") == errc::value_character);
    CHECK_BOTH(http_method::check("G/T") == errc::value_character);
    CHECK_BOTH(http_method::check("G\"T") == errc::value_character);
}

TEST_CASE("a proof names the request in its payload and the key in its header") {
    auto const key = example_key<mcx::es256>();
    counted_random random;
    auto const proof = make_proof(claims(), key, random);
    CHECK(header_in(*proof) == R"({"typ":"dpop+jwt","alg":"ES256","jwk":{"crv":"P-256","kty":"EC",)"
                               R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                               R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}})");
    CHECK(payload_in(*proof) ==
          R"({"jti":"-BwC3ESc6acc2lTc","htm":"POST","htu":"https://server.example.com/token",)"
          R"("iat":1562262616})");
    dpop_claims more = claims();
    more.ath = certain(mcx::sha256_thumbprint::from(rfc9449_ath));
    more.nonce = mcx::oauth::dpop_nonce("n-1");
    CHECK(payload_in(*make_proof(more, key, random)) ==
          R"({"jti":"-BwC3ESc6acc2lTc","htm":"POST","htu":"https://server.example.com/token",)"
          R"("iat":1562262616,"ath":"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo","nonce":"n-1"})");
}

TEST_CASE_TEMPLATE("keys of every algorithm make proofs, prepared ones too", A, mcx::es256,
                   mcx::es384, mcx::es512, mcx::es256k, mcx::rs256, mcx::ps384, mcx::eddsa,
                   mcx::ed25519, mcx::ed448) {
    auto const key = example_key<A>();
    mcx::prepared_signer prepared{key};
    counted_random first;
    counted_random second;
    auto const proof = make_proof(claims(), key, first);
    CHECK(proof.value() == make_proof(claims(), prepared, second).value());
    auto const want = mcx::grant::proof_expectation{
        .method = "POST", .target = target("https://server.example.com/token")};
    using set = mcx::algorithm_set<A>;
    auto const checked =
        mcx::grant::check_proof<credulous, set>(*proof, want, mcx::fixed_clock{{1562262616}});
    CHECK(checked);
    auto const print = mcx::jwk::thumbprint<A, mcx::test::sha256>(rfc_example<A>::public_key());
    CHECK(checked->jkt().view() == mcx::test::base64url_text(*print));
}

TEST_CASE("a proof that lacks something, or that nothing signs, is not made") {
    auto const key = example_key<mcx::es256>();
    counted_random random;
    for (int lacking = 0; lacking < 3; ++lacking) {
        dpop_claims made = claims();
        made.jti = lacking == 0 ? mcx::jwt_id{} : made.jti;
        made.htm = lacking == 1 ? http_method{} : made.htm;
        made.htu = lacking == 2 ? target_uri{} : made.htu;
        CHECK(make_proof(made, key, random).error() == errc::claim_value);
    }
    dpop_claims early = claims();
    early.iat = {-1};
    CHECK(make_proof(early, key, random).error() == errc::claim_value);
    auto const dead = example_key<mcx::es256, mcx::test::broken>();
    CHECK(make_proof(claims(), dead, random).error() == errc::backend);
    counted_random dry{.next = 0, .left = 0};
    CHECK(make_proof(claims(), key, dry).error() == errc::random_unavailable);
}

TEST_CASE("only what shows its public key signs proofs") {
    using mcx::grant::ProofSigner;
    CHECK_BOTH(ProofSigner<mcx::signing_key<mcx::es256, credulous>>);
    CHECK_BOTH(ProofSigner<mcx::prepared_signer<mcx::eddsa, credulous>>);
    CHECK_BOTH(mcx::TypedSigner<silent> && !ProofSigner<silent>);
    CHECK_BOTH(!ProofSigner<mcx::any_signer<credulous>>);
}

TEST_CASE("the hash of an access token is that of RFC 9449 7.1") {
    using mcx::grant::token_hash_for_proof;
    CHECK(token_hash_for_proof<mcx::test::sha256>(mcx::test::rfc9449_token)->view() == rfc9449_ath);
}
