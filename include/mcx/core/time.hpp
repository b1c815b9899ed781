// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_TIME_HPP
#define MCX_CORE_TIME_HPP

#include <mcx/core/result.hpp>

#include <chrono>
#include <compare>
#include <concepts>
#include <cstdint>

// Time as an argument. The library reads no clock by itself: whoever calls it says what time it is.

namespace mcx {

namespace detail {

// No constant expression can call them, so their names are the diagnostics. They have bodies since
// clang 14 emits some consteval constructors nevertheless.
inline void leeway_must_not_exceed_30_seconds() noexcept {
    contract(false);
}
inline void lifetime_must_be_between_1_second_and_1_year() noexcept {
    contract(false);
}

}  // namespace detail

/// A point in time: whole seconds since 1970-01-01T00:00:00Z, without leap seconds.
/// A NumericDate is one of 0 … 253402300799 (9999-12-31T23:59:59Z). [RFC 7519 §2]
struct instant {
    std::int64_t seconds = 0;

    static constexpr std::int64_t max_numeric_date = 253'402'300'799;

    [[nodiscard]] constexpr bool is_numeric_date() const noexcept {
        return seconds >= 0 && seconds <= max_numeric_date;
    }

    /// The instant `s` later; stays at the ends of the range instead of overflowing.
    [[nodiscard]] constexpr instant plus(std::chrono::seconds s) const noexcept {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(seconds, static_cast<std::int64_t>(s.count()), &sum)) {
            return {s.count() > 0 ? INT64_MAX : INT64_MIN};
        }
        return {sum};
    }

    friend constexpr auto operator<=>(instant const&, instant const&) = default;
};

/// A time from one instant to another, both included. Default constructed: always.
struct period {
    instant from{INT64_MIN};
    instant until{INT64_MAX};

    [[nodiscard]] constexpr bool covers(instant at) const noexcept {
        return from <= at && at <= until;
    }

    friend constexpr bool operator==(period const&, period const&) = default;
};

/// How far two clocks may be apart, at most 30 seconds. [TS 33.180 B.2.1.2, B.8]
class leeway {
    std::chrono::seconds seconds_{0};

    struct checked {};
    constexpr leeway(checked, std::chrono::seconds s) noexcept : seconds_(s) {}

  public:
    static constexpr std::chrono::seconds max{30};

    constexpr leeway() = default;

    /// A leeway written in the program; one over 30 s does not compile.
    consteval leeway(std::chrono::seconds s) : seconds_(s) {
        if (s > max || s.count() < 0) {
            detail::leeway_must_not_exceed_30_seconds();
        }
    }

    /// A leeway read at run time. Fails: out_of_range.
    [[nodiscard]] static constexpr result<leeway> from(std::chrono::seconds s) noexcept {
        if (s > max || s.count() < 0) {
            return errc::out_of_range;
        }
        return leeway{checked{}, s};
    }

    [[nodiscard]] constexpr std::chrono::seconds value() const noexcept { return seconds_; }
};

/// How long something to be issued will be valid: 1 second to 1 year.
class lifetime {
    std::chrono::seconds seconds_;

    struct checked {};
    constexpr lifetime(checked, std::chrono::seconds s) noexcept : seconds_(s) {}

    static constexpr bool fits(std::chrono::seconds s) noexcept {
        return s.count() >= 1 && s <= max;
    }

  public:
    static constexpr std::chrono::seconds max{366LL * 24 * 3600};

    /// A lifetime written in the program; one out of range does not compile.
    consteval lifetime(std::chrono::seconds s) : seconds_(s) {
        if (!fits(s)) {
            detail::lifetime_must_be_between_1_second_and_1_year();
        }
    }

    /// A lifetime read at run time. Fails: out_of_range.
    [[nodiscard]] static constexpr result<lifetime> from(std::chrono::seconds s) noexcept {
        if (!fits(s)) {
            return errc::out_of_range;
        }
        return lifetime{checked{}, s};
    }

    [[nodiscard]] constexpr std::chrono::seconds value() const noexcept { return seconds_; }
};

/// Something that says what time it is. Exemplar: `fixed_clock`. Models: `fixed_clock`,
/// `system_clock`, a GNSS receiver's time. Used by: every verb that compares times.
template <class C>
concept Clock = requires(C const& clock) {
    { clock.now() } -> std::same_as<instant>;
};

/// A clock that stands still: tests, replays of recorded traffic, one instant for a whole request.
struct fixed_clock {
    instant at;
    [[nodiscard]] constexpr instant now() const noexcept { return at; }
};

/// The operating system's clock, for callers that name it.
struct system_clock {
    [[nodiscard]] instant now() const noexcept {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::floor<std::chrono::seconds>(since).count()};
    }
};

}  // namespace mcx

#endif
