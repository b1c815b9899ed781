// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/dpop.hpp>

#include "support/check.hpp"
#include "support/dpop_proofs.hpp"

#include <mcx/oauth/error_code.hpp>

#include <array>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::grant::check_proof;
using mcx::grant::check_token_proof;
using mcx::grant::dpop_claims;
using mcx::grant::proof_expectation;
using mcx::oauth::dpop_nonce;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::proof_claims;
using mcx::test::proof_expected;
using mcx::test::proof_header;
using mcx::test::proof_of;
using mcx::test::quoted;
using mcx::test::rfc9449_key;
using mcx::test::rfc9449_token;
using mcx::test::target;
using namespace std::chrono_literals;

namespace {

template <class B = credulous>
error refusal(std::string_view proof, proof_expectation const& want = proof_expected(),
              std::int64_t at = 0) {
    return check_token_proof<B>(proof, rfc9449_token, want, clock_at(at)).error();
}

error of_header(named_values const& header) {
    return refusal(proof_of(proof_claims(), header));
}
error of_key(named_values const& key) {
    return of_header(proof_header(key));
}
error of_claims(named_values const& claims) {
    return refusal(proof_of(claims));
}

error at_header(errc code, std::string_view name) {
    return {code, mcx::grant::detail::proof_header::fields::number_of(name)};
}
error at_key(errc code, std::string_view name) {
    return {code, mcx::jwk::members::fields::number_of(name)};
}
error at_claim(errc code, std::string_view name) {
    return {code, dpop_claims::fields::number_of(name)};
}
bool same(error a, error b) {
    return a.code == b.code && a.where == b.where;
}

}  // namespace

TEST_CASE("a proof says which key its sender holds, and how it is used once") {
    auto const checked = check_token_proof<credulous>(proof_of(proof_claims()), rfc9449_token,
                                                      proof_expected(), clock_at(0));
    CHECK(checked->jkt().view() == mcx::test::rfc9449_jkt);
    CHECK(
        checked->replay().from.view() ==
        "urn:ietf:params:oauth:jwk-thumbprint:sha-256:0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    CHECK(
        checked->replay().from.view() ==
        mcx::jwk::thumbprint_uri<mcx::sha256>(*mcx::jwk::thumbprint<mcx::es256, mcx::test::sha256>(
            mcx::jwk::read<mcx::es256>(*mcx::jwk::parse(rfc9449_key().json())).value())));
    CHECK(checked->replay().id.view() == "one");
    CHECK(!checked->replay().is_digest);
    CHECK(checked->replay().until == clock_at(60).at);
}

TEST_CASE("a proof is used once, and by then it is too old") {
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> memory{clock_at(0)};
    auto want = proof_expected();
    want.skew = mcx::leeway(10s);
    auto const text = proof_of(proof_claims());
    auto const use = check_token_proof<credulous>(text, rfc9449_token, want, clock_at(0))->replay();
    CHECK(mcx::jwt::consume(memory, use));
    CHECK(mcx::jwt::consume(memory, use).error() == errc::replayed);
    CHECK(use.until == clock_at(70).at);
    CHECK(check_token_proof<credulous>(text, rfc9449_token, want, clock_at(69)));
    CHECK(refusal(text, want, 70) == at_claim(errc::too_old, "iat"));
}

TEST_CASE("a proof at a token endpoint needs no token, and one that names a token is as good") {
    auto const without = proof_of(proof_claims().without("ath"));
    CHECK(check_proof<credulous>(without, proof_expected(), clock_at(0)));
    CHECK(check_proof<credulous>(proof_of(proof_claims()), proof_expected(), clock_at(0)));
    CHECK(refusal(without) == at_claim(errc::claim_missing, "ath"));
}

TEST_CASE("what is no compact JWS is no proof") {
    CHECK(refusal("").code == errc::not_three_parts);
    CHECK(refusal("a.b.c.d.e").code == errc::encrypted_token);
    CHECK(refusal("{}").code == errc::json_serialization);
    CHECK(refusal(".e30.AA").code == errc::empty_part);
    std::string const proof = proof_of(proof_claims());
    CHECK(refusal(proof + ", " + proof).code == errc::encrypted_token);  // two fields, joined
    CHECK(refusal(std::string(16385, 'a')).code == errc::token_too_long);
    CHECK(refusal(std::string(5600, 'A') + ".e30.AA").code == errc::header_too_long);
    CHECK(refusal("e30." + std::string(2800, 'A') + ".AA").code == errc::payload_too_long);
}

TEST_CASE("only what says dpop+jwt is a proof") {
    CHECK(
        same(of_header(proof_header().without("typ")), at_header(errc::token_type_refused, "typ")));
    for (std::string_view const typ : {"JWT", "at+jwt", "dpop", "text/dpop+jwt"}) {
        CHECK(same(of_header(proof_header().with("typ", quoted(typ))),
                   at_header(errc::token_type_refused, "typ")));
    }
    CHECK(of_header(proof_header().with("typ", quoted("application/DPoP+JWT"))) == error{});
}

TEST_CASE("a proof is signed with one of the algorithms that are accepted") {
    for (std::string_view const alg : {"none", "HS256", "ES384", "RSA-OAEP", "es256"}) {
        CHECK(same(of_header(proof_header().with("alg", quoted(alg))),
                   at_header(errc::algorithm_refused, "alg")));
    }
    using only_eddsa = mcx::algorithm_set<mcx::eddsa>;
    CHECK(
        check_proof<credulous, only_eddsa>(proof_of(proof_claims()), proof_expected(), clock_at(0))
            .error()
            .code == errc::algorithm_refused);
}

TEST_CASE("the longest keys and signatures there are fit into a proof") {
    using mcx::ml_dsa_87;
    std::string const key = mcx::test::base64url_text(std::string(2592, 'k'));
    // By its full name: of a std::string, std::quoted would be chosen where it has been included.
    std::string const pub = mcx::test::quoted(key);
    auto const header =
        proof_header({{"kty", quoted("AKP")}, {"alg", quoted("ML-DSA-87")}, {"pub", pub}})
            .with("alg", quoted("ML-DSA-87"));
    std::string const text = mcx::test::base64url_text(header.json()) + "." +
                             mcx::test::base64url_text(proof_claims().json()) + "." +
                             mcx::test::base64url_text(std::string(4627, 's'));
    CHECK(
        check_proof<credulous, mcx::algorithm_set<ml_dsa_87>>(text, proof_expected(), clock_at(0)));
}

TEST_CASE("a proof without a key in its header, or with no object there, is refused") {
    CHECK(same(of_header(proof_header().without("jwk")), at_header(errc::header_missing, "jwk")));
    CHECK(same(of_header(proof_header().with("jwk", quoted("k"))),
               at_header(errc::header_shape, "jwk")));
    CHECK(of_header(proof_header().with("jwk", "{}")).code == errc::key_missing_member);
    CHECK(of_header(proof_header().with("jwk", R"({"kty":"EC","kty":"EC"})")).code ==
          errc::json_duplicate);
    CHECK(of_header(proof_header().and_also("jwk", rfc9449_key().json())).code ==
          errc::json_duplicate);
}

TEST_CASE("critical names and an unencoded payload are refused as in every header") {
    CHECK(of_header(proof_header().with("crit", R"(["x"])").with("x", "1")).code ==
          errc::critical_header);
    CHECK(of_header(proof_header().with("b64", "false")).code == errc::header_b64);
}

TEST_CASE("a private key in the header is refused, whatever private member it shows") {
    for (std::string_view const name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}) {
        CHECK(
            same(of_key(rfc9449_key().with(name, quoted("AA"))), at_key(errc::key_private, name)));
    }
}

TEST_CASE("the key in the header is checked as every key is") {
    auto const key = rfc9449_key();
    CHECK(same(of_key(key.with("kty", quoted("RSA"))), at_key(errc::key_type, "kty")));
    CHECK(same(of_key(key.with("kty", quoted("oct"))), at_key(errc::key_type, "kty")));
    CHECK(same(of_key(key.with("crv", quoted("P-384"))), at_key(errc::key_curve, "crv")));
    CHECK(same(of_key(key.with("alg", quoted("ES384"))), at_key(errc::key_algorithm, "alg")));
    CHECK(same(of_key(key.with("use", quoted("enc"))), at_key(errc::key_use, "use")));
    CHECK(
        same(of_key(key.with("key_ops", R"(["sign"])")), at_key(errc::key_operations, "key_ops")));
    CHECK(same(of_key(key.without("y")), at_key(errc::key_missing_member, "y")));
    CHECK(of_key(key.with("y", key.begin()[2].second)).code == errc::point_not_on_curve);
    CHECK(of_key(key.with("x", quoted("AA"))).code == errc::point_encoding);
    CHECK(of_key(key.with("kid", "1")).code == errc::key_shape);
}

TEST_CASE("what else the header says chooses nothing") {
    auto const header = proof_header().with("kid", quoted("k")).with("jku", quoted("https://x"));
    CHECK(of_header(header) == error{});
    CHECK(check_proof<credulous>(proof_of(proof_claims(), header), proof_expected(), clock_at(0))
              ->jkt()
              .view() == mcx::test::rfc9449_jkt);
}

TEST_CASE("a signature that is not the key's refuses the proof before a claim is read") {
    auto const text = proof_of(proof_claims().with("htm", "1"));
    CHECK(refusal<incredulous>(text) == errc::signature);
    CHECK(refusal<broken>(text) == errc::backend);
    std::string const bare = text.substr(0, text.rfind('.') + 1);
    CHECK(refusal(bare + "AAAA") == errc::signature);
    CHECK(refusal(bare + std::string(85, 'A') + "=").code == errc::base64_padding);
    CHECK(refusal(bare + std::string(85, 'A') + "=").offset == text.size() - 1);
    CHECK(refusal(bare + std::string(86, 'A')) == errc::signature);  // r and s are zero
}

TEST_CASE("each claim of RFC 9449 4.2 is required and of its type") {
    for (std::string_view const name : {"jti", "htm", "htu", "iat"}) {
        CHECK(same(of_claims(proof_claims().without(name)), at_claim(errc::claim_missing, name)));
    }
    for (std::string_view const name : {"jti", "htm", "htu", "iat", "ath", "nonce"}) {
        CHECK(
            same(of_claims(proof_claims().with(name, "true")), at_claim(errc::claim_shape, name)));
    }
    CHECK(same(of_claims(proof_claims().with("jti", quoted(""))),
               at_claim(errc::claim_value, "jti")));
    CHECK(same(of_claims(proof_claims().with("htu", quoted("/groups"))),
               at_claim(errc::claim_value, "htu")));
    CHECK(same(of_claims(proof_claims().with("ath", quoted("short"))),
               at_claim(errc::claim_value, "ath")));
    CHECK(refusal(mcx::test::compact(proof_header().json(), "[]")).code == errc::claims_not_object);
    CHECK(refusal(mcx::test::compact(proof_header().json(), "")).code == errc::json_truncated);
    CHECK(of_claims(proof_claims().and_also("iat", date(0))).code == errc::json_duplicate);
    CHECK(of_claims(proof_claims().with("more", "[{}]")) == error{});
}

TEST_CASE("a proof is good for one method, in its very spelling") {
    for (std::string_view const method : {"POST", "get", "GETS"}) {
        CHECK(of_claims(proof_claims().with("htm", quoted(method))) ==
              at_claim(errc::proof_method_mismatch, "htm"));
    }
}

TEST_CASE("a proof is good for one target, whatever query and spelling of it") {
    for (std::string_view const other :
         {"https://gms.a.example/groups/", "https://gms.b.example/groups",
          "https://gms.a.example:8443/groups", "https://gms.a.example/Groups"}) {
        CHECK(of_claims(proof_claims().with("htu", quoted(other))) ==
              at_claim(errc::proof_target_mismatch, "htu"));
    }
    for (std::string_view const other :
         {"https://gms.a.example/groups?q=1", "https://GMS.a.example:443/groups#f",
          "https://gms.a.example/%67roups"}) {
        CHECK(of_claims(proof_claims().with("htu", quoted(other))) == error{});
        proof_expectation want = proof_expected();
        want.target = target(other);
        CHECK(refusal(proof_of(proof_claims()), want) == error{});
    }
}

TEST_CASE("where nonces are given out, a proof has one of them, and may be told to get one") {
    std::array<dpop_nonce, 2> const now{dpop_nonce("n-2"), dpop_nonce("n-1")};
    std::array<dpop_nonce, 1> const later{dpop_nonce("n-2")};
    proof_expectation want = proof_expected();
    CHECK(refusal(proof_of(proof_claims()), want) == error{});
    want.nonces = now;
    CHECK(refusal(proof_of(proof_claims()), want) == error{});
    CHECK(refusal(proof_of(proof_claims().without("nonce")), want) ==
          at_claim(errc::proof_nonce_due, "nonce"));
    want.nonces = later;
    auto const due = refusal(proof_of(proof_claims()), want);
    CHECK(due == at_claim(errc::proof_nonce_due, "nonce"));
    CHECK(mcx::oauth::answer_to_proof(due)->code() == mcx::oauth::error_code::use_dpop_nonce);
    // A client whose clock is wrong gets its nonce first.
    CHECK(refusal(proof_of(proof_claims()), want, 999) == due);
}

TEST_CASE("a proof is good for a minute, or as long as the server says") {
    auto const text = proof_of(proof_claims());
    proof_expectation want = proof_expected();
    CHECK(refusal(text, want, 59) == error{});
    CHECK(refusal(text, want, 60) == at_claim(errc::too_old, "iat"));
    CHECK(refusal(text, want, -1) == at_claim(errc::issued_in_future, "iat"));
    want.skew = mcx::leeway(30s);
    CHECK(refusal(text, want, 89) == error{});
    CHECK(refusal(text, want, 90) == at_claim(errc::too_old, "iat"));
    CHECK(refusal(text, want, -30) == error{});
    CHECK(refusal(text, want, -31) == at_claim(errc::issued_in_future, "iat"));
    want.age = mcx::lifetime(5s);
    CHECK(refusal(text, want, 35) == at_claim(errc::too_old, "iat"));
}

TEST_CASE("a proof that was made for another access token is refused") {
    auto const checked = check_token_proof<credulous>(
        proof_of(proof_claims()), "Kz~8mXK1EalYznwH-LC-1fBAp", proof_expected(), clock_at(0));
    CHECK(checked.error() == at_claim(errc::token_hash_mismatch, "ath"));
}

TEST_CASE("every refusal of a proof is an invalid proof to a token endpoint's client") {
    CHECK(
        mcx::oauth::answer_to_proof(of_claims(proof_claims().with("htm", quoted("PUT"))))->code() ==
        mcx::oauth::error_code::invalid_dpop_proof);
    CHECK(mcx::oauth::answer_to_proof(refusal<incredulous>(proof_of(proof_claims())))->code() ==
          mcx::oauth::error_code::invalid_dpop_proof);
    CHECK(mcx::oauth::answer_to_proof(refusal<broken>(proof_of(proof_claims()))).error() ==
          errc::backend);
}

TEST_CASE("nothing that a token becomes is made of a proof, and no claims are a checked one") {
    using mcx::grant::checked_proof;
    using mcx::grant::checked_token_proof;
    CHECK_BOTH(!std::constructible_from<checked_proof, dpop_claims const&>);
    CHECK_BOTH(!std::constructible_from<checked_token_proof, checked_proof const&>);
    CHECK_BOTH(!std::constructible_from<mcx::issuer, checked_proof const&>);
    CHECK_BOTH(!std::default_initializable<checked_proof>);
    CHECK_BOTH(std::copyable<checked_token_proof>);
}

TEST_CASE("algorithms are named for a challenge in the order of their set") {
    CHECK_BOTH(mcx::grant::names_for_challenge<mcx::signature_algorithms>() ==
               mcx::oauth::algorithm_names("ES256 RS256 EdDSA"));
    CHECK_BOTH(mcx::grant::names_for_challenge<mcx::all_signature_algorithms>().view().ends_with(
        " ML-DSA-44 ML-DSA-65 ML-DSA-87"));
}

TEST_CASE("a backend checks proofs of what it verifies, and MACs are no proofs") {
    using mcx::grant::ChecksProofs;
    CHECK_BOTH(ChecksProofs<credulous, mcx::signature_algorithms>);
    CHECK_BOTH(!ChecksProofs<credulous, mcx::algorithm_set<>>);
    CHECK_BOTH(!ChecksProofs<credulous, mcx::mac_algorithms>);
}
