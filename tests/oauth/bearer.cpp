// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/bearer.hpp>

#include "support/check.hpp"

#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::challenge;
using mcx::oauth::challenge_for;
using mcx::oauth::error_code;
using mcx::oauth::parse_authorization;
using mcx::oauth::scope;
using mcx::oauth::token;

namespace {

constexpr error refusal(std::string_view value) {
    return parse_authorization(value).error();
}

}  // namespace

TEST_CASE("a bearer token is found in its header [RFC 6750 2.1]") {
    CHECK_BOTH(parse_authorization("Bearer mF_9.B5f-4.1JqM").value() == "mF_9.B5f-4.1JqM");
    CHECK_BOTH(parse_authorization("bEARER a").value() == "a");
    CHECK_BOTH(parse_authorization("Bearer   a").value() == "a");
    CHECK_BOTH(parse_authorization("Bearer abc==").value() == "abc==");
    CHECK_BOTH(parse_authorization("Bearer a+/~-._").value() == "a+/~-._");
}

TEST_CASE("the token that is found borrows the header") {
    std::string_view const header = "Bearer abc";
    CHECK(parse_authorization(header)->data() == header.data() + 7);
}

TEST_CASE("no header and another scheme mean that there is no bearer token") {
    for (std::string_view const value :
         {"", " ", "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW", "Bearers a", "Beare a", " Bearer a",
          "Bearer\ta", "Bearer,a", "DPoP a"}) {
        CHECK(refusal(value) == error{errc::bearer_missing});
    }
}

TEST_CASE("a bearer header with anything but one b64token is malformed") {
    CHECK_BOTH(refusal("Bearer") == error{errc::bearer_malformed, 0, 6});
    CHECK_BOTH(refusal("Bearer ") == error{errc::bearer_malformed, 0, 7});
    CHECK_BOTH(refusal("Bearer =") == error{errc::bearer_malformed, 0, 7});
    CHECK_BOTH(refusal("Bearer ab=c") == error{errc::bearer_malformed, 0, 10});
    CHECK_BOTH(refusal("Bearer a b") == error{errc::bearer_malformed, 0, 8});
    CHECK_BOTH(refusal("Bearer a ") == error{errc::bearer_malformed, 0, 8});
    CHECK_BOTH(refusal("Bearer a,b") == error{errc::bearer_malformed, 0, 8});
    CHECK_BOTH(refusal("Bearer a\"b") == error{errc::bearer_malformed, 0, 8});
    CHECK_BOTH(refusal("Bearer a\r\nb").code == errc::bearer_malformed);
    CHECK_BOTH(refusal("Bearer a\xC3\xA9").code == errc::bearer_malformed);
    CHECK_BOTH(refusal("Bearer \ta").code == errc::bearer_malformed);
    CHECK_BOTH(refusal({"Bearer a\0", 9}).code == errc::bearer_malformed);
}

TEST_CASE("exactly 69 characters stand in a b64token") {
    int count = 0;
    for (int octet = 0; octet < 256; ++octet) {
        std::string const value{'B', 'e', 'a', 'r', 'e', 'r', ' ', 'a', static_cast<char>(octet)};
        count += parse_authorization(std::string_view{value}) ? 1 : 0;
    }
    CHECK(count == 26 + 26 + 10 + 6 + 1);  // the last is '='
}

TEST_CASE("a bearer token has at most 8192 characters") {
    std::string value = "Bearer " + std::string(8192, 'a');
    CHECK(parse_authorization(std::string_view{value})->size() == 8192);
    value += 'a';
    CHECK(refusal(value) == error{errc::bearer_malformed, 0, 7 + 8192});
}

TEST_CASE("a token that is written into a header is read out of it") {
    for (std::string_view const text : {"a", "mF_9.B5f-4.1JqM", "abc=="}) {
        auto const value = mcx::oauth::authorization(*token::from(text));
        CHECK(value);
        CHECK(parse_authorization(std::string_view{*value}).value() == text);
    }
}

TEST_CASE("a token that no bearer header can hold is not written into one") {
    CHECK(mcx::oauth::authorization(token{}).error() == errc::value_empty);
    CHECK(mcx::oauth::authorization(*token::from("a b")).error() == errc::value_character);
    CHECK(mcx::oauth::authorization(*token::from("a,b")).error() == errc::value_character);
    CHECK(mcx::oauth::authorization(*token::from("=")).error() == errc::value_character);
}

TEST_CASE("a challenge is written with what it says and nothing else [RFC 6750 3]") {
    challenge refused;
    CHECK(www_authenticate(refused) == "Bearer");
    CHECK(refused.status() == 401);
    refused.realm = "example";
    CHECK(www_authenticate(refused) == "Bearer realm=\"example\"");
    refused.code = error_code::invalid_token;
    refused.description = "The access token expired";
    CHECK(www_authenticate(refused) ==
          "Bearer realm=\"example\", error=\"invalid_token\", "
          "error_description=\"The access token expired\"");
    CHECK(refused.status() == 401);
    refused.realm = {};
    refused.description = {};
    refused.scope = "a b";
    refused.code = error_code::insufficient_scope;
    CHECK(www_authenticate(refused) == "Bearer scope=\"a b\", error=\"insufficient_scope\"");
    CHECK(refused.status() == 403);
}

TEST_CASE("nothing that would end a quoted text early can be in a challenge") {
    CHECK_BOTH(mcx::oauth::realm::check("a b") == errc::none);
    CHECK_BOTH(mcx::oauth::realm::check("a\"b") == errc::value_character);
    CHECK_BOTH(mcx::oauth::realm::check("a\\") == errc::value_character);
    CHECK_BOTH(mcx::oauth::realm::check("a\r\n") == errc::value_character);
    CHECK_BOTH(mcx::oauth::realm::check("") == errc::value_empty);
    CHECK_BOTH(mcx::oauth::error_description::check("a\"b") == errc::value_character);
    CHECK_BOTH(scope::from("a\"b").error() == errc::value_character);
}

TEST_CASE("a request without a token is challenged without an error code [RFC 6750 3.1]") {
    CHECK_BOTH(!challenge_for(errc::bearer_missing)->code);
    CHECK_BOTH(challenge_for(errc::bearer_missing)->status() == 401);
    CHECK_BOTH(challenge_for(errc::bearer_missing)->description.empty());
    constexpr scope needed{"a"};
    CHECK_BOTH(challenge_for(errc::bearer_missing, needed)->scope == needed);
}

TEST_CASE("a refused token is challenged with the code of RFC 6750 3.1") {
    CHECK_BOTH(challenge_for(errc::bearer_malformed)->code == error_code::invalid_request);
    CHECK_BOTH(challenge_for(errc::bearer_malformed)->status() == 400);
    CHECK_BOTH(challenge_for(errc::expired)->code == error_code::invalid_token);
    CHECK_BOTH(challenge_for(errc::expired)->status() == 401);
    CHECK_BOTH(challenge_for(errc::expired)->description.view() == "the token has expired");
    CHECK_BOTH(challenge_for(errc::signature)->code == error_code::invalid_token);
    CHECK_BOTH(challenge_for(errc::not_three_parts)->code == error_code::invalid_token);
    CHECK_BOTH(challenge_for(errc::identity_mismatch)->code == error_code::invalid_token);
    CHECK_BOTH(challenge_for(errc::replayed)->code == error_code::invalid_token);
    CHECK_BOTH(challenge_for(errc::insufficient_scope)->code == error_code::insufficient_scope);
    CHECK_BOTH(challenge_for(errc::insufficient_scope)->status() == 403);
    CHECK_BOTH(challenge_for(errc::scope_refused)->code == error_code::insufficient_scope);
    scope const needed{"x y"};
    CHECK(www_authenticate(*challenge_for(errc::insufficient_scope, needed)) ==
          "Bearer scope=\"x y\", error=\"insufficient_scope\", "
          "error_description=\"the token lacks the scope that is needed\"");
}

TEST_CASE("every error is challenged or not, and only a peer's is") {
    for (errc const code : mcx::all_errors) {
        auto const made = challenge_for(error{code, 3, 4});
        if (blame_of(code) != mcx::blame::peer) {
            CHECK(made.error() == error{code, 3, 4});
        } else if (stage_of(code) < mcx::stage::message || code == errc::bearer_missing ||
                   code == errc::bearer_malformed) {
            CHECK(made);
            CHECK(made->status() >= 400);
            CHECK(made->status() <= 403);
        } else {
            CHECK(made.error() == errc::no_such_answer);
        }
    }
    CHECK(challenge_for(error{}).error() == errc::no_such_answer);
}
