// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/primary_login.hpp>

#include "support/login_world.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// A query at the authorization endpoint of a primary IdMS. Whatever it says, the user's agent is
// sent to where the client is registered, or nowhere; a petition can be granted and refused, and
// the client that has sent the state takes the code. [TS 33.180 B.4.2.2, B.4.2.3]

namespace {

namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

bool goes_back(std::string_view location) {
    return location.starts_with(std::string{test::redirect_a.view()} + '?');
}

/// Lets somebody in who has everything that was asked for.
void check_petition(role::login_petition const& asked, std::string_view query) {
    role::logged_in user;
    user.sub = mcx::subject("alice");
    user.grant.scope = asked.requested();
    user.grant.ids = {mcx::idm::mcptt_id("p"), mcx::idm::mcvideo_id("v"), mcx::idm::mcdata_id("d")};
    test::counted_random random;
    auto const clock = test::clock_at(0);
    auto const issued = asked.let_in(user, mcx::lifetime(std::chrono::minutes{1}), random, clock);
    mcx::contract(issued && goes_back(issued->location) && issued->record.client == asked.client());
    auto const sent = oauth::parse_form<oauth::return_path>(query);
    auto const code =
        oauth::receive_code(oauth::query_of(std::string_view{issued->location}), sent->state, {});
    mcx::contract(code && *code == issued->code);
    user.at = clock.at.plus(
        -(asked.max_age().value_or(std::chrono::seconds{0}) + std::chrono::seconds{1}));
    mcx::contract(
        asked.let_in(user, mcx::lifetime(std::chrono::minutes{1}), random, clock).has_value() ==
        !asked.max_age());
    auto const denied = asked.refuse(mcx::errc::login_required);
    mcx::contract(denied && goes_back(*denied));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static test::login_world const w;
    auto const query = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const asked = w.authorization.receive(query);
    if (asked) {
        check_petition(*asked, query);
        return 0;
    }
    mcx::error const e = asked.error();
    mcx::contract(e.where <= oauth::authentication_request::fields::size && e.offset <= size);
    auto const back = w.authorization.refuse(query, e);
    bool const nowhere =
        e.code == mcx::errc::unknown_client || e.code == mcx::errc::redirect_mismatch;
    mcx::contract(back ? !nowhere && goes_back(*back) : blame_of(back.error()) == mcx::blame::peer);
    return 0;
}
