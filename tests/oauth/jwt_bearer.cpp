// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/jwt_bearer.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <mcx/oauth/error_code.hpp>

#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::grant_type;
using mcx::oauth::jwt_bearer_request;
using mcx::oauth::parse_form;
using mcx::oauth::token;
using mcx::oauth::write_form;

namespace {

std::string body(std::string_view parameters) {
    return std::string{"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"}.append(
        parameters);
}

error refusal(std::string const& text) {
    return parse_form<jwt_bearer_request>(text).error();
}

}  // namespace

static_assert(mcx::FieldStruct<jwt_bearer_request>);

TEST_CASE("the request of TS 33.180 B.7.4 is read as written, and no fault in it passes") {
    jwt_bearer_request made;
    made.assertion = *token::from("eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
    made.client_id = "mcptt_client";
    made.scope = "3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service";
    CHECK(*write_form(made) ==
          body("&assertion=eyJhbGciOiJFUzI1NiJ9.e30.c2ln&client_id=mcptt_client&scope="
               "3gpp%3Amc%3Aptt_service+3gpp%3Amc%3Aptt_group_management_service"));
    mcx::test::check_form(made);
}

TEST_CASE("an assertion is all that RFC 7523 asks for") {
    auto const read = parse_form<jwt_bearer_request>(body("&assertion=h.p.s"));
    CHECK(read->assertion.view() == "h.p.s");
    CHECK(read->client_id.empty());
    CHECK(read->scope.empty());
    CHECK(*write_form(*read) == body("&assertion=h.p.s"));
    CHECK(refusal(body("")) ==
          error{errc::parameter_missing, 2, static_cast<std::uint32_t>(body("").size())});
    CHECK(refusal(body("&assertion=")).code == errc::parameter_missing);
}

TEST_CASE("the grant type is the one that a token endpoint dispatches on") {
    CHECK(mcx::oauth::grant_type_of(body("&assertion=h.p.s")).value() == grant_type::jwt_bearer);
}

TEST_CASE("no other grant is read as this one") {
    CHECK(refusal("grant_type=authorization_code&assertion=h.p.s") ==
          error{errc::unsupported_grant_type, 1, 0});
    CHECK(refusal("assertion=h.p.s").code == errc::parameter_missing);
}

TEST_CASE("two assertions are refused, and two in one are left to whoever reads the JWT") {
    CHECK(refusal(body("&assertion=h.p.s&assertion=h.p.s")).code == errc::parameter_repeated);
    CHECK(parse_form<jwt_bearer_request>(body("&assertion=h.p.s+h.p.s"))->assertion.view() ==
          "h.p.s h.p.s");
    CHECK(mcx::oauth::answer_to(errc::not_three_parts, grant_type::jwt_bearer)->code() ==
          mcx::oauth::error_code::invalid_grant);
}

TEST_CASE("a malformed scope is refused, a repeated name in it is not") {
    CHECK(refusal(body("&assertion=a&scope=b++c")).where == 4);
    CHECK(refusal(body("&assertion=a&scope=b++c")).code == errc::scope_refused);
    CHECK(refusal(body("&assertion=a&scope=+b")).code == errc::scope_refused);
    CHECK(parse_form<jwt_bearer_request>(body("&assertion=a&scope=b+c+b"))->scope.view() == "b c");
}
