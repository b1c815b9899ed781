// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/confirmation.hpp>

#include "support/check.hpp"
#include "support/dpop_proofs.hpp"
#include "support/hex_octets.hpp"
#include "support/mc_tokens.hpp"

#include <mcx/grant/at_jwt.hpp>
#include <mcx/idm/bound_access_token.hpp>
#include <mcx/jose/x509_key.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

using mcx::confirmation;
using mcx::errc;
using mcx::error;
using mcx::grant::checked_proof;
using mcx::grant::checked_token_proof;
using mcx::grant::client_certificate;
using mcx::grant::confirm;
using mcx::grant::confirmation_of;
using mcx::test::accepted_by;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::mc_server;

namespace {

/// A kind of token that may be bound or not, of a server that takes both.
struct either_at_jwt : mcx::grant::at_jwt {
    std::optional<confirmation> cnf;

    using fields = mcx::extended<claims_of_rfc_9068, mcx::optional<"cnf", &either_at_jwt::cnf>>;
};
struct either_profile : mcx::grant::at_jwt_profile {
    using claims = either_at_jwt;
};

constexpr error refused(errc code) {
    return {code, either_at_jwt::fields::number_of("cnf")};
}

/// A token of the general profile that is bound like this.
mcx::jwt::validated<either_profile> token(std::optional<confirmation> const& bound) {
    either_at_jwt made;
    auto const sample = mcx::test::sample_access_token();
    made.iss = *sample.iss;
    made.exp = sample.exp;
    made.aud = *sample.aud;
    made.sub = *sample.sub;
    made.client_id = sample.client_id;
    made.iat = *sample.iat;
    made.jti = *sample.jti;
    made.cnf = bound;
    return certain(accepted_by<either_profile>(mc_server, mcx::test::issued<either_profile>(made)));
}

checked_token_proof proof(mcx::test::named_values const& key = mcx::test::rfc9449_key()) {
    auto const text = mcx::test::proof_of(mcx::test::proof_claims(), mcx::test::proof_header(key));
    return certain(mcx::grant::check_token_proof<credulous>(
        text, mcx::test::rfc9449_token, mcx::test::proof_expected(), mcx::test::clock_at(0)));
}

/// The key of RFC 7515 A.3.
checked_token_proof other_proof() {
    return proof(mcx::test::rfc9449_key()
                     .with("x", mcx::test::quoted("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"))
                     .with("y", mcx::test::quoted("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")));
}

client_certificate certificate(std::string_view der = "some DER") {
    return certain(client_certificate::of<credulous>(mcx::as_bytes(der)));
}

confirmation both() {
    confirmation made = confirmation_of(proof());
    made.x5t_s256 = certificate().print();
    return made;
}

template <class T, class... Shown>
concept Confirms = requires(T const& t, Shown const&... shown) { confirm(t, shown...); };

}  // namespace

TEST_CASE("a certificate is named by the hash of all its octets [RFC 8705 3.1]") {
    constexpr auto print = mcx::test::hex_octets(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // [FIPS 180-4]
    CHECK(certificate("abc").print() == client_certificate::of_print(print).print());
    CHECK(certificate("abc").print().view() == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    auto const same = mcx::x509::thumbprint<mcx::test::sha256>(mcx::as_bytes("abc"));
    CHECK(client_certificate::of_print(*same).print() == certificate("abc").print());
}

TEST_CASE("a token is bound to a key or to a certificate by name") {
    CHECK(confirmation_of(proof()).jkt->view() == mcx::test::rfc9449_jkt);
    CHECK(!confirmation_of(proof()).x5t_s256);
    CHECK(confirmation_of(certificate()).x5t_s256 == certificate().print());
    CHECK(!confirmation_of(certificate()).jkt);
}

TEST_CASE("a bearer token is bound to nothing, and what is bound is no bearer token") {
    CHECK(confirm(token(std::nullopt)));
    CHECK(confirm(token(confirmation_of(proof()))).error() == refused(errc::proof_missing));
    CHECK(confirm(token(confirmation_of(certificate()))).error() == refused(errc::proof_missing));
    CHECK(confirm(token(both())).error() == refused(errc::proof_missing));
}

TEST_CASE("a token that is bound to a key takes a proof of that key") {
    auto const bound = token(confirmation_of(proof()));
    CHECK(confirm(bound, proof()));
    CHECK(confirm(bound, other_proof()).error() == refused(errc::confirmation_mismatch));
    CHECK(confirm(bound, certificate()).error() == refused(errc::proof_missing));
    CHECK(confirm(bound, proof(), certificate()));
    CHECK(confirm(bound, other_proof(), certificate()).error() ==
          refused(errc::confirmation_mismatch));
}

TEST_CASE("a proof does not make a token one that is bound to a key") {
    CHECK(confirm(token(std::nullopt), proof()).error() == refused(errc::confirmation_mismatch));
    CHECK(confirm(token(std::nullopt), proof(), certificate()).error() ==
          refused(errc::confirmation_mismatch));
    auto const bound = token(confirmation_of(certificate()));
    CHECK(confirm(bound, proof()).error() == refused(errc::proof_missing));
    CHECK(confirm(bound, proof(), certificate()).error() == refused(errc::confirmation_mismatch));
}

TEST_CASE("a token that is bound to a certificate takes that certificate") {
    auto const bound = token(confirmation_of(certificate()));
    CHECK(confirm(bound, certificate()));
    CHECK(confirm(bound, certificate("other DER")).error() == refused(errc::confirmation_mismatch));
    CHECK(confirm(token(std::nullopt), certificate()));
}

TEST_CASE("a token that is bound to both takes both") {
    auto const bound = token(both());
    CHECK(confirm(bound, proof(), certificate()));
    CHECK(confirm(bound, proof()).error() == refused(errc::proof_missing));
    CHECK(confirm(bound, certificate()).error() == refused(errc::proof_missing));
    CHECK(confirm(bound, other_proof(), certificate()).error() ==
          refused(errc::confirmation_mismatch));
    CHECK(confirm(bound, proof(), certificate("other DER")).error() ==
          refused(errc::confirmation_mismatch));
}

TEST_CASE("a token that is bound in a way that is not known here is refused") {
    confirmation by_kid;
    by_kid.kid = mcx::key_id("k");
    for (confirmation const& bound : {confirmation{}, by_kid}) {
        CHECK(confirm(token(bound)).error() == refused(errc::proof_missing));
        CHECK(confirm(token(bound), proof()).error() == refused(errc::proof_missing));
        CHECK(confirm(token(bound), certificate()).error() == refused(errc::proof_missing));
    }
}

TEST_CASE("a bound token of MC services is confirmed like one of the general profile") {
    using profile = mcx::idm::bound_access_token_profile;
    mcx::idm::bound_access_token made{mcx::test::sample_access_token(), confirmation_of(proof())};
    auto const bound = accepted_by<profile>(mc_server, mcx::test::issued<profile>(made));
    CHECK(confirm(*bound, proof()));
    CHECK(
        confirm(*bound, other_proof()).error() ==
        error{errc::confirmation_mismatch, mcx::idm::bound_access_token::fields::number_of("cnf")});
    CHECK(confirm(*bound).error().code == errc::proof_missing);
}

TEST_CASE("only a proof that was made for an access token confirms one") {
    using bound = mcx::jwt::validated<mcx::grant::bound_at_jwt_profile>;
    CHECK_BOTH(Confirms<bound, checked_token_proof>);
    CHECK_BOTH(!Confirms<bound, checked_proof>);
    CHECK_BOTH(!Confirms<bound, mcx::grant::dpop_claims>);
    CHECK_BOTH(!Confirms<bound, confirmation>);
}
