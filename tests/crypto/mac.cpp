// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/mac.hpp>

#include "support/check.hpp"

#include <mcx/crypto/signatures.hpp>

#include <tuple>

namespace {

template <class... As>
constexpr bool may_be_a_set = requires { typename mcx::algorithm_set<As...>; };

}  // namespace

TEST_CASE("HS256 is a MAC of 32 octets") {
    CHECK_BOTH(mcx::Algorithm<mcx::hs256>);
    CHECK_BOTH(mcx::hs256::name == "HS256");
    CHECK_BOTH(std::tuple_size_v<mcx::hs256::signature> == 32);
}

TEST_CASE("HS256 is no signature, and shares a set with none") {
    CHECK_BOTH(!mcx::SignatureAlgorithm<mcx::hs256>);
    CHECK_BOTH(may_be_a_set<mcx::hs256>);
    CHECK_BOTH(!may_be_a_set<mcx::hs256, mcx::es256>);
    CHECK_BOTH(!may_be_a_set<mcx::rs256, mcx::hs256>);
    CHECK_BOTH(!may_be_a_set<mcx::eddsa, mcx::hs256>);
}
