// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/error_code.hpp>

#include "support/check.hpp"

#include <mcx/oauth/message.hpp>

#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::answer_to;
using mcx::oauth::error_code;
using mcx::oauth::error_response;
using mcx::oauth::grant_type;
using mcx::oauth::parse_json;
using mcx::oauth::write_json;

namespace {

constexpr error_code codes[] = {
    error_code::invalid_request,
    error_code::invalid_client,
    error_code::invalid_grant,
    error_code::unauthorized_client,
    error_code::unsupported_grant_type,
    error_code::invalid_scope,
    error_code::invalid_target,
    error_code::access_denied,
    error_code::unsupported_response_type,
    error_code::server_error,
    error_code::temporarily_unavailable,
    error_code::invalid_token,
    error_code::insufficient_scope,
    error_code::unsupported_token_type,
    error_code::login_required,
    error_code::interaction_required,
    error_code::consent_required,
    error_code::account_selection_required,
    error_code::invalid_dpop_proof,
    error_code::use_dpop_nonce,
};

constexpr error refusal(std::string_view body) {
    return parse_json<error_response>(body).error();
}

constexpr error_code answer(errc code) {
    return answer_to(code)->code();
}

}  // namespace

TEST_CASE("every error code has a name of its own and is found by it") {
    for (error_code const code : codes) {
        CHECK_FALSE(name_of(code).empty());
        CHECK(mcx::oauth::error_code_of(name_of(code)) == code);
        CHECK(mcx::oauth::error_name::check(name_of(code)) == errc::none);
    }
    CHECK(std::size(codes) + 1 == std::size(mcx::oauth::detail::error_codes));
    for (std::size_t i = 0; i < std::size(mcx::oauth::detail::error_codes); ++i) {
        CHECK(static_cast<std::size_t>(mcx::oauth::detail::error_codes[i].code) == i);
    }
    CHECK_BOTH(mcx::oauth::error_code_of("brand_new_error") == error_code::other);
    CHECK_BOTH(mcx::oauth::error_code_of("Invalid_request") == error_code::other);
    CHECK_BOTH(mcx::oauth::error_code_of("") == error_code::other);
    CHECK_BOTH(name_of(error_code::other).empty());
}

TEST_CASE("error codes have the HTTP status of their RFC") {
    CHECK_BOTH(http_status(error_code::invalid_request) == 400);
    CHECK_BOTH(http_status(error_code::invalid_client) == 401);
    CHECK_BOTH(http_status(error_code::invalid_grant) == 400);
    CHECK_BOTH(http_status(error_code::unauthorized_client) == 400);
    CHECK_BOTH(http_status(error_code::unsupported_grant_type) == 400);
    CHECK_BOTH(http_status(error_code::invalid_scope) == 400);
    CHECK_BOTH(http_status(error_code::invalid_target) == 400);
    CHECK_BOTH(http_status(error_code::access_denied) == 403);
    CHECK_BOTH(http_status(error_code::unsupported_response_type) == 400);
    CHECK_BOTH(http_status(error_code::invalid_token) == 401);
    CHECK_BOTH(http_status(error_code::insufficient_scope) == 403);
    CHECK_BOTH(http_status(error_code::invalid_dpop_proof) == 400);
    CHECK_BOTH(http_status(error_code::use_dpop_nonce) == 400);
    CHECK_BOTH(http_status(error_code::unsupported_token_type) == 400);
    CHECK_BOTH(http_status(error_code::server_error) == 500);
    CHECK_BOTH(http_status(error_code::temporarily_unavailable) == 503);
    CHECK_BOTH(http_status(error_code::other) == 400);
}

TEST_CASE("an error document is read, its code known or not") {
    CHECK_BOTH(parse_json<error_response>("{\"error\":\"invalid_grant\","
                                          "\"error_description\":\"x\"}")
                   ->code() == error_code::invalid_grant);
    CHECK_BOTH(parse_json<error_response>("{\"error\":\"invalid_grant\","
                                          "\"error_description\":\"x\"}")
                   ->description.view() == "x");
    CHECK_BOTH(parse_json<error_response>("{\"error\":\"brand_new_error\"}")->code() ==
               error_code::other);
    CHECK_BOTH(parse_json<error_response>("{\"error\":\"brand_new_error\"}")->error.view() ==
               "brand_new_error");
    CHECK_BOTH(
        parse_json<error_response>("{\"error\":\"a b\",\"error_uri\":\"/e#x\"}")->uri.view() ==
        "/e#x");
    CHECK_BOTH(
        parse_json<error_response>("{\"more\":[{}],\"error\":\"invalid_\\u0072equest\"}")->code() ==
        error_code::invalid_request);
}

TEST_CASE("a malformed error document is refused where it is malformed") {
    CHECK_BOTH(refusal("{\"error\":7}") == error{errc::member_shape, 1, 9});
    CHECK_BOTH(refusal("{}") == error{errc::member_missing, 1, 2});
    CHECK_BOTH(refusal("[]") == error{errc::member_shape, 0, 0});
    CHECK_BOTH(refusal("error=invalid_grant").code == errc::json_syntax);
    CHECK_BOTH(refusal("").code == errc::json_truncated);
    CHECK_BOTH(refusal("{\"error\":\"\"}") == error{errc::member_value, 1, 9});
    CHECK_BOTH(refusal("{\"error\":\"a\\\"b\"}") == error{errc::member_value, 1, 9});
    CHECK_BOTH(refusal("{\"error\":\"a\\\\b\"}") == error{errc::member_value, 1, 9});
    CHECK_BOTH(refusal("{\"error\":\"a\\nb\"}") == error{errc::member_value, 1, 9});
    CHECK_BOTH(refusal("{\"error\":\"caf\xC3\xA9\"}") == error{errc::member_value, 1, 9});
    CHECK_BOTH(refusal("{\"error\":\"a\",\"error\":\"b\"}").code == errc::json_duplicate);
    CHECK_BOTH(refusal("{\"error\":\"a\",\"error_description\":\"\\\"\"}") ==
               error{errc::member_value, 2, 33});
    CHECK_BOTH(refusal("{\"error\":\"a\",\"error_uri\":\"a b\"}") ==
               error{errc::member_value, 3, 25});
    CHECK_BOTH(refusal("{\"error\":\"a\",\"error_uri\":null}") == error{errc::member_shape, 3, 25});
}

TEST_CASE("the texts of an error have the bounds and characters of RFC 6749 appendix A") {
    using mcx::oauth::error_description;
    using mcx::oauth::error_name;
    using mcx::oauth::error_uri;
    CHECK(error_name::check(std::string(64, 'a')) == errc::none);
    CHECK(error_name::check(std::string(65, 'a')) == errc::value_too_long);
    CHECK(error_description::check(std::string(200, 'a')) == errc::none);
    CHECK(error_description::check(std::string(201, 'a')) == errc::value_too_long);
    CHECK(error_uri::check(std::string(512, 'a')) == errc::none);
    CHECK(error_uri::check(std::string(513, 'a')) == errc::value_too_long);
    for (int octet = 0; octet < 256; ++octet) {
        char const c = static_cast<char>(octet);
        bool const stands = (octet == 0x20 || octet == 0x21 || (octet >= 0x23 && octet <= 0x5B) ||
                             (octet >= 0x5D && octet <= 0x7E));
        CHECK((error_description::check({&c, 1}) == errc::none) == stands);
        CHECK((error_name::check({&c, 1}) == errc::none) == stands);
        CHECK((error_uri::check({&c, 1}) == errc::none) == (stands && c != ' '));
    }
    CHECK_BOTH(error_uri::check("") == errc::value_empty);
    CHECK_BOTH(error_uri::check("a b") == errc::value_character);
    CHECK_BOTH(error_uri::check("a\"b") == errc::value_character);
    CHECK_BOTH(error_name::check("") == errc::value_empty);
    CHECK_BOTH(error_name::check("a\nb") == errc::value_character);
    CHECK_BOTH(error_description::check("a\\b") == errc::value_character);
}

TEST_CASE("an error document is read as it was written") {
    error_response made;
    made.error = "invalid_scope";
    CHECK(*write_json(made) == "{\"error\":\"invalid_scope\"}");
    made.description = "no such scope";
    made.uri = "https://e.example/e";
    auto const text = write_json(made);
    CHECK(*text ==
          "{\"error\":\"invalid_scope\",\"error_description\":\"no such scope\","
          "\"error_uri\":\"https://e.example/e\"}");
    CHECK(parse_json<error_response>(*text).value() == made);
    CHECK(write_json(error_response{}).error() == error{errc::value_empty, 1});
}

TEST_CASE("a malformed request is an invalid one [RFC 6749 5.2]") {
    for (errc const code :
         {errc::message_too_long, errc::parameter_missing, errc::parameter_repeated,
          errc::parameter_value, errc::parameter_without_pair, errc::subject_token_type_refused,
          errc::form_percent, errc::form_character, errc::form_parameters}) {
        CHECK(answer(code) == error_code::invalid_request);
    }
    CHECK_BOTH(answer(errc::unsupported_grant_type) == error_code::unsupported_grant_type);
}

TEST_CASE("a client, a scope or a target that is not accepted has its own code") {
    CHECK_BOTH(answer(errc::unknown_client) == error_code::invalid_client);
    CHECK_BOTH(answer(errc::scope_refused) == error_code::invalid_scope);
    CHECK_BOTH(answer(errc::insufficient_scope) == error_code::invalid_scope);
    CHECK_BOTH(answer(errc::unknown_partner) == error_code::invalid_target);
    CHECK_BOTH(answer(errc::relation_refused) == error_code::invalid_target);
}

TEST_CASE("a bad token is an invalid grant, but an invalid request in an exchange") {
    for (errc const code :
         {errc::token_too_long, errc::not_three_parts, errc::base64_character, errc::json_syntax,
          errc::utf8_invalid, errc::algorithm_refused, errc::no_such_key, errc::unknown_issuer,
          errc::signature, errc::claim_missing, errc::expired, errc::audience_mismatch,
          errc::client_mismatch, errc::subject_refused, errc::replayed}) {
        CHECK(answer(code) == error_code::invalid_grant);
        CHECK(answer_to(code, grant_type::jwt_bearer)->code() == error_code::invalid_grant);
        CHECK(answer_to(code, grant_type::refresh_token)->code() == error_code::invalid_grant);
        CHECK(answer_to(code, grant_type::token_exchange)->code() == error_code::invalid_request);
    }
    CHECK_BOTH(answer_to(errc::unknown_partner, grant_type::token_exchange)->code() ==
               error_code::invalid_target);
}

TEST_CASE("a bad proof of possession is one, or asks for a nonce [RFC 9449 5, 8]") {
    using mcx::oauth::answer_to_proof;
    for (errc const code : {errc::proof_missing, errc::proof_repeated, errc::proof_method_mismatch,
                            errc::proof_target_mismatch}) {
        CHECK(answer(code) == error_code::invalid_dpop_proof);
        CHECK(answer_to_proof(code)->code() == error_code::invalid_dpop_proof);
    }
    for (errc const code : {errc::signature, errc::key_private, errc::too_old, errc::replayed,
                            errc::header_missing, errc::claim_missing}) {
        CHECK(answer_to_proof(code)->code() == error_code::invalid_dpop_proof);
    }
    CHECK_BOTH(answer(errc::confirmation_mismatch) == error_code::invalid_grant);
    CHECK_BOTH(answer(errc::proof_nonce_due) == error_code::use_dpop_nonce);
    CHECK_BOTH(answer_to_proof(errc::proof_nonce_due)->code() == error_code::use_dpop_nonce);
    CHECK_BOTH(answer_to_proof(errc::backend).error() == errc::backend);
    CHECK_BOTH(answer_to_proof(errc::member_missing).error() == errc::no_such_answer);
}

TEST_CASE("a bad token is an invalid client where a client shows who it is by one") {
    using mcx::oauth::answer_to_client;
    for (errc const code :
         {errc::signature, errc::expired, errc::audience_not_sole, errc::subject_refused,
          errc::client_mismatch, errc::replayed, errc::unknown_issuer, errc::not_three_parts,
          errc::unknown_client, errc::client_authentication_refused}) {
        CHECK(answer_to_client(code)->code() == error_code::invalid_client);
        CHECK(http_status(answer_to_client(code)->code()) == 401);
    }
    CHECK_BOTH(answer_to_client(errc::client_authentication_repeated)->code() ==
               error_code::invalid_request);
    CHECK_BOTH(answer_to_client(errc::parameter_without_pair)->code() ==
               error_code::invalid_request);
    CHECK_BOTH(answer_to_client(errc::backend).error() == errc::backend);
}

TEST_CASE("a code, a redirection URI or a verifier that does not fit is an invalid grant") {
    for (errc const code :
         {errc::grant_refused, errc::redirect_mismatch, errc::code_verifier_mismatch}) {
        CHECK(answer_to(code, grant_type::authorization_code)->code() == error_code::invalid_grant);
    }
    CHECK_BOTH(answer(errc::client_unauthorized) == error_code::unauthorized_client);
}

TEST_CASE("an answer says the same whatever the request held") {
    CHECK_BOTH(*answer_to(error{errc::expired, 1, 2}) == *answer_to(error{errc::expired, 7, 90}));
    CHECK_BOTH(answer_to(errc::expired)->description.view() == message_of(errc::expired));
    CHECK_BOTH(answer_to(errc::expired)->uri.empty());
}

TEST_CASE("every error is answered or not, and only a peer's is") {
    std::size_t answered = 0;
    for (errc const code : mcx::all_errors) {
        for (auto const grant : {grant_type::jwt_bearer, grant_type::token_exchange}) {
            auto const made = answer_to(error{code, 3, 4}, grant);
            if (blame_of(code) != mcx::blame::peer) {
                CHECK(made.error() == error{code, 3, 4});
                continue;
            }
            if (!made) {
                CHECK(made.error() == errc::no_such_answer);
                CHECK(stage_of(code) >= mcx::stage::message);
                continue;
            }
            ++answered;
            CHECK(made->code() != error_code::other);
            CHECK(made->description.view() == message_of(code));
            CHECK(http_status(made->code()) <= 401);
            CHECK(parse_json<error_response>(*write_json(*made)).value() == *made);
        }
    }
    CHECK(answered > 100);
    CHECK(answer_to(error{}).error() == errc::no_such_answer);
    CHECK(answer_to(errc::backend).error() == errc::backend);
    CHECK(answer_to(errc::peer_refused).error() == errc::no_such_answer);
    CHECK(answer_to(errc::bearer_missing).error() == errc::no_such_answer);
    CHECK(answer_to(errc::certificate_expired).error() == errc::no_such_answer);
}
