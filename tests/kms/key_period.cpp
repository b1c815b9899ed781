// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/key_period.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <limits>

using mcx::errc;
using mcx::instant;
using mcx::kms::key_period;
using mcx::kms::ntp_time;
using std::chrono::seconds;

namespace {

constexpr auto last_64 = std::numeric_limits<std::uint64_t>::max();
constexpr key_period month = *key_period::from(seconds{2'592'000}, seconds{0});
constexpr key_period shifted = *key_period::from(seconds{100}, seconds{99});

}  // namespace

TEST_CASE("a key period is longer than nothing and than its offset") {
    CHECK_BOTH(key_period::from(seconds{0}, seconds{0}).error().code == errc::key_period_zero);
    CHECK_BOTH(key_period::from(seconds{-1}, seconds{0}).error().code == errc::key_period_zero);
    CHECK_BOTH(key_period::from(seconds{1}, seconds{0}).has_value());
    CHECK_BOTH(key_period::from(seconds{1}, seconds{1}).error().code == errc::key_period_offset);
    CHECK_BOTH(key_period::from(seconds{10}, seconds{11}).error().code == errc::key_period_offset);
    CHECK_BOTH(key_period::from(seconds{10}, seconds{-1}).error().code == errc::key_period_offset);
    CHECK_BOTH(shifted.length() == 100 && shifted.offset() == 99);
    CHECK_BOTH(key_period::from(seconds::max(), seconds::max() - seconds{1}).has_value());
}

TEST_CASE("the worked example of F.2.1.2 is in period 1388") {
    CHECK_BOTH(*month.number_at(ntp_time{3'599'719'634}) == 1388);
    CHECK_BOTH(*month.number_at(instant{1'390'730'834}) == 1388);
    CHECK_BOTH(ntp_time::from(instant{1'390'730'834})->seconds == 3'599'719'634);
}

TEST_CASE("a period begins with its first second and ends before the next one's") {
    instant const start = *month.start_of(1388);
    instant const end = *month.end_of(1388);
    CHECK(start == instant{1388LL * 2'592'000 - 2'208'988'800});
    CHECK(end == start.plus(seconds{2'592'000}));
    CHECK(*month.number_at(start) == 1388);
    CHECK(*month.number_at(start.plus(seconds{-1})) == 1387);
    CHECK(*month.number_at(end.plus(seconds{-1})) == 1388);
    CHECK(*month.number_at(end) == 1389);
}

TEST_CASE("there is no period before the offset") {
    CHECK_BOTH(shifted.number_at(ntp_time{0}).error().code == errc::time_before_period);
    CHECK_BOTH(shifted.number_at(ntp_time{98}).error().code == errc::time_before_period);
    CHECK_BOTH(*shifted.number_at(ntp_time{99}) == 0);
    CHECK_BOTH(*shifted.number_at(ntp_time{198}) == 0);
    CHECK_BOTH(*shifted.number_at(ntp_time{199}) == 1);
    CHECK_BOTH(*shifted.start_of(0) == instant{99 - ntp_time::unix_offset});
    CHECK_BOTH(*shifted.end_of(0) == *shifted.start_of(1));
}

TEST_CASE("there is no period before 1900") {
    CHECK_BOTH(*month.number_at(instant{-ntp_time::unix_offset}) == 0);
    CHECK_BOTH(month.number_at(instant{-ntp_time::unix_offset - 1}).error().code ==
               errc::time_before_period);
    CHECK_BOTH(month.number_at(instant{INT64_MIN}).error().code == errc::time_before_period);
}

TEST_CASE("a period too late for an instant has no bounds") {
    CHECK_BOTH(month.start_of(last_64).error().code == errc::out_of_range);
    CHECK_BOTH(month.end_of(last_64).error().code == errc::out_of_range);
    constexpr key_period second = *key_period::from(seconds{1}, seconds{0});
    CHECK_BOTH(second.start_of(std::uint64_t{1} << 63U).error().code == errc::out_of_range);
    CHECK_BOTH(*second.start_of((std::uint64_t{1} << 63U) - 1) ==
               instant{INT64_MAX - ntp_time::unix_offset});
    CHECK_BOTH(second.end_of((std::uint64_t{1} << 63U) - 1).error().code == errc::out_of_range);
    CHECK_BOTH(second.end_of(last_64).error().code == errc::out_of_range);
    // The product fits and the sum does not.
    constexpr key_period odd = *key_period::from(seconds{3}, seconds{2});
    CHECK_BOTH(odd.start_of(last_64 / 3).error().code == errc::out_of_range);
    CHECK_BOTH(month.number_at(instant{INT64_MAX}).error().code == errc::out_of_range);
    CHECK_BOTH(ntp_time{last_64}.to_instant().error().code == errc::out_of_range);
}

TEST_CASE("a period has neighbours, but for the first and the last") {
    CHECK_BOTH(key_period::previous(1388) == 1387);
    CHECK_BOTH(key_period::next(1388) == 1389);
    CHECK_BOTH(key_period::previous(1) == 0);
    CHECK_BOTH(!key_period::previous(0).has_value());
    CHECK_BOTH(key_period::next(last_64 - 1) == last_64);
    CHECK_BOTH(!key_period::next(last_64).has_value());
}

TEST_CASE("64 bits go on where the 32 bits of a timestamp begin again") {
    // 2036-02-07T06:28:15Z is the last second of era 0.
    CHECK_BOTH(*ntp_time::from_era(0xFFFF'FFFF, 0).to_instant() == instant{2'085'978'495});
    CHECK_BOTH(*ntp_time::from_era(0, 1).to_instant() == instant{2'085'978'496});
    CHECK_BOTH(ntp_time::from_era(0, 1) > ntp_time::from_era(0xFFFF'FFFF, 0));
    CHECK_BOTH(*month.number_at(ntp_time::from_era(0xFFFF'FFFF, 0)) == 1657);
    CHECK_BOTH(*month.number_at(ntp_time::from_era(2'592'000, 1)) == 1658);
    CHECK_BOTH(ntp_time::from_era(0xFFFF'FFFF, 0xFFFF'FFFF).seconds == last_64);
}

TEST_CASE("a domain that does not observe P4 < P3 still has period numbers") {
    using mcx::kms::unchecked_period_number;
    CHECK_BOTH(*unchecked_period_number(ntp_time{45'920'000}, 25'920'000, 45'920'000) == 0);
    CHECK_BOTH(
        *unchecked_period_number(ntp_time{45'920'000 + 25'920'000}, 25'920'000, 45'920'000) == 1);
    CHECK_BOTH(unchecked_period_number(ntp_time{45'919'999}, 25'920'000, 45'920'000).error().code ==
               errc::time_before_period);
    CHECK_BOTH(unchecked_period_number(ntp_time{1}, 0, 0).error().code == errc::key_period_zero);
}

TEST_CASE("a timestamp means the time nearest to what is known") {
    constexpr ntp_time era_1 = ntp_time::from_era(0, 1);
    constexpr std::uint64_t half = std::uint64_t{1} << 31U;
    CHECK_BOTH(ntp_time::from_timestamp(5, era_1) == ntp_time::from_era(5, 1));
    CHECK_BOTH(ntp_time::from_timestamp(0xFFFF'FFFF, era_1) == ntp_time::from_era(0xFFFF'FFFF, 0));
    CHECK_BOTH(ntp_time::from_timestamp(5, ntp_time{0xFFFF'FFFF}) == ntp_time::from_era(5, 1));
    // As far away in one direction as in the other: the later one.
    CHECK_BOTH(ntp_time::from_timestamp(0, ntp_time{half}) == era_1);
    CHECK_BOTH(ntp_time::from_timestamp(0, ntp_time{half - 1}) == ntp_time{0});
    CHECK_BOTH(ntp_time::from_timestamp(0x8000'0001, era_1) == ntp_time{half + 1});
    CHECK_BOTH(ntp_time::from_timestamp(0x8000'0000, era_1) == ntp_time::from_era(0x8000'0000, 1));
    // There is nothing before the first era, and nothing after the last one.
    CHECK_BOTH(ntp_time::from_timestamp(0xFFFF'FFFF, ntp_time{0}) == ntp_time{0xFFFF'FFFF});
    CHECK_BOTH(ntp_time::from_timestamp(0, ntp_time{last_64}) ==
               ntp_time::from_era(0, 0xFFFF'FFFF));
}
