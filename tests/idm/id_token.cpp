// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/id_token.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::id_token;
using mcx::idm::id_token_profile;
using mcx::test::accepted_by;
using mcx::test::audience_of;
using mcx::test::issued;
using mcx::test::mc_client;
using mcx::test::sample_id_token;

namespace {

using fields = id_token::fields;

error refusal(std::string_view payload) {
    return accepted_by<id_token_profile>(mc_client,
                                         mcx::test::compact(R"({"alg":"ES256"})", payload))
        .error();
}

error refusal(id_token const& claims) {
    return accepted_by<id_token_profile>(mc_client, issued<id_token_profile>(claims)).error();
}

error refused(errc code, std::string_view claim) {
    return {code, fields::number_of(claim)};
}

}  // namespace

TEST_CASE("the claims of an ID token are those of tables B.2.1.2-1 and B.2.1.3-1, in order") {
    constexpr std::string_view names[]{"iss",       "sub",    "aud",      "exp",        "iat",
                                       "auth_time", "nonce",  "acr",      "amr",        "azp",
                                       "at_hash",   "c_hash", "mcptt_id", "mcvideo_id", "mcdata_id",
                                       "mcrec_id",  "scope"};
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

TEST_CASE("an ID token is accepted by the client that it is for, and only there") {
    std::string const text = issued<id_token_profile>(sample_id_token());
    auto const token = accepted_by<id_token_profile>(mc_client, text);
    CHECK((token && token->claims() == sample_id_token()));
    CHECK(accepted_by<id_token_profile>("mc-client-8", text).error() ==
          refused(errc::audience_mismatch, "aud"));
}

TEST_CASE("the client is the sole audience") {
    id_token claims = sample_id_token();
    claims.aud = audience_of({mc_client, "another"});
    CHECK(refusal(claims) == refused(errc::audience_not_sole, "aud"));
    claims.aud = audience_of({mc_client, mc_client});
    CHECK(refusal(claims) == error{});
}

TEST_CASE("an ID token has no scope") {
    constexpr std::string_view payload =
        R"({"iss":"https://idms.home.example","sub":"x","aud":"mc-client-7","exp":1700000001,)"
        R"("iat":1,"scope":"openid"})";
    constexpr auto place = static_cast<std::uint32_t>(payload.find("\"openid\""));
    CHECK(refusal(payload) == error{errc::claim_prohibited, fields::number_of("scope"), place});
}

TEST_CASE("identities are those of the services that the user has, read as their own") {
    id_token claims = sample_id_token();
    claims.mcptt.reset();
    claims.mcvideo = *mcx::idm::mcvideo_id::from("video");
    claims.mcdata = *mcx::idm::mcdata_id::from("data");
    claims.mcrec = *mcx::idm::mcrec_id::from("recorder");
    auto const token = accepted_by<id_token_profile>(mc_client, issued<id_token_profile>(claims));
    CHECK((token && token->claims() == claims));
    CHECK(refusal(R"({"mcptt_id":""})").code == errc::claim_value);
    CHECK(refusal(R"({"mcdata_id":null})").code == errc::claim_shape);
}

TEST_CASE("ID tokens may be signed with each algorithm and say JWT or nothing of their type") {
    CHECK_BOTH(std::same_as<id_token_profile::algorithms, mcx::signature_algorithms>);
    CHECK_BOTH(id_token_profile::typ::accepts_absent() && id_token_profile::typ::accepts("jwt"));
    CHECK_BOTH(!id_token_profile::typ::accepts("at+jwt"));
    CHECK_BOTH(!id_token_profile::understood::understands("exp"));
    CHECK_BOTH(id_token_profile::limits.token == 8192);
}

TEST_CASE("ID tokens that differ in one claim are not the same") {
    id_token const token = sample_id_token();
    id_token other = token;
    CHECK(other == token);
    other.iat = {1};
    CHECK_FALSE(other == token);
    other = token;
    other.mcdata = *mcx::idm::mcdata_id::from("x");
    CHECK_FALSE(other == token);
}
