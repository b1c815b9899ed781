// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/dpop.hpp>

#include "support/check.hpp"

#include <array>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::oauth::algorithm_names;
using mcx::oauth::dpop_challenge;
using mcx::oauth::dpop_challenge_for;
using mcx::oauth::dpop_challenge_for_proof;
using mcx::oauth::error_code;
using mcx::oauth::parse_dpop_authorization;
using mcx::oauth::sole_proof;
using mcx::oauth::token;

namespace {

constexpr algorithm_names algs{"ES256 EdDSA"};

constexpr error refusal(std::string_view value) {
    return parse_dpop_authorization(value).error();
}

}  // namespace

TEST_CASE("a token of this scheme is found in its header, in whatever case the scheme is") {
    CHECK_BOTH(parse_dpop_authorization("DPoP Kz~8mXK1EalYznwH-LC-1fBAo").value() ==
               "Kz~8mXK1EalYznwH-LC-1fBAo");
    CHECK_BOTH(parse_dpop_authorization("dpop a").value() == "a");
    CHECK_BOTH(parse_dpop_authorization("DPOP  a==").value() == "a==");
}

TEST_CASE("a bearer token is no token of this scheme, and the other way about") {
    CHECK_BOTH(refusal("Bearer a") == error{errc::bearer_missing});
    CHECK_BOTH(refusal("") == error{errc::bearer_missing});
    CHECK_BOTH(refusal("DPoPs a") == error{errc::bearer_missing});
    CHECK_BOTH(mcx::oauth::parse_authorization("DPoP a").error() == error{errc::bearer_missing});
}

TEST_CASE("a header of this scheme with anything but one b64token is malformed") {
    CHECK_BOTH(refusal("DPoP") == error{errc::bearer_malformed, 0, 4});
    CHECK_BOTH(refusal("DPoP ") == error{errc::bearer_malformed, 0, 5});
    CHECK_BOTH(refusal("DPoP a b") == error{errc::bearer_malformed, 0, 6});
    CHECK_BOTH(refusal("DPoP a\r\nb").code == errc::bearer_malformed);
    CHECK(refusal("DPoP " + std::string(8193, 'a')) == error{errc::bearer_malformed, 0, 5 + 8192});
}

TEST_CASE("a token is written with this scheme if it can be") {
    auto const value = mcx::oauth::dpop_authorization(*token::from("mF_9.B5f-4.1JqM"));
    CHECK(value.value() == "DPoP mF_9.B5f-4.1JqM");
    CHECK(parse_dpop_authorization(std::string_view{*value}).value() == "mF_9.B5f-4.1JqM");
    CHECK(mcx::oauth::dpop_authorization(token{}).error() == errc::value_empty);
    CHECK(mcx::oauth::dpop_authorization(*token::from("a b")).error() == errc::value_character);
}

TEST_CASE("a request has exactly one proof [RFC 9449 4.3]") {
    std::array<std::string_view, 2> const fields{"a.b.c", "a.b.c"};
    CHECK(sole_proof({}).error() == errc::proof_missing);
    CHECK(sole_proof({fields.data(), 1}).value() == "a.b.c");
    CHECK(sole_proof(fields).error() == errc::proof_repeated);
}

TEST_CASE("a nonce has the characters of RFC 9449 8.1 and no others") {
    using mcx::oauth::dpop_nonce;
    for (int octet = 0; octet < 256; ++octet) {
        char const c = static_cast<char>(octet);
        bool const stands =
            octet == 0x21 || (octet >= 0x23 && octet <= 0x5B) || (octet >= 0x5D && octet <= 0x7E);
        CHECK((dpop_nonce::check({&c, 1}) == errc::none) == stands);
    }
    CHECK_BOTH(dpop_nonce::check("") == errc::value_empty);
    CHECK(dpop_nonce::check(std::string(256, 'a')) == errc::value_too_long);
}

TEST_CASE("a challenge says what is wrong and which algorithms there are [RFC 9449 7.1]") {
    dpop_challenge refused;
    refused.algs = "ES256 PS256";
    CHECK(www_authenticate(refused) == "DPoP algs=\"ES256 PS256\"");
    CHECK(refused.status() == 401);
    refused.code = error_code::invalid_token;
    refused.description = "Invalid DPoP key binding";
    refused.algs = "ES256";
    CHECK(www_authenticate(refused) ==
          "DPoP error=\"invalid_token\", error_description=\"Invalid DPoP key binding\", "
          "algs=\"ES256\"");
    CHECK(algorithm_names::check("ES256\"") == errc::value_character);
}

TEST_CASE("an error in the token is told as it is of a bearer token") {
    CHECK_BOTH(!dpop_challenge_for(errc::bearer_missing, algs)->code);
    CHECK_BOTH(dpop_challenge_for(errc::bearer_missing, algs)->algs == algs);
    CHECK_BOTH(dpop_challenge_for(errc::expired, algs)->code == error_code::invalid_token);
    CHECK_BOTH(dpop_challenge_for(errc::confirmation_mismatch, algs)->code ==
               error_code::invalid_token);
    CHECK_BOTH(dpop_challenge_for(errc::bearer_malformed, algs)->status() == 400);
    constexpr mcx::oauth::scope needed{"a"};
    CHECK_BOTH(dpop_challenge_for(errc::insufficient_scope, algs, needed)->status() == 403);
    CHECK_BOTH(dpop_challenge_for(errc::insufficient_scope, algs, needed)->scope == needed);
    CHECK_BOTH(dpop_challenge_for(errc::backend, algs).error() == errc::backend);
    CHECK_BOTH(dpop_challenge_for(errc::field_missing, algs).error() == errc::no_such_answer);
}

TEST_CASE("an error in the proof is an invalid proof, but a nonce that is due is asked for") {
    for (errc const code :
         {errc::proof_missing, errc::proof_repeated, errc::signature, errc::too_old,
          errc::proof_method_mismatch, errc::proof_target_mismatch, errc::replayed,
          errc::key_private, errc::not_three_parts, errc::algorithm_refused}) {
        CHECK(dpop_challenge_for_proof(code, algs)->code == error_code::invalid_dpop_proof);
        CHECK(dpop_challenge_for_proof(code, algs)->status() == 401);
    }
    auto const due = dpop_challenge_for_proof(errc::proof_nonce_due, algs);
    CHECK(due->status() == 401);
    CHECK(www_authenticate(*due) ==
          "DPoP error=\"use_dpop_nonce\", error_description=\"the proof has no nonce that the "
          "server gave lately\", algs=\"ES256 EdDSA\"");
}

TEST_CASE("every error of a proof is challenged or not, and only a peer's is") {
    for (errc const code : mcx::all_errors) {
        auto const made = dpop_challenge_for_proof(error{code, 3, 4}, algs);
        if (blame_of(code) != mcx::blame::peer) {
            CHECK(made.error() == error{code, 3, 4});
        } else if (stage_of(code) < mcx::stage::message || code == errc::proof_repeated) {
            CHECK(made->algs == algs);
        } else {
            CHECK(made.error() == errc::no_such_answer);
        }
    }
    CHECK(dpop_challenge_for_proof(error{}, algs).error() == errc::no_such_answer);
}
