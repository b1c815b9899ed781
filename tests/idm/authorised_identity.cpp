// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/authorised_identity.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <chrono>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::idm::access_token;
using mcx::idm::access_token_profile;
using mcx::idm::authorised_identity;
using mcx::idm::mcptt_id;
using mcx::idm::mcvideo_id;
using mcx::idm::privileged_signal;
namespace actions = mcx::idm::actions;
namespace test = mcx::test;

namespace {

template <class Id>
auto identity_in(access_token const& claims) {
    return authorised_identity<Id>::of(*test::accepted_by<access_token_profile>(
        test::mc_server, test::issued<access_token_profile>(claims)));
}

mcptt_id const bob{"sip:bob@mcptt.home.example"};

}  // namespace

// Neither comes from text, nor from the claims of a token that somebody only read.
static_assert(!std::is_constructible_v<authorised_identity<mcptt_id>, std::string_view>);
static_assert(!std::is_constructible_v<authorised_identity<mcptt_id>, mcptt_id>);
static_assert(!std::is_constructible_v<authorised_identity<mcptt_id>, access_token>);
static_assert(!std::is_default_constructible_v<authorised_identity<mcptt_id>>);
static_assert(!std::is_constructible_v<privileged_signal<mcptt_id>, mcptt_id, mcptt_id>);
static_assert(!std::is_default_constructible_v<privileged_signal<mcptt_id>>);

TEST_CASE("an authorised identity is the one in the token, with its scopes and its time") {
    auto const alice = identity_in<mcptt_id>(test::sample_access_token());
    CHECK(alice);
    CHECK(alice->id().view() == "sip:alice@mcptt.home.example");
    CHECK(alice->scope().view() == "openid 3gpp:mc:ptt_service");
    CHECK(alice->client().view() == test::mc_client);
    CHECK(alice->until() == test::sample_access_token().exp);
    CHECK(identity_in<mcvideo_id>(test::sample_access_token()).error() == errc::identity_mismatch);
}

TEST_CASE("a privileged signal is an authorised identity's, to a target, for a named action") {
    auto const alice = identity_in<mcptt_id>(test::sample_access_token());
    auto const signal =
        privileged_signal<mcptt_id>::to(*alice, bob, actions::ambient_listening, test::noon);
    CHECK(signal);
    CHECK(signal->by() == *alice);
    CHECK(signal->target() == bob);
    CHECK(signal->action().name() == "ambient listening");
    CHECK(signal->action() == actions::ambient_listening);
    CHECK_FALSE(signal->action() == actions::remotely_initiated_call);
}

TEST_CASE("who lacks the scope, has no target or is past the time signals nothing") {
    auto const signal = [](access_token const& claims, mcptt_id const& target,
                           mcx::fixed_clock clock) {
        return privileged_signal<mcptt_id>::to(*identity_in<mcptt_id>(claims), target,
                                               actions::ambient_listening, clock)
            .error();
    };
    access_token claims = test::sample_access_token();
    CHECK(signal(claims, bob, test::noon) == errc::none);
    CHECK(signal(claims, {}, test::noon) == errc::value_empty);
    CHECK(signal(claims, bob, {claims.exp}) == errc::expired);
    claims.scope = "openid 3gpp:mc:ptt_group_management_service";
    CHECK(signal(claims, bob, test::noon) == errc::insufficient_scope);
    claims.scope = "3gpp:mcptt:ptt_server";
    CHECK(signal(claims, bob, test::noon) == errc::none);
}

TEST_CASE("the actions of a service take its scope") {
    CHECK_BOTH(actions::remotely_initiated_call.needs().view() == "3gpp:mc:ptt_service");
    CHECK_BOTH(actions::group_selection.needs().view() == "3gpp:mc:ptt_service");
    CHECK_BOTH(actions::ambient_viewing.needs().view() == "3gpp:mc:video_service");
    CHECK_BOTH(actions::remotely_initiated_video.name() == "remotely initiated video");
}
