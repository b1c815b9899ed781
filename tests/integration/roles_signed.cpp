// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/world.hpp"
#include "support/world_checks.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

// The four roles against each other with real keys and signatures: the whole flow, and that what a
// server did not sign itself is worth nothing.

using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::rs256;
using mcx::test::clock_at;
using mcx::test::traveller;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace test = mcx::test;

namespace {

template <class B, class A>
mcx::signing_key<A, B> new_key(auto& random, std::string_view id) {
    return test::certain(
        mcx::signing_key<A, B>::generate(random, test::certain(mcx::key_id::from(id))));
}

/// Three domains whose keys have just been made.
template <class B_, class R, class AlgorithmA, class AlgorithmB, class AlgorithmC>
struct party {
    using B = B_;
    using world = test::world<B, AlgorithmA, AlgorithmB, AlgorithmC>;

    R random;
    world w{new_key<B, AlgorithmA>(random, "a-1"), new_key<B, AlgorithmB>(random, "b-1"),
            new_key<B, AlgorithmC>(random, "c-1")};
};

using mixed = mcx::first_of<mcx::sodium, mcx::botan>;

/// The token with one bit of one of its parts turned; the text stays canonical base64url.
std::string turned(std::string_view token, std::size_t part) {
    auto const parts = test::certain(mcx::jws::split(token, mcx::oauth::token::max_size));
    std::array<std::string, 3> texts{test::decoded_part(parts.header),
                                     test::decoded_part(parts.payload),
                                     test::decoded_part(parts.signature)};
    char& last = texts[part][texts[part].size() / 2];
    last = static_cast<char>(last ^ 1);
    return test::base64url_text(texts[0]) + "." + test::base64url_text(texts[1]) + "." +
           test::base64url_text(texts[2]);
}

}  // namespace

#define PARTIES                                                     \
    party<mixed, mcx::botan::random, es256, eddsa, rs256>,          \
        party<mcx::botan, mcx::botan::random, eddsa, es256, es256>, \
        party<mcx::sodium, mcx::sodium::random, eddsa, eddsa, eddsa>

TEST_CASE_TEMPLATE("a user gets into two domains with real signatures", P, PARTIES) {
    P parties;
    auto& w = parties.w;
    traveller who;
    for (int i = 0; i < 3; ++i) {
        auto const clock = clock_at(i);
        who.how = i == 0 ? idm::relation::group : idm::relation::migration;
        auto const home = w.logged_in(who, parties.random, clock);
        test::journey to_b{w.a, w.b, who};
        test::journey to_c{w.a, w.c, who};
        CHECK((home && to_b.sets_out(*home, clock) && to_c.sets_out(*home, clock)));
        CHECK((to_c.gets_vouched_for(parties.random, clock) &&
               to_b.gets_vouched_for(parties.random, clock)));
        CHECK((to_b.gets_in(parties.random, clock) && to_c.gets_in(parties.random, clock)));
        CHECK((to_b.is_served(clock) && to_c.is_served(clock)));
        CHECK(to_b.fault == "");
        CHECK(to_c.fault == "");
        CHECK(to_b.comes_again(clock) == errc::replayed);
        CHECK(to_c.comes_again(clock) == errc::replayed);
    }
}

TEST_CASE_TEMPLATE("every token that is shown where it does not belong is refused", P, PARTIES) {
    P parties;
    test::check_swaps(parties.w, parties.random);
}

TEST_CASE_TEMPLATE("what one server says or proves is worth nothing to another", P, PARTIES) {
    P parties;
    test::check_foreign_answers(parties.w, parties.random);
}

TEST_CASE_TEMPLATE("a token with one bit turned, or signed under another's key id, is refused", P,
                   PARTIES) {
    P parties;
    auto& w = parties.w;
    auto const clock = clock_at(0);
    traveller const who;
    using profile = idm::security_token_profile;
    auto const claims = test::claims_for_b(test::domain_a.iss, clock);
    auto const at_b = [&](std::string_view token) {
        return w.b.admission(test::bearer_grant_of(token).form(), clock).error().code;
    };
    std::string const good = w.a.template issued<profile>(claims, parties.random);
    CHECK(at_b(good) == errc::none);
    CHECK(at_b(turned(good, 2)) == errc::signature);

    std::string const access = w.access_token(who, parties.random, clock);
    CHECK(w.a.exchange(test::exchange_of(access).form(), clock));
    CHECK(w.a.exchange(test::exchange_of(turned(access, 1)).form(), clock).error() ==
          errc::signature);
    CHECK(w.a.exchange(test::exchange_of(turned(access, 2)).form(), clock).error() ==
          errc::signature);
    CHECK(w.a.request("Bearer " + turned(access, 1), clock).error() == errc::signature);
    CHECK(w.a.request("Bearer " + turned(access, 2), clock).error() == errc::signature);

    // A key that somebody made and gave the name of A's.
    using algorithm = typename std::remove_cvref_t<decltype(w.a.key)>::algorithm;
    auto const forger = new_key<typename P::B, algorithm>(parties.random, "a-1");
    auto const forged = jwt::issue<profile>(claims, forger, parties.random);
    CHECK(at_b(*forged) == errc::signature);
}
