// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>

#include "support/backend_checks.hpp"
#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

using mcx::botan;
using mcx::ed25519;
using mcx::eddsa;
using mcx::es256;
using mcx::es256k;
using mcx::es384;
using mcx::es512;
using mcx::ps256;
using mcx::ps384;
using mcx::ps512;
using mcx::rs256;
using mcx::rs384;
using mcx::rs512;
using mcx::verdict;
using mcx::test::counted_random;
using mcx::test::rfc_example;
namespace test = mcx::test;

namespace {

// Older than anything that this program asks of Botan, and so younger than nothing when they die.
std::optional<mcx::signing_key<es256, botan>> static_key;
std::optional<mcx::prepared_signer<es256, botan>> static_signer;
mcx::workspace<botan> static_workspace;

/// The verdict of Botan alone on an RS256 signature under any numbers, or nothing if it refuses the
/// numbers.
std::optional<bool> rsa_verdict_of_botan_alone(Botan::BigInt const& n, Botan::BigInt const& e,
                                               mcx::byte_view message, mcx::byte_view signature) {
    try {
        Botan::RSA_PublicKey const key(n, e);
        Botan::PK_Verifier verifier(key, "PKCS1v15(SHA-256)");
        return verifier.verify_message(mcx::as_c_octets(message), message.size(),
                                       mcx::as_c_octets(signature), signature.size());
    } catch (Botan::Exception const&) {
        return std::nullopt;
    }
}

/// Checks a fact of the versions of Botan that were looked at, and only tells of the others.
void check_seen(bool fact) {
    if (BOTAN_VERSION_MAJOR == 2 || BOTAN_VERSION_MINOR == 7) {
        CHECK(fact);
    } else {
        WARN(fact);
    }
}

Botan::BigInt number(mcx::byte_view octets) {
    return mcx::botan_detail::number(octets);
}

}  // namespace

TEST_CASE_TEMPLATE("Botan verifies the published signature", A, es256, es384, es512, es256k, rs256,
                   rs384, rs512, ps256, ps384, ps512, eddsa, ed25519) {
    test::check_published_signature<A, botan>();
}

TEST_CASE_TEMPLATE("Botan refuses a signature in which one bit is changed", A, es256, es384, es512,
                   es256k, rs256, ps256, eddsa) {
    test::check_every_bit_of_a_signature<A, botan>();
}

TEST_CASE_TEMPLATE("Botan finds octets out of range bad, not itself unavailable", A, es256, es384,
                   es512, es256k, rs256, ps256, ps512, eddsa) {
    test::check_octets_out_of_range_are_bad_not_unavailable<A, botan>();
}

TEST_CASE_TEMPLATE("Botan verifies what it signed", A, es256, es384, es512, es256k, rs256, rs384,
                   rs512, ps256, ps384, ps512, eddsa, ed25519) {
    botan::random random;
    test::check_round_trip<A, botan>(random);
}

TEST_CASE_TEMPLATE("Botan signs what was published", A, rs256, rs384, rs512, eddsa, ed25519) {
    botan::random random;
    test::check_signature_is_the_published_one<A, botan>(random);
}

TEST_CASE_TEMPLATE("Botan signs nothing with a random source that fails", A, es256, es384, es512,
                   es256k, rs256, ps256) {
    test::check_failing_random<A, botan>();
}

TEST_CASE("Botan draws nothing to sign with Ed25519") {
    counted_random none{.next = 0, .left = 0};
    test::check_signature_is_the_published_one<eddsa, botan>(none);
}

TEST_CASE("a random source that fails later than at once is noticed as well") {
    auto const key = test::example_signing_key<es256, botan>();
    mcx::prepared_signer signer{key};
    counted_random random;
    mcx::fixed_bytes<64> out{};
    CHECK(signer.sign({}, random, out).has_value());
    out = {};
    random.left = 0;
    CHECK(signer.sign({}, random, out).error() == mcx::errc::random_unavailable);
    CHECK(out == mcx::fixed_bytes<64>{});
    random.left = ~0U;
    auto const made = test::signature_by<es256>(signer, mcx::as_bytes("m"), random);
    CHECK(test::example_verifying_key<es256, botan>().verify(mcx::as_bytes("m"), made) ==
          verdict::good);
}

TEST_CASE("a signer keeps no random source from call to call") {
    auto const key = test::example_signing_key<es256, botan>();
    mcx::prepared_signer signer{key};
    for (int i = 0; i < 3; ++i) {
        auto const random = std::make_unique<counted_random>();
        mcx::fixed_bytes<64> out{};
        CHECK(signer.sign({}, *random, out).has_value());
        CHECK(random->left != ~0U);
    }
}

TEST_CASE_TEMPLATE("Botan makes new keys", A, es256, es384, es512, es256k, ps256, eddsa, ed25519) {
    botan::random random;
    test::check_new_key<A, botan>(random);
}

TEST_CASE_TEMPLATE("a signing key of Botan moves, and is never copied", A, es256, es512, rs256,
                   ps256, eddsa) {
    CHECK_BOTH(!std::is_copy_constructible_v<mcx::signing_key<A, botan>>);
    CHECK_BOTH(std::is_move_constructible_v<mcx::signing_key<A, botan>>);
}

TEST_CASE_TEMPLATE("scratch made for one key serves no other", A, es256, rs256, eddsa) {
    auto const numbers = rfc_example<A>::public_key();
    auto const one = mcx::verification<botan, A>::prepare(numbers);
    auto const other = mcx::verification<botan, A>::prepare(numbers);
    CHECK((one && other));
    typename mcx::verification<botan, A>::scratch scratch;
    CHECK(!scratch.serves(*one));
    auto const message = mcx::as_bytes(rfc_example<A>::signing_input);
    auto const signature = rfc_example<A>::signature();
    CHECK(mcx::verification<botan, A>::check(*one, scratch, message, signature) == verdict::good);
    CHECK(scratch.serves(*one));
    CHECK(!scratch.serves(*other));
    CHECK(mcx::verification<botan, A>::check(*other, scratch, message, signature) == verdict::good);
    CHECK(scratch.serves(*other));
}

TEST_CASE("a workspace outlives the keys that it was used with") {
    mcx::workspace<botan> work;
    for (int i = 0; i < 40; ++i) {
        auto const key = test::example_verifying_key<es256, botan>();
        CHECK(key.verify(mcx::as_bytes(rfc_example<es256>::signing_input),
                         rfc_example<es256>::signature(), work) == verdict::good);
    }
}

TEST_CASE("a signer whose scratch outlives a key signs with the next one") {
    botan::random random;
    mcx::signing<botan, es256>::scratch scratch;
    for (int i = 0; i < 2; ++i) {
        auto const key = mcx::signing_key<es256, botan>::generate(random, "k");
        mcx::fixed_bytes<64> made{};
        CHECK(
            (key && mcx::signing<botan, es256>::sign(key->prepared(), scratch, {}, random, made)));
        auto const verifier = mcx::verifying_key<es256, botan>::from(key->public_key());
        CHECK(verifier->verify({}, made) == verdict::good);
    }
}

TEST_CASE_TEMPLATE("Botan computes the tags of RFC 4231", A, mcx::hs256, mcx::hs384, mcx::hs512) {
    test::check_published_tag<A, botan>();
    test::check_every_bit_of_a_tag<A, botan>();
    test::check_secrets<A, botan>();
}

TEST_CASE("a signature of one PSS algorithm is none of another, nor of PKCS #1") {
    auto const octets = rfc_example<ps256>::signature();
    auto const message = mcx::as_bytes(rfc_example<ps256>::signing_input);
    CHECK(test::example_verifying_key<ps256, botan>().verify(message, octets) == verdict::good);
    CHECK(test::example_verifying_key<ps384, botan>().verify(message, octets) == verdict::bad);
    CHECK(test::example_verifying_key<ps512, botan>().verify(message, octets) == verdict::bad);
    CHECK(test::example_verifying_key<rs256, botan>().verify(message, octets) == verdict::bad);
}

TEST_CASE("Ed448 and ML-DSA are there where Botan has them") {
    CHECK_BOTH(mcx::Verifies<botan, mcx::ed448> == mcx::botan_detail::has_ed448);
    CHECK_BOTH(mcx::Signs<botan, mcx::ml_dsa_44> == mcx::botan_detail::has_ml_dsa);
    CHECK_BOTH(mcx::Verifies<botan, mcx::ml_dsa_87> == mcx::botan_detail::has_ml_dsa);
    CHECK_BOTH(BOTAN_VERSION_MAJOR != 2 || !mcx::botan_detail::has_ed448);
}

TEST_CASE("Botan hashes as FIPS 180-4 says") {
    test::check_digests<botan>();
}

TEST_CASE("Botan gives random octets") {
    test::check_random<botan>();
}

// The check is that the program ends well: see backend/botan_shim.hpp.
TEST_CASE("keys, signers and workspaces in static storage die without a crash") {
    static_key.emplace(test::example_signing_key<es256, botan>());
    static_signer.emplace(*static_key);
    botan::random random;
    auto const made = test::signature_by<es256>(*static_signer, {}, random);
    CHECK(test::example_verifying_key<es256, botan>().verify({}, made, static_workspace) ==
          verdict::good);
}

#ifdef BOTAN_HAS_ED448
TEST_CASE("Botan does Ed448 as RFC 8032 says") {
    botan::random random;
    test::check_published_signature<mcx::ed448, botan>();
    test::check_every_bit_of_a_signature<mcx::ed448, botan>();
    test::check_octets_out_of_range_are_bad_not_unavailable<mcx::ed448, botan>();
    test::check_round_trip<mcx::ed448, botan>(random);
    test::check_signature_is_the_published_one<mcx::ed448, botan>(random);
    test::check_new_key<mcx::ed448, botan>(random);
}
#endif

#ifdef BOTAN_HAS_ML_DSA
namespace {

/// The digest of the public key that OpenSSL 3.5 derives from the seed 00 01 … 1f.
template <class A>
mcx::fixed_bytes<32> digest_of_derived_key() {
    if constexpr (std::is_same_v<A, mcx::ml_dsa_44>) {
        return test::hex_octets("9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46");
    } else if constexpr (std::is_same_v<A, mcx::ml_dsa_65>) {
        return test::hex_octets("d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9");
    } else {
        return test::hex_octets("91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd");
    }
}

}  // namespace

TEST_CASE_TEMPLATE("Botan derives ML-DSA keys from seeds as FIPS 204 says", A, mcx::ml_dsa_44,
                   mcx::ml_dsa_65, mcx::ml_dsa_87) {
    mcx::fixed_bytes<32> seed{};
    CHECK(counted_random{}.fill(seed));
    auto const key = mcx::signing_key<A, botan>::from({test::secret_of<32>(seed)}, "k");
    CHECK(key.has_value());
    if (key) {
        auto const digest = mcx::digest_of<test::sha256>(key->public_key().octets());
        CHECK(*digest == digest_of_derived_key<A>());
    }
}

TEST_CASE("ML-DSA signatures are drawn, and not made without random octets") {
    counted_random random;
    auto const key = test::certain(mcx::signing_key<mcx::ml_dsa_44, botan>::generate(random, "k"));
    auto const one = test::signature_by<mcx::ml_dsa_44>(key, mcx::as_bytes("m"), random);
    CHECK(one != test::signature_by<mcx::ml_dsa_44>(key, mcx::as_bytes("m"), random));
    mcx::ml_dsa_44::signature out{};
    random.left = 0;
    CHECK(key.sign(mcx::as_bytes("m"), random, out).error() == mcx::errc::random_unavailable);
    CHECK(out == mcx::ml_dsa_44::signature{});
}

TEST_CASE_TEMPLATE("Botan does ML-DSA", A, mcx::ml_dsa_44, mcx::ml_dsa_65, mcx::ml_dsa_87) {
    botan::random random;
    auto const key = test::certain(mcx::signing_key<A, botan>::generate(random, "k"));
    auto const verifier = test::certain(mcx::verifying_key<A, botan>::from(key.public_key()));
    auto made = test::signature_by<A>(key, mcx::as_bytes("m"), random);
    CHECK(verifier.verify(mcx::as_bytes("m"), made) == verdict::good);
    CHECK(verifier.verify(mcx::as_bytes("n"), made) == verdict::bad);
    for (std::size_t at : {std::size_t{0}, made.size() / 2, made.size() - 1}) {
        auto changed = made;
        changed[at] ^= std::byte{1};
        CHECK(verifier.verify(mcx::as_bytes("m"), changed) == verdict::bad);
    }
    for (unsigned const octet : {0x00U, 0xFFU}) {
        made.fill(static_cast<std::byte>(octet));
        CHECK(verifier.verify(mcx::as_bytes("m"), made) == verdict::bad);
    }
    typename A::private_key const short_seed{test::secret_of<32>(mcx::fixed_bytes<31>{})};
    CHECK(mcx::signing_key<A, botan>::from(short_seed, "k").error() == mcx::errc::key_value);
}
#endif

// What follows is why keys and signatures are checked before Botan sees them.

TEST_CASE("seen in Botan: an RSA key whose exponent is 1 verifies what anybody can write") {
    // With e = 1 the signature is the padded digest itself.
    auto const n = number(rfc_example<rs256>::modulus);
    auto const digest = *mcx::digest_of<test::sha256>(mcx::as_bytes("m"));
    constexpr auto prefix = test::hex_octets("003031300d060960864801650304020105000420");
    mcx::fixed_bytes<256> forged{};
    forged.fill(std::byte{0xFF});
    forged[0] = std::byte{0};
    forged[1] = std::byte{1};
    std::copy(digest.begin(), digest.end(), forged.end() - 32);
    std::copy(prefix.begin(), prefix.end(), forged.end() - 52);
    auto const found = rsa_verdict_of_botan_alone(n, Botan::BigInt(1U), mcx::as_bytes("m"), forged);
    check_seen(found == std::optional<bool>(true));
    CHECK(mcx::rsa_public_key::from(rfc_example<rs256>::modulus, 1).error() ==
          mcx::errc::rsa_exponent);
}

TEST_CASE("seen in Botan 2: a zero before an RSA signature is overlooked") {
    auto const published = rfc_example<rs256>::signature_octets;
    mcx::fixed_bytes<257> longer{};
    std::copy(published.begin(), published.end(), longer.begin() + 1);
    auto const found =
        rsa_verdict_of_botan_alone(number(rfc_example<rs256>::modulus), Botan::BigInt(65537U),
                                   mcx::as_bytes(rfc_example<rs256>::signing_input), longer);
    check_seen(found == std::optional<bool>(BOTAN_VERSION_MAJOR == 2));
    rs256::signature signature;
    CHECK(signature.assign(longer));
    CHECK(!rs256::in_range(rfc_example<rs256>::public_key(), signature));
}

TEST_CASE("seen in Botan: an RSA modulus of 64 bits makes a key") {
    constexpr auto small = test::hex_octets("ffffffffffffffc5");
    check_seen(
        rsa_verdict_of_botan_alone(number(small), Botan::BigInt(65537U), {}, small).has_value());
    CHECK(mcx::rsa_public_key::from(small, 65537).error() == mcx::errc::rsa_modulus_size);
}

TEST_CASE("seen in Botan: under an Ed25519 key of order 1 a signature is good for everything") {
    mcx::fixed_bytes<32> identity{};
    identity[0] = std::byte{1};
    mcx::fixed_bytes<64> zero_scalar{};
    zero_scalar[0] = std::byte{1};  // R is the identity too
    Botan::Ed25519_PublicKey const key(mcx::as_c_octets(identity), identity.size());
    Botan::PK_Verifier verifier(key, "Pure");
    for (mcx::byte_view const message : {mcx::as_bytes("one"), mcx::as_bytes("another")}) {
        check_seen(verifier.verify_message(mcx::as_c_octets(message), message.size(),
                                           mcx::as_c_octets(zero_scalar), zero_scalar.size()));
    }
    CHECK(mcx::ed25519_public_key::from(identity).error() == mcx::errc::point_small_order);
}
