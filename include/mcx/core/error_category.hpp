// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_ERROR_CATEGORY_HPP
#define MCX_CORE_ERROR_CATEGORY_HPP

#include <mcx/core/error_text.hpp>

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

// The codes as std::error_code, for programs that speak that language.

namespace mcx {

namespace detail {

class mcx_category final : public std::error_category {
  public:
    [[nodiscard]] char const* name() const noexcept override { return "mcx"; }
    [[nodiscard]] std::string message(int value) const override {
        bool const known = value >= 0 && value <= 0xFFFF;
        std::string_view const text =
            known ? message_of(static_cast<errc>(value)) : std::string_view{};
        return std::string{text.empty() ? "unknown error" : text};
    }
};

}  // namespace detail

/// The category of this library's codes among all std::error_codes.
[[nodiscard]] inline std::error_category const& error_category() noexcept {
    static detail::mcx_category const category;
    return category;
}

/// Makes a code that std::error_code can hold, for programs that speak that language.
[[nodiscard]] inline std::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

}  // namespace mcx

template <>
struct std::is_error_code_enum<mcx::errc> : std::true_type {};

#endif
