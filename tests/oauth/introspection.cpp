// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/introspection.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::instant;
using mcx::oauth::introspection_request;
using mcx::oauth::introspection_response;
using mcx::oauth::parse_form;
using mcx::oauth::parse_introspection;
using mcx::oauth::read_introspection;
using mcx::oauth::write_introspection;

namespace {

constexpr std::uint16_t member(std::string_view name) {
    return introspection_response::fields::number_of(name);
}

introspection_response complete() {
    introspection_response made;
    made.active = true;
    made.scope = "read write";
    made.client_id = "visitor-17";
    made.username = "Alice";
    made.token_type = "Bearer";
    made.exp = instant{1'700'000'600};
    made.iat = instant{1'700'000'000};
    made.nbf = instant{1'700'000'001};
    made.sub = "alice";
    (void)made.aud.names.push_back("https://gms.a.example");
    made.iss = "https://a.example";
    made.jti = "one";
    return made;
}

constexpr std::string_view complete_text =
    R"({"active":true,"scope":"read write","client_id":"visitor-17","username":"Alice",)"
    R"("token_type":"Bearer","exp":1700000600,"iat":1700000000,"nbf":1700000001,"sub":"alice",)"
    R"("aud":"https://gms.a.example","iss":"https://a.example","jti":"one"})";

error refusal(std::string_view body) {
    error const e = parse_introspection(body).error();
    return {e.code, e.where};
}
error reading(int status, std::string_view media_type, std::string_view body) {
    return read_introspection({status, media_type, body}).error();
}

}  // namespace

TEST_CASE("the requests of RFC 7662 are read as written, and no fault in them passes") {
    // RFC 7662, section 2.1
    auto const read =
        parse_form<introspection_request>("token=mF_9.B5f-4.1JqM&token_type_hint=access_token");
    CHECK(read->token.view() == "mF_9.B5f-4.1JqM");
    CHECK(mcx::oauth::meaning_of(read->hint) == mcx::oauth::hinted::access_token);
    CHECK(parse_form<introspection_request>("token=2YotnFZFEjr1zCsicMWpAA")->hint.empty());
    introspection_request whole = *read;
    whole.client_id = "gms";
    mcx::test::check_form(whole);
}

TEST_CASE("the answer of RFC 7662 about an active token is read, member by member") {
    // RFC 7662, section 2.2
    auto const read = parse_introspection(
        R"({"active": true, "client_id": "l238j323ds-23ij4", "username": "jdoe",)"
        R"( "scope": "read write dolphin", "sub": "Z5O3upPC88QrAjx00dis",)"
        R"( "aud": "https://protected.example.net/resource",)"
        R"( "iss": "https://server.example.com/", "exp": 1419356238, "iat": 1419350238,)"
        R"( "extension_field": "twenty-seven"})");
    CHECK(read.has_value());
    if (!read) {
        return;
    }
    CHECK(read->active);
    CHECK(read->client_id.view() == "l238j323ds-23ij4");
    CHECK(read->username.view() == "jdoe");
    CHECK(read->scope == mcx::oauth::scope("dolphin read write"));
    CHECK(read->sub.view() == "Z5O3upPC88QrAjx00dis");
    CHECK(read->aud.names[0].view() == "https://protected.example.net/resource");
    CHECK(read->iss.view() == "https://server.example.com/");
    CHECK(read->exp == instant{1419356238});
    CHECK(read->iat == instant{1419350238});
    CHECK(!read->nbf);
    CHECK(read->jti.empty());
    CHECK(read->token_type.empty());
}

TEST_CASE("an answer is written with the members that it has, and read alike") {
    CHECK(*write_introspection(complete()) == complete_text);
    CHECK(parse_introspection(complete_text).value() == complete());
    introspection_response bare;
    bare.active = true;
    CHECK(*write_introspection(bare) == R"({"active":true})");
    CHECK(parse_introspection(R"({"active":true})").value() == bare);
}

TEST_CASE("of a token that is not active nothing is told, and nothing is taken") {
    introspection_response revoked = complete();
    revoked.active = false;
    CHECK(*write_introspection(revoked) == R"({"active":false})");
    CHECK(parse_introspection(R"({"active":false})").value() == introspection_response{});
    std::string talkative{complete_text};
    talkative.replace(talkative.find("true"), 4, "false");
    CHECK(parse_introspection(talkative).value() == introspection_response{});
}

TEST_CASE("several audiences are an array, and none is not written so") {
    introspection_response several = complete();
    (void)several.aud.names.push_back("https://b.example");
    auto const text = write_introspection(several);
    CHECK(text->find(R"("aud":["https://gms.a.example","https://b.example"])") !=
          std::string::npos);
    CHECK(parse_introspection(*text).value() == several);
    CHECK(parse_introspection(R"({"active":true,"aud":["a"]})")->aud.names.size() == 1);
    for (std::string_view const aud :
         {"[]", "[\"\"]", "\"\"", "[\"a\\u0000\"]", R"(["1","2","3","4","5","6","7","8","9"])"}) {
        CAPTURE(aud);
        CHECK(refusal(R"({"active":true,"aud":)" + std::string{aud} + "}") ==
              error{errc::member_value, member("aud")});
    }
    for (std::string_view const aud : {"null", "7", "{}", "[7]", "[[\"a\"]]"}) {
        CAPTURE(aud);
        CHECK(refusal(R"({"active":true,"aud":)" + std::string{aud} + "}") ==
              error{errc::member_shape, member("aud")});
    }
}

TEST_CASE("a token that is bound to a key is none that its bearer may use") {
    for (std::string_view const cnf : {R"({"jkt":"x"})", "{}", "null"}) {
        CHECK(refusal(R"({"active":true,"cnf":)" + std::string{cnf} + "}") ==
              error{errc::member_value, member("cnf")});
    }
}

TEST_CASE("an answer says whether the token is active, and says so as a boolean") {
    CHECK(refusal("{}") == error{errc::member_missing, member("active")});
    CHECK(refusal(R"({"scope":"read"})") == error{errc::member_missing, member("active")});
    for (std::string_view const active : {"\"true\"", "1", "null", "[]"}) {
        CAPTURE(active);
        CHECK(refusal(R"({"active":)" + std::string{active} + "}") ==
              error{errc::member_shape, member("active")});
    }
    CHECK(refusal(R"({"active":false,"active":true})").code == errc::json_duplicate);
    CHECK(refusal("[]").code == errc::member_shape);
    CHECK(refusal(std::string(mcx::oauth::max_message_size + 1, ' ')) == errc::message_too_long);
}

TEST_CASE("a member that is there is what it has to be") {
    for (std::string_view const name :
         {"scope", "client_id", "username", "token_type", "sub", "iss", "jti"}) {
        CAPTURE(name);
        auto const with = [&](std::string_view value) {
            return refusal(R"({"active":true,")" + std::string{name} + "\":" + std::string{value} +
                           "}");
        };
        CHECK(with("7") == error{errc::member_shape, member(name)});
        CHECK(with("\"\"") == error{errc::member_value, member(name)});
        CHECK(with("\"\\u0000\"") == error{errc::member_value, member(name)});
        CHECK(with("\"" + std::string(1100, 'a') + "\"") ==
              error{errc::member_value, member(name)});
    }
    for (std::string_view const name : {"exp", "iat", "nbf"}) {
        CAPTURE(name);
        auto const with = [&](std::string_view value) {
            return refusal(R"({"active":true,")" + std::string{name} + "\":" + std::string{value} +
                           "}");
        };
        CHECK(with("\"7\"") == error{errc::member_shape, member(name)});
        CHECK(with("-1") == error{errc::member_value, member(name)});
    }
}

TEST_CASE("an endpoint answers with 200 and JSON, or refuses") {
    CHECK(read_introspection({200, "application/json", complete_text}).value() == complete());
    CHECK(reading(200, "text/html", complete_text) == errc::response_media_type);
    CHECK(reading(200, "application/json", "{").code == errc::json_truncated);
    std::string const document = R"({"error":"invalid_client"})";
    CHECK(reading(401, "application/json", document) == errc::peer_refused);
    CHECK(reading(401, "application/json", complete_text) == errc::response_status);
    CHECK(reading(500, "application/json", document) == errc::response_status);
    CHECK(reading(201, "application/json", complete_text) == errc::response_status);
}
