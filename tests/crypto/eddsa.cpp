// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/eddsa.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"

#include <algorithm>
#include <concepts>

using mcx::ed25519;
using mcx::ed448;
using mcx::eddsa;
using mcx::fixed_bytes;
using mcx::test::hex_octets;
using mcx::test::rfc_example;

namespace {

constexpr fixed_bytes<32> zero{};

/// R of the RFC's example.
constexpr auto good_r =
    hex_octets("860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e");
constexpr auto order_of_base =
    hex_octets("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
constexpr auto order_of_base_less_one =
    hex_octets("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

constexpr bool eddsa_in_range(fixed_bytes<32> const& r, fixed_bytes<32> const& s) {
    fixed_bytes<64> made{};
    std::copy(r.begin(), r.end(), made.begin());
    std::copy(s.begin(), s.end(), made.begin() + 32);
    return eddsa::in_range(rfc_example<eddsa>::public_key(), made);
}

/// The published signature of Ed448 with one octet set.
constexpr bool ed448_in_range_with(std::size_t at, unsigned value) {
    auto made = rfc_example<ed448>::signature();
    made[at] = static_cast<std::byte>(value);
    return ed448::in_range(rfc_example<ed448>::public_key(), made);
}

/// R as given, and S of zero.
bool ed448_in_range(fixed_bytes<57> const& r) {
    ed448::signature made{};
    std::copy(r.begin(), r.end(), made.begin());
    return ed448::in_range(rfc_example<ed448>::public_key(), made);
}

}  // namespace

TEST_CASE("the EdDSA algorithms have the names of RFC 8037 and RFC 9864") {
    CHECK_BOTH(eddsa::name == "EdDSA");
    CHECK_BOTH(ed25519::name == "Ed25519");
    CHECK_BOTH(ed448::name == "Ed448");
}

TEST_CASE("Ed25519 by either name has the same keys and signatures, and is two algorithms") {
    CHECK_BOTH(std::same_as<eddsa::public_key, ed25519::public_key>);
    CHECK_BOTH(std::same_as<eddsa::signature, ed25519::signature>);
    CHECK_BOTH(!std::same_as<eddsa, ed25519>);
    CHECK_BOTH(!std::same_as<ed448::public_key, ed25519::public_key>);
    CHECK_BOTH(sizeof(ed448::signature) == 114);
}

TEST_CASE("an EdDSA algorithm is one") {
    CHECK_BOTH(mcx::EddsaAlgorithm<eddsa> && mcx::EddsaAlgorithm<ed448>);
    CHECK_BOTH(!mcx::EddsaAlgorithm<mcx::es256>);
    CHECK_BOTH(!mcx::EddsaAlgorithm<mcx::rs256>);
}

TEST_CASE("the published signatures of EdDSA are in range") {
    CHECK_BOTH(eddsa::in_range(rfc_example<eddsa>::public_key(), rfc_example<eddsa>::signature()));
    CHECK_BOTH(
        ed25519::in_range(rfc_example<ed25519>::public_key(), rfc_example<ed25519>::signature()));
    CHECK_BOTH(ed448::in_range(rfc_example<ed448>::public_key(), rfc_example<ed448>::signature()));
}

TEST_CASE("S of EdDSA is less than the order of the base point") {
    CHECK_BOTH(eddsa_in_range(good_r, zero));
    CHECK_BOTH(eddsa_in_range(good_r, order_of_base_less_one));
    CHECK_BOTH(!eddsa_in_range(good_r, order_of_base));
}

TEST_CASE("R of EdDSA is canonical and not of small order") {
    constexpr auto identity =
        hex_octets("0100000000000000000000000000000000000000000000000000000000000000");
    constexpr auto order_8 =
        hex_octets("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    constexpr auto three_and_the_prime =
        hex_octets("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    CHECK_BOTH(!eddsa_in_range(identity, zero));
    CHECK_BOTH(!eddsa_in_range(zero, zero));  // of order 4
    CHECK_BOTH(!eddsa_in_range(order_8, zero));
    CHECK_BOTH(!eddsa_in_range(three_and_the_prime, zero));
}

TEST_CASE("S of Ed448 is less than the order, and its last octet is zero") {
    CHECK_BOTH(!ed448_in_range_with(113, 1));
    CHECK_BOTH(!ed448_in_range_with(113, 0x80));
    CHECK_BOTH(!ed448_in_range_with(112, 0x40));
    CHECK_BOTH(!ed448_in_range_with(112, 0xFF));
}

TEST_CASE("R of Ed448 is canonical and not of small order") {
    CHECK_BOTH(ed448_in_range_with(0, 0));
    CHECK_BOTH(!ed448_in_range_with(56, 1));
    CHECK_BOTH(!ed448_in_range_with(56, 0x7F));
    fixed_bytes<57> r{};
    CHECK(!ed448_in_range(r));  // of order 4
    r[0] = std::byte{1};
    CHECK(!ed448_in_range(r));  // the identity
    r[0] = std::byte{2};
    CHECK(ed448_in_range(r));
    r.fill(std::byte{0xFF});
    r[56] = std::byte{0};
    CHECK(!ed448_in_range(r));  // not less than the prime
}

TEST_CASE("the relaxation answers to both names of Ed25519, and no algorithm of one name does") {
    using relaxed = mcx::ed25519_by_either_name;
    CHECK_BOTH(mcx::answers_to<relaxed>("Ed25519") && mcx::answers_to<relaxed>("EdDSA"));
    CHECK_BOTH(!mcx::answers_to<relaxed>("eddsa") && !mcx::answers_to<relaxed>("Ed448"));
    CHECK_BOTH(!mcx::answers_to<mcx::eddsa>("Ed25519") && !mcx::answers_to<mcx::ed25519>("EdDSA"));
    CHECK_BOTH(!mcx::HasOneName<relaxed> && mcx::HasOneName<mcx::ed25519>);
    CHECK_BOTH(!mcx::DistinctNames<mcx::eddsa, relaxed> &&
               !mcx::DistinctNames<relaxed, mcx::ed25519>);
    CHECK_BOTH(mcx::DistinctNames<mcx::eddsa, mcx::ed25519, mcx::ed448>);
    CHECK_BOTH(mcx::algorithm_set<relaxed>::names("EdDSA"));
}
