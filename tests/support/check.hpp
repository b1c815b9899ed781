// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_CHECK_HPP
#define MCX_TESTS_SUPPORT_CHECK_HPP

#include <doctest/doctest.h>

#include <ostream>  // for what doctest prints of an errc, by way of std::error_code

// A check that is made twice: by the compiler, where undefined behaviour is an error, and by the
// program, as everybody else runs it.

#define CHECK_BOTH(...)             \
    do {                            \
        static_assert(__VA_ARGS__); \
        CHECK((__VA_ARGS__));       \
    } while (false)

#endif
