// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/login.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <chrono>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::id_token;
using mcx::idm::id_token_profile;
using mcx::idm::login;
using mcx::idm::login_artefacts;
using mcx::test::credulous;
using namespace std::chrono_literals;
namespace jwt = mcx::jwt;
namespace test = mcx::test;

namespace {

login asked_for() {
    return {.client = test::certain(mcx::oauth::client_id::from(test::mc_client))};
}

template <class A = mcx::es256>
mcx::token_hash hash_of(std::string_view text) {
    return jwt::half_hash<A>::template of<credulous>(text)->claim();
}

template <class B = credulous, class A = mcx::es256>
mcx::result<jwt::validated<id_token_profile>> accepted(id_token const& claims, login const& asked,
                                                       login_artefacts const& beside = {}) {
    auto const idms = test::trust_in<B>({test::home_idms});
    mcx::workspace<B> work;
    return mcx::idm::accept_id_token(test::issued<id_token_profile, A>(claims), idms, work, asked,
                                     beside, test::noon);
}
error refusal(id_token const& claims, login const& asked, login_artefacts const& beside = {}) {
    return accepted(claims, asked, beside).error();
}
error refused(errc code, std::string_view claim) {
    return {code, id_token::fields::number_of(claim)};
}

}  // namespace

TEST_CASE("an ID token that answers the login is accepted") {
    auto const token = accepted(test::sample_id_token(), asked_for());
    CHECK((token && token->claims() == test::sample_id_token()));
}

TEST_CASE("steps 2 and 6: the issuer is the one that was asked, and signs") {
    auto const claims = test::sample_id_token();
    auto const two = test::trust_in<credulous>({test::home_idms, "https://other.example"});
    mcx::trust<credulous> const none;
    mcx::workspace<credulous> work;
    std::string const text = test::issued<id_token_profile>(claims);
    auto const by = [&](auto const& idms) {
        return mcx::idm::accept_id_token(text, idms, work, asked_for(), {}, test::noon).error();
    };
    CHECK(by(two) == errc::unknown_issuer);
    CHECK(by(none) == errc::unknown_issuer);
    id_token foreign = claims;
    foreign.iss = mcx::issuer("https://other.example");
    CHECK(refusal(foreign, asked_for()) == refused(errc::issuer_mismatch, "iss"));
    auto const idms = test::trust_in<test::incredulous>({test::home_idms});
    mcx::workspace<test::incredulous> mistrusting;
    CHECK(mcx::idm::accept_id_token(text, idms, mistrusting, asked_for(), {}, test::noon).error() ==
          errc::signature);
}

TEST_CASE("steps 3 to 5: the audience and the authorised party are the client") {
    id_token claims = test::sample_id_token();
    claims.aud = test::audience_of({"another"});
    CHECK(refusal(claims, asked_for()) == refused(errc::audience_mismatch, "aud"));
    claims.aud = test::audience_of({test::mc_client, "another"});
    CHECK(refusal(claims, asked_for()) == refused(errc::audience_not_sole, "aud"));
    claims = test::sample_id_token();
    claims.azp = mcx::authorized_party("another");
    CHECK(refusal(claims, asked_for()) == refused(errc::authorized_party_mismatch, "azp"));
    claims.azp = test::certain(mcx::authorized_party::from(test::mc_client));
    CHECK(refusal(claims, asked_for()) == error{});
}

TEST_CASE("steps 9 and 10: the times hold, with the leeway that the client has") {
    id_token claims = test::sample_id_token();
    claims.iat = test::noon.at.plus(-20s);
    claims.exp = test::noon.at.plus(-10s);
    CHECK(refusal(claims, asked_for()) == refused(errc::expired, "exp"));
    login lenient = asked_for();
    lenient.skew = mcx::leeway(11s);
    CHECK(refusal(claims, lenient) == error{});
    claims = test::sample_id_token();
    claims.iat = test::noon.at.plus(11s);
    CHECK(refusal(claims, asked_for()) == refused(errc::issued_in_future, "iat"));
    CHECK(refusal(claims, lenient) == error{});
}

TEST_CASE("step 11: the nonce is the one that was sent, or there was none") {
    id_token claims = test::sample_id_token();
    login asked = asked_for();
    asked.nonce = mcx::nonce("n-0S6");
    CHECK(refusal(claims, asked) == refused(errc::nonce_mismatch, "nonce"));
    claims.nonce = mcx::nonce("n-0S6");
    CHECK(refusal(claims, asked) == error{});
    CHECK(refusal(claims, asked_for()) == refused(errc::nonce_mismatch, "nonce"));
    claims.nonce = mcx::nonce("n-0S7");
    CHECK(refusal(claims, asked) == refused(errc::nonce_mismatch, "nonce"));
}

TEST_CASE("step 12: the context is one of those asked for") {
    id_token claims = test::sample_id_token();
    login asked = asked_for();
    CHECK(asked.acr.push_back(mcx::idm::password_context));
    error const mismatch = refused(errc::authentication_context_mismatch, "acr");
    CHECK(refusal(claims, asked) == mismatch);
    claims.acr = mcx::authentication_context("0");
    CHECK(refusal(claims, asked) == mismatch);
    CHECK(refusal(claims, asked_for()) == error{});
    CHECK(asked.acr.push_back(mcx::authentication_context("0")));
    CHECK(refusal(claims, asked) == error{});
    claims.acr = mcx::idm::password_context;
    CHECK(refusal(claims, asked) == error{});
}

TEST_CASE("step 13: the user logged in as lately as was asked") {
    id_token claims = test::sample_id_token();
    login asked = asked_for();
    asked.max_age = 60s;
    CHECK(refusal(claims, asked) == refused(errc::too_old, "auth_time"));
    claims.auth_time = test::noon.at.plus(-61s);
    CHECK(refusal(claims, asked) == refused(errc::too_old, "auth_time"));
    claims.auth_time = test::noon.at.plus(-60s);
    CHECK(refusal(claims, asked) == error{});
}

TEST_CASE("the hashes that are there are those of the access token and the code") {
    id_token claims = test::sample_id_token();
    CHECK(refusal(claims, asked_for(), {"access", "code"}) == error{});
    claims.at_hash = hash_of("access");
    CHECK(refusal(claims, asked_for(), {"access", "code"}) == error{});
    error const other_token = refused(errc::token_hash_mismatch, "at_hash");
    CHECK(refusal(claims, asked_for(), {"another", "code"}) == other_token);
    CHECK(refusal(claims, asked_for()) == other_token);
    claims.c_hash = hash_of("code");
    CHECK(refusal(claims, asked_for(), {"access", "code"}) == error{});
    CHECK(refusal(claims, asked_for(), {"access", "access"}) ==
          refused(errc::token_hash_mismatch, "c_hash"));
}

TEST_CASE("the hash is by the algorithm that signed the ID token") {
    id_token claims = test::sample_id_token();
    claims.at_hash = hash_of<mcx::eddsa>("access");
    CHECK(accepted<credulous, mcx::eddsa>(claims, asked_for(), {"access", ""}).has_value());
    CHECK(refusal(claims, asked_for(), {"access", ""}) ==
          refused(errc::token_hash_mismatch, "at_hash"));
}

TEST_CASE("a login by nobody accepts nothing") {
    CHECK(refusal(test::sample_id_token(), {}) == errc::value_empty);
}
