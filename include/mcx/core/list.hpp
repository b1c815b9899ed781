// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_LIST_HPP
#define MCX_CORE_LIST_HPP

#include <mcx/core/result.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

// A bounded list stored inline: audiences, scopes, key operations.

namespace mcx {

/// At most N values, in the order in which they came.
template <class T, std::size_t N>
class list {
    std::array<T, N> items_{};
    std::size_t size_ = 0;

  public:
    using value_type = T;
    static constexpr std::size_t max_count = N;

    /// Appends a value. Fails: value_too_long (the list is full), and the list is as before.
    constexpr result<void> push_back(T const& item) noexcept {
        if (size_ == N) {
            return errc::value_too_long;
        }
        items_[size_] = item;
        ++size_;
        return {};
    }

    [[nodiscard]] constexpr T const* begin() const noexcept { return items_.data(); }
    [[nodiscard]] constexpr T const* end() const noexcept { return items_.data() + size_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept {
        contract(i < size_);
        return items_[i];
    }
    [[nodiscard]] constexpr bool contains(T const& item) const noexcept {
        return std::find(begin(), end(), item) != end();
    }

    friend constexpr bool operator==(list const& a, list const& b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }
};

}  // namespace mcx

#endif
