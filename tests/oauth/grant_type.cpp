// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/grant_type.hpp>

#include "support/check.hpp"

#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::grant_type;
using mcx::oauth::grant_type_of;

namespace {

constexpr error refusal(std::string_view body) {
    return grant_type_of(body).error();
}

}  // namespace

TEST_CASE("the grant of a request is found wherever it stands") {
    CHECK_BOTH(grant_type_of("grant_type=authorization_code&code=x").value() ==
               grant_type::authorization_code);
    CHECK_BOTH(grant_type_of("refresh_token=x&grant_type=refresh_token").value() ==
               grant_type::refresh_token);
    CHECK_BOTH(grant_type_of("a=b&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3A"
                             "token-exchange&c=d")
                   .value() == grant_type::token_exchange);
    CHECK_BOTH(grant_type_of("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer").value() ==
               grant_type::jwt_bearer);
    CHECK_BOTH(grant_type_of("gr%61nt%5Ftype=refresh%5Ftoken").value() ==
               grant_type::refresh_token);
}

TEST_CASE("every grant is found by its name") {
    for (auto const type : {grant_type::authorization_code, grant_type::refresh_token,
                            grant_type::token_exchange, grant_type::jwt_bearer}) {
        CHECK(grant_type_of("grant_type=" + std::string{name_of(type)}).value() == type);
    }
}

TEST_CASE("a grant that nobody knows is refused, however near its name comes") {
    CHECK_BOTH(refusal("grant_type=password") == error{errc::unsupported_grant_type, 1, 0});
    CHECK_BOTH(refusal("x=y&grant_type=client_credentials") ==
               error{errc::unsupported_grant_type, 1, 4});
    CHECK_BOTH(refusal("grant_type=Refresh_token").code == errc::unsupported_grant_type);
    CHECK_BOTH(refusal("grant_type=refresh_token+").code == errc::unsupported_grant_type);
    CHECK_BOTH(refusal("grant_type=refresh_token%00").code == errc::unsupported_grant_type);
    CHECK_BOTH(refusal("grant_type=URN:IETF:PARAMS:OAUTH:GRANT-TYPE:TOKEN-EXCHANGE").code ==
               errc::unsupported_grant_type);
}

TEST_CASE("a request without a grant type is refused") {
    CHECK_BOTH(refusal("") == error{errc::parameter_missing, 1, 0});
    CHECK_BOTH(refusal("subject_token=x") == error{errc::parameter_missing, 1, 15});
    CHECK_BOTH(refusal("Grant_type=refresh_token").code == errc::parameter_missing);
    CHECK_BOTH(refusal("grant_type=").code == errc::parameter_missing);
    CHECK_BOTH(refusal("grant_type").code == errc::parameter_missing);
}

TEST_CASE("a request with two grant types is refused, even where they agree") {
    CHECK_BOTH(refusal("grant_type=refresh_token&grant_type=refresh_token") ==
               error{errc::parameter_repeated, 1, 25});
    CHECK_BOTH(refusal("grant_type=password&a=b&gr%61nt_type=refresh_token") ==
               error{errc::parameter_repeated, 1, 24});
    CHECK_BOTH(grant_type_of("grant_type=&grant_type=refresh_token").value() ==
               grant_type::refresh_token);
}

TEST_CASE("a body that is no form is refused before its grant counts") {
    CHECK_BOTH(refusal("grant_type=refresh_token&a=%G1") == error{errc::form_percent, 0, 27});
    CHECK_BOTH(refusal("grant_type=refresh_token&a=%FF") == error{errc::form_character, 0, 27});
    std::string many = "grant_type=refresh_token";
    for (int i = 0; i < 32; ++i) {
        many += "&a=b";
    }
    CHECK(refusal(many).code == errc::form_parameters);
}

TEST_CASE("a body of more than 64 KiB is not looked at") {
    std::string body = "grant_type=refresh_token&a=";
    body.resize(65536, 'a');
    CHECK(grant_type_of(body));
    body += '%';
    CHECK(refusal(body) == error{errc::message_too_long});
}
