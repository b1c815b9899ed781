// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/any_signer.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>

using mcx::any_signer;
using mcx::eddsa;
using mcx::es256;
using mcx::rs256;
using mcx::signing_key;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::rfc_example;

namespace {

/// A backend that signs with EdDSA only.
struct partial {};

template <class A>
signing_key<A, credulous> example_key(mcx::key_id const& id) {
    return certain(signing_key<A, credulous>::from(rfc_example<A>::private_key(), id));
}

}  // namespace

template <>
struct mcx::signing<partial, eddsa> : mcx::signing<credulous, eddsa> {};

TEST_CASE("a signer chosen at run time is a signer, but of no one algorithm") {
    CHECK_BOTH(mcx::Signer<any_signer<credulous>>);
    CHECK_BOTH(!mcx::TypedSigner<any_signer<credulous>>);
}

TEST_CASE("a signer may be one of the algorithms that its backend signs with") {
    CHECK_BOTH(std::same_as<mcx::signing_algorithms<partial, mcx::signature_algorithms>,
                            mcx::algorithm_set<eddsa>>);
    CHECK_BOTH(std::is_constructible_v<any_signer<partial>, signing_key<eddsa, partial> const&>);
    using narrow = any_signer<credulous, mcx::algorithm_set<es256>>;
    CHECK_BOTH(std::is_constructible_v<narrow, signing_key<es256, credulous> const&>);
    CHECK_BOTH(!std::is_constructible_v<any_signer<credulous>, signing_key<es256, credulous>>);
}

TEST_CASE("a signer has room for its longest signature") {
    CHECK_BOTH(any_signer<partial>::max_size == signing_key<eddsa, partial>::max_size);
    CHECK_BOTH(any_signer<credulous>::max_size == signing_key<rs256, credulous>::max_size);
}

TEST_CASE_TEMPLATE("a signer signs as the key that was chosen does", A, es256, rs256, eddsa) {
    auto const key = example_key<A>("chosen");
    any_signer<credulous> signer{key};
    CHECK(signer.alg() == A::name);
    CHECK(signer.id().view() == "chosen");
    counted_random one;
    counted_random two;
    mcx::fixed_bytes<256> by_key{};
    mcx::fixed_bytes<256> by_signer{};
    CHECK(key.sign({}, one, by_key).value_or(0U) == rfc_example<A>::size);
    CHECK(signer.sign({}, two, by_signer).value_or(0U) == rfc_example<A>::size);
    CHECK(by_key == by_signer);
}

TEST_CASE("a signer passes on why it did not sign") {
    auto const key = example_key<eddsa>("k");
    any_signer<credulous> signer{key};
    counted_random random{.next = 0, .left = 0};
    mcx::fixed_bytes<64> out{};
    CHECK(signer.sign({}, random, out).error() == mcx::errc::random_unavailable);
    random.left = 1;
    CHECK(signer.sign({}, random, {}).error() == mcx::errc::buffer_too_small);
}
