// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_KEY_PERIOD_HPP
#define MCX_KMS_KEY_PERIOD_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

// Key periods: a user's keys change at fixed instants that all members of a security domain can
// compute [TS 33.180 F.2.1]. Times are counted from 0h on 1 January 1900, in 64 bits, which do not
// wrap; the 32 bits of an NTP timestamp do, in 2036, so whoever has no more than those says which
// era they belong to, or roughly what time it is.

namespace mcx::kms {

/// Seconds since 1900-01-01T00:00:00Z: TIME of the TS.
struct ntp_time {
    std::uint64_t seconds = 0;

    /// From there to 1970-01-01T00:00:00Z. [RFC 5905 figure 4]
    static constexpr std::int64_t unix_offset = 2'208'988'800;

    /// Fails: time_before_period (before 1900), out_of_range (no such year).
    [[nodiscard]] static constexpr result<ntp_time> from(instant at) noexcept {
        if (at.seconds < -unix_offset) {
            return errc::time_before_period;
        }
        if (at.seconds > std::numeric_limits<std::int64_t>::max() - unix_offset) {
            return errc::out_of_range;
        }
        return ntp_time{static_cast<std::uint64_t>(at.seconds + unix_offset)};
    }

    /// The seconds of a 32-bit timestamp of an era: 0 until 2036-02-07T06:28:15Z, then 1.
    [[nodiscard]] static constexpr ntp_time from_era(std::uint32_t timestamp,
                                                     std::uint32_t era) noexcept {
        return {(std::uint64_t{era} << 32U) | timestamp};
    }

    /// The time that a 32-bit timestamp means to somebody who knows roughly what time it is: of all
    /// eras, the one in which it is nearest, within 68 years. [RFC 5905 §6]
    [[nodiscard]] static constexpr ntp_time from_timestamp(std::uint32_t timestamp,
                                                           ntp_time about) noexcept {
        constexpr std::uint64_t half = std::uint64_t{1} << 31U;
        auto const era = static_cast<std::uint32_t>(about.seconds >> 32U);
        ntp_time const same = from_era(timestamp, era);
        if (same.seconds > about.seconds && same.seconds - about.seconds > half && era != 0) {
            return from_era(timestamp, era - 1);
        }
        if (same.seconds < about.seconds && about.seconds - same.seconds >= half &&
            era != 0xFFFF'FFFFU) {
            return from_era(timestamp, era + 1);
        }
        return same;
    }

    /// Fails: out_of_range (more seconds than an instant has).
    [[nodiscard]] constexpr result<instant> to_instant() const noexcept {
        if (seconds > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return errc::out_of_range;
        }
        return instant{static_cast<std::int64_t>(seconds) - unix_offset};
    }

    friend constexpr auto operator<=>(ntp_time const&, ntp_time const&) = default;
};

/// Floor((TIME - P4) / P3), with any numbers that have a result: what `key_period` does, without
/// P4 < P3, which not everybody observes. Fails: key_period_zero, time_before_period.
/// [TS 33.180 F.2.1]
[[nodiscard]] constexpr result<std::uint64_t> unchecked_period_number(
    ntp_time time, std::uint64_t length, std::uint64_t offset) noexcept {
    if (length == 0) {
        return errc::key_period_zero;
    }
    if (time.seconds < offset) {
        return errc::time_before_period;
    }
    return (time.seconds - offset) / length;
}

/// How long a user's keys last, and how long after 1900 the first period began.
/// [TS 33.180 D.3.2.2 UserKeyPeriod, UserKeyOffset]
class key_period {
    std::uint64_t length_ = 1;
    std::uint64_t offset_ = 0;

    constexpr key_period(std::uint64_t length, std::uint64_t offset) noexcept
        : length_(length), offset_(offset) {}

  public:
    /// Fails: key_period_zero (the length is not positive), key_period_offset (the offset is
    /// negative, or not less than the length).
    [[nodiscard]] static constexpr result<key_period> from(std::chrono::seconds length,
                                                           std::chrono::seconds offset) noexcept {
        if (length.count() <= 0) {
            return errc::key_period_zero;
        }
        if (offset.count() < 0 || offset >= length) {
            return errc::key_period_offset;
        }
        return key_period{static_cast<std::uint64_t>(length.count()),
                          static_cast<std::uint64_t>(offset.count())};
    }

    /// P3, in seconds.
    [[nodiscard]] constexpr std::uint64_t length() const noexcept { return length_; }
    /// P4, in seconds.
    [[nodiscard]] constexpr std::uint64_t offset() const noexcept { return offset_; }

    /// The number of the period that a time is in: P5. Fails: time_before_period.
    [[nodiscard]] constexpr result<std::uint64_t> number_at(ntp_time time) const noexcept {
        return unchecked_period_number(time, length_, offset_);
    }

    /// The same. Fails: time_before_period, out_of_range.
    [[nodiscard]] constexpr result<std::uint64_t> number_at(instant at) const noexcept {
        return ntp_time::from(at).and_then([this](ntp_time t) { return number_at(t); });
    }

    /// The first instant of a period. Fails: out_of_range (no instant is that late).
    [[nodiscard]] constexpr result<instant> start_of(std::uint64_t number) const noexcept {
        std::uint64_t start = 0;
        if (__builtin_mul_overflow(number, length_, &start) ||
            __builtin_add_overflow(start, offset_, &start)) {
            return errc::out_of_range;
        }
        return ntp_time{start}.to_instant();
    }

    /// The first instant after a period. Fails: out_of_range (no instant is that late).
    [[nodiscard]] constexpr result<instant> end_of(std::uint64_t number) const noexcept {
        auto const following = next(number);
        return following ? start_of(*following) : result<instant>{errc::out_of_range};
    }

    /// The number of the period before, where there is one: what a receiver tries as well when a
    /// period has just begun.
    [[nodiscard]] static constexpr std::optional<std::uint64_t> previous(
        std::uint64_t number) noexcept {
        return number == 0 ? std::nullopt : std::optional{number - 1};
    }

    /// The number of the period after, where there is one.
    [[nodiscard]] static constexpr std::optional<std::uint64_t> next(
        std::uint64_t number) noexcept {
        constexpr auto last = std::numeric_limits<std::uint64_t>::max();
        return number == last ? std::nullopt : std::optional{number + 1};
    }

    friend constexpr bool operator==(key_period const&, key_period const&) = default;
};

}  // namespace mcx::kms

#endif
