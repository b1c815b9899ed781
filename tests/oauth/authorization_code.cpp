// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/authorization_code.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::oauth::access_token_request;
using mcx::oauth::code_verifier;
using mcx::oauth::parse_form;
using mcx::oauth::write_form;

namespace {

access_token_request complete() {
    access_token_request made;
    made.code = "SplxlOBeZQQYbYS6WxSbIA";
    made.client_id = "mcptt_client";
    made.redirect_uri = "http://3gpp.mcptt/cb";
    made.code_verifier = *code_verifier::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    return made;
}

}  // namespace

TEST_CASE("the request of TS 33.180 B.4.2.4 is read as written, and no fault in it passes") {
    CHECK(*write_form(complete()) ==
          "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&client_id=mcptt_client&"
          "redirect_uri=http%3A%2F%2F3gpp.mcptt%2Fcb&"
          "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    mcx::test::check_form(complete());
}

TEST_CASE("the grant type is the one that a token endpoint dispatches on") {
    CHECK(mcx::oauth::grant_type_of(*write_form(complete())).value() ==
          mcx::oauth::grant_type::authorization_code);
}

TEST_CASE("a code is not redeemed without a verifier") {
    std::string body = *write_form(complete());
    body.resize(body.find("&code_verifier"));
    CHECK(parse_form<access_token_request>(body).error().code == errc::parameter_missing);
    CHECK(parse_form<access_token_request>(body + "&code_verifier=x").error().code ==
          errc::parameter_value);
}
