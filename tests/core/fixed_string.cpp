// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/fixed_string.hpp>

#include "support/check.hpp"

#include <type_traits>

namespace {

template <mcx::fixed_string Name>
struct named {
    static constexpr std::string_view name = Name.view();
};

}  // namespace

static_assert(std::is_same_v<named<"iss">, named<"iss">>);
static_assert(!std::is_same_v<named<"iss">, named<"sub">>);

TEST_CASE("fixed_string is a template argument that shows its text") {
    CHECK_BOTH(named<"issuer">::name == "issuer");
    CHECK_BOTH(named<"">::name.empty());
    CHECK_BOTH(named<"a\0b">::name == std::string_view{"a\0b", 3});
}
