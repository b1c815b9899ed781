// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include "support/backend_checks.hpp"
#include "support/tokens.hpp"

#include <mcx/crypto/any_signer.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/verify.hpp>

#include <string>
#include <string_view>

// Every algorithm, from a key to a token and back, with the backends as they are.

namespace jws = mcx::jws;
namespace test = mcx::test;
using mcx::botan;
using mcx::sodium;
using both = mcx::first_of<sodium, botan>;

namespace {

template <mcx::AlgorithmSet Set, class B>
bool accepts(std::string_view text, mcx::key_set<B, Set> const& keys) {
    auto const token = jws::parse(text, 8192);
    return token && jws::verify<Set>(*token, keys).has_value();
}

template <class A, class B>
void check_token() {
    using set = mcx::algorithm_set<A>;
    mcx::key_set<B, set> keys;
    CHECK(keys.template add<A>(test::rfc_example<A>::public_key(), "example"));
    auto const key = test::example_signing_key<A, B>();
    mcx::any_signer<B, set> signer{key};
    typename B::random random;
    auto const token = jws::sign(mcx::as_bytes("{}"), "JWT", signer, random);
    CHECK(token.has_value());
    if (token) {
        CHECK(accepts<set>(*token, keys));
        auto changed = *token;
        char& c = changed[changed.find('.') + 1];
        c = c == 'e' ? 'f' : 'e';
        CHECK(!accepts<set>(changed, keys));
    }
}

/// The secret and the token of RFC 7515 §A.1.
constexpr auto secret_octets = test::hex_octets(
    "0323354b2b0fa5bc837e0665777ba68f5ab328e6f054c928a90f84b2d2502ebf"
    "d3fb5a92d20647ef968ab4c377623d223d2e2172052e4f08c0cd9af567d080a3");
constexpr std::string_view hs256_token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0"
    "dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

template <class A, class B>
void check_mac_token() {
    using set = mcx::algorithm_set<A>;
    auto const secret = test::certain(mcx::mac_secret<A>::from(secret_octets));
    auto const key = test::certain(mcx::mac_key<A, B>::from(secret, "m"));
    mcx::key_set<B, set> keys;
    CHECK(keys.template add<A>(secret, "m"));
    test::counted_random none{.next = 0, .left = 0};
    auto const token = jws::sign(mcx::as_bytes("{}"), "JWT", key, none);
    CHECK((token && accepts<set>(*token, keys)));
}

}  // namespace

TEST_CASE_TEMPLATE("Botan signs and verifies tokens of every algorithm", A, mcx::es256, mcx::es384,
                   mcx::es512, mcx::es256k, mcx::rs256, mcx::rs384, mcx::rs512, mcx::ps256,
                   mcx::ps384, mcx::ps512, mcx::eddsa, mcx::ed25519) {
    check_token<A, botan>();
}

TEST_CASE_TEMPLATE("libsodium signs and verifies tokens of Ed25519", A, mcx::eddsa, mcx::ed25519) {
    check_token<A, sodium>();
}

TEST_CASE_TEMPLATE("the tokens of RFC 7515 and the like are verified", A, mcx::es256, mcx::es512,
                   mcx::es256k, mcx::rs256, mcx::rs384, mcx::rs512, mcx::ps256, mcx::ps384,
                   mcx::ps512, mcx::eddsa, mcx::ed25519) {
    using set = mcx::algorithm_set<A>;
    mcx::key_set<botan, set> keys;
    CHECK(keys.template add<A>(test::rfc_example<A>::public_key(), {}));
    CHECK(accepts<set>(test::rfc_token<A>(), keys));
}

TEST_CASE_TEMPLATE("the token of RFC 7515 A.1 is verified, and signed octet for octet", B, sodium,
                   botan, both) {
    using mcx::hs256;
    using set = mcx::algorithm_set<hs256>;
    auto const secret = test::certain(mcx::mac_secret<hs256>::from(secret_octets));
    mcx::key_set<B, set> keys;
    CHECK(keys.template add<hs256>(secret, {}));
    CHECK(accepts<set>(hs256_token, keys));

    auto const key = test::certain(mcx::mac_key<hs256, B>::from(secret));
    auto const input = hs256_token.substr(0, hs256_token.rfind('.'));
    test::counted_random none{.next = 0, .left = 0};
    auto const tag = test::signature_by<hs256>(key, mcx::as_bytes(input), none);
    CHECK(test::base64url_text(mcx::byte_view{tag}) ==
          hs256_token.substr(hs256_token.rfind('.') + 1));
}

TEST_CASE_TEMPLATE("tokens with MACs are signed and verified", A, mcx::hs256, mcx::hs384,
                   mcx::hs512) {
    check_mac_token<A, botan>();
    check_mac_token<A, both>();
}

TEST_CASE("libsodium and Botan compute the same tags") {
    test::counted_random none{.next = 0, .left = 0};
    auto const by_sodium =
        test::certain(mcx::mac_key<mcx::hs512, sodium>::from(test::counted_secret<mcx::hs512>()));
    auto const by_botan =
        test::certain(mcx::mac_key<mcx::hs512, botan>::from(test::counted_secret<mcx::hs512>()));
    CHECK(test::signature_by<mcx::hs512>(by_sodium, mcx::as_bytes("m"), none) ==
          test::signature_by<mcx::hs512>(by_botan, mcx::as_bytes("m"), none));
}

#ifdef BOTAN_HAS_ML_DSA
TEST_CASE_TEMPLATE("Botan 3 signs and verifies tokens of ML-DSA, whose keys are AKP", A,
                   mcx::ml_dsa_44, mcx::ml_dsa_65, mcx::ml_dsa_87) {
    using set = mcx::algorithm_set<A>;
    botan::random random;
    auto const key = test::certain(mcx::signing_key<A, botan>::generate(random, "k"));
    auto const document = "{\"keys\":[" + mcx::jwk::write<A>(key.public_key(), key.id()) + "]}";
    auto const keys = mcx::key_set<botan, set>::from_jwks(document);
    auto const token = jws::sign(mcx::as_bytes("{}"), "JWT", key, random);
    CHECK((keys && token && accepts<set>(*token, *keys)));
}

TEST_CASE("Botan 3 signs and verifies tokens of Ed448") {
    check_token<mcx::ed448, botan>();
}
#endif
