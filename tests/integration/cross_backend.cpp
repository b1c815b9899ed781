// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/crypto/any_signer.hpp>

#include "support/backend_checks.hpp"
#include "support/check.hpp"

#include <concepts>

// What one backend signs, the other verifies; and both together are one backend.

using mcx::botan;
using mcx::eddsa;
using mcx::es256;
using mcx::rs256;
using mcx::sodium;
using mcx::verdict;
namespace test = mcx::test;

namespace {

using crypto = mcx::first_of<sodium, botan>;

template <class Signing, class Verifying>
void check_across() {
    typename Signing::random random;
    auto const key = mcx::signing_key<eddsa, Signing>::generate(random, "new");
    CHECK(key.has_value());
    if (!key) {
        return;
    }
    auto const verifier = mcx::verifying_key<eddsa, Verifying>::from(key->public_key());
    CHECK(verifier.has_value());
    mcx::workspace<Verifying> work;
    for (auto const message : {mcx::as_bytes(""), mcx::as_bytes("m"), mcx::as_bytes("message")}) {
        auto const made = test::signature_by<eddsa>(*key, message, random);
        CHECK(verifier->verify(message, made, work) == verdict::good);
        CHECK(verifier->verify(mcx::as_bytes("n"), made, work) == verdict::bad);
    }
}

}  // namespace

TEST_CASE("Botan verifies what libsodium signs") {
    check_across<sodium, botan>();
}

TEST_CASE("libsodium verifies what Botan signs") {
    check_across<botan, sodium>();
}

TEST_CASE("one private key has one public key and one signature on both backends") {
    test::counted_random none{.next = 0, .left = 0};
    auto const on_sodium = test::example_signing_key<eddsa, sodium>();
    auto const on_botan = test::example_signing_key<eddsa, botan>();
    CHECK(on_sodium.public_key() == on_botan.public_key());
    CHECK(test::signature_by<eddsa>(on_sodium, mcx::as_bytes("m"), none) ==
          test::signature_by<eddsa>(on_botan, mcx::as_bytes("m"), none));
}

TEST_CASE("both backends together do what either does, libsodium before Botan") {
    CHECK_BOTH(
        std::derived_from<mcx::verification<crypto, eddsa>, mcx::verification<sodium, eddsa>>);
    CHECK_BOTH(
        std::derived_from<mcx::verification<crypto, es256>, mcx::verification<botan, es256>>);
    CHECK_BOTH(std::derived_from<mcx::signing<crypto, rs256>, mcx::signing<botan, rs256>>);
    CHECK_BOTH(
        std::derived_from<mcx::hashing<crypto, mcx::sha256>, mcx::hashing<sodium, mcx::sha256>>);
    CHECK_BOTH(std::same_as<mcx::verified_algorithms<crypto, mcx::signature_algorithms>,
                            mcx::signature_algorithms>);
}

TEST_CASE_TEMPLATE("both backends together verify what the RFCs print, and sign", A, es256, rs256,
                   eddsa) {
    sodium::random random;
    test::check_published_signature<A, crypto>();
    test::check_round_trip<A, crypto>(random);
    test::check_new_key<A, crypto>(random);
}

TEST_CASE_TEMPLATE("a signer chosen at run time signs with either backend", A, es256, rs256,
                   eddsa) {
    botan::random random;
    auto const key = test::example_signing_key<A, crypto>();
    mcx::any_signer<crypto> signer{key};
    CHECK(signer.alg() == A::name);
    auto const made = test::signature_by<A>(signer, mcx::as_bytes("m"), random);
    CHECK(test::example_verifying_key<A, crypto>().verify(mcx::as_bytes("m"), made) ==
          verdict::good);
}

TEST_CASE("both backends hash alike") {
    for (auto const message : {mcx::as_bytes(""), mcx::as_bytes("a"), mcx::as_bytes("message")}) {
        CHECK(*mcx::digest_of<mcx::hashing<sodium, mcx::sha256>>(message) ==
              *mcx::digest_of<mcx::hashing<botan, mcx::sha256>>(message));
        CHECK(*mcx::digest_of<mcx::hashing<sodium, mcx::sha512>>(message) ==
              *mcx::digest_of<mcx::hashing<botan, mcx::sha512>>(message));
    }
}
