// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_ERROR_TEXT_HPP
#define MCX_CORE_ERROR_TEXT_HPP

#include <mcx/core/error_rows_of_messages.hpp>
#include <mcx/core/error_rows_of_tokens.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

// The codes in words, for logs and for people. The texts are constants, so they can hold nothing of
// what a peer sent. The answer that a peer gets is made in oauth/, not here.

namespace mcx {

namespace detail {

struct error_table {
    static constexpr auto rows = [] {
        auto const& first = error_rows_of_tokens::rows;
        auto const& rest = error_rows_of_messages::rows;
        std::array<error_row, std::size(first) + std::size(rest)> all{};
        std::copy(std::begin(rest), std::end(rest),
                  std::copy(std::begin(first), std::end(first), all.begin()));
        return all;
    }();

    /// The row of a code; an empty one for a number that is no code.
    [[nodiscard]] static constexpr error_row find(errc code) noexcept {
        auto const row = std::lower_bound(rows.begin(), rows.end(), code,
                                          [](error_row const& r, errc c) { return r.code < c; });
        return row != rows.end() && row->code == code ? *row : error_row{code, {}, {}, {}};
    }

    [[nodiscard]] static constexpr auto codes() noexcept {
        std::array<errc, rows.size() - 1> all{};
        std::transform(rows.begin() + 1, rows.end(), all.begin(),
                       [](error_row const& r) { return r.code; });
        return all;
    }
};

}  // namespace detail

/// Every code that stands for a refusal or a failure, in order: all but `errc::none`.
inline constexpr auto all_errors = detail::error_table::codes();

/// The enumerator's own spelling; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view name_of(errc code) noexcept {
    return detail::error_table::find(code).name;
}

/// What was wrong, as part of a sentence; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view message_of(errc code) noexcept {
    return detail::error_table::find(code).message;
}

/// Where it is written that this is wrong: a clause of an RFC or of a TS, or "mcx" for what this
/// library says itself; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view clause_of(errc code) noexcept {
    return detail::error_table::find(code).clause;
}

}  // namespace mcx

#endif
