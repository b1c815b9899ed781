// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_FIXED_STRING_HPP
#define MCX_CORE_FIXED_STRING_HPP

#include <algorithm>
#include <cstddef>
#include <string_view>

// Text as a template argument: the wire name of a claim or parameter is part of a field's type.

namespace mcx {

/// A string literal that can be a template argument.
template <std::size_t N>
struct fixed_string {
    char characters[N]{};  // public, since a template argument has to be structural

    consteval fixed_string(char const (&literal)[N]) { std::copy_n(literal, N, characters); }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters, N - 1}; }
};

}  // namespace mcx

#endif
