// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_DATE_TIME_HPP
#define MCX_KMS_DATE_TIME_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/xsd.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

// xsd:dateTime [XML Schema part 2 §3.2.7; TS 33.180 D.3]. A time without a zone is taken as UTC, as
// the examples of annex D mean it; fractions of a second are cut off. Years have four digits, 0001
// to 9999, before and after the zone is taken into account; there are no leap seconds.

namespace mcx::detail {

inline constexpr instant date_time_first{-62'135'596'800};  // 0001-01-01T00:00:00Z
inline constexpr instant date_time_last{instant::max_numeric_date};

/// Reads the parts of a date and time one after another; a mistake makes `good` false for good.
class date_time_reader {
    std::string_view rest_;
    bool good_ = true;

  public:
    constexpr explicit date_time_reader(std::string_view text) noexcept : rest_(text) {}

    /// A number of so many digits, of at most `max`.
    constexpr int number(std::size_t digits, int max) noexcept {
        if (!good_ || rest_.size() < digits) {
            good_ = false;
            return 0;
        }
        int value = 0;
        for (char const c : rest_.substr(0, digits)) {
            good_ = good_ && c >= '0' && c <= '9';
            value = value * 10 + (good_ ? c - '0' : 0);
        }
        rest_.remove_prefix(digits);
        good_ = good_ && value <= max;
        return value;
    }

    constexpr bool next_is(char c) const noexcept { return good_ && rest_.starts_with(c); }

    constexpr void expect(char c) noexcept {
        good_ = next_is(c);
        rest_.remove_prefix(good_ ? 1 : 0);
    }

    /// A fraction of a second, where there is one; tells whether it is more than zero.
    constexpr bool fraction() noexcept {
        if (!next_is('.')) {
            return false;
        }
        rest_.remove_prefix(1);
        auto const end = rest_.find_first_not_of("0123456789");
        auto const digits = rest_.substr(0, end);
        good_ = !digits.empty();
        rest_.remove_prefix(digits.size());
        return digits.find_first_not_of('0') != std::string_view::npos;
    }

    /// A zone, where there is one, in minutes east of UTC.
    constexpr int zone() noexcept {
        if (rest_.empty()) {
            return 0;
        }
        if (next_is('Z')) {
            rest_.remove_prefix(1);
            return 0;
        }
        bool const west = next_is('-');
        expect(west ? '-' : '+');
        int minutes = number(2, 14) * 60;
        expect(':');
        minutes += number(2, 59);
        good_ = good_ && minutes <= 14 * 60;
        return west ? -minutes : minutes;
    }

    constexpr void refuse_unless(bool fine) noexcept { good_ = good_ && fine; }
    constexpr bool at_end() const noexcept { return good_ && rest_.empty(); }
};

struct date_time_tag {};

}  // namespace mcx::detail

namespace mcx::kms::date_time {

/// Reads a date and time. Fails: field_value.
[[nodiscard]] constexpr result<instant> parse(std::string_view text) noexcept {
    namespace chrono = std::chrono;
    detail::date_time_reader reader{xsd::trim(text)};
    int const year = reader.number(4, 9999);
    reader.expect('-');
    int const month = reader.number(2, 12);
    reader.expect('-');
    int const day = reader.number(2, 31);
    reader.expect('T');
    int const hour = reader.number(2, 24);
    reader.expect(':');
    int const minute = reader.number(2, 59);
    reader.expect(':');
    int const second = reader.number(2, 59);
    bool const fraction = reader.fraction();
    // 24:00:00 is the end of the day and nothing else.
    reader.refuse_unless(hour < 24 || (minute == 0 && second == 0 && !fraction));
    int const zone = reader.zone();
    chrono::year_month_day const date{chrono::year{year},
                                      chrono::month{static_cast<unsigned>(month)},
                                      chrono::day{static_cast<unsigned>(day)}};
    reader.refuse_unless(year > 0 && date.ok());
    if (!reader.at_end()) {
        return errc::field_value;
    }
    auto const days = std::int64_t{chrono::sys_days{date}.time_since_epoch().count()};
    instant const made{((days * 24 + hour) * 60 + minute - zone) * 60 + second};
    if (made < detail::date_time_first || made > detail::date_time_last) {
        return errc::field_value;
    }
    return made;
}

/// A date and time as text: 2014-01-26T10:07:14Z.
using written = text<detail::date_time_tag, 20>;

/// Writes a date and time, in UTC. Fails: out_of_range (the year has not four digits).
[[nodiscard]] constexpr result<written> encode(instant at) noexcept {
    namespace chrono = std::chrono;
    if (at < detail::date_time_first || at > detail::date_time_last) {
        return errc::out_of_range;
    }
    chrono::sys_seconds const time{chrono::seconds{at.seconds}};
    auto const midnight = chrono::floor<chrono::days>(time);
    chrono::year_month_day const date{midnight};
    auto const of_day = static_cast<unsigned>((time - midnight).count());
    char out[] = "0000-00-00T00:00:00Z";
    auto const put = [&out](std::size_t last, unsigned value) {
        for (std::size_t i = last; value != 0; --i) {
            out[i] = static_cast<char>('0' + value % 10);
            value /= 10;
        }
    };
    put(3, static_cast<unsigned>(static_cast<int>(date.year())));
    put(6, static_cast<unsigned>(date.month()));
    put(9, static_cast<unsigned>(date.day()));
    put(12, of_day / 3600);
    put(15, of_day / 60 % 60);
    put(18, of_day % 60);
    return written::from({out, written::max_size});
}

}  // namespace mcx::kms::date_time

#endif
