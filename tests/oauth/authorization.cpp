// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/authorization.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using mcx::errc;
using mcx::error;
using mcx::oauth::acr_values;
using mcx::oauth::authentication_request;
using mcx::oauth::login_scope;
using mcx::oauth::parse_form;
using mcx::oauth::return_path;
using mcx::oauth::scope;
using mcx::oauth::write_form;

namespace {

constexpr authentication_request complete() {
    authentication_request made;
    made.client_id = "mcptt_client";
    made.scope = *login_scope::of("openid 3gpp:mc:ptt_service");
    made.redirect_uri = "http://3gpp.mcptt/cb";
    made.state = "abc 123~";
    made.acr_values = mcx::oauth::acr_password;
    made.code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    made.nonce = "n-0S6";
    made.max_age = "3600";
    made.prompt = "login consent";
    return made;
}

/// A request without one of its parameters, or with another value for it.
std::string changed(std::string_view name, std::string_view value) {
    auto parts = mcx::test::split(*write_form(complete()), '&');
    for (std::string& part : parts) {
        if (part.substr(0, part.find('=')) == name) {
            part = value.empty() ? std::string{} : std::string{name}.append("=").append(value);
        }
    }
    return mcx::test::join(parts, '&');
}

error refusal(std::string_view name, std::string_view value) {
    error const found = parse_form<authentication_request>(changed(name, value)).error();
    CHECK(mcx::field_name<authentication_request>(found.where) == name);
    return found;
}

}  // namespace

TEST_CASE("an authentication request is written in the order of table B.4.2.2-1") {
    CHECK(*write_form(complete()) ==
          "response_type=code&client_id=mcptt_client&scope=openid+3gpp%3Amc%3Aptt_service&"
          "redirect_uri=http%3A%2F%2F3gpp.mcptt%2Fcb&state=abc+123%7E&acr_values=3gpp%3Aacr%3A"
          "password&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"
          "code_challenge_method=S256&nonce=n-0S6&max_age=3600&prompt=login+consent");
}

TEST_CASE("an authentication request is read as written, and no fault in it passes") {
    mcx::test::check_form(complete());
}

TEST_CASE("an authentication request without PKCE is refused") {
    CHECK(refusal("code_challenge", "").code == errc::parameter_missing);
    CHECK(refusal("code_challenge_method", "").code == errc::parameter_missing);
    CHECK(refusal("code_challenge_method", "plain").code == errc::parameter_value);
    CHECK(refusal("code_challenge_method", "s256").code == errc::parameter_value);
    CHECK(refusal("code_challenge", "0x123456789abcdef").code == errc::parameter_value);
}

TEST_CASE("an authentication request asks for a code and for openid") {
    CHECK(refusal("response_type", "token").code == errc::unsupported_response_type);
    CHECK(refusal("response_type", "code+id_token").code == errc::unsupported_response_type);
    CHECK(refusal("response_type", "").code == errc::parameter_missing);
    CHECK(refusal("scope", "3gpp%3Amc%3Aptt_service").code == errc::scope_refused);
    CHECK(refusal("scope", "openidx").code == errc::scope_refused);
    CHECK(refusal("scope", "OpenID").code == errc::scope_refused);
}

TEST_CASE("a login's scope has openid in it") {
    CHECK_BOTH(login_scope::from("a openid b")->scope() == scope("openid a b"));
    CHECK_BOTH(login_scope::of(scope{}).error() == errc::value_character);
    CHECK_BOTH(login_scope::from("a b").error() == errc::value_character);
    CHECK_BOTH(login_scope::from("openid ").error() == errc::value_empty);
    CHECK_BOTH(login_scope{}.empty());
}

TEST_CASE("the ways to authenticate a user are words with one space between") {
    CHECK_BOTH(mcx::oauth::acr_password.view() == "3gpp:acr:password");
    CHECK_BOTH(acr_values::check("a b") == errc::none);
    CHECK_BOTH(acr_values::check("a  b") == errc::value_empty);
    CHECK_BOTH(acr_values::check("") == errc::value_empty);
    CHECK_BOTH(acr_values::check("a\"") == errc::value_character);
}

TEST_CASE("the age of a login is a number of seconds, written in one way") {
    using mcx::oauth::max_age;
    CHECK_BOTH(mcx::oauth::seconds_of(max_age("0")) == 0s);
    CHECK_BOTH(mcx::oauth::seconds_of(max_age("999999999")) == 999'999'999s);
    CHECK_BOTH(!mcx::oauth::seconds_of(max_age{}));
    for (std::string_view const wrong : {"-1", "01", "1.0", "1e3", " 1", "x"}) {
        CHECK(max_age::check(wrong) == errc::value_character);
        CHECK(refusal("max_age", wrong).code == errc::parameter_value);
    }
    CHECK(refusal("max_age", "1000000000").code == errc::parameter_value);
    CHECK_BOTH(mcx::oauth::max_age_of(0s)->view() == "0");
    CHECK_BOTH(mcx::oauth::max_age_of(3600s)->view() == "3600");
    CHECK_BOTH(mcx::oauth::max_age_of(999'999'999s)->view() == "999999999");
    CHECK_BOTH(mcx::oauth::max_age_of(1'000'000'000s).error() == errc::out_of_range);
    CHECK_BOTH(mcx::oauth::max_age_of(-1s).error() == errc::out_of_range);
}

TEST_CASE("what the user is asked are words, and `none` is no word among others") {
    using mcx::oauth::prompt;
    CHECK_BOTH(mcx::oauth::asks_for(prompt("login create"), "create"));
    CHECK_BOTH(!mcx::oauth::asks_for(prompt("login"), "none"));
    CHECK_BOTH(!mcx::oauth::asks_for(prompt{}, "login"));
    CHECK_BOTH(prompt::check("none") == errc::none);
    CHECK_BOTH(prompt::check("login none") == errc::value_character);
    CHECK_BOTH(prompt::check("login  consent") == errc::value_empty);
    CHECK(refusal("prompt", "none+login").code == errc::parameter_value);
}

TEST_CASE("states and nonces are visible characters") {
    CHECK_BOTH(mcx::oauth::state::check(" x~") == errc::none);
    CHECK_BOTH(mcx::oauth::state::check("") == errc::value_empty);
    CHECK_BOTH(mcx::oauth::state::check("\x01") == errc::value_character);
    CHECK_BOTH(mcx::oauth::nonce::check("\xC3\xA9") == errc::value_character);
}

TEST_CASE("the way back is read from a request that is refused for anything else") {
    return_path made;
    made.client_id = "mcptt_client";
    made.redirect_uri = "http://3gpp.mcptt/cb";
    made.state = "abc 123~";
    mcx::test::check_form(made);
    for (auto const& body : {changed("scope", ""), changed("response_type", "token"),
                             changed("code_challenge", "x"), changed("state", "abc+123~")}) {
        CHECK(parse_form<return_path>(body).value() == made);
    }
    CHECK(parse_form<return_path>(changed("redirect_uri", "javascript%3Ax")).error().code ==
          errc::parameter_value);
    CHECK(parse_form<return_path>(changed("client_id", "")).error().code ==
          errc::parameter_missing);
    CHECK(parse_form<return_path>(changed("state", ""))->state.empty());
}
