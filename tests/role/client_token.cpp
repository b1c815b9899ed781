// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/client_token.hpp>

#include "support/check.hpp"
#include "support/parties.hpp"

#include <chrono>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::test::clock_at;
namespace client = mcx::role::client;
namespace oauth = mcx::oauth;

namespace {

mcx::mc::group_server_info profile() {
    return *mcx::mc::group_server_info::from("gms.b.example", "https://idms.b.example/token",
                                             "kms.b.example");
}

}  // namespace

static_assert(!std::is_default_constructible_v<client::dated_token>);
static_assert(!std::is_constructible_v<client::dated_token, oauth::token, mcx::instant>);
// A security domain is no partner, and its KMS no IdMS.
static_assert(!std::is_constructible_v<client::partner, mcx::kms::kms_uri>);

TEST_CASE("a partner is the one that the user profile names") {
    auto const named = client::partner::named_by(profile(), "visitor");
    CHECK(named);
    CHECK(named->address.view() == "https://idms.b.example/token");
    CHECK(named->token_endpoint.view() == "https://idms.b.example/token");
    CHECK(named->client_id.view() == "visitor");
    auto const told = client::partner::named_by(profile(), "visitor", "https://idms.b.example");
    CHECK(told->address.view() == "https://idms.b.example");
    CHECK_FALSE(*told == *named);
}

TEST_CASE("a partner with whom the client is not registered is none") {
    CHECK(client::partner::named_by(profile(), {}).error() == errc::value_empty);
    CHECK(client::partner::named_by({}, "visitor").error() == errc::value_empty);
}

TEST_CASE("a token is usable until the second before its end") {
    oauth::token_response response;
    response.access_token = *oauth::token::from("t");
    CHECK(client::dated_token::from(response, clock_at(0)).error() ==
          error{errc::member_missing, oauth::token_response::fields::number_of("expires_in")});
    response.expires_in = *oauth::seconds_left::from(std::chrono::seconds{10});
    auto const token = client::dated_token::from(response, clock_at(5));
    CHECK(token->expires() == clock_at(15).at);
    CHECK(token->usable(clock_at(14))->view() == "t");
    CHECK(token->usable(clock_at(15)).error() == errc::token_expired_here);
}
