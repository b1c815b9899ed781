// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/received.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <optional>
#include <type_traits>
#include <utility>

namespace kms = mcx::kms;
namespace test = mcx::test;

using got = kms::received<kms::response>;

TEST_CASE("a message that anybody may have made is signed by nobody") {
    got const r{test::response_to("https://kms.example.org/x")};
    CHECK(r.message() == test::response_to("https://kms.example.org/x"));
    CHECK_FALSE(r.signed_by());
    CHECK(r.inner() == kms::inner_signatures::none);
}

TEST_CASE("a message is looked at, or taken out, and never changed") {
    CHECK_BOTH(std::is_same_v<decltype(std::declval<got&>().message()), kms::response const&>);
    CHECK_BOTH(!std::is_convertible_v<kms::response, got>);
    CHECK_BOTH(!std::is_copy_constructible_v<got>);
    got r{test::response_to("https://kms.example.org/x")};
    kms::response const out = std::move(r).message();
    CHECK(out.user == test::kms_user);
}
