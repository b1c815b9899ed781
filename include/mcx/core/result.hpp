// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_RESULT_HPP
#define MCX_CORE_RESULT_HPP

#include <mcx/core/contract.hpp>
#include <mcx/core/error.hpp>

#include <concepts>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

// A value or an error. One type of our own rather than an alias for std::expected, which C++20 does
// not have: an alias that changes with the language mode would be two types in one program.

namespace mcx {

template <class T>
class result;

namespace detail {

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<result<T>> = true;

}  // namespace detail

/// A type that is some `result`.
template <class T>
concept Result = detail::is_result<std::remove_cvref_t<T>>;

/// A `T`, or the error that stands in its way.
template <class T>
class [[nodiscard]] result {
    std::optional<T> value_;
    mcx::error error_;

  public:
    using value_type = T;

    constexpr result(mcx::error e) noexcept : error_(e) { contract(e.code != errc::none); }
    constexpr result(errc code) noexcept : result(mcx::error{code}) {}

    template <class U = T>
        requires(std::constructible_from<T, U> && !Result<U> &&
                 !std::same_as<std::remove_cvref_t<U>, mcx::error> &&
                 !std::same_as<std::remove_cvref_t<U>, errc>)
    constexpr result(U&& value) : value_(std::in_place, std::forward<U>(value)) {}

    /// Makes the value where it stays.
    template <class... Args>
        requires std::constructible_from<T, Args...>
    constexpr explicit result(std::in_place_t, Args&&... args)
        : value_(std::in_place, std::forward<Args>(args)...) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return value_.has_value(); }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }

    /// The value. Requires that there is one: otherwise the program stops.
    [[nodiscard]] constexpr T& value() & noexcept {
        contract(has_value());
        return *value_;
    }
    [[nodiscard]] constexpr T const& value() const& noexcept {
        contract(has_value());
        return *value_;
    }
    [[nodiscard]] constexpr T&& value() && noexcept {
        contract(has_value());
        return std::move(*value_);
    }

    [[nodiscard]] constexpr T& operator*() & noexcept { return value(); }
    [[nodiscard]] constexpr T const& operator*() const& noexcept { return value(); }
    [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(*this).value(); }
    [[nodiscard]] constexpr T* operator->() noexcept { return &value(); }
    [[nodiscard]] constexpr T const* operator->() const noexcept { return &value(); }

    /// The error; `errc::none` where there is a value.
    [[nodiscard]] constexpr mcx::error error() const noexcept { return error_; }

    /// The value, or `other` where there is none.
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& other) const& {
        return has_value() ? *value_ : static_cast<T>(std::forward<U>(other));
    }

    /// Goes on with a function from the value to another result.
    template <class F>
    constexpr auto and_then(F&& f) const& -> std::invoke_result_t<F, T const&> {
        if (!has_value()) {
            return error_;
        }
        return std::invoke(std::forward<F>(f), *value_);
    }
    template <class F>
    constexpr auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
        if (!has_value()) {
            return error_;
        }
        return std::invoke(std::forward<F>(f), std::move(*value_));
    }

    /// Goes on with a function from the value to another value.
    template <class F>
    constexpr auto transform(
        F&& f) const& -> result<std::remove_cvref_t<std::invoke_result_t<F, T const&>>> {
        if (!has_value()) {
            return error_;
        }
        return std::invoke(std::forward<F>(f), *value_);
    }

    /// Goes on with a function from the error to another result of the same type.
    template <class F>
    constexpr result or_else(F&& f) const& {
        if (has_value()) {
            return *this;
        }
        return std::invoke(std::forward<F>(f), error_);
    }
};

/// Success without a value, or the error that stands in its way.
template <>
class [[nodiscard]] result<void> {
    mcx::error error_;

  public:
    using value_type = void;

    constexpr result() noexcept = default;
    constexpr result(mcx::error e) noexcept : error_(e) { contract(e.code != errc::none); }
    constexpr result(errc code) noexcept : result(mcx::error{code}) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return error_.code == errc::none; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] constexpr mcx::error error() const noexcept { return error_; }

    /// Goes on with a function of nothing to another result.
    template <class F>
    constexpr auto and_then(F&& f) const -> std::invoke_result_t<F> {
        if (!has_value()) {
            return error_;
        }
        return std::invoke(std::forward<F>(f));
    }
};

/// Turns a result into another type of the same idea, such as std::expected<T, error>, without
/// naming its header.
template <class Expected, class T>
[[nodiscard]] constexpr Expected as(result<T> const& r) {
    if (r) {
        return Expected(std::in_place, *r);
    }
    using unexpected = typename Expected::template rebind<int>::unexpected_type;
    return Expected(unexpected(r.error()));
}

}  // namespace mcx

#endif
