// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/ecdsa.hpp>

#include "support/check.hpp"
#include "support/curve_checks.hpp"
#include "support/more_keys.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>

using mcx::es256;
using mcx::es256k;
using mcx::es384;
using mcx::es512;
using mcx::test::rfc_example;

namespace {

template <class A>
typename A::signature both(typename A::curve::coordinate const& r,
                           typename A::curve::coordinate const& s) {
    typename A::signature made{};
    std::copy(r.begin(), r.end(), made.begin());
    std::copy(s.begin(), s.end(), made.begin() + A::curve::size);
    return made;
}

}  // namespace

TEST_CASE("the ECDSA algorithms have the names, curves and hashes of RFC 7518 and RFC 8812") {
    CHECK_BOTH(es256::name == "ES256");
    CHECK_BOTH(es384::name == "ES384");
    CHECK_BOTH(es512::name == "ES512");
    CHECK_BOTH(es256k::name == "ES256K");
    CHECK_BOTH(std::derived_from<es256, mcx::ecdsa<mcx::p256, mcx::sha256>>);
    CHECK_BOTH(std::derived_from<es384, mcx::ecdsa<mcx::p384, mcx::sha384>>);
    CHECK_BOTH(std::derived_from<es512, mcx::ecdsa<mcx::p521, mcx::sha512>>);
    CHECK_BOTH(std::derived_from<es256k, mcx::ecdsa<mcx::secp256k1, mcx::sha256>>);
}

TEST_CASE("a signature is two coordinates long") {
    CHECK_BOTH(sizeof(es256::signature) == 64);
    CHECK_BOTH(sizeof(es384::signature) == 96);
    CHECK_BOTH(sizeof(es512::signature) == 132);
    CHECK_BOTH(sizeof(es256k::signature) == 64);
}

TEST_CASE("keys of two curves are two types, even of one length") {
    CHECK_BOTH(!std::same_as<es256::public_key, es256k::public_key>);
    CHECK_BOTH(!std::same_as<es256::private_key, es256k::private_key>);
}

TEST_CASE("an ECDSA algorithm is one") {
    CHECK_BOTH(mcx::EcdsaAlgorithm<es256>);
    CHECK_BOTH(mcx::EcdsaAlgorithm<es512>);
    CHECK_BOTH(!mcx::EcdsaAlgorithm<mcx::eddsa>);
    CHECK_BOTH(!mcx::EcdsaAlgorithm<mcx::rs256>);
    CHECK_BOTH(!mcx::EcdsaAlgorithm<int>);
}

TEST_CASE("published signatures are in range") {
    CHECK_BOTH(es256::in_range(rfc_example<es256>::public_key(), rfc_example<es256>::signature()));
    CHECK_BOTH(es384::in_range(rfc_example<es384>::public_key(), rfc_example<es384>::signature()));
    CHECK_BOTH(es512::in_range(rfc_example<es512>::public_key(), rfc_example<es512>::signature()));
    CHECK_BOTH(
        es256k::in_range(rfc_example<es256k>::public_key(), rfc_example<es256k>::signature()));
}

TEST_CASE_TEMPLATE("r and s are between 1 and the order less 1", A, es256, es384, es512, es256k) {
    using curve = typename A::curve;
    using number = typename curve::number;
    auto const key = rfc_example<A>::public_key();
    number one{};
    one.limb[0] = 1;
    auto less = curve::order;
    mcx::subtract_from(less, one);
    auto const n0 = mcx::test::coordinate_of<curve>(number{});
    auto const n1 = mcx::test::coordinate_of<curve>(one);
    auto const last = mcx::test::coordinate_of<curve>(less);
    auto const order = mcx::test::coordinate_of<curve>(curve::order);
    CHECK(A::in_range(key, both<A>(n1, n1)));
    CHECK(A::in_range(key, both<A>(last, last)));
    CHECK(!A::in_range(key, both<A>(n0, n0)));
    CHECK(!A::in_range(key, both<A>(n0, n1)));
    CHECK(!A::in_range(key, both<A>(n1, n0)));
    CHECK(!A::in_range(key, both<A>(order, n1)));
    CHECK(!A::in_range(key, both<A>(n1, order)));
}
