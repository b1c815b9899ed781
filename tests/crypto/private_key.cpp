// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/private_key.hpp>

#include "support/check.hpp"
#include "support/more_keys.hpp"
#include "support/rfc_keys.hpp"

#include <type_traits>
#include <utility>

using mcx::test::rfc_example;

TEST_CASE_TEMPLATE("a private key moves, is never copied, and cannot throw", A, mcx::es256,
                   mcx::es384, mcx::es512, mcx::es256k, mcx::rs256, mcx::eddsa, mcx::ed448,
                   mcx::ml_dsa_44) {
    using key = typename A::private_key;
    CHECK_BOTH(std::is_nothrow_move_constructible_v<key>);
    CHECK_BOTH(!std::is_copy_constructible_v<key>);
    CHECK_BOTH(!std::is_copy_assignable_v<key>);
}

TEST_CASE("a private key that was moved from holds no secret") {
    auto rsa = rfc_example<mcx::rs256>::private_key();
    auto const moved = std::move(rsa);
    CHECK(rsa.p.empty());
    CHECK(rsa.q.empty());
    CHECK(moved.p.size() == 128);
    CHECK(moved.q.size() == 128);

    auto p256 = rfc_example<mcx::es256>::private_key();
    auto const moved_p256 = std::move(p256);
    CHECK(p256.scalar.empty());
    CHECK(moved_p256.scalar.size() == 32);

    auto p521 = rfc_example<mcx::es512>::private_key();
    auto const moved_p521 = std::move(p521);
    CHECK(p521.scalar.empty());
    CHECK(moved_p521.scalar.size() == 66);

    auto ed448 = rfc_example<mcx::ed448>::private_key();
    auto const moved_ed448 = std::move(ed448);
    CHECK(ed448.seed.empty());
    CHECK(moved_ed448.seed.size() == 57);

    auto ed25519 = rfc_example<mcx::eddsa>::private_key();
    auto const moved_ed25519 = std::move(ed25519);
    CHECK(ed25519.seed.empty());
    CHECK(moved_ed25519.seed.size() == 32);
}
