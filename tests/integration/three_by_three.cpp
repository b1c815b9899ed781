// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/login.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <string>
#include <string_view>
#include <vector>

// Every kind of MC token, presented to the verifier of every kind. No `typ` tells them apart, so
// their claims have to, whatever an attacker can make an issuer write into them.
// [TS 33.180 B.2.1, B.2.2, B.8, B.11, RFC 8725 §3.12]

using mcx::errc;
using mcx::error;
using mcx::idm::access_token;
using mcx::idm::access_token_profile;
using mcx::idm::id_token;
using mcx::idm::id_token_profile;
using mcx::idm::security_token;
using mcx::idm::security_token_profile;
using mcx::test::accepted_by;
using mcx::test::audience_of;
using mcx::test::issued;
using mcx::test::mc_client;
using mcx::test::mc_server;
using mcx::test::partner_idms;

namespace {

/// The outcome at the verifier of profile P that goes by this name.
template <class P>
error outcome(std::string_view text, std::string_view self) {
    return accepted_by<P>(self, text).error();
}

template <class P>
error refused(errc code, std::string_view claim) {
    return {code, P::claims::fields::number_of(claim)};
}

/// An error without its offset.
error placeless(error e) {
    return {e.code, e.where};
}

struct text_and_verdicts {
    std::string text;
    error at_client;
    error at_server;
    error at_partner;
};

text_and_verdicts present(std::string text) {
    error const client = outcome<id_token_profile>(text, mc_client);
    error const server = outcome<access_token_profile>(text, mc_server);
    error const partner = outcome<security_token_profile>(text, partner_idms);
    return {std::move(text), placeless(client), placeless(server), placeless(partner)};
}

/// The audiences that an attacker may get into a token: each party, and several at once.
std::vector<mcx::audience> audiences() {
    return {audience_of({mc_client}),
            audience_of({mc_server}),
            audience_of({partner_idms}),
            audience_of({mc_client, mc_server}),
            audience_of({mc_client, partner_idms}),
            audience_of({mc_server, partner_idms}),
            audience_of({mc_client, mc_server, partner_idms})};
}

}  // namespace

TEST_CASE("an ID token is accepted by the client, and by no other verifier") {
    auto const shown = present(issued<id_token_profile>(mcx::test::sample_id_token()));
    CHECK(shown.at_client == error{});
    CHECK(shown.at_server == refused<access_token_profile>(errc::claim_missing, "scope"));
    CHECK(shown.at_partner == refused<security_token_profile>(errc::audience_mismatch, "aud"));
}

TEST_CASE("an access token is accepted by the server, and by no other verifier") {
    auto const shown = present(issued<access_token_profile>(mcx::test::sample_access_token()));
    CHECK(shown.at_client == refused<id_token_profile>(errc::claim_prohibited, "scope"));
    CHECK(shown.at_server == error{});
    CHECK(shown.at_partner == refused<security_token_profile>(errc::claim_prohibited, "scope"));
}

TEST_CASE("a security token is accepted by the partner, and by no other verifier") {
    auto const shown = present(issued<security_token_profile>(mcx::test::sample_security_token()));
    CHECK(shown.at_client == refused<id_token_profile>(errc::audience_not_sole, "aud"));
    CHECK(shown.at_server == refused<access_token_profile>(errc::claim_missing, "scope"));
    CHECK(shown.at_partner == error{});
}

TEST_CASE("whatever audience a token has, one verifier at most accepts it") {
    for (mcx::audience const& aud : audiences()) {
        id_token id = mcx::test::sample_id_token();
        id.aud = aud;
        access_token access = mcx::test::sample_access_token();
        access.aud = aud;
        security_token security = mcx::test::sample_security_token();
        security.aud = aud;
        for (std::string const& text :
             {issued<id_token_profile>(id), issued<access_token_profile>(access),
              issued<security_token_profile>(security)}) {
            auto const shown = present(text);
            int accepting = 0;
            for (error const& e : {shown.at_client, shown.at_server, shown.at_partner}) {
                accepting += e == error{} ? 1 : 0;
            }
            CHECK(accepting <= 1);
        }
    }
}

TEST_CASE("no other kind of token ends a login, whatever audience it has") {
    auto const idms = mcx::test::trust_in<mcx::test::credulous>({mcx::test::home_idms});
    mcx::workspace<mcx::test::credulous> work;
    auto const ends_login = [&](std::string_view text) {
        return mcx::idm::accept_id_token(
                   text, idms, work,
                   {.client = mcx::test::certain(mcx::oauth::client_id::from(mc_client))}, {},
                   mcx::test::noon)
            .has_value();
    };
    CHECK(ends_login(issued<id_token_profile>(mcx::test::sample_id_token())));
    for (mcx::audience const& aud : audiences()) {
        access_token access = mcx::test::sample_access_token();
        access.aud = aud;
        CHECK_FALSE(ends_login(issued<access_token_profile>(access)));
        security_token security = mcx::test::sample_security_token();
        security.aud = aud;
        // For the client alone it would be an ID token by all that it says.
        bool const for_client_alone = aud == audience_of({mc_client});
        CHECK(ends_login(issued<security_token_profile>(security)) == for_client_alone);
    }
}

TEST_CASE("an access token is never taken for another kind, whatever its audience") {
    for (mcx::audience const& aud : audiences()) {
        access_token claims = mcx::test::sample_access_token();
        claims.aud = aud;
        auto const shown = present(issued<access_token_profile>(claims));
        CHECK(shown.at_client == refused<id_token_profile>(errc::claim_prohibited, "scope"));
        CHECK(shown.at_partner == refused<security_token_profile>(errc::claim_prohibited, "scope"));
    }
}

TEST_CASE("no other kind is ever taken for an access token, whatever its audience") {
    for (mcx::audience const& aud : audiences()) {
        id_token id = mcx::test::sample_id_token();
        id.aud = aud;
        security_token security = mcx::test::sample_security_token();
        security.aud = aud;
        auto const refusal = refused<access_token_profile>(errc::claim_missing, "scope");
        CHECK(present(issued<id_token_profile>(id)).at_server == refusal);
        CHECK(present(issued<security_token_profile>(security)).at_server == refusal);
    }
}

TEST_CASE("no audience is good at a client and at a partner") {
    for (mcx::audience const& aud : audiences()) {
        security_token claims = mcx::test::sample_security_token();
        claims.aud = aud;
        auto const shown = present(issued<security_token_profile>(claims));
        CHECK_FALSE((shown.at_client == error{} && shown.at_partner == error{}));
    }
}
