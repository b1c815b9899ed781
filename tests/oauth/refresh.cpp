// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/refresh.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

using mcx::errc;
using mcx::oauth::parse_form;
using mcx::oauth::refresh_request;
using mcx::oauth::write_form;

namespace {

refresh_request complete() {
    refresh_request made;
    made.refresh_token = *mcx::oauth::token::from("tGzv3JOkF0XG5Qx2TlKWIA");
    made.scope = "openid 3gpp:mc:ptt_service";
    made.client_id = "mcptt_client";
    return made;
}

}  // namespace

TEST_CASE("the request of TS 33.180 B.5 is read as written, and no fault in it passes") {
    CHECK(*write_form(complete()) ==
          "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&"
          "scope=openid+3gpp%3Amc%3Aptt_service&client_id=mcptt_client");
    mcx::test::check_form(complete());
}

TEST_CASE("a refresh token is all that a refresh needs") {
    auto const read = parse_form<refresh_request>("grant_type=refresh_token&refresh_token=x");
    CHECK(read->refresh_token.view() == "x");
    CHECK(read->scope.empty());
    CHECK(read->client_id.empty());
    CHECK(parse_form<refresh_request>("grant_type=refresh_token&refresh_token=").error().code ==
          errc::parameter_missing);
}

TEST_CASE("the grant type is the one that a token endpoint dispatches on") {
    CHECK(mcx::oauth::grant_type_of(*write_form(complete())).value() ==
          mcx::oauth::grant_type::refresh_token);
}
