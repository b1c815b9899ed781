// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/date_time.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::instant;
namespace date_time = mcx::kms::date_time;

namespace {

constexpr std::int64_t seconds(std::string_view text) {
    return date_time::parse(text).value().seconds;
}

constexpr bool refused(std::string_view text) {
    return date_time::parse(text).error().code == errc::field_value;
}

constexpr std::string_view good = "2014-01-26T10:07:14+01:30";

}  // namespace

TEST_CASE("a date and time without a zone is in UTC") {
    CHECK_BOTH(seconds("1970-01-01T00:00:00") == 0);
    CHECK_BOTH(seconds("1970-01-01T00:00:00Z") == 0);
    CHECK_BOTH(seconds("2014-01-26T10:07:14") == 1'390'730'834);
    CHECK_BOTH(seconds("\n 2014-01-26T10:07:14Z ") == 1'390'730'834);
}

TEST_CASE("a zone is taken into account") {
    CHECK_BOTH(seconds("2014-01-26T10:07:14+01:30") == 1'390'730'834 - 5400);
    CHECK_BOTH(seconds("2014-01-26T10:07:14-01:30") == 1'390'730'834 + 5400);
    CHECK_BOTH(seconds("2014-01-26T10:07:14+14:00") == 1'390'730'834 - 14 * 3600);
    CHECK_BOTH(seconds("2014-01-26T10:07:14-14:00") == 1'390'730'834 + 14 * 3600);
    CHECK_BOTH(seconds("2014-01-26T10:07:14+00:00") == 1'390'730'834);
    CHECK_BOTH(refused("2014-01-26T10:07:14+14:01"));
    CHECK_BOTH(refused("2014-01-26T10:07:14-15:00"));
    CHECK_BOTH(refused("2014-01-26T10:07:14+01:60"));
    CHECK_BOTH(refused("2014-01-26T10:07:14z"));
    CHECK_BOTH(refused("2014-01-26T10:07:14+0130"));
    CHECK_BOTH(refused("2014-01-26T10:07:14Z+01:00"));
}

TEST_CASE("a fraction of a second is cut off") {
    CHECK_BOTH(seconds("2014-01-26T10:07:14.9") == 1'390'730'834);
    CHECK_BOTH(seconds("2014-01-26T10:07:14.000000000000000000000000000001Z") == 1'390'730'834);
    CHECK_BOTH(seconds("1969-12-31T23:59:59.5+00:00") == -1);
    CHECK_BOTH(refused("2014-01-26T10:07:14."));
    CHECK_BOTH(refused("2014-01-26T10:07:14.Z"));
    CHECK_BOTH(refused("2014-01-26T10:07:14.5."));
    CHECK_BOTH(refused("2014-01-26T10:07:14,5"));
}

TEST_CASE("days exist, leap days in leap years only") {
    CHECK_BOTH(seconds("2000-02-29T00:00:00") == 951'782'400);
    CHECK_BOTH(seconds("2024-02-29T00:00:00") == 1'709'164'800);
    CHECK_BOTH(refused("2023-02-29T00:00:00"));
    CHECK_BOTH(refused("2100-02-29T00:00:00"));
    CHECK_BOTH(refused("2030-02-30T00:00:00"));
    CHECK_BOTH(refused("2030-04-31T00:00:00"));
    CHECK_BOTH(refused("2030-00-01T00:00:00"));
    CHECK_BOTH(refused("2030-13-01T00:00:00"));
    CHECK_BOTH(refused("2030-01-00T00:00:00"));
    CHECK_BOTH(refused("2030-01-32T00:00:00"));
}

TEST_CASE("the day ends at 24:00:00, and the minute has no leap second") {
    CHECK_BOTH(seconds("2014-01-26T24:00:00") == seconds("2014-01-27T00:00:00"));
    CHECK_BOTH(seconds("2014-01-26T24:00:00.0Z") == seconds("2014-01-27T00:00:00"));
    CHECK_BOTH(seconds("2014-01-26T23:59:59") == seconds("2014-01-27T00:00:00") - 1);
    CHECK_BOTH(refused("2014-01-26T24:00:01"));
    CHECK_BOTH(refused("2014-01-26T24:01:00"));
    CHECK_BOTH(refused("2014-01-26T24:00:00.1"));
    CHECK_BOTH(refused("2014-01-26T25:00:00"));
    CHECK_BOTH(refused("2014-01-26T10:60:00"));
    CHECK_BOTH(refused("2016-12-31T23:59:60"));
}

TEST_CASE("a year has four digits, before and after its zone") {
    CHECK_BOTH(seconds("0001-01-01T00:00:00Z") == mcx::detail::date_time_first.seconds);
    CHECK_BOTH(seconds("9999-12-31T23:59:59Z") == instant::max_numeric_date);
    CHECK_BOTH(refused("0000-12-31T00:00:00Z"));
    CHECK_BOTH(refused("10000-01-01T00:00:00Z"));
    CHECK_BOTH(refused("-2014-01-26T10:07:14Z"));
    CHECK_BOTH(refused("+2014-01-26T10:07:14Z"));
    CHECK_BOTH(refused("0001-01-01T00:00:00+00:01"));
    CHECK_BOTH(refused("9999-12-31T23:59:59-00:01"));
    CHECK_BOTH(refused("9999-12-31T24:00:00Z"));
    CHECK_BOTH(seconds("9999-12-31T24:00:00+00:01") == instant::max_numeric_date - 59);
}

TEST_CASE("a text that ends too early is refused") {
    for (std::size_t size = 0; size < good.size(); ++size) {
        CAPTURE(size);
        bool const whole = size == std::string_view{"2014-01-26T10:07:14"}.size();
        CHECK(date_time::parse(good.substr(0, size)).has_value() == whole);
    }
    CHECK(refused(std::string(good) + "0"));
    CHECK(refused("yesterday"));
}

TEST_CASE("any other character in any place is refused") {
    for (std::size_t at = 0; at < good.size(); ++at) {
        CAPTURE(at);
        for (char const c : {'x', ' ', ':', '-', '/', '\0', '\xB0'}) {
            std::string changed{good};
            // The sign of the zone may be another, and the rest may start like a zone.
            if (changed[at] == c || (at == 19 && c == '-')) {
                continue;
            }
            changed[at] = c;
            CHECK(refused(changed));
        }
    }
}

TEST_CASE("a date and time is written in UTC") {
    CHECK_BOTH(date_time::encode({1'390'730'834})->view() == "2014-01-26T10:07:14Z");
    CHECK_BOTH(date_time::encode({-1})->view() == "1969-12-31T23:59:59Z");
    CHECK_BOTH(date_time::encode(mcx::detail::date_time_first)->view() == "0001-01-01T00:00:00Z");
    CHECK_BOTH(date_time::encode({instant::max_numeric_date})->view() == "9999-12-31T23:59:59Z");
    CHECK_BOTH(date_time::encode({instant::max_numeric_date + 1}).error().code ==
               errc::out_of_range);
    CHECK_BOTH(date_time::encode({mcx::detail::date_time_first.seconds - 1}).error().code ==
               errc::out_of_range);
}

TEST_CASE("every day that is written is read again") {
    std::int64_t const day = 86'400;
    for (auto at = mcx::detail::date_time_first.seconds; at <= instant::max_numeric_date;
         at += 97 * day + 3'671) {
        auto const text = date_time::encode({at});
        auto const read = date_time::parse(text->view());
        CHECK(read.has_value());
        CHECK(read->seconds == at);
    }
}
