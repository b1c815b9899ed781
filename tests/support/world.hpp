// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_WORLD_HPP
#define MCX_TESTS_SUPPORT_WORLD_HPP

#include <mcx/idm/id_token.hpp>
#include <mcx/role/client.hpp>
#include <mcx/role/partner_idms.hpp>
#include <mcx/role/primary_idms.hpp>
#include <mcx/role/resource_server.hpp>

#include "parties.hpp"
#include "senders.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Three domains with their servers, and clients that go from one to another: all in one process,
// handing each other nothing but message bodies. The clock is the test's.

namespace mcx::test {

/// The memory of used tokens as somebody else might write it.
struct remembering_set {
    std::set<std::string> used;

    jwt::remembered insert_if_absent(jwt::first_use const& use) {
        std::string const name = std::string{use.from.view()} + (use.is_digest ? " # " : " ") +
                                 std::string{use.id.view()};
        return used.insert(name).second ? jwt::remembered::now : jwt::remembered::before;
    }
};

/// A domain: its IdMS in both roles, a server, and what they have been told of others.
template <class B, class A>
struct organisation {
    idm::domain domain;
    recipient group_server;
    signing_key<A, B> key;
    trust<B> own;
    trust<B> primaries;
    workspace<B> work;
    remembering_set used;
    std::vector<role::registered_client> clients{known_clients.begin(), known_clients.end()};

    organisation(idm::domain const& d, recipient const& server, signing_key<A, B> k)
        : domain(d), group_server(server), key(std::move(k)) {
        believe_in(own, *this);
    }

    /// Tells somebody the keys of an issuer.
    static void believe_in(trust<B>& somebody, auto const& other) {
        key_set<B> keys;
        using algorithm = typename std::remove_cvref_t<decltype(other.key)>::algorithm;
        contract(keys.template add<algorithm>(other.key.public_key(), other.key.id()).has_value());
        contract(somebody.add(other.domain.iss, std::move(keys)).has_value());
    }

    /// Registers a public client, once.
    void registers(oauth::client_id const& id) {
        if (!role::find_registered(clients, id)) {
            clients.push_back({id, "3gpp:mc:ptt_service", role::client_method::none});
        }
    }

    template <jwt::Profile P>
    [[nodiscard]] std::string issued(typename P::claims const& claims, auto& random) const {
        return certain(jwt::issue<P>(claims, key, random));
    }

    [[nodiscard]] auto exchange(std::string_view body, fixed_clock clock,
                                idm::relation how = idm::relation::unstated) {
        auto const by = sender_of(body, domain.iss, clients);
        return by ? role::primary_idms<B>{domain, own}.receive(body, *by, work, clock, how)
                  : by.error();
    }
    [[nodiscard]] auto admission(std::string_view body, fixed_clock clock,
                                 idm::relation how = idm::relation::unstated) {
        auto const by = sender_of(body, domain.iss, clients);
        return by ? role::partner_idms<B>{domain, primaries}.receive(body, *by, work, clock, how)
                  : by.error();
    }
    [[nodiscard]] auto request(std::string_view authorization, fixed_clock clock) {
        return role::resource_server<B>{group_server, own}.receive(authorization, work, clock);
    }
};

/// Who a user is, and what is asked for and granted.
struct traveller {
    subject home_name{"alice"};
    oauth::client_id home_client{"radio-at-a"};
    oauth::client_id client_there{"visitor-17"};
    oauth::scope wanted{"3gpp:mc:ptt_service openid"};
    role::grant granted{
        "3gpp:mc:ptt_service", {idm::mcptt_id("sip:visitor@there.example"), {}, {}}, std::nullopt};
    idm::relation how = idm::relation::group;
};

/// The way of one traveller from A to one partner. Every step says whether it went as it should;
/// `fault` names what did not.
template <class A, class P>
class journey {
    A& home_;
    P& partner_;
    traveller who_;
    std::optional<role::client::exchanging> exchanging_;
    std::optional<role::client::vouched> vouched_;
    std::optional<role::client::admitted> admitted_;

    bool say(std::string_view what, error e = {}) {
        fault = std::string{what} + " " + std::string{name_of(e.code)};
        return false;
    }

    template <class T>
    static std::string body_of(T const& answer) {
        return certain(oauth::write_json(answer));
    }

  public:
    std::string fault;
    std::string security_token;
    std::string assertion_body;
    std::string access_token;

    journey(A& home, P& partner, traveller const& who) : home_(home), partner_(partner), who_(who) {
        home_.registers(who.home_client);
        partner_.registers(who.client_there);
    }

    /// The client's way out of its domain.
    bool sets_out(role::client::home const& home, fixed_clock clock) {
        role::client::partner const to{partner_.domain.address, partner_.domain.token_endpoint,
                                       who_.client_there};
        auto const next = who_.how == idm::relation::migration ? home.enter_by_migration(to, clock)
                                                               : home.enter_for_group(to, clock);
        if (!next) {
            return say("enter", next.error());
        }
        exchanging_ = *next;
        return true;
    }

    /// Steps 6a and 6b of C.2.
    bool gets_vouched_for(auto& random, fixed_clock clock) {
        auto const message = exchanging_->message(clock);
        if (!message || message->endpoint != home_.domain.token_endpoint) {
            return say("exchange", message.error());
        }
        auto const petition = home_.exchange(message->body, clock, who_.how);
        if (!petition) {
            return say("exchange received", petition.error());
        }
        if (petition->subject() != who_.home_name || petition->client() != who_.home_client ||
            petition->partner() != partner_.domain.address || petition->relation() != who_.how) {
            return say("exchange petition");
        }
        auto const answer = petition->vouch(
            role::issuance{home_.key, random, lifetime{std::chrono::minutes{10}}}, clock);
        if (!answer) {
            return say("vouch", answer.error());
        }
        security_token = answer->access_token.view();
        std::string const body = body_of(*answer);
        auto const next = exchanging_->receive({200, oauth::json_media_type, body}, clock);
        if (!next) {
            return say("vouched", next.error());
        }
        vouched_ = *next;
        return true;
    }

    /// Steps 7 and 8 of C.2.
    bool gets_in(auto& random, fixed_clock clock) {
        auto const requesting = vouched_->request(who_.wanted, clock);
        auto const message =
            requesting.and_then([&](auto const& state) { return state.message(clock); });
        if (!message || message->endpoint != partner_.domain.token_endpoint) {
            return say("request", message.error());
        }
        assertion_body = message->body;
        auto const petition = partner_.admission(assertion_body, clock, who_.how);
        if (!petition) {
            return say("request received", petition.error());
        }
        if (petition->home() != home_.domain.iss || petition->subject() != who_.home_name ||
            petition->client() != who_.client_there ||
            !petition->assertion_audience().names(who_.home_client.view()) ||
            petition->requested() != who_.wanted || petition->relation() != who_.how) {
            return say("admission petition");
        }
        auto const proof = jwt::consume(partner_.used, petition->replay());
        if (!proof) {
            return say("consume", proof.error());
        }
        auto const answer = petition->admit(
            who_.granted, role::issuance{partner_.key, random, lifetime{std::chrono::minutes{30}}},
            *proof, clock);
        if (!answer) {
            return say("admit", answer.error());
        }
        access_token = answer->access_token.view();
        std::string const body = body_of(*answer);
        auto const next = requesting->receive({200, oauth::json_media_type, body}, clock);
        if (!next || next->scope() != who_.granted.scope) {
            return say("admitted", next.error());
        }
        admitted_ = *next;
        return true;
    }

    /// Step 9 of C.2: everything that was granted is permitted, and nothing else.
    bool is_served(fixed_clock clock) {
        auto const bearer = admitted_->bearer(clock);
        if (!bearer) {
            return say("bearer", bearer.error());
        }
        auto const admission = partner_.request(*bearer, clock);
        if (!admission) {
            return say("bearer received", admission.error());
        }
        if (admission->client() != who_.client_there ||
            admission->identities() != who_.granted.ids) {
            return say("admission");
        }
        namespace operations = idm::operations;
        return permits(*admission, operations::ptt, who_.granted.ids.mcptt) &&
               permits(*admission, operations::ptt_group_management, who_.granted.ids.mcptt) &&
               permits(*admission, operations::video, who_.granted.ids.mcvideo) &&
               permits(*admission, operations::data, who_.granted.ids.mcdata);
    }

    /// The token endpoint's answer to the same assertion, once more.
    error comes_again(fixed_clock clock) {
        auto const petition = partner_.admission(assertion_body, clock, who_.how);
        return petition ? jwt::consume(partner_.used, petition->replay()).error()
                        : petition.error();
    }

  private:
    template <class Id>
    bool permits(role::admission const& admission, idm::operation<Id> const& what,
                 std::optional<Id> const& as) {
        auto const permitted = admission.permit(what);
        bool const right = idm::grants(who_.granted.scope, what.needs)
                               ? permitted && as && *permitted == *as
                               : permitted.error().code == errc::insufficient_scope;
        return right || say(what.needs.view(), permitted.error());
    }
};

/// A, where users are at home, and two partners of A. Each of the partners is a primary to the
/// other, too.
template <class B, class AlgorithmA, class AlgorithmB, class AlgorithmC>
struct world {
    using a_type = organisation<B, AlgorithmA>;
    using b_type = organisation<B, AlgorithmB>;
    using c_type = organisation<B, AlgorithmC>;

    a_type a;
    b_type b;
    c_type c;

    world(signing_key<AlgorithmA, B> key_a, signing_key<AlgorithmB, B> key_b,
          signing_key<AlgorithmC, B> key_c)
        : a(domain_a, "https://gms.a.example", std::move(key_a)),
          b(domain_b, "https://gms.b.example", std::move(key_b)),
          c(domain_c, "https://gms.c.example", std::move(key_c)) {
        a_type::believe_in(b.primaries, a);
        a_type::believe_in(b.primaries, c);
        a_type::believe_in(c.primaries, a);
        a_type::believe_in(c.primaries, b);
    }

    /// The access token of a user in A.
    [[nodiscard]] std::string access_token(traveller const& who, auto& random,
                                           fixed_clock clock) const {
        idm::access_token claims;
        claims.exp = clock.now().plus(std::chrono::hours{1});
        claims.scope = "3gpp:mc:ptt_service openid";
        claims.client_id = who.home_client;
        claims.mcptt = idm::mcptt_id("sip:user@a.example");
        claims.iss = a.domain.iss;
        claims.sub = who.home_name;
        claims.iat = clock.now();
        return a.template issued<idm::access_token_profile>(claims, random);
    }

    /// The ID token that the user's client got with it.
    [[nodiscard]] std::string id_token(traveller const& who, auto& random,
                                       fixed_clock clock) const {
        idm::id_token claims;
        claims.iss = a.domain.iss;
        claims.sub = who.home_name;
        claims.aud = audience{certain(recipient::from(who.home_client.view()))};
        claims.exp = clock.now().plus(std::chrono::hours{1});
        claims.iat = clock.now();
        return a.template issued<idm::id_token_profile>(claims, random);
    }

    /// The client of a user that has just logged in.
    [[nodiscard]] result<role::client::home> logged_in(traveller const& who, auto& random,
                                                       fixed_clock clock) const {
        oauth::token_response login;
        login.access_token = certain(oauth::token::from(access_token(who, random, clock)));
        login.expires_in = lifetime{std::chrono::hours{1}};
        return role::client::home::from(a.domain.token_endpoint, login, clock);
    }
};

/// A world in a mock backend, whose keys are told apart by their ids alone.
template <class B>
struct mock_world : world<B, es256, eddsa, es256> {
    mock_world()
        : world<B, es256, eddsa, es256>(
              certain(signing_key<es256, B>::from(rfc_example<es256>::private_key(), "a-1")),
              certain(signing_key<eddsa, B>::from(rfc_example<eddsa>::private_key(), "b-1")),
              certain(signing_key<es256, B>::from(rfc_example<es256>::private_key(), "c-1"))) {}
};

}  // namespace mcx::test

#endif
