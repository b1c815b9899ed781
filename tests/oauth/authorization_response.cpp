// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/authorization_response.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::oauth::answer_to;
using mcx::oauth::authentication_error;
using mcx::oauth::authentication_response;
using mcx::oauth::authorization_code;
using mcx::oauth::error_code;
using mcx::oauth::parse_form;
using mcx::oauth::receive_code;
using mcx::oauth::return_path;
using mcx::oauth::state;
using mcx::oauth::write_form;

namespace {

constexpr std::string_view issuer = "https://idms.a.example";
constexpr state sent{"xyz"};

constexpr return_path path{"mcptt_client", "https://c.example/cb", "x=y"};

error refusal(std::string_view query) {
    return receive_code(query, sent, issuer).error();
}

std::string_view code_for(errc code) {
    auto const made = answer_to(error{code, 3, 4}, path);
    return made ? name_of(made->code()) : std::string_view{};
}

}  // namespace

TEST_CASE("an authentication response is read as written, and no fault in it passes") {
    authentication_response made;
    made.code = "SplxlOBeZQQYbYS6WxSbIA";
    made.state = "abc 123~";
    made.iss = "https://idms.a.example";
    CHECK(*write_form(made) ==
          "code=SplxlOBeZQQYbYS6WxSbIA&state=abc+123%7E&iss=https%3A%2F%2Fidms.a.example");
    mcx::test::check_form(made);
}

TEST_CASE("an authentication error is read as written, and no fault in it passes") {
    authentication_error made;
    made.error = "access_denied";
    made.description = "not now";
    made.uri = "https://e.example/e";
    made.state = "xyz";
    made.iss = "https://idms.a.example";
    CHECK(made.code() == error_code::access_denied);
    mcx::test::check_form(made);
}

TEST_CASE("a client takes the code that answers its request") {
    CHECK(receive_code("code=c%7E&state=xyz", sent, issuer)->view() == "c~");
    CHECK(receive_code("x=1&state=xyz&session=2&code=c", sent, issuer)->view() == "c");
    CHECK(receive_code("code=c&state=xyz&iss=https%3A%2F%2Fidms.a.example", sent, issuer));
}

TEST_CASE("a response with another state, or none, is no answer and gets none") {
    for (std::string_view const query :
         {"code=c&state=xyZ", "code=c&state=xy", "code=c&state=xyzz", "code=c", "code=c&state=", "",
          "error=access_denied&state=abc", "error=access_denied"}) {
        CAPTURE(query);
        CHECK(refusal(query) == error{errc::state_mismatch, 2});
    }
    CHECK(receive_code("code=c&state=", state{}, issuer).error().code == errc::state_mismatch);
    CHECK(receive_code("code=c", state{}, issuer).error().code == errc::state_mismatch);
    CHECK(answer_to(errc::state_mismatch).error() == errc::no_such_answer);
    CHECK(answer_to(errc::state_mismatch, path).error() == errc::no_such_answer);
}

TEST_CASE("a response of another server is refused") {
    CHECK(refusal("code=c&state=xyz&iss=https%3A%2F%2Fidms.b.example") ==
          error{errc::issuer_mismatch, 3});
    CHECK(refusal("code=c&state=xyz&iss=https%3A%2F%2Fidms.a.example%2F").code ==
          errc::issuer_mismatch);
    CHECK(refusal("error=x&state=xyz&iss=https%3A%2F%2Fidms.b.example").code ==
          errc::issuer_mismatch);
}

TEST_CASE("a client is told that it gets no code") {
    CHECK(refusal("error=access_denied&state=xyz") == errc::peer_refused);
    CHECK(refusal("error=brand_new&state=xyz") == errc::peer_refused);
    CHECK(refusal("error=access_denied&code=c&state=xyz") == error{errc::parameter_value, 1});
    CHECK(refusal("state=xyz") == error{errc::parameter_missing, 1});
}

TEST_CASE("a malformed response is refused") {
    CHECK(refusal("code=c&state=xyz&code=d").code == errc::parameter_repeated);
    CHECK(refusal("code=c&state=xyz&state=xyz").code == errc::parameter_repeated);
    CHECK(refusal("code=%00&state=xyz").code == errc::form_character);
    CHECK(refusal("code=%C3%A9&state=xyz").code == errc::parameter_value);
    CHECK(refusal("code=c&state=xyz&iss=idms").code == errc::parameter_value);
    CHECK(refusal("code=" + std::string(2049, 'c') + "&state=xyz").code == errc::parameter_value);
    CHECK(receive_code("state=xyz&code=" + std::string(2048, 'c'), sent, issuer)->size() == 2048);
}

TEST_CASE("a refused request is answered with the code of RFC 6749 4.1.2.1 and its state") {
    CHECK(code_for(errc::parameter_missing) == "invalid_request");
    CHECK(code_for(errc::parameter_repeated) == "invalid_request");
    CHECK(code_for(errc::parameter_value) == "invalid_request");
    CHECK(code_for(errc::form_percent) == "invalid_request");
    CHECK(code_for(errc::message_too_long) == "invalid_request");
    CHECK(code_for(errc::client_unauthorized) == "unauthorized_client");
    CHECK(code_for(errc::access_denied) == "access_denied");
    CHECK(code_for(errc::login_required) == "login_required");
    CHECK(code_for(errc::interaction_required) == "interaction_required");
    CHECK(code_for(errc::consent_required) == "consent_required");
    CHECK(code_for(errc::account_selection_required) == "account_selection_required");
    CHECK(code_for(errc::unsupported_response_type) == "unsupported_response_type");
    CHECK(code_for(errc::scope_refused) == "invalid_scope");
    auto const made = answer_to(errc::access_denied, path);
    CHECK(made->state == path.state);
    CHECK(made->description.view() == message_of(errc::access_denied));
    CHECK(*location(path.redirect_uri, *made) ==
          "https://c.example/cb?error=access_denied&error_description="
          "the+user+or+the+server+denies+the+request&state=x%3Dy");
}

TEST_CASE("where the way back may be another's, the user's agent is not sent there") {
    CHECK(code_for(errc::unknown_client).empty());
    CHECK(code_for(errc::redirect_mismatch).empty());
}

TEST_CASE("every error is answered or not at an authorization endpoint, and only a peer's is") {
    std::size_t answered = 0;
    for (errc const code : mcx::all_errors) {
        auto const made = answer_to(error{code, 3, 4}, path);
        if (blame_of(code) != mcx::blame::peer) {
            CHECK(made.error() == error{code, 3, 4});
        } else if (!made) {
            CHECK(made.error() == errc::no_such_answer);
        } else {
            ++answered;
            CHECK(made->description.view() == message_of(code));
            CHECK(made->state == path.state);
            auto const query = write_form(*made);
            CHECK(parse_form<authentication_error>(*query).value() == *made);
            CHECK(receive_code(*query, path.state, issuer).error() == errc::peer_refused);
        }
    }
    CHECK(answered == 21);
    CHECK(answer_to(error{}, path).error() == errc::no_such_answer);
}
