// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/rsa_signatures.hpp>

#include "support/check.hpp"
#include "support/more_keys.hpp"

#include <concepts>

using mcx::byte_view;
using mcx::fixed_bytes;
using mcx::ps256;
using mcx::ps384;
using mcx::ps512;
using mcx::rs256;
using mcx::rs384;
using mcx::rs512;
using mcx::test::rfc_example;

namespace {

template <class A>
bool fits(byte_view octets) {
    typename A::signature s;
    return s.assign(octets) && A::in_range(rfc_example<A>::public_key(), s);
}

}  // namespace

TEST_CASE("the RSA algorithms have the names and hashes of RFC 7518") {
    CHECK_BOTH(rs256::name == "RS256" && std::same_as<rs256::hash, mcx::sha256>);
    CHECK_BOTH(rs384::name == "RS384" && std::same_as<rs384::hash, mcx::sha384>);
    CHECK_BOTH(rs512::name == "RS512" && std::same_as<rs512::hash, mcx::sha512>);
    CHECK_BOTH(ps256::name == "PS256" && std::same_as<ps256::hash, mcx::sha256>);
    CHECK_BOTH(ps384::name == "PS384" && std::same_as<ps384::hash, mcx::sha384>);
    CHECK_BOTH(ps512::name == "PS512" && std::same_as<ps512::hash, mcx::sha512>);
}

TEST_CASE("the salt of RSASSA-PSS is as long as its hash") {
    CHECK_BOTH(ps256::salt_size == 32);
    CHECK_BOTH(ps384::salt_size == 48);
    CHECK_BOTH(ps512::salt_size == 64);
}

TEST_CASE("the two paddings are told apart") {
    CHECK_BOTH(mcx::RsaAlgorithm<rs256> && mcx::RsaAlgorithm<ps512>);
    CHECK_BOTH(mcx::PssAlgorithm<ps256> && mcx::PssAlgorithm<ps384>);
    CHECK_BOTH(!mcx::PssAlgorithm<rs256>);
    CHECK_BOTH(!mcx::RsaAlgorithm<mcx::es256>);
    CHECK_BOTH(!mcx::PssAlgorithm<mcx::eddsa>);
    CHECK_BOTH(!mcx::RsaAlgorithm<int>);
}

TEST_CASE_TEMPLATE("a published signature is in range", A, rs256, rs384, rs512, ps256, ps384,
                   ps512) {
    CHECK(A::in_range(rfc_example<A>::public_key(), rfc_example<A>::signature()));
}

TEST_CASE_TEMPLATE("an RSA signature has the length of the modulus and is less than it", A, rs256,
                   ps256) {
    auto modulus = rfc_example<rs256>::modulus;
    CHECK(!fits<A>(modulus));
    modulus[255] = std::byte{0xA0};  // one less
    CHECK(fits<A>(modulus));
    CHECK(!fits<A>(byte_view{modulus}.first(255)));
    CHECK(!fits<A>({}));

    fixed_bytes<257> longer{};
    CHECK(!fits<A>(longer));
    CHECK(fits<A>(byte_view{longer}.first(256)));  // zero is as long and less
}
