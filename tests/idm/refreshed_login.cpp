// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/refreshed_login.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <chrono>
#include <concepts>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::first_login;
using mcx::idm::id_token;
using mcx::idm::id_token_profile;
using mcx::test::credulous;
using namespace std::chrono_literals;
namespace jwt = mcx::jwt;
namespace test = mcx::test;

namespace {

mcx::oauth::client_id client() {
    return test::certain(mcx::oauth::client_id::from(test::mc_client));
}

/// The ID token of the login: the user has shown who they are a minute before it was issued.
id_token of_login() {
    id_token t = test::sample_id_token();
    t.auth_time = test::noon.at.plus(-60s);
    t.nonce = mcx::nonce("n-0S6");
    return t;
}

/// What comes with a refresh ten minutes later.
id_token of_refresh() {
    id_token t = of_login();
    t.iat = t.iat.plus(600s);
    t.exp = t.exp.plus(600s);
    t.nonce.reset();
    return t;
}

/// A kind of ID token that may be for others beside the client.
struct shared_profile : id_token_profile {
    using audience_rule = jwt::names_me;
};

constexpr mcx::fixed_clock later{{1'700'000'600}};

template <class P = id_token_profile>
first_login kept(id_token const& first = of_login()) {
    auto const idms = test::trust_in<credulous>({test::home_idms});
    mcx::workspace<credulous> work;
    return mcx::idm::first_login_of(test::certain(
        mcx::idm::accept_id_token<P>(test::issued<P>(first), idms, work,
                                     {.client = client(), .nonce = first.nonce}, {}, test::noon)));
}

template <class P = id_token_profile, class B = credulous>
mcx::result<jwt::validated<P>> renewed(id_token const& claims, first_login const& first = kept(),
                                       std::string_view access = {}, mcx::leeway skew = {},
                                       mcx::fixed_clock clock = later) {
    auto const idms = test::trust_in<B>({test::home_idms});
    mcx::workspace<B> work;
    return mcx::idm::accept_refreshed_id_token<P>(test::issued<P>(claims), idms, work, client(),
                                                  first, access, clock, skew);
}
template <class P = id_token_profile>
error refusal(id_token const& claims, first_login const& first = kept()) {
    return renewed<P>(claims, first).error();
}
error refused(errc code, std::string_view claim) {
    return {code, id_token::fields::number_of(claim)};
}

}  // namespace

TEST_CASE("what a client keeps of a login is what its ID token says of it") {
    id_token first = of_login();
    first.azp = test::certain(mcx::authorized_party::from(test::mc_client));
    CHECK(kept(first) == first_login{first.iss, first.sub, first.aud, first.iat, first.auth_time,
                                     first.azp, first.nonce});
}

TEST_CASE("an ID token of the same login is accepted, by its own times") {
    auto const token = renewed(of_refresh());
    CHECK((token && token->claims() == of_refresh()));
    id_token late = of_refresh();
    late.exp = later.at;
    CHECK(refusal(late) == refused(errc::expired, "exp"));
    CHECK(renewed(late, kept(), {}, mcx::leeway(1s)).has_value());
}

TEST_CASE("an ID token of a refresh is checked like the first one") {
    id_token claims = of_refresh();
    claims.aud = test::audience_of({"another"});
    CHECK(refusal(claims) == refused(errc::audience_mismatch, "aud"));
    claims = of_refresh();
    claims.azp = mcx::authorized_party("another");
    CHECK(refusal(claims) == refused(errc::authorized_party_mismatch, "azp"));
    CHECK(renewed<id_token_profile, test::incredulous>(of_refresh()).error() == errc::signature);
    claims = of_refresh();
    claims.at_hash = jwt::half_hash<mcx::es256>::of<credulous>("access")->claim();
    CHECK(renewed(claims, kept(), "access").has_value());
    CHECK(renewed(claims, kept(), "another").error() ==
          refused(errc::token_hash_mismatch, "at_hash"));
}

TEST_CASE("an ID token of another issuer's login or of another user's is refused") {
    first_login first = kept();
    first.iss = mcx::issuer("https://other.example");
    CHECK(refusal(of_refresh(), first) == refused(errc::issuer_mismatch, "iss"));
    first = kept();
    first.sub = mcx::subject("bob");
    CHECK(refusal(of_refresh(), first) == refused(errc::subject_refused, "sub"));
    first.sub = mcx::subject("Alice");
    CHECK(refusal(of_refresh(), first) == refused(errc::subject_refused, "sub"));
}

TEST_CASE("the audience is the same, in whatever order") {
    id_token first = of_login();
    first.aud = test::audience_of({test::mc_client, "recorder"});
    auto const before = kept<shared_profile>(first);
    id_token claims = of_refresh();
    claims.aud = test::audience_of({"recorder", test::mc_client});
    CHECK(refusal<shared_profile>(claims, before) == error{});
    claims.aud = test::audience_of({"recorder", test::mc_client, "third"});
    CHECK(refusal<shared_profile>(claims, before) == refused(errc::audience_mismatch, "aud"));
    claims.aud = test::audience_of({test::mc_client});
    CHECK(refusal<shared_profile>(claims, before) == refused(errc::audience_mismatch, "aud"));
}

TEST_CASE("the time of the login is that of the first one, not that of the refresh") {
    id_token claims = of_refresh();
    claims.auth_time = of_login().auth_time->plus(1s);
    CHECK(refusal(claims) == refused(errc::login_mismatch, "auth_time"));
    claims.auth_time = of_login().auth_time->plus(-1s);
    CHECK(refusal(claims) == refused(errc::login_mismatch, "auth_time"));
    claims.auth_time.reset();
    CHECK(refusal(claims) == error{});
}

TEST_CASE("where the first token told no time of the login, none after it is believed") {
    id_token first = of_login();
    first.auth_time.reset();
    id_token claims = of_refresh();
    claims.auth_time = first.iat;
    CHECK(refusal(claims, kept(first)) == error{});
    claims.auth_time = first.iat.plus(1s);
    CHECK(refusal(claims, kept(first)) == refused(errc::login_mismatch, "auth_time"));
    claims.auth_time.reset();
    CHECK(refusal(claims, kept(first)) == error{});
}

TEST_CASE("the authorised party is there exactly where it was there before, and the same") {
    id_token with = of_refresh();
    with.azp = test::certain(mcx::authorized_party::from(test::mc_client));
    CHECK(refusal(with) == refused(errc::authorized_party_mismatch, "azp"));
    id_token first = of_login();
    first.azp = with.azp;
    CHECK(refusal(with, kept(first)) == error{});
    CHECK(refusal(of_refresh(), kept(first)) == refused(errc::authorized_party_mismatch, "azp"));
    first_login other = kept(first);
    other.azp = mcx::authorized_party("another");
    CHECK(refusal(with, other) == refused(errc::authorized_party_mismatch, "azp"));
}

TEST_CASE("a nonce may be left out, and is otherwise the first one") {
    id_token claims = of_refresh();
    claims.nonce = of_login().nonce;
    CHECK(refusal(claims) == error{});
    claims.nonce = mcx::nonce("n-0S7");
    CHECK(refusal(claims) == refused(errc::nonce_mismatch, "nonce"));
    id_token first = of_login();
    first.nonce.reset();
    CHECK(refusal(claims, kept(first)) == refused(errc::nonce_mismatch, "nonce"));
    CHECK(refusal(of_refresh(), kept(first)) == error{});
}

TEST_CASE("the checks can be made of a token that was accepted in another way") {
    auto const idms = test::trust_in<credulous>({test::home_idms});
    mcx::workspace<credulous> work;
    id_token claims = of_refresh();
    claims.nonce = mcx::nonce("n-0S7");
    auto const token =
        mcx::idm::accept_id_token(test::issued<id_token_profile>(claims), idms, work,
                                  {.client = client(), .nonce = claims.nonce}, {}, later);
    CHECK(mcx::idm::check_same_login(*token, kept()).error() ==
          refused(errc::nonce_mismatch, "nonce"));
    first_login same = kept();
    same.nonce = claims.nonce;
    CHECK(mcx::idm::check_same_login(*token, same));
}
