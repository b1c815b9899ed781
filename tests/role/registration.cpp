// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/registration.hpp>

#include "support/check.hpp"

#include <type_traits>

using mcx::errc;
using mcx::role::check_grant;
using mcx::role::client_method;
using mcx::role::find_registered;
using mcx::role::grant;
using mcx::role::registered_client;
namespace idm = mcx::idm;

namespace {

constexpr registered_client clients[]{{"one", "a b", client_method::none},
                                      {"two", "c", client_method::private_key_jwt}};

grant granting(mcx::oauth::scope const& scope) {
    grant made;
    made.scope = scope;
    return made;
}

}  // namespace

TEST_CASE("a client is registered by its id, octet for octet") {
    CHECK_BOTH(find_registered(clients, "two")->may_have.view() == "c");
    CHECK_BOTH(find_registered(clients, "Two").error() == errc::unknown_client);
    CHECK_BOTH(find_registered(clients, "tw").error() == errc::unknown_client);
    CHECK_BOTH(find_registered(clients, {}).error() == errc::unknown_client);
    CHECK_BOTH(find_registered({}, "one").error() == errc::unknown_client);
}

TEST_CASE("how a client shows who it is has been stated") {
    CHECK_BOTH(find_registered(clients, "two")->by == client_method::private_key_jwt);
    static_assert(!std::is_default_constructible_v<registered_client>);
    static_assert(!std::is_default_constructible_v<mcx::role::stated_method>);
}

TEST_CASE("a grant is something, and within what was requested") {
    CHECK(check_grant(granting("a"), "a b"));
    CHECK(check_grant(granting("b a"), "a b"));
    CHECK(check_grant(granting({}), "a").error() == errc::value_empty);
    CHECK(check_grant(granting("a c"), "a b").error() == errc::scope_not_requested);
}

TEST_CASE("a service is granted with the user's identity for it") {
    mcx::oauth::scope const video{"3gpp:mc:video_service"};
    grant made = granting(video);
    CHECK(check_grant(made, video).error() == errc::identity_not_granted);
    made.ids.mcptt = idm::mcptt_id("a");
    CHECK(check_grant(made, video).error() == errc::identity_not_granted);
    made.ids.mcvideo = idm::mcvideo_id("a");
    CHECK(check_grant(made, video));
    made.scope = "3gpp:mcptt:ptt_server";
    CHECK(check_grant(made, made.scope));
    made.ids.mcptt.reset();
    CHECK(check_grant(made, made.scope).error() == errc::identity_not_granted);
}
