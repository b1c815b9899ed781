// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/signatures.hpp>

#include "support/check.hpp"

#include <concepts>

using mcx::all_signature_algorithms;

namespace {

template <class Set>
constexpr bool all_are_signatures = false;
template <class... As>
constexpr bool all_are_signatures<mcx::algorithm_set<As...>> = (... && mcx::SignatureAlgorithm<As>);

}  // namespace

TEST_CASE("the default set is ES256, RS256 and EdDSA") {
    CHECK_BOTH(std::same_as<mcx::signature_algorithms,
                            mcx::algorithm_set<mcx::es256, mcx::rs256, mcx::eddsa>>);
}

TEST_CASE("every name of the registry that this library knows is in the set of all") {
    CHECK_BOTH(all_signature_algorithms::size == 16);
    for (char const* name :
         {"ES256", "ES384", "ES512", "ES256K", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
          "EdDSA", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"}) {
        CAPTURE(name);
        CHECK(all_signature_algorithms::names(name));
    }
    for (char const* name : {"none", "HS256", "es256", "ES256 ", "ES521", ""}) {
        CAPTURE(name);
        CHECK(!all_signature_algorithms::names(name));
    }
}

TEST_CASE("every algorithm of the sets is a signature algorithm") {
    CHECK_BOTH(all_are_signatures<mcx::signature_algorithms>);
    CHECK_BOTH(all_are_signatures<all_signature_algorithms>);
}
