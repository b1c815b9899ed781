// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/revocation.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <mcx/core/error_text.hpp>

#include <cstddef>
#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::answer_to_revocation;
using mcx::oauth::error_code;
using mcx::oauth::hinted;
using mcx::oauth::meaning_of;
using mcx::oauth::parse_form;
using mcx::oauth::read_revocation;
using mcx::oauth::revocation_answer;
using mcx::oauth::revocation_request;

namespace {

error_code refused_with(errc code) {
    auto const answer = answer_to_revocation(code);
    return answer && answer->refusal ? answer->refusal->code() : error_code::other;
}

error reading(int status, std::string_view media_type, std::string_view body) {
    return read_revocation({status, media_type, body}).error();
}

}  // namespace

TEST_CASE("the request of RFC 7009 is read as written, and no fault in it passes") {
    // RFC 7009, section 2.1
    auto const read =
        parse_form<revocation_request>("token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token");
    CHECK(read->token.view() == "45ghiukldjahdnhzdauz");
    CHECK(meaning_of(read->hint) == hinted::refresh_token);
    CHECK(read->client_id.empty());
    revocation_request complete = *read;
    complete.client_id = "mcptt_client";
    CHECK(*mcx::oauth::write_form(complete) ==
          "token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token&client_id=mcptt_client");
    mcx::test::check_form(complete);
}

TEST_CASE("a hint that is not known here is a hint all the same") {
    CHECK_BOTH(meaning_of("access_token") == hinted::access_token);
    CHECK_BOTH(meaning_of("refresh_token") == hinted::refresh_token);
    CHECK_BOTH(meaning_of({}) == hinted::other);
    CHECK_BOTH(meaning_of("Access_token") == hinted::other);
    auto const read = parse_form<revocation_request>("token=x&token_type_hint=pct");
    CHECK(read->hint.view() == "pct");
    CHECK(meaning_of(read->hint) == hinted::other);
}

TEST_CASE("a token that is revoked, and one that is worth nothing, are answered alike") {
    CHECK(answer_to_revocation({}).value() == revocation_answer{200, {}});
    for (errc const code : {errc::not_three_parts, errc::signature, errc::expired,
                            errc::unknown_issuer, errc::grant_refused, errc::token_inactive}) {
        CAPTURE(name_of(code));
        CHECK(answer_to_revocation(error{code, 3, 4}).value() == revocation_answer{200, {}});
    }
}

TEST_CASE("what is wrong with the request or the client is refused") {
    CHECK(refused_with(errc::unsupported_token_type) == error_code::unsupported_token_type);
    CHECK(refused_with(errc::parameter_missing) == error_code::invalid_request);
    CHECK(refused_with(errc::form_percent) == error_code::invalid_request);
    CHECK(refused_with(errc::unknown_client) == error_code::invalid_client);
    CHECK(refused_with(errc::client_authentication_refused) == error_code::invalid_client);
    CHECK(refused_with(errc::client_mismatch) == error_code::invalid_grant);
    CHECK(answer_to_revocation(errc::unsupported_token_type)->status == 400);
    CHECK(answer_to_revocation(errc::unknown_client)->status == 401);
}

TEST_CASE("every outcome of a revocation is a success, a refusal or nothing to tell a peer") {
    std::size_t refused = 0;
    for (errc const code : mcx::all_errors) {
        CAPTURE(name_of(code));
        auto const answer = answer_to_revocation(error{code, 3, 4});
        if (!answer) {
            CHECK((answer.error() == error{code, 3, 4} || answer.error() == errc::no_such_answer));
            continue;
        }
        CHECK(blame_of(code) == mcx::blame::peer);
        CHECK(answer->refusal.has_value() == (answer->status != 200));
        refused += answer->refusal.has_value();
    }
    CHECK(refused > 10);
    CHECK(answer_to_revocation(errc::backend).error() == errc::backend);
    CHECK(answer_to_revocation(errc::peer_refused).error() == errc::no_such_answer);
}

TEST_CASE("a token is revoked where the status says so, whatever comes with it") {
    CHECK(reading(200, "", "") == error{});
    CHECK(reading(200, "text/html", "<html>") == error{});
    std::string const document = R"({"error":"unsupported_token_type"})";
    CHECK(reading(400, "application/json", document) == errc::peer_refused);
    CHECK(reading(400, "text/html", document) == errc::response_status);
    CHECK(reading(503, "application/json", document) == errc::response_status);
    CHECK(reading(204, "", "") == errc::response_status);
    CHECK(mcx::oauth::parse_json<mcx::oauth::error_response>(document)->code() ==
          error_code::unsupported_token_type);
}
