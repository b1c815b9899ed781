// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/exchange_petition.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/primary_idms.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

using mcx::errc;
using mcx::role::client_there;
using mcx::role::exchange_petition_by;
using mcx::test::clock_at;
using mcx::test::counted_random;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::named_values;
using namespace std::chrono_literals;
namespace grant = mcx::grant;
namespace idm = mcx::idm;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

using key = mcx::signing_key<mcx::eddsa, mcx::test::credulous>;

/// Alice's client asks for B, for a scope and for a server of B's, as each profile words it.
template <class P>
named_values wanted() {
    named_values const form = test::exchange_of(test::token_of(test::access_claims()));
    if constexpr (std::same_as<P, grant::id_jag>) {
        return form.with("resource", "https://api.b.example")
            .with("audience", domain_b.iss.view())
            .with("requested_token_type", grant::id_jag_type.view())
            .with("subject_token", test::token_of(test::id_claims()))
            .with("subject_token_type", oauth::token_types::id_token.view())
            .with("client_id", "radio-at-a")
            .with("scope", "read write");
    } else if constexpr (std::same_as<P, grant::identity_chaining>) {
        return form.with("subject_token_type", oauth::token_types::access_token.view())
            .with("scope", "read write");
    } else {
        return form;
    }
}

template <class P>
exchange_petition_by<P> petition(named_values const& form = wanted<P>()) {
    auto const keys = test::trusting<test::credulous>({test::issuer_a});
    mcx::workspace<test::credulous> work;
    return *mcx::role::primary_idms<test::credulous>{domain_a, keys}.receive<P>(
        form.form(), test::sender(), work, clock_at(0), idm::relation::group);
}

/// What the policy says of the client and the scope; none: what the request says.
using told = std::optional<client_there>;

template <class P>
mcx::result<oauth::token_response> vouched(told const& there = {},
                                           named_values const& form = wanted<P>()) {
    key const signer = *key::from(test::rfc_example<mcx::eddsa>::private_key(), "a-1");
    counted_random random;
    mcx::role::issuance const with{signer, random, mcx::lifetime(10min)};
    auto const asked = petition<P>(form);
    return there ? asked.vouch(*there, with, clock_at(0)) : asked.vouch(with, clock_at(0));
}

std::string payload_of(mcx::result<oauth::token_response> const& answer) {
    return answer ? mcx::test::payload_in(answer->access_token.view()) : std::string{};
}

}  // namespace

static_assert(std::derived_from<mcx::role::exchange_petition, mcx::role::exchange_question>);
static_assert(
    !std::is_constructible_v<mcx::role::exchange_petition, idm::domain, mcx::role::asked_exchange>);
static_assert(!std::same_as<mcx::role::exchange_petition, exchange_petition_by<grant::id_jag>>);

TEST_CASE("a petition shows what is asked, whatever the profile") {
    auto const petition = ::petition<grant::id_jag>();
    CHECK(petition.subject().view() == "alice");
    CHECK(petition.client().view() == "radio-at-a");
    CHECK(petition.actors().empty());
    CHECK(petition.partner().view() == domain_b.iss.view());
    CHECK(petition.relation() == idm::relation::group);
    CHECK(petition.access_expires() == clock_at(3600).at);
    CHECK(petition.requested() == oauth::scope("read write"));
    CHECK(petition.resource()->names("https://api.b.example"));
    CHECK(petition.refuse(errc::unknown_partner)->code() == oauth::error_code::invalid_target);
}

TEST_CASE("an ID-JAG says for which client, scope and resource it is good") {
    auto const answer = vouched<grant::id_jag>(told{{"visitor-17", "read"}});
    CHECK(payload_of(answer) ==
          R"({"iss":"https://a.example","sub":"alice","aud":"https://b.example",)"
          R"("client_id":"visitor-17","jti":"AAECAwQFBgcICQoLDA0ODw","exp":)" +
              date(600) + R"(,"iat":)" + date(0) +
              R"(,"resource":"https://api.b.example","scope":"read"})");
    CHECK(answer->issued_token_type == grant::id_jag_type);
    CHECK(answer->token_type == oauth::response_token_type::not_applicable);
    CHECK(answer->scope == oauth::scope("read"));
    CHECK(mcx::test::header_in(answer->access_token.view()) ==
          R"({"alg":"EdDSA","kid":"a-1","typ":"oauth-id-jag+jwt"})");
}

TEST_CASE("where the policy says nothing else, the client and the scope are those of the request") {
    auto const said = payload_of(vouched<grant::id_jag>());
    CHECK(said.find(R"("client_id":"radio-at-a")") != std::string::npos);
    CHECK(said.find(R"("scope":"read write")") != std::string::npos);
}

TEST_CASE("a chained grant is for the partner alone and does not name the client") {
    auto const answer = vouched<grant::identity_chaining>(told{{"visitor-17", "read"}});
    CHECK(payload_of(answer) ==
          R"({"iss":"https://a.example","sub":"alice","aud":"https://idms.b.example/exchange",)"
          R"("exp":)" +
              date(600) + R"(,"iat":)" + date(0) +
              R"(,"jti":"AAECAwQFBgcICQoLDA0ODw","scope":"read"})");
    CHECK(answer->issued_token_type == oauth::token_types::jwt);
    CHECK(mcx::test::header_in(answer->access_token.view()) ==
          R"({"alg":"EdDSA","kid":"a-1","typ":"JWT"})");
}

TEST_CASE("a security token of MC services has no room for a scope, and its answer names none") {
    auto const answer = vouched<idm::mc_exchange>();
    CHECK(payload_of(answer) == R"({"iss":"https://a.example","sub":"alice",)"
                                R"("aud":["radio-at-a","https://idms.b.example/exchange"],"exp":)" +
                                    date(600) + R"(,"iat":)" + date(0) +
                                    R"(,"jti":"AAECAwQFBgcICQoLDA0ODw"})");
    CHECK(answer->scope.empty());
}

TEST_CASE("a policy cuts the scope, and neither widens it nor cuts it away") {
    CHECK(vouched<grant::id_jag>(told{{"v", "read"}}));
    CHECK(vouched<grant::id_jag>(told{{"v", "read admin"}}).error() == errc::scope_not_requested);
    CHECK(vouched<grant::identity_chaining>(told{{"v", "admin"}}).error() ==
          errc::scope_not_requested);
    // A grant without a scope would be good for more than was asked for.
    CHECK(vouched<grant::id_jag>(told{{"v", {}}}).error() == errc::value_empty);
    auto const silent = wanted<grant::id_jag>().without("scope");
    CHECK(vouched<grant::id_jag>(told{{"v", "read"}}, silent)->scope == oauth::scope("read"));
    CHECK(vouched<grant::id_jag>(told{{"v", {}}}, silent)->scope.empty());
}

TEST_CASE("a grant that is for one client is not made for nobody") {
    CHECK(vouched<grant::id_jag>(told{{{}, "read"}}).error() == errc::value_empty);
    CHECK(vouched<grant::identity_chaining>(told{{{}, "read"}}));
}

TEST_CASE("who acts for the user is said where the profile has a place for it") {
    auto const acted = test::access_claims().with("act", R"({"sub":"dispatcher"})");
    CHECK(payload_of(vouched<idm::mc_exchange>({}, test::exchange_of(test::token_of(acted))))
              .find(R"("act":{"sub":"dispatcher"})") != std::string::npos);
}
