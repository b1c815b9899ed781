// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/constant_time.hpp>

#include "support/check.hpp"

using mcx::mask_between;

TEST_CASE("mask_between is all ones between its ends and zero outside") {
    CHECK_BOTH(mask_between(5, 5, 5) == ~0U);
    CHECK_BOTH(mask_between(4, 5, 5) == 0);
    CHECK_BOTH(mask_between(6, 5, 5) == 0);
    CHECK_BOTH(mask_between('A', 'A', 'Z') == ~0U);
    CHECK_BOTH(mask_between('Z', 'A', 'Z') == ~0U);
    CHECK_BOTH(mask_between('[', 'A', 'Z') == 0);
}

TEST_CASE("mask_between works up to the ends of what it takes") {
    constexpr unsigned most = 0x7FFF'FFFFU;
    CHECK_BOTH(mask_between(0, 0, 0) == ~0U);
    CHECK_BOTH(mask_between(1, 0, 0) == 0);
    CHECK_BOTH(mask_between(most, 0, 0) == 0);
    CHECK_BOTH(mask_between(most, 0, most) == ~0U);
    CHECK_BOTH(mask_between(0, 0, most) == ~0U);
    CHECK_BOTH(mask_between(0, most, most) == 0);
    CHECK_BOTH(mask_between(most, most, most) == ~0U);
    CHECK_BOTH(mask_between(most - 1, most, most) == 0);
}

TEST_CASE("mask_between agrees with comparisons for all small numbers") {
    unsigned wrong = 0;
    for (unsigned first = 0; first < 40; ++first) {
        for (unsigned last = first; last < 40; ++last) {
            for (unsigned value = 0; value < 300; ++value) {
                unsigned const expected = value >= first && value <= last ? ~0U : 0U;
                wrong += mask_between(value, first, last) == expected ? 0U : 1U;
            }
        }
    }
    CHECK(wrong == 0);
}
