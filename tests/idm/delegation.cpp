// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/delegation.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::access_token;
using mcx::idm::access_token_profile;
using mcx::idm::acting;
using mcx::idm::acting_for;
using mcx::idm::actor;
namespace test = mcx::test;

namespace {

using token = mcx::jwt::validated<access_token_profile>;

token accepted(access_token const& claims) {
    return *test::accepted_by<access_token_profile>(test::mc_server,
                                                    test::issued<access_token_profile>(claims));
}

actor somebody(std::string_view sub) {
    return {test::certain(mcx::subject::from(sub)), {}, {}};
}

/// Alice's token, which lets somebody act for her.
access_token alice_lets(actor const& may) {
    access_token claims = test::sample_access_token();
    claims.may_act = may;
    return claims;
}

/// The token of one who might act.
access_token deputy(std::string_view sub = "deputy") {
    access_token claims = test::sample_access_token();
    claims.sub = test::certain(mcx::subject::from(sub));
    claims.client_id = mcx::oauth::client_id("deputy-radio");
    return claims;
}

acting chain_of(std::size_t actors) {
    acting made;
    for (std::size_t i = 0; i < actors; ++i) {
        (void)made.chain.push_back(somebody("actor " + std::to_string(i)));
    }
    return made;
}

error const refused{errc::actor_refused, access_token::fields::number_of("may_act")};

}  // namespace

TEST_CASE("where nobody new acts, the actors of the subject token stay as they are") {
    access_token claims = test::sample_access_token();
    CHECK(acting_for(accepted(claims)).value().empty());
    claims.act = chain_of(4);
    CHECK(acting_for(accepted(claims)).value() == chain_of(4));
}

TEST_CASE("a subject token that lets somebody act is for that one alone [RFC 8693 4.4]") {
    CHECK(acting_for(accepted(alice_lets(somebody("deputy")))).error() == refused);
    CHECK(acting_for(accepted(alice_lets(somebody("alice")))).error() == refused);
    actor client = somebody(test::mc_client);
    CHECK(acting_for(accepted(alice_lets(client))).value().empty());
    client.iss = mcx::issuer("https://elsewhere.example");
    CHECK(acting_for(accepted(alice_lets(client))).error() == refused);
    client.iss = test::certain(mcx::issuer::from(test::home_idms));
    CHECK(acting_for(accepted(alice_lets(client))).value().empty());
    client.client_id = mcx::oauth::client_id("another");
    CHECK(acting_for(accepted(alice_lets(client))).error() == refused);
    client.client_id = test::certain(mcx::oauth::client_id::from(test::mc_client));
    CHECK(acting_for(accepted(alice_lets(client))).value().empty());
}

TEST_CASE("an actor acts for a subject that lets it, and becomes the first of the chain") {
    access_token claims = alice_lets(somebody("deputy"));
    claims.act = chain_of(2);
    auto const made = acting_for(accepted(claims), accepted(deputy()));
    CHECK(made);
    CHECK(made->chain.size() == 3);
    CHECK(made->chain[0].sub.view() == "deputy");
    CHECK(made->chain[0].iss->view() == test::home_idms);
    CHECK(made->chain[0].client_id->view() == "deputy-radio");
    CHECK(made->chain[1] == chain_of(2).chain[0]);
    CHECK(made->chain[2] == chain_of(2).chain[1]);
}

TEST_CASE("an actor that the subject does not name is refused") {
    auto const by = accepted(deputy());
    CHECK(acting_for(accepted(test::sample_access_token()), by).error() == refused);
    CHECK(acting_for(accepted(alice_lets(somebody("another"))), by).error() == refused);
    actor named = somebody("deputy");
    named.iss = mcx::issuer("https://elsewhere.example");
    CHECK(acting_for(accepted(alice_lets(named)), by).error() == refused);
    named.iss.reset();
    named.client_id = mcx::oauth::client_id("another-radio");
    CHECK(acting_for(accepted(alice_lets(named)), by).error() == refused);
    named.client_id = mcx::oauth::client_id("deputy-radio");
    CHECK(acting_for(accepted(alice_lets(named)), by).value().chain.size() == 1);
}

TEST_CASE("an actor that nobody can name, or that is acted for itself, is refused") {
    access_token nameless = deputy();
    nameless.sub.reset();
    auto const alice = accepted(alice_lets(somebody("deputy")));
    CHECK(acting_for(alice, accepted(nameless)).error() == refused);
    access_token puppet = deputy();
    puppet.act = chain_of(1);
    CHECK(acting_for(alice, accepted(puppet)).error() == refused);
}

TEST_CASE("a chain does not grow past its bound, and nobody is dropped from it") {
    access_token claims = alice_lets(somebody("deputy"));
    claims.act = chain_of(3);
    CHECK(acting_for(accepted(claims), accepted(deputy())).value().chain.size() == 4);
    claims.act = chain_of(4);
    CHECK(acting_for(accepted(claims), accepted(deputy())).error() == refused);
}
