// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/security_token.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::security_token;
using mcx::idm::security_token_profile;
using mcx::test::accepted_by;
using mcx::test::audience_of;
using mcx::test::issued;
using mcx::test::mc_client;
using mcx::test::partner_idms;
using mcx::test::sample_security_token;

namespace {

using fields = security_token::fields;

error refusal(security_token const& claims, std::string_view self = partner_idms) {
    return accepted_by<security_token_profile>(self, issued<security_token_profile>(claims))
        .error();
}

error refusal_of_payload(std::string_view payload) {
    return accepted_by<security_token_profile>(partner_idms,
                                               mcx::test::compact(R"({"alg":"ES256"})", payload))
        .error();
}

error refused(errc code, std::string_view claim) {
    return {code, fields::number_of(claim)};
}

}  // namespace

TEST_CASE("the claims of a security token are those of table B.8-1, jti and act, in order") {
    constexpr std::string_view names[]{"iss", "sub", "aud", "exp", "iat", "jti", "act", "scope"};
    CHECK_BOTH(fields::size == std::size(names));
    for (std::size_t i = 0; i < std::size(names); ++i) {
        CHECK(fields::name_of(i + 1) == names[i]);
    }
    CHECK_BOTH(fields::missing(0b1'1110) == 1);
    CHECK_BOTH(fields::missing(0b1'1101) == 2);
    CHECK_BOTH(fields::missing(0b1'1011) == 3);
    CHECK_BOTH(fields::missing(0b1'0111) == 4);
    CHECK_BOTH(fields::missing(0b0'1111) == 5);
    CHECK_BOTH(fields::missing(0b1'1111) == 0);
}

TEST_CASE("a security token is accepted by the partner that it names") {
    std::string const text = issued<security_token_profile>(sample_security_token());
    auto const token = accepted_by<security_token_profile>(partner_idms, text);
    CHECK((token && token->claims() == sample_security_token()));
    CHECK(refusal(sample_security_token(), "https://idms.third.example") ==
          refused(errc::audience_mismatch, "aud"));
    CHECK(refusal(sample_security_token(), "https://idms.partner.example/") ==
          refused(errc::audience_mismatch, "aud"));
}

TEST_CASE("the audience is the partner and the client, in either order") {
    security_token claims = sample_security_token();
    claims.aud = audience_of({partner_idms, mc_client});
    CHECK(refusal(claims) == error{});
    claims.aud = audience_of({partner_idms});
    CHECK(refusal(claims) == refused(errc::audience_lacks_client, "aud"));
    claims.aud = audience_of({partner_idms, partner_idms});
    CHECK(refusal(claims) == refused(errc::audience_lacks_client, "aud"));
    claims.aud = audience_of({mc_client});
    CHECK(refusal(claims) == refused(errc::audience_mismatch, "aud"));
    claims.aud = audience_of({"a", "b", partner_idms});
    CHECK(refusal(claims) == error{});
}

TEST_CASE("a security token has no scope and needs no jti") {
    security_token claims = sample_security_token();
    claims.jti.reset();
    CHECK(refusal(claims) == error{});
    CHECK(refusal_of_payload(R"({"scope":""})") ==
          error{errc::claim_prohibited, fields::number_of("scope"), 9});
}

TEST_CASE("every claim of the table is required") {
    CHECK(refusal_of_payload(R"({"sub":"x","aud":["a","b"],"exp":1,"iat":1})").code ==
          errc::claim_missing);
    CHECK(refusal_of_payload(R"({"iss":"x","aud":["a","b"],"exp":1,"iat":1})").code ==
          errc::claim_missing);
    CHECK(refusal_of_payload(R"({"iss":"x","sub":"x","exp":1,"iat":1})").code ==
          errc::claim_missing);
    CHECK(refusal_of_payload(R"({"iss":"x","sub":"x","aud":["a","b"],"iat":1})").code ==
          errc::claim_missing);
    CHECK(refusal_of_payload(R"({"iss":"x","sub":"x","aud":["a","b"],"exp":1})").code ==
          errc::claim_missing);
}

TEST_CASE("security tokens may be signed with each algorithm and say JWT or nothing") {
    CHECK_BOTH(std::same_as<security_token_profile::algorithms, mcx::signature_algorithms>);
    CHECK_BOTH(security_token_profile::typ::accepts_absent());
    CHECK_BOTH(security_token_profile::typ::accepts("JWT"));
    CHECK_BOTH(!security_token_profile::typ::accepts("at+jwt"));
    CHECK_BOTH(!security_token_profile::understood::understands("exp"));
}
