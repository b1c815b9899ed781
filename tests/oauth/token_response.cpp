// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/token_response.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <chrono>
#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::parse_json;
using mcx::oauth::read_reply;
using mcx::oauth::response_token_type;
using mcx::oauth::seconds_left;
using mcx::oauth::token;
using mcx::oauth::token_response;
using mcx::oauth::write_json;
using namespace std::chrono_literals;
namespace token_types = mcx::oauth::token_types;

namespace {

/// Something else that has a token type, and another one by default.
struct other_response {
    response_token_type type = response_token_type::not_applicable;
    using fields = mcx::field_list<mcx::required<"type", &other_response::type>>;
};

token_response complete() {
    token_response made;
    made.access_token = *token::from("eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
    made.issued_token_type = token_types::jwt;
    made.token_type = response_token_type::not_applicable;
    made.expires_in = *seconds_left::from(600s);
    made.scope = "3gpp:mc:ptt_service openid";
    made.refresh_token = *token::from("tGzv3JOkF0XG5Qx2TlKWIA");
    made.id_token = *token::from("h.p.s");
    return made;
}

/// A response whose token_type and further members are these.
std::string response(std::string_view members) {
    return std::string{"{\"access_token\":\"a\",\"token_type\":"}.append(members).append("}");
}

error refusal(std::string_view body) {
    return parse_json<token_response>(body).error();
}

}  // namespace

static_assert(mcx::FieldStruct<token_response>);

TEST_CASE("a response with every member is read as it was written, and no fault in it passes") {
    CHECK(*write_json(complete()) ==
          "{\"access_token\":\"eyJhbGciOiJFUzI1NiJ9.e30.c2ln\","
          "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:jwt\",\"token_type\":\"N_A\","
          "\"expires_in\":600,\"scope\":\"3gpp:mc:ptt_service openid\","
          "\"refresh_token\":\"tGzv3JOkF0XG5Qx2TlKWIA\",\"id_token\":\"h.p.s\"}");
    mcx::test::check_object(complete(), [](std::string_view name) {
        return name == "token_type"   ? errc::response_token_type
               : name == "expires_in" ? errc::member_shape
                                      : errc::member_value;
    });
}

TEST_CASE("the smallest response has a token and its type") {
    auto const read = parse_json<token_response>(response("\"Bearer\""));
    CHECK(read->access_token.view() == "a");
    CHECK(read->token_type == response_token_type::bearer);
    CHECK_FALSE(read->expires_in);
    CHECK(read->issued_token_type.empty());
    CHECK(*write_json(*read) == response("\"Bearer\""));
    CHECK(write_json(token_response{}).error() == error{errc::value_empty, 1});
    CHECK_FALSE(*read == *parse_json<token_response>(response("\"N_A\"")));
}

TEST_CASE("the responses of RFC 8693 are well formed") {
    auto const exchanged = parse_json<token_response>(
        "{\"access_token\":\"h.p.s\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:"
        "access_token\",\"token_type\":\"Bearer\",\"expires_in\":60}");
    CHECK(exchanged->issued_token_type == token_types::access_token);
    CHECK(exchanged->expires_in->value() == 60s);
    auto const security_token = parse_json<token_response>(
        "{ \"access_token\" : \"h.p.s\", \"issued_token_type\" : \"urn:ietf:params:oauth:"
        "token-type:jwt\", \"token_type\" : \"N_A\", \"expires_in\" : 3600 }");
    CHECK(security_token->token_type == response_token_type::not_applicable);
    CHECK(security_token->issued_token_type == token_types::jwt);
}

TEST_CASE("the token type is Bearer, N_A or DPoP in any case, and nothing else") {
    for (char const* const text : {"\"bearer\"", "\"BEARER\"", "\"bEaReR\"", "\"B\\u0065arer\""}) {
        CHECK(parse_json<token_response>(response(text))->token_type ==
              response_token_type::bearer);
    }
    CHECK(parse_json<token_response>(response("\"n_a\""))->token_type ==
          response_token_type::not_applicable);
    for (char const* const text : {"\"DPoP\"", "\"dpop\""}) {
        auto const read = parse_json<token_response>(response(text));
        CHECK(read->token_type == response_token_type::dpop);
        CHECK(write_json(*read)->find("\"token_type\":\"DPoP\"") != std::string::npos);
    }
    for (char const* const text :
         {"\"example\"", "\"\"", "\"Bearer \"", "\"Beare\"", "\"NA\"", "\"N_A_\"", "\"DPoPs\"",
          "\"Bearer\\u0000\"",
          "\"\\u0042\\u0042\\u0042\\u0042\\u0042\\u0042\\u0042\\u0042\\u0042\""}) {
        CHECK(refusal(response(text)) == error{errc::response_token_type, 3, 33});
    }
    CHECK_BOTH(parse_json<other_response>("{\"type\":\"Bearer\"}")->type ==
               response_token_type::bearer);
    CHECK(refusal(response("7")) == error{errc::member_shape, 3, 33});
    CHECK(refusal("{\"access_token\":\"a\"}") == error{errc::member_missing, 3, 20});
}

TEST_CASE("expires_in is a number of seconds, at most ten years") {
    auto const read = [](std::string const& number) {
        return parse_json<token_response>(response("\"Bearer\",\"expires_in\":" + number));
    };
    CHECK(read("0")->expires_in->value() == 0s);
    CHECK(read("3600")->expires_in->value() == 3600s);
    CHECK(read("316224000")->expires_in->value() == seconds_left::max);
    CHECK(read("316224001").error() == error{errc::member_value, 4, 55});
    CHECK(read("-1").error().code == errc::member_value);
    CHECK(read("99999999999999999999").error().code == errc::member_value);
    CHECK(read("3600.0").error().code == errc::member_value);
    CHECK(read("36e2").error().code == errc::member_value);
    CHECK(read("\"3600\"").error() == error{errc::member_shape, 4, 55});
    CHECK(read("null").error().code == errc::member_shape);
}

TEST_CASE("seconds that are left come from a lifetime or from a bounded number") {
    constexpr mcx::lifetime hour{1h};
    CHECK_BOTH(seconds_left{hour}.value() == 3600s);
    CHECK_BOTH(seconds_left{}.value() == 0s);
    CHECK_BOTH(seconds_left::from(0s)->value() == 0s);
    CHECK_BOTH(seconds_left::from(-1s).error() == errc::out_of_range);
    CHECK_BOTH(seconds_left::from(seconds_left::max)->value() == seconds_left::max);
    CHECK_BOTH(seconds_left::from(seconds_left::max + 1s).error() == errc::out_of_range);
    CHECK_BOTH(*seconds_left::from(5s) == *seconds_left::from(5s));
    CHECK_BOTH(!(*seconds_left::from(5s) == *seconds_left::from(6s)));
}

TEST_CASE("members that nobody knows are ignored, however they nest") {
    CHECK(
        parse_json<token_response>(response("\"Bearer\",\"example_parameter\":\"v\",\"x\":[{}]")));
    CHECK(refusal(response("\"Bearer\",\"x\":1,\"x\":2")).code == errc::json_duplicate);
}

TEST_CASE("a reply is a response where status and type say so") {
    std::string const body = response("\"Bearer\"");
    CHECK(read_reply({200, "application/json", body})->access_token.view() == "a");
    CHECK(read_reply({200, "application/json;charset=UTF-8", body}));
    CHECK(read_reply({200, "text/html", body}).error() == errc::response_media_type);
    CHECK(read_reply({200, "", body}).error() == errc::response_media_type);
    CHECK(read_reply({200, "application/json", "{}"}).error().code == errc::member_missing);
    for (int const status : {0, -1, 100, 201, 204, 302, 399, 500, 503}) {
        CHECK(read_reply({status, "application/json", body}).error() == errc::response_status);
    }
}

TEST_CASE("a reply is a refusal where it is an error document") {
    std::string_view const refused = "{\"error\":\"invalid_grant\"}";
    CHECK(read_reply({400, "application/json", refused}).error() == errc::peer_refused);
    CHECK(read_reply({401, "application/json", refused}).error() == errc::peer_refused);
    CHECK(read_reply({499, "application/json", refused}).error() == errc::peer_refused);
    constexpr std::string_view wordy =
        R"({"error":"invalid_grant","error_description":"say \"code\"\r\n","error_uri":null})";
    CHECK(read_reply({400, "application/json", wordy}).error() == errc::peer_refused);
    CHECK(mcx::oauth::parse_json<mcx::oauth::error_reason>(wordy)->code() ==
          mcx::oauth::error_code::invalid_grant);
    CHECK(read_reply({400, "text/html", refused}).error() == errc::response_status);
    CHECK(read_reply({400, "application/json", "{}"}).error() == errc::response_status);
    CHECK(read_reply({500, "application/json", refused}).error() == errc::response_status);
    CHECK(read_reply({200, "application/json", refused}).error().code == errc::member_missing);
}
