// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/time.hpp>

#include "support/check.hpp"

#include <chrono>
#include <cstdint>
#include <type_traits>

using mcx::errc;
using mcx::instant;
using mcx::leeway;
using mcx::lifetime;
using namespace std::chrono_literals;

namespace {

constexpr errc leeway_refusal(std::chrono::seconds s) {
    return leeway::from(s).error().code;
}

constexpr errc lifetime_refusal(std::chrono::seconds s) {
    return lifetime::from(s).error().code;
}

constexpr bool stands_still() {
    mcx::fixed_clock const clock{{1'000}};
    return clock.now() == instant{1'000} && clock.now() == clock.now();
}

struct says_no_instant {
    [[nodiscard]] std::int64_t now() const { return 0; }
};

}  // namespace

static_assert(mcx::Clock<mcx::fixed_clock> && mcx::Clock<mcx::system_clock>);
static_assert(!mcx::Clock<says_no_instant> && !mcx::Clock<std::chrono::system_clock>);
static_assert(!std::is_default_constructible_v<lifetime>, "there is none that suits all");

TEST_CASE("instant knows which seconds are a NumericDate") {
    CHECK_BOTH(instant{0}.is_numeric_date());
    CHECK_BOTH(instant{253'402'300'799}.is_numeric_date());
    CHECK_BOTH(!instant{253'402'300'800}.is_numeric_date());
    CHECK_BOTH(!instant{-1}.is_numeric_date());
}

TEST_CASE("instant moves both ways") {
    CHECK_BOTH(instant{100}.plus(30s) == instant{130});
    CHECK_BOTH(instant{100}.plus(-130s) == instant{-30});
    CHECK_BOTH(instant{100}.plus(0s) == instant{100});
}

TEST_CASE("instant stays at the ends of its range") {
    CHECK_BOTH(instant{INT64_MAX}.plus(1s) == instant{INT64_MAX});
    CHECK_BOTH(instant{INT64_MAX - 1}.plus(1s) == instant{INT64_MAX});
    CHECK_BOTH(instant{1}.plus(std::chrono::seconds::max()) == instant{INT64_MAX});
    CHECK_BOTH(instant{INT64_MIN}.plus(-1s) == instant{INT64_MIN});
    CHECK_BOTH(instant{-2}.plus(std::chrono::seconds::min()) == instant{INT64_MIN});
    CHECK_BOTH(instant{INT64_MIN}.plus(std::chrono::seconds::max()) == instant{-1});
}

TEST_CASE("instants are ordered by time") {
    CHECK_BOTH(instant{1} < instant{2});
    CHECK_BOTH(instant{-1} < instant{0});
    CHECK_BOTH(instant{2} >= instant{2});
}

TEST_CASE("leeway is at most 30 seconds and not negative") {
    CHECK_BOTH(leeway{}.value() == 0s);
    CHECK_BOTH(leeway{30s}.value() == 30s);
    CHECK_BOTH(leeway::from(0s)->value() == 0s);
    CHECK_BOTH(leeway::from(30s)->value() == 30s);
    CHECK_BOTH(leeway_refusal(31s) == errc::out_of_range);
    CHECK_BOTH(leeway_refusal(-1s) == errc::out_of_range);
    CHECK_BOTH(leeway_refusal(std::chrono::seconds::min()) == errc::out_of_range);
}

TEST_CASE("lifetime is between a second and a year") {
    CHECK_BOTH(lifetime{10min}.value() == 600s);
    CHECK_BOTH(lifetime::from(1s)->value() == 1s);
    CHECK_BOTH(lifetime::from(366 * 24h)->value() == 31'622'400s);
    CHECK_BOTH(lifetime_refusal(366 * 24h + 1s) == errc::out_of_range);
    CHECK_BOTH(lifetime_refusal(0s) == errc::out_of_range);
    CHECK_BOTH(lifetime_refusal(-1s) == errc::out_of_range);
    CHECK_BOTH(lifetime_refusal(std::chrono::seconds::max()) == errc::out_of_range);
}

TEST_CASE("a period has both its ends in it, and is always where nothing is said") {
    constexpr mcx::period some{{10}, {20}};
    CHECK_BOTH(some.covers(instant{10}) && some.covers(instant{20}));
    CHECK_BOTH(!some.covers(instant{9}) && !some.covers(instant{21}));
    CHECK_BOTH(mcx::period{}.covers(instant{INT64_MIN}));
    CHECK_BOTH(mcx::period{}.covers(instant{INT64_MAX}));
}

TEST_CASE("fixed_clock stands still") {
    CHECK_BOTH(stands_still());
}

TEST_CASE("system_clock says the whole seconds of the system's clock") {
    auto const seconds = [] {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::floor<std::chrono::seconds>(since).count();
    };
    auto const before = seconds();
    instant const now = mcx::system_clock{}.now();
    CHECK(before <= now.seconds);
    CHECK(now.seconds <= seconds());
    CHECK(now.is_numeric_date());
}
