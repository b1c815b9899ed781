// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mc/user_profile.hpp>

#include "support/check.hpp"

#include <type_traits>

namespace mc = mcx::mc;

TEST_CASE("a group server names its domains by types that do not convert") {
    using token_endpoint = decltype(mc::group_server::token_endpoint)::value_type;
    using kms = decltype(mc::group_server::kms)::value_type;
    CHECK_BOTH(!std::is_convertible_v<token_endpoint, kms>);
    CHECK_BOTH(!std::is_convertible_v<kms, token_endpoint>);
}

TEST_CASE("user profiles are equal where all that is read of them is") {
    mc::user_profile one;
    mc::user_profile other;
    CHECK(one == other);
    one.group_servers.emplace_back();
    CHECK(!(one == other));
    other.group_servers.emplace_back().kms = mcx::kms::kms_uri("kms.example.org");
    CHECK(!(one == other));
    one.group_servers[0].kms = mcx::kms::kms_uri("kms.example.org");
    CHECK(one == other);
    one.private_call_kms.push_back(*one.group_servers[0].kms);
    CHECK(!(one == other));
}
