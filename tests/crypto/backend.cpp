// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/backend.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <concepts>

using mcx::eddsa;
using mcx::es256;
using mcx::first_of;
using mcx::rs256;
using mcx::verdict;
using mcx::test::credulous;
using mcx::test::incredulous;
using mcx::test::rfc_example;

namespace {

/// Backends that can do one thing each.
struct verifies_eddsa {};
struct signs_es256 {};
struct nothing {};

template <class B>
verdict eddsa_verdict() {
    auto const key = mcx::verifying_key<eddsa, B>::from(rfc_example<eddsa>::public_key());
    return key ? key->verify({}, rfc_example<eddsa>::signature()) : verdict::unavailable;
}

}  // namespace

template <>
struct mcx::verification<verifies_eddsa, eddsa> : mcx::verification<incredulous, eddsa> {};
template <>
struct mcx::signing<signs_es256, es256> : mcx::signing<credulous, es256> {};

TEST_CASE("several backends can do what one of them can") {
    using both = first_of<verifies_eddsa, signs_es256>;
    CHECK_BOTH(mcx::Verifies<both, eddsa>);
    CHECK_BOTH(!mcx::Verifies<both, es256>);
    CHECK_BOTH(!mcx::Verifies<both, rs256>);
    CHECK_BOTH(mcx::Signs<both, es256>);
    CHECK_BOTH(!mcx::Signs<both, eddsa>);
    CHECK_BOTH(mcx::Generates<both, es256>);
    CHECK_BOTH(!mcx::Digests<both, mcx::sha256>);
    CHECK_BOTH(mcx::Digests<first_of<both, credulous>, mcx::sha256>);
}

TEST_CASE("no backends can do nothing") {
    CHECK_BOTH(!mcx::Verifies<first_of<>, eddsa>);
    CHECK_BOTH(!mcx::Signs<first_of<nothing>, eddsa>);
    CHECK_BOTH(!mcx::Digests<first_of<nothing, verifies_eddsa>, mcx::sha256>);
}

TEST_CASE("the first backend that can, does") {
    CHECK(eddsa_verdict<first_of<credulous, incredulous>>() == verdict::good);
    CHECK(eddsa_verdict<first_of<incredulous, credulous>>() == verdict::bad);
    CHECK(eddsa_verdict<first_of<nothing, signs_es256, credulous>>() == verdict::good);
    CHECK(eddsa_verdict<first_of<verifies_eddsa, credulous>>() == verdict::bad);
}

TEST_CASE("which backend it is, is chosen for each algorithm and each verb") {
    using mixed = first_of<verifies_eddsa, signs_es256, credulous>;
    CHECK_BOTH(std::derived_from<mcx::verification<mixed, eddsa>,
                                 mcx::verification<verifies_eddsa, eddsa>>);
    CHECK_BOTH(
        std::derived_from<mcx::verification<mixed, es256>, mcx::verification<credulous, es256>>);
    CHECK_BOTH(std::derived_from<mcx::signing<mixed, es256>, mcx::signing<signs_es256, es256>>);
    CHECK_BOTH(std::derived_from<mcx::signing<mixed, eddsa>, mcx::signing<credulous, eddsa>>);
}

TEST_CASE("a workspace is for the algorithms that one of several backends verifies") {
    CHECK_BOTH(std::same_as<mcx::verified_algorithms<first_of<verifies_eddsa, signs_es256>,
                                                     mcx::signature_algorithms>,
                            mcx::algorithm_set<eddsa>>);
}
