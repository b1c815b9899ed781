// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_RELAXATIONS_HPP
#define MCX_JWT_RELAXATIONS_HPP

#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// What a profile may allow that the library refuses by itself. Each relaxation is a type that the
// profile names in its `relaxations`, so that it is found by searching the program for its name,
// and so that it makes another verifier of it; there is no switch for any. A `typ` that may be
// absent is one too: jwt/profile.hpp has it beside the rule that it relaxes.

namespace mcx::jwt {

namespace detail {

/// A JSON number, taken apart: its digits without the point, and how many of them stand before it.
struct decimal {
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;  // kept far below what its type holds
    bool negative = false;

    [[nodiscard]] constexpr std::size_t digits() const noexcept {
        return whole.size() + fraction.size();
    }
    [[nodiscard]] constexpr std::int64_t digit(std::size_t i) const noexcept {
        return (i < whole.size() ? whole[i] : fraction[i - whole.size()]) - '0';
    }
};

[[nodiscard]] constexpr std::int64_t bounded_exponent(std::string_view text) noexcept {
    bool const negative = text.starts_with('-');
    std::int64_t value = 0;
    for (char const c : text.substr(negative || text.starts_with('+') ? 1 : 0)) {
        value = std::min<std::int64_t>(value * 10 + (c - '0'), INT32_MAX);
    }
    return negative ? -value : value;
}

/// Takes a number apart that the JSON reader has read.
[[nodiscard]] constexpr decimal decimal_of(std::string_view number) noexcept {
    decimal made;
    made.negative = number.starts_with('-');
    std::string_view rest = number.substr(made.negative ? 1 : 0);
    if (auto const e = rest.find_first_of("eE"); e != std::string_view::npos) {
        made.exponent = bounded_exponent(rest.substr(e + 1));
        rest = rest.substr(0, e);
    }
    auto const point = std::min(rest.find('.'), rest.size());
    made.whole = rest.substr(0, point);
    made.fraction = rest.substr(std::min(point + 1, rest.size()));
    return made;
}

/// The whole second at or before a time, or at or after it. Fails: json_value.
[[nodiscard]] constexpr result<instant> whole_second(decimal const& d, bool later) noexcept {
    auto const point = static_cast<std::int64_t>(d.whole.size()) + d.exponent;
    std::int64_t seconds = 0;
    bool exact = true;
    for (std::size_t i = 0; i < d.digits(); ++i) {
        if (static_cast<std::int64_t>(i) >= point) {
            exact = exact && d.digit(i) == 0;
        } else if (seconds = seconds * 10 + d.digit(i); seconds > instant::max_numeric_date) {
            return errc::json_value;
        }
    }
    // Zeros that the exponent adds: thirteen are too many for anything but zero itself.
    auto const missing = point - static_cast<std::int64_t>(d.digits());
    for (std::int64_t i = 0; i < missing && seconds != 0; ++i) {
        if (seconds *= 10; seconds > instant::max_numeric_date) {
            return errc::json_value;
        }
    }
    if (d.negative && (seconds != 0 || !exact)) {
        return errc::json_value;
    }
    instant const made{!exact && later ? seconds + 1 : seconds};
    return made.is_numeric_date() ? result<instant>{made} : errc::json_value;
}

}  // namespace detail

/// The times of a token may have a fraction or an exponent. `nbf` and `iat` then count from the
/// next whole second and every other time from the last one, so that no token is good for longer;
/// the limits of a token's lifetime and age are two seconds shorter, which is what both roundings
/// together may hide. [RFC 7519 §2]
struct fractional_dates {
    template <class Field>
    static constexpr bool reads = [] {
        if constexpr (StoredField<Field>) {
            using type = field_value<Field>;
            return std::same_as<type, instant> || std::same_as<type, std::optional<instant>>;
        } else {
            return false;
        }
    }();

    template <class Field, class T>
    [[nodiscard]] static constexpr result<void> read(json::event const& first, T& out) noexcept {
        if (first.kind != json::kind::number) {
            return errc::json_type;
        }
        constexpr bool later = Field::name == "nbf" || Field::name == "iat";
        auto const made = detail::whole_second(detail::decimal_of(first.raw), later);
        if (!made) {
            return made.error();
        }
        out = *made;
        return {};
    }
};

/// One of the relaxations above.
template <class R>
concept Relaxation = std::same_as<R, fractional_dates>;

/// The relaxations of a profile, each at most once. None is the default.
template <Relaxation... Rs>
    requires(sizeof...(Rs) <= 1)
struct relaxed {
    template <class R>
    static constexpr bool contains = (... || std::same_as<R, Rs>);
};

namespace detail {

template <class R>
inline constexpr bool is_relaxed = false;
template <class... Rs>
inline constexpr bool is_relaxed<relaxed<Rs...>> = true;

/// Tells whether the profile names this relaxation.
template <class P, class R>
inline constexpr bool relaxes = [] {
    if constexpr (requires { typename P::relaxations; }) {
        return P::relaxations::template contains<R>;
    } else {
        return false;
    }
}();

}  // namespace detail

/// A profile that names its relaxations, if any, as `relaxed` lists them.
template <class P>
concept NamesRelaxations =
    !requires { typename P::relaxations; } || detail::is_relaxed<typename P::relaxations>;

/// How the claims of a profile are read.
template <class P>
using way_of =
    std::conditional_t<detail::relaxes<P, fractional_dates>, fractional_dates, json::as_typed>;

}  // namespace mcx::jwt

#endif
