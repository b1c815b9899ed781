// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/client_authentication.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/refresh.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

using mcx::errc;
using mcx::error;
using mcx::oauth::answer_to_client;
using mcx::oauth::asserting_client;
using mcx::oauth::authenticate;
using mcx::oauth::basic_authorization;
using mcx::oauth::client_authentication;
using mcx::oauth::client_id;
using mcx::oauth::client_parameters;
using mcx::oauth::client_secret;
using mcx::oauth::parse_basic;
using mcx::oauth::public_client;
using mcx::oauth::read_client;
using mcx::oauth::secret_client;
using mcx::oauth::token;

namespace {

constexpr std::string_view type =
    "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
constexpr std::string_view basic = "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW";

secret_client client(std::string_view id, std::string_view secret) {
    return {*client_id::from(id), *client_secret::from(secret)};
}

errc refusal_of_basic(std::string_view value) {
    return parse_basic(value).error().code;
}

/// A request with this client's authentication in it.
mcx::oauth::request request_of(client_authentication const& who) {
    mcx::oauth::refresh_request refresh;
    refresh.refresh_token = *token::from("r");
    mcx::oauth::request made{"https://idms.example/token", *write_form(refresh)};
    CHECK(authenticate(made, who));
    return made;
}

client_authentication back(mcx::oauth::request const& sent) {
    auto made = read_client(sent.authorization, sent.body);
    CHECK(made);
    return made ? *std::move(made) : client_authentication{};
}

}  // namespace

static_assert(!std::is_copy_constructible_v<secret_client>);

TEST_CASE("the header of RFC 6749 2.3.1 is written and read") {
    CHECK(*basic_authorization(client("s6BhdRkqt3", "gX1fBat3bV")) == basic);
    CHECK(*parse_basic(basic) == client("s6BhdRkqt3", "gX1fBat3bV"));
    CHECK(*parse_basic("bASIC   czZCaGRSa3F0MzpnWDFmQmF0M2JW") ==
          client("s6BhdRkqt3", "gX1fBat3bV"));
}

TEST_CASE("a secret of any characters comes back as it was") {
    for (std::string_view const secret : {":", "a:b%", "+ &=", "~>?>?~~", "x", "xy", "xyz"}) {
        CAPTURE(secret);
        auto const made = client("radio:7 %", secret);
        CHECK(*parse_basic(*basic_authorization(made)) == made);
    }
    auto const longest = client(std::string(255, '%'), std::string(255, '~'));
    CHECK(*parse_basic(*basic_authorization(longest)) == longest);
}

TEST_CASE("base64 in a header has both of its own marks and its padding") {
    // "a:?>~", the octets of which need '+' and '/' in base64 as the alphabets differ there.
    CHECK(parse_basic("Basic YTo/Pn4=")->secret.view() == "?>~");
    CHECK(refusal_of_basic("Basic YTo_Pn4=") == errc::client_authentication_refused);
    CHECK(refusal_of_basic("Basic YTo/Pn4") == errc::client_authentication_refused);
    CHECK(refusal_of_basic("Basic YTo/Pn4==") == errc::client_authentication_refused);
    CHECK(parse_basic("Basic YTp+")->secret.view() == "~");
    CHECK(refusal_of_basic("Basic YTp-") == errc::client_authentication_refused);
}

TEST_CASE("a header that shows no secret is refused") {
    for (std::string_view const value :
         {"", "Basic", "Basic ", "Bearer YTpi", "Basic YWI=", "Basic OmI=", "Basic YTo=",
          "Basic YTpi=", "Basic ====", "Basic YTpi====", "Basic YT=i", "Basic YTpiYg=A",
          "Basic YTpi YTpi", "Basic YTp\xC3\xA9", "Basic YTolRkY=", "Basic YTolMDA=", "Basic YTol",
          "Basic YTrDqQ=="}) {
        CAPTURE(value);
        CHECK(refusal_of_basic(value) == errc::client_authentication_refused);
    }
    CHECK(refusal_of_basic("Basic " + std::string(4000, 'A')) ==
          errc::client_authentication_refused);
}

TEST_CASE("a header without id or secret is not written") {
    CHECK(basic_authorization({}).error() == errc::value_empty);
    CHECK(basic_authorization({"a", {}}).error() == errc::value_empty);
}

TEST_CASE("what of a client stands in the body is read as written, and no fault in it passes") {
    client_parameters made;
    made.client_id = "mcptt_client";
    made.client_assertion_type =
        *decltype(made.client_assertion_type)::from(mcx::oauth::jwt_client_assertion_type);
    made.client_assertion = *token::from("h.p.s");
    made.client_secret = *client_secret::from("secret");
    mcx::test::check_form(made);
}

TEST_CASE("a client says who it is in three ways, each of which a server reads back") {
    CHECK(back(request_of(public_client{})) == client_authentication{public_client{}});
    CHECK(request_of(public_client{"radio"}).body == "grant_type=refresh_token&refresh_token=r");

    auto const with_header = request_of(client("s6BhdRkqt3", "gX1fBat3bV"));
    CHECK(with_header.authorization == basic);
    CHECK(std::get<secret_client>(back(with_header)) == client("s6BhdRkqt3", "gX1fBat3bV"));

    auto const signing = request_of(asserting_client{{}, *token::from("h.p.s")});
    CHECK(signing.authorization.empty());
    CHECK(signing.body ==
          std::string{"grant_type=refresh_token&refresh_token=r&"}.append(type).append(
              "&client_assertion=h.p.s"));
    CHECK(std::get<asserting_client>(back(signing)).assertion.view() == "h.p.s");
}

TEST_CASE("a client's name in the body is read with whatever else it shows") {
    std::string const named = "client_id=s6BhdRkqt3&";
    CHECK(std::get<public_client>(*read_client("", named)).id.view() == "s6BhdRkqt3");
    CHECK(std::get<secret_client>(*read_client(basic, named)).id.view() == "s6BhdRkqt3");
    CHECK(std::get<asserting_client>(*read_client("", (named + "client_assertion=h&").append(type)))
              .id.view() == "s6BhdRkqt3");
}

TEST_CASE("a client says who it is in one way only, and by one name") {
    std::string const assertion = std::string{type}.append("&client_assertion=h.p.s");
    CHECK(read_client(basic, assertion).error() == error{errc::client_authentication_repeated, 3});
    CHECK(read_client(basic, type).error() == error{errc::client_authentication_repeated, 3});
    CHECK(read_client(basic, "client_id=other").error() ==
          error{errc::client_authentication_repeated, 1});
    CHECK(answer_to_client(errc::client_authentication_repeated)->code() ==
          mcx::oauth::error_code::invalid_request);
}

TEST_CASE("a secret in the body is refused, whatever else there is") {
    error const refused{errc::client_authentication_refused, 4};
    CHECK(read_client("", "client_id=a&client_secret=b").error() == refused);
    CHECK(read_client(basic, "client_secret=b").error() == refused);
    CHECK(read_client("", "client_id=a&client_secret="));
    CHECK(answer_to_client(refused)->code() == mcx::oauth::error_code::invalid_client);
}

TEST_CASE("an assertion has a type that is known") {
    CHECK(read_client("", "client_assertion_type=jwt-bearer&client_assertion=h.p.s").error() ==
          error{errc::client_authentication_refused, 2});
    CHECK(read_client("", "client_assertion=h.p.s").error() ==
          error{errc::parameter_without_pair, 2});
    CHECK(read_client("", type).error() == error{errc::parameter_without_pair, 3});
}

TEST_CASE("a malformed header or body has no client") {
    CHECK(read_client("Bearer x", "").error().code == errc::client_authentication_refused);
    CHECK(read_client("", "client_id=%").error().code == errc::form_percent);
    CHECK(read_client("", "client_id=a&client_id=a").error() ==
          error{errc::parameter_repeated, 1, 12});
}

TEST_CASE("a request that would be too long, or an assertion that is none, is not sent") {
    mcx::oauth::request sent{"https://idms.example/token", std::string(65500, 'a')};
    CHECK(authenticate(sent, asserting_client{{}, *token::from("h.p.s")}).error() ==
          errc::value_too_long);
    CHECK(sent.body.size() == 65500);
    CHECK(authenticate(sent, asserting_client{}).error() == errc::value_empty);
    CHECK(authenticate(sent, secret_client{}).error() == errc::value_empty);
    CHECK(sent.authorization.empty());
}

TEST_CASE("a client that failed by its header is told the scheme") {
    CHECK(mcx::oauth::basic_challenge("idms.example") == "Basic realm=\"idms.example\"");
}
