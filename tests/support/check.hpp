// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_CHECK_HPP
#define MCX_TESTS_SUPPORT_CHECK_HPP

#include <doctest/doctest.h>

/// Checks a boolean expression twice: evaluated at compile time, and again at run time.
/// The expression may use literals, constexpr functions and constexpr variables only.
#define CHECK_BOTH(...)                                \
    do {                                               \
        constexpr bool at_compile_time{__VA_ARGS__};   \
        CHECK(at_compile_time);                        \
        bool at_run_time = false;                      \
        at_run_time = static_cast<bool>(__VA_ARGS__);  \
        CHECK(at_run_time);                            \
    } while (false)

#endif
