// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/mutation.hpp"
#include "support/world.hpp"
#include "support/world_checks.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

// The four roles against each other in one process, under a clock that the test turns, for users,
// clients and scopes of every sort. The backend believes every signature: what keeps things apart
// here is all that is not a signature. The same with real signatures is in roles_signed.cpp.

using mcx::errc;
using mcx::error;
using mcx::idm::relation;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::numbers;
using mcx::test::traveller;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

namespace {

using world = test::mock_world<credulous>;

/// A random source that does not come round within a test.
struct seeded_random {
    numbers from{7};

    bool fill(mcx::byte_span out) noexcept {
        for (std::byte& octet : out) {
            octet = static_cast<std::byte>(from.below(256));
        }
        return true;
    }
};

/// Text of 1 to `most` octets, of these characters.
template <std::size_t N>
std::string text_of(std::array<std::string_view, N> const& characters, std::size_t most,
                    numbers& random) {
    std::string made{characters[random.below(N)]};
    for (std::size_t n = random.below(most); n > 0; --n) {
        std::string_view const next = characters[random.below(N)];
        if (made.size() + next.size() <= most) {
            made += next;
        }
    }
    return made;
}

constexpr std::array<std::string_view, 16> any_characters{
    "a", "Z", "0", " ",      "\"",     "\\",         "/", "%",
    "&", "=", "+", "\u00e9", "\u20ac", "\U0001F600", "'", "@"};
constexpr std::array<std::string_view, 12> visible_characters{"a", "Z", "0", " ", "\"", "\\",
                                                              "/", "%", "&", "=", "+",  "~"};

constexpr std::string_view scope_tokens[]{"3gpp:mc:ptt_service",
                                          "3gpp:mc:ptt_group_management_service",
                                          "3gpp:mc:video_service",
                                          "3gpp:mc:data_service",
                                          "3gpp:mc:location_management_service",
                                          "3gpp:mcptt:ptt_server",
                                          "3gpp:mc:ptt_key_management_service",
                                          "openid",
                                          "%20&=+",
                                          "x"};

/// Some of these scope tokens, one at least.
oauth::scope some_of(auto const& tokens, numbers& random) {
    oauth::scope made;
    oauth::scope first;
    for (std::string_view const token : tokens) {
        auto const name = *oauth::scope_token::from(token);
        if (first.empty()) {
            (void)first.add(name);
        }
        if (random.below(2) == 0) {
            (void)made.add(name);
        }
    }
    return made.empty() ? first : made;
}

traveller somebody(numbers& random) {
    traveller who;
    who.home_name = *mcx::subject::from(text_of(any_characters, 255, random));
    who.home_client = *oauth::client_id::from(text_of(visible_characters, 100, random));
    who.client_there = *oauth::client_id::from(text_of(visible_characters, 100, random));
    who.wanted = some_of(scope_tokens, random);
    who.granted = {};
    who.granted.scope = some_of(who.wanted, random);
    for (std::string_view const token : who.granted.scope) {
        auto const service = idm::service_of(token);
        std::string const id = text_of(any_characters, 100, random);
        if (service == idm::service::mcptt) {
            who.granted.ids.mcptt = *idm::mcptt_id::from(id);
        } else if (service == idm::service::mcvideo) {
            who.granted.ids.mcvideo = *idm::mcvideo_id::from(id);
        } else if (service == idm::service::mcdata) {
            who.granted.ids.mcdata = *idm::mcdata_id::from(id);
        }
    }
    if (random.below(2) == 0) {
        who.granted.as = *mcx::subject::from(text_of(any_characters, 100, random));
    }
    who.how = random.below(2) == 0 ? relation::group : relation::migration;
    return who;
}

/// How the steps of journeys to two partners follow each other.
enum class order { b_first, c_first, in_turn };

bool travels(auto& way, role::client::home const& home, seeded_random& random,
             mcx::fixed_clock clock) {
    return way.sets_out(home, clock) && way.gets_vouched_for(random, clock) &&
           way.gets_in(random, clock) && way.is_served(clock);
}

bool both_travel(auto& to_b, auto& to_c, order how, role::client::home const& home,
                 seeded_random& random, mcx::fixed_clock clock) {
    switch (how) {
        case order::b_first:
            return travels(to_b, home, random, clock) && travels(to_c, home, random, clock);
        case order::c_first:
            return travels(to_c, home, random, clock) && travels(to_b, home, random, clock);
        case order::in_turn:
            break;
    }
    return to_b.sets_out(home, clock) && to_c.sets_out(home, clock) &&
           to_c.gets_vouched_for(random, clock) && to_b.gets_vouched_for(random, clock) &&
           to_b.gets_in(random, clock) && to_c.gets_in(random, clock) && to_c.is_served(clock) &&
           to_b.is_served(clock) && to_c.is_served(clock);
}

}  // namespace

TEST_CASE("a thousand users of every sort get into two domains, in every order of the steps") {
    world w;
    seeded_random octets;
    numbers random{2024};
    for (int i = 0; i < 1000; ++i) {
        CAPTURE(i);
        auto const clock = clock_at(i);
        traveller const who = somebody(random);
        auto const home = w.logged_in(who, octets, clock);
        CHECK(home);
        if (!home) {
            return;
        }
        test::journey to_b{w.a, w.b, who};
        test::journey to_c{w.a, w.c, who};
        auto const how = static_cast<order>(i % 3);
        CHECK(both_travel(to_b, to_c, how, *home, octets, clock));
        CHECK(to_b.fault == "");
        CHECK(to_c.fault == "");
        CHECK(to_b.comes_again(clock) == errc::replayed);
        CHECK(to_c.comes_again(clock) == errc::replayed);
    }
    CHECK(w.b.used.used.size() == 1000);
    CHECK(w.c.used.used.size() == 1000);
    CHECK(w.a.used.used.empty());
}

TEST_CASE("every token that is shown where it does not belong is refused with its code") {
    world w;
    seeded_random random;
    test::check_swaps(w, random);
}

TEST_CASE("what one server says or proves is worth nothing to another") {
    world w;
    seeded_random random;
    test::check_foreign_answers(w, random);
}

TEST_CASE("a flow stops where its tokens expire, and goes on from the step before") {
    world w;
    seeded_random random;
    traveller const who;
    auto const home = w.logged_in(who, random, clock_at(0));
    test::journey way{w.a, w.b, who};
    CHECK(way.sets_out(*home, clock_at(0)));
    CHECK(way.gets_vouched_for(random, clock_at(1)));
    CHECK_FALSE(way.gets_in(random, clock_at(601)));
    CHECK(way.fault == "request token_expired_here");
    CHECK(way.gets_vouched_for(random, clock_at(602)));
    CHECK(way.gets_in(random, clock_at(1201)));
    CHECK(way.is_served(clock_at(3000)));
    CHECK_FALSE(way.is_served(clock_at(3001)));
    CHECK(way.fault == "bearer token_expired_here");
    CHECK_FALSE(way.gets_vouched_for(random, clock_at(3600)));
    CHECK(way.fault == "exchange token_expired_here");
    CHECK_FALSE(way.sets_out(*home, clock_at(3600)));
}
