// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/policy.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::idm::relation;
using mcx::role::admission_policy;
using mcx::role::by_relation;
using mcx::role::decide;
using mcx::role::delegates;
using mcx::role::exchange_policy;
using mcx::role::known_partner;
using mcx::role::registered_client;
using mcx::role::visitor;
using mcx::role::visitor_terms;
using mcx::role::way;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::token_of;
using namespace std::chrono_literals;
namespace idm = mcx::idm;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

mcx::role::exchange_petition exchange(named_values const& claims,
                                      relation how = relation::unstated) {
    auto const keys = test::trusting<credulous>({test::issuer_a});
    mcx::workspace<credulous> work;
    return *mcx::role::primary_idms<credulous>{test::domain_a, keys}.receive(
        test::exchange_of(token_of(claims)).form(), test::sender(), work, clock_at(0), how);
}

mcx::role::admission_petition admission(std::string_view scope, relation how = relation::group,
                                        named_values const& claims = test::security_claims()) {
    auto const keys = test::trusting<credulous>({test::issuer_a, test::issuer_c});
    mcx::workspace<credulous> work;
    return *mcx::role::partner_idms<credulous>{test::domain_b, keys}.receive(
        test::bearer_grant_of(token_of(claims)).with("scope", scope).form(), test::sender_at_b(),
        work, clock_at(0), how);
}

registered_client const clients[]{
    {"radio-at-a", "x", mcx::role::client_method::none},
    {"radio-at-b", "3gpp:mc:ptt_service 3gpp:mc:data_service 3gpp:mc:video_service openid",
     mcx::role::client_method::none}};
known_partner const partners[]{
    {test::domain_b.address, by_relation<way>{way::closed, way::open, way::closed}},
    {test::domain_c.address, by_relation<way>{way::open, way::open, way::open}}};
exchange_policy const at_a{clients, partners, mcx::lifetime(10min)};

visitor_terms const homes[]{
    {test::domain_a.iss,
     by_relation<oauth::scope>{
         {}, "3gpp:mc:ptt_service 3gpp:mc:key", "3gpp:mc:ptt_service 3gpp:mc:data_service"}}};
admission_policy const at_b{clients, homes, mcx::lifetime(30min)};

visitor alice() {
    visitor made;
    made.ids.mcptt = idm::mcptt_id("sip:alice@b.example");
    made.as = mcx::subject("visitor 1");
    return made;
}

errc exchange_refusal(exchange_policy const& policy, relation how,
                      named_values const& claims = test::access_claims()) {
    return decide(exchange(claims, how), policy, clock_at(0)).error().code;
}
errc admission_refusal(std::string_view scope, relation how, visitor const& who = alice(),
                       admission_policy const& policy = at_b) {
    return decide(admission(scope, how), policy, who).error().code;
}

}  // namespace

static_assert(!std::is_default_constructible_v<by_relation<way>>);
static_assert(!std::is_constructible_v<by_relation<way>, way, way>);

TEST_CASE("a policy says something of all three relations") {
    constexpr by_relation<int> each{1, 2, 3};
    CHECK_BOTH(each.at(relation::unstated) == 1);
    CHECK_BOTH(each.at(relation::group) == 2);
    CHECK_BOTH(each.at(relation::migration) == 3);
}

TEST_CASE("a primary vouches to known partners, the ways that are open") {
    CHECK(exchange_refusal(at_a, relation::group) == errc::none);
    CHECK(exchange_refusal(at_a, relation::unstated) == errc::relation_refused);
    CHECK(exchange_refusal(at_a, relation::migration) == errc::relation_refused);
    exchange_policy other = at_a;
    other.partners = {partners + 1, 1};
    CHECK(exchange_refusal(other, relation::group) == errc::unknown_partner);
    other.partners = {};
    CHECK(exchange_refusal(other, relation::group) == errc::unknown_partner);
}

TEST_CASE("a primary vouches for clients that are registered") {
    exchange_policy other = at_a;
    other.clients = {clients + 1, 1};
    CHECK(exchange_refusal(other, relation::group) == errc::unknown_client);
}

TEST_CASE("a security token lives as long as the policy says and no longer than the access token") {
    auto const valid = [](std::int64_t at) {
        return decide(exchange(test::access_claims(), relation::group), at_a, clock_at(at));
    };
    CHECK(valid(0)->value() == 10min);
    CHECK(valid(3000)->value() == 600s);
    CHECK(valid(3001)->value() == 599s);
    CHECK(valid(3599)->value() == 1s);
    CHECK(valid(3600).error() == errc::expired);
    CHECK(valid(4000).error() == errc::expired);
}

TEST_CASE("a partner grants what was requested and is allowed to the home and to the client") {
    auto const terms =
        decide(admission("openid 3gpp:mc:video_service 3gpp:mc:ptt_service"), at_b, alice());
    CHECK(terms);
    CHECK(terms->grant.scope.view() == "3gpp:mc:ptt_service");
    CHECK(terms->grant.ids == alice().ids);
    CHECK(terms->grant.as == alice().as);
    CHECK(terms->valid.value() == 30min);
}

TEST_CASE("a client is registered here, not somewhere") {
    admission_policy other = at_b;
    other.clients = {clients, 1};
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::group, alice(), other) ==
          errc::unknown_client);
}

TEST_CASE("a client gets no more than it is registered for, whatever its user may have") {
    visitor who = alice();
    who.ids.mcdata = idm::mcdata_id("data");
    registered_client const narrow[]{
        {"radio-at-b", "3gpp:mc:ptt_service", mcx::role::client_method::none}};
    admission_policy other = at_b;
    other.clients = narrow;
    auto const asked = admission("3gpp:mc:ptt_service 3gpp:mc:data_service", relation::migration);
    CHECK(decide(asked, at_b, who)->grant.scope == asked.requested());
    CHECK(decide(asked, other, who)->grant.scope.view() == "3gpp:mc:ptt_service");
    CHECK(admission_refusal("3gpp:mc:data_service", relation::migration, who, other) ==
          errc::scope_refused);
}

TEST_CASE("a home without terms has no visitors here") {
    visitor_terms of_another = homes[0];
    of_another.home = test::domain_c.iss;
    visitor_terms const both[]{{test::domain_c.iss, by_relation<oauth::scope>{{}, {}, {}}},
                               homes[0]};
    admission_policy elsewhere = at_b;
    elsewhere.homes = {&of_another, 1};
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::group, alice(), elsewhere) ==
          errc::unknown_issuer);
    elsewhere.homes = both;
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::group, alice(), elsewhere) ==
          errc::none);
    admission_policy other = at_b;
    other.homes = {};
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::group, alice(), other) ==
          errc::unknown_issuer);
}

TEST_CASE("a partner decides by the relation, and grants nothing where none is allowed") {
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::unstated) == errc::relation_refused);
    visitor who = alice();
    who.ids.mcdata = idm::mcdata_id("data");
    CHECK(admission_refusal("3gpp:mc:data_service", relation::group, who) == errc::scope_refused);
    CHECK(admission_refusal("3gpp:mc:data_service", relation::migration, who) == errc::none);
}

TEST_CASE("a request names a scope that is known and allowed, for a service the visitor has") {
    CHECK(admission_refusal("openid", relation::group) == errc::scope_refused);
    CHECK(admission_refusal("3gpp:mc:key", relation::group) == errc::scope_refused);
    CHECK(admission_refusal("3gpp:mc:data_service", relation::migration) == errc::scope_refused);
    CHECK(admission_refusal("3gpp:mc:ptt_service", relation::group, {}) == errc::scope_refused);
}

TEST_CASE("who acts for a user comes in where the home's terms let actors in") {
    auto const acted = test::security_claims().with("act", R"({"sub":"deputy"})");
    auto const asked = admission("3gpp:mc:ptt_service", relation::group, acted);
    CHECK(asked.actors().size() == 1);
    CHECK(decide(asked, at_b, alice()).error() == errc::actor_refused);
    visitor_terms lenient = homes[0];
    lenient.acting = delegates::admitted;
    admission_policy other = at_b;
    other.homes = {&lenient, 1};
    CHECK(decide(asked, other, alice()));
}
