// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_CONSTANT_TIME_HPP
#define MCX_CORE_CONSTANT_TIME_HPP

#include <type_traits>

// Choices about secrets without branches and without table look-ups. Comparison of octets is in
// core/secret.hpp.

namespace mcx {

/// All ones where `first <= value <= last`, else zero.
/// Requires: all three are below 2^31. Cost: the same for every value.
[[nodiscard]] constexpr unsigned mask_between(unsigned value, unsigned first,
                                              unsigned last) noexcept {
    // Both differences wrap, and so have the top bit set, exactly where the value is in between.
    unsigned inside = ((first - 1U - value) & (value - (last + 1U))) >> 31U;
    if (!std::is_constant_evaluated()) {
        __asm__ __volatile__("" : "+r"(inside));  // keeps the compiler from seeing a condition
    }
    return 0U - inside;
}

}  // namespace mcx

#endif
