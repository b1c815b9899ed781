// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/identity_chaining.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/world.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

// One flow, client to primary to partner, under every profile: that of MC services, the two of the
// IETF, and one that is defined below and nowhere else. A grant of one profile is worth nothing
// under another.

using mcx::errc;
using mcx::error;
using mcx::test::clock_at;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::quoted;
namespace client = mcx::role::client;
namespace grant = mcx::grant;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;

namespace {

// ---- A partner profile of somebody's own: this is all of it. ----

struct county_pass {
    mcx::issuer iss;
    mcx::subject sub;
    mcx::audience aud;
    oauth::client_id client_id;
    mcx::instant exp;
    mcx::instant iat;
    mcx::text<struct treaty_tag, 16> treaty{"north-7"};  // the same in every pass

    using fields = mcx::claim_list<
        mcx::required<"iss", &county_pass::iss>, mcx::required<"sub", &county_pass::sub>,
        mcx::required<"aud", &county_pass::aud>,
        mcx::required<"client_id", &county_pass::client_id>,
        mcx::required<"exp", &county_pass::exp>, mcx::required<"iat", &county_pass::iat>,
        mcx::required<"treaty", &county_pass::treaty>>;
};

struct county_pass_profile {
    using claims = county_pass;
    using algorithms = mcx::signature_algorithms;
    using typ = jwt::typ_is<"county-pass+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_only_me;
    static constexpr jwt::limits limits{.lifetime = std::chrono::hours{1}};
};

struct county_treaty {
    using token = county_pass_profile;
    static constexpr grant::exchange_terms terms{
        .subject_token_types = {oauth::token_types::access_token},
        .issued_token_type = mcx::oauth::token_type_uri("urn:example:county-pass"),
        .has_to_be_requested = true,
    };
};

// ---- The end of it. ----

struct played {
    std::string grant;   ///< the token with which the primary vouches
    std::string access;  ///< the partner's access token
    std::string fault;
};

/// Plays the whole flow in one process; `fault` names the step that failed.
template <class P>
class flow {
    mcx::test::mock_world<mcx::test::credulous> world_;
    mcx::test::counted_random random_;
    mcx::test::traveller who_;

    /// A client that has logged in; the same for every profile.
    mcx::result<client::home> home() {
        auto const now = clock_at(0);
        oauth::token_response login;
        login.access_token = *oauth::token::from(world_.access_token(who_, random_, now));
        login.id_token = *oauth::token::from(world_.id_token(who_, random_, now));
        login.expires_in = mcx::lifetime{std::chrono::hours{1}};
        client::session session;
        session.token_endpoint = domain_a.token_endpoint;
        session.client_id = who_.home_client;
        return client::home::from(session, login, now);
    }

    static played stopped(std::string_view step, error e) {
        return {{}, {}, std::string{step} + " " + std::string{name_of(e.code)}};
    }

  public:
    played play() {
        auto const now = clock_at(0);
        client::partner const to{domain_b.address, domain_b.token_endpoint, who_.client_there,
                                 domain_b.iss};
        auto const leaving = home().and_then(
            [&](auto const& at) { return at.template enter_for_group<P>(to, now); });
        auto const request = leaving.and_then([&](auto const& e) { return e.message(now); });
        if (!request) {
            return stopped("exchange", request.error());
        }
        auto const petition =
            role::primary_idms<mcx::test::credulous>{domain_a, world_.a.own}.template receive<P>(
                request->body, mcx::test::sender(), world_.a.work, now);
        if (!petition) {
            return stopped("primary", petition.error());
        }
        auto const vouching = petition->vouch(
            role::client_there{who_.client_there, petition->requested()},
            role::issuance{world_.a.key, random_, mcx::lifetime(std::chrono::minutes{10})}, now);
        std::string const answer = vouching ? *oauth::write_json(*vouching) : std::string{};
        auto const vouched = leaving->receive({200, oauth::json_media_type, answer}, now);
        auto const asking =
            vouched.and_then([&](auto const& v) { return v.request(who_.wanted, now); });
        if (!asking) {
            return stopped("vouched", asking.error());
        }
        return arrive(*asking, std::string{vouching->access_token.view()});
    }

    /// How B takes a grant under this profile.
    error shown(std::string_view text) {
        auto const body =
            mcx::test::bearer_grant_of(text).with("client_id", who_.client_there.view()).form();
        return received(body).error();
    }

  private:
    mcx::result<role::admission_petition> received(std::string_view body) {
        return role::partner_idms<mcx::test::credulous>{domain_b, world_.b.primaries}
            .template receive<P>(body, mcx::test::sender_at_b(), world_.b.work, clock_at(0));
    }

    played arrive(client::requesting_by<P> const& asking, std::string granted) {
        auto const now = clock_at(0);
        auto const petition = asking.message(now).and_then(
            [&](oauth::request const& request) { return received(request.body); });
        if (!petition) {
            return stopped("partner", petition.error());
        }
        auto const proof = jwt::consume(world_.b.used, petition->replay());
        auto const answer = petition->admit(
            who_.granted,
            role::issuance{world_.b.key, random_, mcx::lifetime(std::chrono::minutes{30})}, *proof,
            now);
        if (!answer || petition->subject() != who_.home_name || petition->home() != domain_a.iss ||
            petition->client() != who_.client_there) {
            return stopped("admission", answer.error());
        }
        auto const admitted =
            asking.receive({200, oauth::json_media_type, *oauth::write_json(*answer)}, now);
        auto const bearer = admitted.and_then([&](auto const& a) { return a.bearer(now); });
        auto const served = bearer.and_then(
            [&](std::string const& header) { return world_.b.request(header, now); });
        if (!served) {
            return stopped("served", served.error());
        }
        return {std::move(granted), std::string{answer->access_token.view()}, {}};
    }
};

template <class P>
played play() {
    return flow<P>{}.play();
}

/// How a grant is taken under each of the four profiles, as the codes' names.
std::string taken(std::string_view text) {
    std::string all;
    for (error const e :
         {flow<idm::mc_exchange>{}.shown(text), flow<grant::identity_chaining>{}.shown(text),
          flow<grant::id_jag>{}.shown(text), flow<county_treaty>{}.shown(text)}) {
        all += (all.empty() ? "" : " ") + std::string{name_of(e.code)};
    }
    return all;
}

}  // namespace

// What a client holds under one profile is not what it holds under another.
static_assert(std::same_as<client::vouched, client::vouched_by<idm::mc_exchange>>);
static_assert(!std::is_convertible_v<client::vouched_by<grant::id_jag>, client::vouched>);
static_assert(
    !std::is_constructible_v<client::exchanging_by<grant::identity_chaining>, client::exchanging>);

TEST_CASE("a client gets into another domain under the profile of MC services") {
    auto const done = play<idm::mc_exchange>();
    CHECK(done.fault == "");
    CHECK(mcx::test::header_in(done.grant).find(R"("typ":"JWT")") != std::string::npos);
    CHECK_FALSE(done.access.empty());
}

TEST_CASE("a client gets into another domain by identity chaining") {
    auto const done = play<grant::identity_chaining>();
    CHECK(done.fault == "");
    CHECK(mcx::test::payload_in(done.grant).find(R"("aud":"https://idms.b.example/exchange")") !=
          std::string::npos);
    CHECK_FALSE(done.access.empty());
}

TEST_CASE("a client gets into another domain by its ID token and an ID-JAG") {
    auto const done = play<grant::id_jag>();
    CHECK(done.fault == "");
    CHECK(mcx::test::header_in(done.grant).find(R"("typ":"oauth-id-jag+jwt")") !=
          std::string::npos);
    CHECK(mcx::test::payload_in(done.grant).find(R"("aud":"https://b.example")") !=
          std::string::npos);
    CHECK_FALSE(done.access.empty());
}

TEST_CASE("a profile of one's own is played by the same roles, and touches nothing else") {
    auto const done = play<county_treaty>();
    CHECK(done.fault == "");
    CHECK(mcx::test::header_in(done.grant).find(R"("typ":"county-pass+jwt")") != std::string::npos);
    CHECK(mcx::test::payload_in(done.grant).find(R"("treaty":"north-7")") != std::string::npos);
    CHECK_FALSE(done.access.empty());
}

TEST_CASE("a grant of one profile is refused under every other") {
    CHECK(taken(play<idm::mc_exchange>().grant) ==
          "none audience_not_sole token_type_refused token_type_refused");
    CHECK(taken(play<grant::identity_chaining>().grant) ==
          "audience_lacks_client none token_type_refused token_type_refused");
    CHECK(taken(play<grant::id_jag>().grant) ==
          "token_type_refused token_type_refused none token_type_refused");
    CHECK(taken(play<county_treaty>().grant) ==
          "token_type_refused token_type_refused token_type_refused none");
}

TEST_CASE("no access token and no ID token is a grant, whomever it is for") {
    for (std::string const& name : {quoted(domain_b.address.view()), quoted(domain_b.iss.view())}) {
        CAPTURE(name);
        auto const for_b = mcx::test::access_claims().with("aud", name);
        CHECK(taken(mcx::test::token_of(for_b)) ==
              "claim_prohibited claim_prohibited token_type_refused token_type_refused");
    }
    std::string const login = mcx::test::token_of(mcx::test::id_claims());
    CHECK(taken(login) ==
          "audience_mismatch audience_mismatch token_type_refused token_type_refused");
}
