// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/signatures.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <concepts>

using mcx::byte_view;
using mcx::eddsa;
using mcx::es256;
using mcx::fixed_bytes;
using mcx::rs256;
using mcx::test::hex_octets;
using mcx::test::rfc_example;

namespace {

constexpr fixed_bytes<32> zero{};
constexpr auto one = hex_octets("0000000000000000000000000000000000000000000000000000000000000001");
constexpr auto order =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
constexpr auto order_less_one =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550");

/// R of the RFC's example, and 0 as an S.
constexpr auto good_r =
    hex_octets("860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e");
constexpr auto order_of_base =
    hex_octets("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
constexpr auto order_of_base_less_one =
    hex_octets("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

constexpr fixed_bytes<64> both(fixed_bytes<32> const& a, fixed_bytes<32> const& b) {
    fixed_bytes<64> made{};
    std::copy(a.begin(), a.end(), made.begin());
    std::copy(b.begin(), b.end(), made.begin() + 32);
    return made;
}

constexpr bool es256_in_range(fixed_bytes<32> const& r, fixed_bytes<32> const& s) {
    return es256::in_range(rfc_example<es256>::public_key(), both(r, s));
}
constexpr bool eddsa_in_range(fixed_bytes<32> const& r, fixed_bytes<32> const& s) {
    return eddsa::in_range(rfc_example<eddsa>::public_key(), both(r, s));
}

bool rs256_in_range(byte_view octets) {
    rs256::signature s;
    return s.assign(octets) && rs256::in_range(rfc_example<rs256>::public_key(), s);
}

}  // namespace

TEST_CASE("the signature algorithms have the names of RFC 7518 and RFC 8037") {
    CHECK_BOTH(es256::name == "ES256");
    CHECK_BOTH(rs256::name == "RS256");
    CHECK_BOTH(eddsa::name == "EdDSA");
}

TEST_CASE("every signature algorithm is one") {
    CHECK_BOTH(mcx::SignatureAlgorithm<es256>);
    CHECK_BOTH(mcx::SignatureAlgorithm<rs256>);
    CHECK_BOTH(mcx::SignatureAlgorithm<eddsa>);
    CHECK_BOTH(std::same_as<mcx::signature_algorithms, mcx::algorithm_set<es256, rs256, eddsa>>);
}

TEST_CASE("the signatures that the RFCs print are in range") {
    CHECK_BOTH(es256::in_range(rfc_example<es256>::public_key(), rfc_example<es256>::signature()));
    CHECK_BOTH(eddsa::in_range(rfc_example<eddsa>::public_key(), rfc_example<eddsa>::signature()));
    CHECK(rs256::in_range(rfc_example<rs256>::public_key(), rfc_example<rs256>::signature()));
}

TEST_CASE("r and s of ES256 are between 1 and the order less 1") {
    CHECK_BOTH(es256_in_range(one, one));
    CHECK_BOTH(es256_in_range(order_less_one, order_less_one));
    CHECK_BOTH(!es256_in_range(zero, zero));
    CHECK_BOTH(!es256_in_range(zero, one));
    CHECK_BOTH(!es256_in_range(one, zero));
    CHECK_BOTH(!es256_in_range(order, one));
    CHECK_BOTH(!es256_in_range(one, order));
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

TEST_CASE("an RS256 signature has the length of the modulus and is less than it") {
    auto modulus = rfc_example<rs256>::modulus;
    CHECK(!rs256_in_range(modulus));
    modulus[255] = std::byte{0xA0};  // one less
    CHECK(rs256_in_range(modulus));
    CHECK(!rs256_in_range(byte_view{modulus}.first(255)));
    CHECK(!rs256_in_range({}));

    fixed_bytes<257> longer{};
    CHECK(!rs256_in_range(longer));
    CHECK(rs256_in_range(byte_view{longer}.first(256)));  // zero is as long and less
}
