// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/error_rows_of_messages.hpp>

#include "support/check.hpp"

#include <algorithm>
#include <iterator>

namespace {

constexpr auto& rows = mcx::detail::error_rows_of_messages::rows;

constexpr bool comes_before(mcx::detail::error_row const& a, mcx::detail::error_row const& b) {
    return a.code < b.code;
}

}  // namespace

TEST_CASE(
    "the rows of messages, security domains, backends and XML are in the order of their codes") {
    CHECK_BOTH(std::is_sorted(std::begin(rows), std::end(rows), comes_before));
    CHECK_BOTH(mcx::stage_of(rows[0].code) == mcx::stage::message);
    CHECK_BOTH(mcx::stage_of(std::rbegin(rows)->code) == mcx::stage::xml);
}
