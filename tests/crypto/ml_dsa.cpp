// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/ml_dsa.hpp>

#include "support/check.hpp"

#include <mcx/crypto/signatures.hpp>

#include <concepts>

using mcx::ml_dsa_44;
using mcx::ml_dsa_65;
using mcx::ml_dsa_87;

TEST_CASE("the ML-DSA algorithms have the names of RFC 9964") {
    CHECK_BOTH(ml_dsa_44::name == "ML-DSA-44");
    CHECK_BOTH(ml_dsa_65::name == "ML-DSA-65");
    CHECK_BOTH(ml_dsa_87::name == "ML-DSA-87");
}

TEST_CASE("keys and signatures have the sizes of FIPS 204") {
    CHECK_BOTH(ml_dsa_44::public_key::size == 1312 && sizeof(ml_dsa_44::signature) == 2420);
    CHECK_BOTH(ml_dsa_65::public_key::size == 1952 && sizeof(ml_dsa_65::signature) == 3309);
    CHECK_BOTH(ml_dsa_87::public_key::size == 2592 && sizeof(ml_dsa_87::signature) == 4627);
}

TEST_CASE("a seed serves one of the sizes") {
    CHECK_BOTH(!std::same_as<ml_dsa_44::private_key, ml_dsa_65::private_key>);
    CHECK_BOTH(!std::same_as<ml_dsa_65::private_key, ml_dsa_87::private_key>);
}

TEST_CASE("an ML-DSA algorithm is one") {
    CHECK_BOTH(mcx::MlDsaAlgorithm<ml_dsa_44> && mcx::MlDsaAlgorithm<ml_dsa_87>);
    CHECK_BOTH(mcx::SignatureAlgorithm<ml_dsa_65>);
    CHECK_BOTH(!mcx::MlDsaAlgorithm<mcx::eddsa>);
    CHECK_BOTH(!mcx::MlDsaAlgorithm<mcx::es256>);
    CHECK_BOTH(!mcx::MlDsaAlgorithm<mcx::rs256>);
}

TEST_CASE("an ML-DSA signature of the right length is in range") {
    mcx::fixed_bytes<1312> const octets{};
    auto const key = ml_dsa_44::public_key::from(octets);
    CHECK((key && ml_dsa_44::in_range(*key, {})));
}
