// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/contract.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

namespace {

constexpr bool goes_on() {
    mcx::contract(true);
    return true;
}

}  // namespace

TEST_CASE("contract goes on where the promise was kept") {
    CHECK_BOTH(goes_on());
    CHECK_FALSE(mcx::test::stops([] { mcx::contract(true); }));
}

TEST_CASE("contract stops the program where the promise was broken") {
    CHECK(mcx::test::stops([] { mcx::contract(false); }));
}
