// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/exchange_petition.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"

#include <mcx/grant/identity_chaining.hpp>

#include <chrono>
#include <concepts>
#include <string>

using mcx::errc;
using mcx::role::asked_exchange;
using mcx::role::client_there;
using mcx::role::exchange_petition_by;
using mcx::test::clock_at;
using mcx::test::counted_random;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using namespace std::chrono_literals;
namespace grant = mcx::grant;
namespace idm = mcx::idm;
namespace oauth = mcx::oauth;

namespace {

using key = mcx::signing_key<mcx::eddsa, mcx::test::credulous>;

/// Alice's client asks for B, for a scope and for a server of B's.
asked_exchange wanted() {
    asked_exchange made{"alice", "radio-at-a", {}, clock_at(3600).at};
    made.partner = domain_b.address;
    made.relation = idm::relation::group;
    made.scope = "read write";
    made.resource = mcx::audience{mcx::recipient("https://api.b.example")};
    return made;
}

template <class P>
mcx::result<oauth::token_response> vouched(asked_exchange const& what, client_there const& there) {
    key const signer = *key::from(mcx::test::rfc_example<mcx::eddsa>::private_key(), "a-1");
    counted_random random;
    return exchange_petition_by<P>{domain_a, what}.vouch(
        there, mcx::role::issuance{signer, random, mcx::lifetime(10min)}, clock_at(0));
}

template <class P>
mcx::result<oauth::token_response> vouched(asked_exchange const& what) {
    key const signer = *key::from(mcx::test::rfc_example<mcx::eddsa>::private_key(), "a-1");
    counted_random random;
    return exchange_petition_by<P>{domain_a, what}.vouch(
        mcx::role::issuance{signer, random, mcx::lifetime(10min)}, clock_at(0));
}

std::string payload_of(mcx::result<oauth::token_response> const& answer) {
    return answer ? mcx::test::payload_in(answer->access_token.view()) : std::string{};
}

}  // namespace

static_assert(std::derived_from<mcx::role::exchange_petition, mcx::role::exchange_question>);
static_assert(!std::same_as<mcx::role::exchange_petition, exchange_petition_by<grant::id_jag>>);

TEST_CASE("a petition shows what is asked, whatever the profile") {
    exchange_petition_by<grant::id_jag> const petition{domain_a, wanted()};
    CHECK(petition.subject().view() == "alice");
    CHECK(petition.client().view() == "radio-at-a");
    CHECK(petition.actors().empty());
    CHECK(petition.partner() == domain_b.address);
    CHECK(petition.relation() == idm::relation::group);
    CHECK(petition.access_expires() == clock_at(3600).at);
    CHECK(petition.requested() == oauth::scope("read write"));
    CHECK(petition.resource()->names("https://api.b.example"));
    CHECK(petition.refuse(errc::unknown_partner)->code() == oauth::error_code::invalid_target);
}

TEST_CASE("an ID-JAG says for which client, scope and resource it is good") {
    auto const answer = vouched<grant::id_jag>(wanted(), {"visitor-17", "read"});
    CHECK(payload_of(answer) ==
          R"({"iss":"https://a.example","sub":"alice","aud":"https://idms.b.example/exchange",)"
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
    auto const said = payload_of(vouched<grant::id_jag>(wanted()));
    CHECK(said.find(R"("client_id":"radio-at-a")") != std::string::npos);
    CHECK(said.find(R"("scope":"read write")") != std::string::npos);
}

TEST_CASE("a chained grant is for the partner alone and does not name the client") {
    auto const answer = vouched<grant::identity_chaining>(wanted(), {"visitor-17", "read"});
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
    auto const answer = vouched<idm::mc_exchange>(wanted());
    CHECK(payload_of(answer) == R"({"iss":"https://a.example","sub":"alice",)"
                                R"("aud":["radio-at-a","https://idms.b.example/exchange"],"exp":)" +
                                    date(600) + R"(,"iat":)" + date(0) +
                                    R"(,"jti":"AAECAwQFBgcICQoLDA0ODw"})");
    CHECK(answer->scope.empty());
}

TEST_CASE("a policy cuts the scope, and neither widens it nor cuts it away") {
    CHECK(vouched<grant::id_jag>(wanted(), {"v", "read"}));
    CHECK(vouched<grant::id_jag>(wanted(), {"v", "read admin"}).error() ==
          errc::scope_not_requested);
    CHECK(vouched<grant::identity_chaining>(wanted(), {"v", "admin"}).error() ==
          errc::scope_not_requested);
    // A grant without a scope would be good for more than was asked for.
    CHECK(vouched<grant::id_jag>(wanted(), {"v", {}}).error() == errc::value_empty);
    asked_exchange silent = wanted();
    silent.scope = {};
    CHECK(vouched<grant::id_jag>(silent, {"v", "read"})->scope == oauth::scope("read"));
    CHECK(vouched<grant::id_jag>(silent, {"v", {}})->scope.empty());
}

TEST_CASE("a grant that is for one client is not made for nobody") {
    CHECK(vouched<grant::id_jag>(wanted(), {{}, "read"}).error() == errc::value_empty);
    CHECK(vouched<grant::identity_chaining>(wanted(), {{}, "read"}));
}

TEST_CASE("who acts for the user is said where the profile has a place for it") {
    asked_exchange what = wanted();
    (void)what.actors.chain.push_back(idm::actor{"dispatcher", {}, {}});
    CHECK(payload_of(vouched<idm::mc_exchange>(what)).find(R"("act":{"sub":"dispatcher"})") !=
          std::string::npos);
}
