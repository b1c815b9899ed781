// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_VECTORS_DEVIATIONS_HPP
#define MCX_TESTS_VECTORS_DEVIATIONS_HPP

#include <string_view>

// Where this library says something else than published vectors, and why: the one list, which is
// reviewed. An entry that meets no case of its file fails the test, so that none outlives its
// cause.

namespace mcx::test {

/// What is done otherwise: the case of this name, the cases refused with the error of this name, or
/// those that have this flag.
struct deviation {
    std::string_view file;
    std::string_view what;
    std::string_view reason;
};

inline constexpr deviation deviations[]{
    {"x", "x", "x"},
};

}  // namespace mcx::test

#endif
