// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/access_token.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::access_token;
using mcx::idm::access_token_profile;
using mcx::test::accepted_by;
using mcx::test::audience_of;
using mcx::test::issued;
using mcx::test::mc_server;
using mcx::test::sample_access_token;

namespace {

using fields = access_token::fields;

error refusal(std::string_view payload) {
    return accepted_by<access_token_profile>(mc_server,
                                             mcx::test::compact(R"({"alg":"ES256"})", payload))
        .error();
}

error refused(errc code, std::string_view claim) {
    return {code, fields::number_of(claim)};
}

/// The claims that table B.2.2.2-1 asks for, and no others.
std::string least(std::string_view more = "") {
    return R"({"exp":1700000600,"scope":"a b","client_id":"c")" + std::string(more) + "}";
}

}  // namespace

TEST_CASE("the claims of an access token are those of B.2.2, then those of RFC 7519, in order") {
    constexpr std::string_view names[]{
        "exp", "scope", "client_id", "mcptt_id", "mcvideo_id", "mcdata_id", "iss", "sub",
        "aud", "nbf",   "iat",       "jti",      "mcrec_id",   "may_act",   "act", "cnf"};
    CHECK_BOTH(fields::size == std::size(names));
    for (std::size_t i = 0; i < std::size(names); ++i) {
        CHECK(fields::name_of(i + 1) == names[i]);
    }
    CHECK_BOTH(fields::missing(0b110) == 1);
    CHECK_BOTH(fields::missing(0b101) == 2);
    CHECK_BOTH(fields::missing(0b011) == 3);
    CHECK_BOTH(fields::missing(0b111) == 0);
}

TEST_CASE("an access token needs only what the TS requires") {
    auto const token = accepted_by<access_token_profile>(
        mc_server, mcx::test::compact(R"({"alg":"ES256"})", least()));
    CHECK(token.has_value());
    CHECK((token && (*token)->scope.view() == "a b" && (*token)->client_id.view() == "c"));
    CHECK((token && mcx::idm::identities_of(token->claims()) == mcx::idm::identities{}));
    CHECK(refusal(R"({"scope":"a","client_id":"c"})").code == errc::claim_missing);
    CHECK(refusal(R"({"exp":1700000600,"client_id":"c"})") ==
          error{errc::claim_missing, fields::number_of("scope"), 34});
    CHECK(refusal(R"({"exp":1700000600,"scope":"a"})") ==
          error{errc::claim_missing, fields::number_of("client_id"), 30});
}

TEST_CASE("what the TS does not require is checked where it is there") {
    CHECK(refusal(least()) == error{});
    CHECK(refusal(least(R"(,"iss":"https://idms.other.example")")) ==
          refused(errc::issuer_mismatch, "iss"));
    CHECK(refusal(least(R"(,"aud":"https://another.example")")) ==
          refused(errc::audience_mismatch, "aud"));
    CHECK(refusal(least(R"(,"aud":["x","https://mcptt.home.example"])")) == error{});
    CHECK(refusal(least(R"(,"nbf":1700000001)")) == refused(errc::not_yet_valid, "nbf"));
    CHECK(refusal(least(R"(,"iat":1700000001)")) == refused(errc::issued_in_future, "iat"));
    CHECK(refusal(least(R"(,"sub":"")")).code == errc::claim_value);
    CHECK(refusal(least(R"(,"jti":7)")).code == errc::claim_shape);
    CHECK(refusal(least(R"(,"mcptt_id":7)")).code == errc::claim_shape);
}

TEST_CASE("a scope is a text of tokens, and a client id visible characters") {
    auto const with_scope = [](std::string_view scope) {
        return refusal(R"({"exp":1700000600,"client_id":"c","scope":)" + std::string(scope) + "}");
    };
    CHECK(with_scope(R"("3gpp:mc:ptt_service something:new")") == error{});
    CHECK(with_scope(R"(["a","b"])").code == errc::claim_shape);
    CHECK(with_scope(R"("")").code == errc::claim_value);
    CHECK(with_scope(R"("a  b")").code == errc::claim_value);
    CHECK(with_scope(R"("a\tb")").code == errc::claim_value);
    CHECK(refusal(R"({"exp":1700000600,"scope":"a","client_id":""})").code == errc::claim_value);
    CHECK(refusal(R"({"exp":1700000600,"scope":"a","client_id":"\u00e4"})").code ==
          errc::claim_value);
}

TEST_CASE("what is issued is accepted, with its identities") {
    access_token claims = sample_access_token();
    claims.mcvideo = *mcx::idm::mcvideo_id::from("video");
    claims.mcdata = *mcx::idm::mcdata_id::from("data");
    claims.nbf = mcx::instant{1};
    auto const token =
        accepted_by<access_token_profile>(mc_server, issued<access_token_profile>(claims));
    CHECK((token && token->claims() == claims));
    auto const ids = mcx::idm::identities_of(claims);
    CHECK((ids.mcptt && ids.mcptt->view() == "sip:alice@mcptt.home.example"));
    CHECK((ids.mcvideo && ids.mcvideo->view() == "video"));
    CHECK((ids.mcdata && ids.mcdata->view() == "data"));
}

TEST_CASE("an audience may lack, and where there is one it names the server") {
    access_token claims = sample_access_token();
    claims.aud.reset();
    std::string const text = issued<access_token_profile>(claims);
    CHECK(accepted_by<access_token_profile>(mc_server, text).has_value());
    CHECK(accepted_by<access_token_profile>("https://another.example", text).has_value());
    claims.aud = audience_of({"x", mc_server});
    std::string const meant = issued<access_token_profile>(claims);
    CHECK(accepted_by<access_token_profile>(mc_server, meant).has_value());
    CHECK(accepted_by<access_token_profile>("https://another.example", meant).error() ==
          refused(errc::audience_mismatch, "aud"));
}

TEST_CASE("access tokens may be signed with each algorithm and say JWT or nothing of their type") {
    CHECK_BOTH(std::same_as<access_token_profile::algorithms, mcx::signature_algorithms>);
    CHECK_BOTH(access_token_profile::typ::accepts_absent());
    CHECK_BOTH(access_token_profile::typ::accepts("application/jwt"));
    CHECK_BOTH(access_token_profile::typ::accepts("at+jwt"));
    CHECK_BOTH(!access_token_profile::typ::accepts("dpop+jwt"));
    CHECK_BOTH(access_token_profile::typ::written == "JWT");
    CHECK_BOTH(!access_token_profile::understood::understands("exp"));
}
