// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_EXAMPLES_INTER_DOMAIN_WORLD_HPP
#define MCX_EXAMPLES_INTER_DOMAIN_WORLD_HPP

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "print.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// The organisations of the example: their keys, what they know of each other, and their servers,
// each a function from a message to an answer. What an operator decides stands here as data.

namespace demo {

using namespace std::chrono_literals;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;

// libsodium where it can, Botan for the rest: chosen when this program is compiled.
using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
using keys_of_issuers = mcx::trust<crypto>;
using memory = jwt::bounded_memory<64, mcx::fixed_clock>;

inline mcx::botan::random system_random;

/// An Identity Management Domain: what others know of it, and the key with which it signs.
template <class A>
struct organisation {
    idm::domain domain;
    mcx::signing_key<A, crypto> key;

    organisation(idm::domain const& d, mcx::key_id const& id)
        : domain(d), key(must(mcx::signing_key<A, crypto>::generate(system_random, id))) {}

    /// Its public key, as it is provisioned into those who trust it. [TS 33.180 5.1.4.2]
    [[nodiscard]] idm::provisioned_keys<crypto> provisioned() const {
        idm::provisioned_keys<crypto> keys;
        must(keys.template add<A>(key.public_key(), key.id()));
        return keys;
    }
    /// The same, for its own servers and clients.
    void make_known_to(keys_of_issuers& own) const {
        must(own.add(domain.iss, provisioned().take()));
    }

    template <jwt::Profile P>
    [[nodiscard]] std::string issue(typename P::claims const& claims) const {
        return must(jwt::issue<P>(claims, key, system_random));
    }
    /// A token with claims that no IdMS in its right mind writes.
    [[nodiscard]] std::string sign(std::string_view claims) const {
        return must(mcx::jws::sign(mcx::as_bytes(claims), "JWT", key, system_random));
    }
};

/// The organisations and what their servers have been told about one another.
struct world {
    organisation<mcx::es256> a{{"https://idms.county-a.example", "https://idms.county-a.example",
                                "https://idms.county-a.example/token"},
                               "a-2026"};
    organisation<mcx::eddsa> b{{"https://idms.county-b.example", "https://idms.county-b.example",
                                "https://idms.county-b.example/token"},
                               "b-2026"};
    organisation<mcx::rs256> c{{"https://idms.state-c.example", "https://idms.state-c.example",
                                "https://idms.state-c.example/token"},
                               "c-2026"};
    organisation<mcx::eddsa> stranger{
        {"https://idms.elsewhere.example", "https://idms.elsewhere.example",
         "https://idms.elsewhere.example/token"},
        "x-2026"};

    keys_of_issuers known_in_a, known_in_b, known_in_c;
    idm::primaries<crypto> trusted_by_b, trusted_by_c;
    mcx::workspace<crypto> work;
    mcx::fixed_clock clock{mcx::system_clock{}.now()};
    memory used_at_a{clock}, used_at_b{clock}, used_at_c{clock};
    std::map<std::string, role::code_record, std::less<>> codes;
    std::map<std::string, role::refresh_record, std::less<>> refresh_tokens;

    // Alice's client at home, and where it has registered with the partners.
    role::client::account const at_home{a.domain.iss, "https://idms.county-a.example/authorize",
                                        a.domain.token_endpoint, "alice-radio",
                                        "org.example.radio:/back"};
    oauth::client_id const at_partners{"visitor-radio-17"};

    // A user has an MC service ID in every domain she has a service in.
    idm::mcptt_id const alice_at_a{"sip:alice@county-a.example"};
    idm::mcptt_id const alice_at_b{"sip:alice.visitor@county-b.example"};
    idm::mcptt_id const alice_at_c{"sip:guest-4711@state-c.example"};

    // What the operators allow. [TS 33.180 B.3, B.6, 5.1.4.1]
    std::array<role::registered_client, 1> clients_of_a{
        {{"alice-radio", "3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service",
          role::client_method::none}}};
    std::array<role::registered_client, 1> const clients_of_partners{
        {{"visitor-radio-17", "3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service",
          role::client_method::none}}};
    keys_of_issuers const keys_of_clients;  // of those that sign: none so far
    std::array<role::known_partner, 2> const partners_of_a{
        {{b.domain.address, {role::way::open, role::way::open, role::way::closed}},
         {c.domain.address, {role::way::open, role::way::closed, role::way::open}}}};
    std::array<role::visitor_terms, 1> const terms_of_b{
        {{a.domain.iss, {{}, "3gpp:mc:ptt_group_management_service", {}}}}};
    std::array<role::visitor_terms, 1> const terms_of_c{
        {{a.domain.iss, {{}, {}, "3gpp:mc:ptt_service 3gpp:mc:ptt_group_management_service"}}}};

    world() {
        must(clients_of_a[0].redirects.push_back("org.example.radio:/back"));
        a.make_known_to(known_in_a);
        b.make_known_to(known_in_b);
        c.make_known_to(known_in_c);
        must(trusted_by_b.add(a.domain.iss, a.provisioned()));
        must(trusted_by_b.add(c.domain.iss, c.provisioned()));
        must(trusted_by_c.add(a.domain.iss, a.provisioned()));
    }

    void wait(std::chrono::seconds s) { clock.at = clock.at.plus(s); }
};

/// A's authorization endpoint. Who sits before the browser has been asked for a password.
inline mcx::result<std::string> a_logs_in(world& w, std::string_view query) {
    auto const petition = role::primary_login{w.clients_of_a}.receive(query);
    if (!petition) {
        return petition.error();
    }
    role::logged_in alice;
    alice.sub = "alice";
    alice.grant.scope = petition->requested();
    alice.grant.ids.mcptt = w.alice_at_a;
    alice.acr = idm::password_context;
    auto issued = petition->let_in(alice, mcx::lifetime(1min), system_random, w.clock);
    if (!issued) {
        return issued.error();
    }
    w.codes.emplace(issued->code.view(), issued->record);
    return issued->location;
}

inline auto issuance_of(auto& organisation, mcx::lifetime valid) {
    return role::issuance{organisation.key, system_random, valid};
}

/// A remembers for which session a refresh token stands.
inline mcx::result<oauth::token_response> remember(world& w,
                                                   mcx::result<role::issued_tokens> issued) {
    if (!issued) {
        return issued.error();
    }
    w.refresh_tokens.insert_or_assign(std::string{issued->response.refresh_token.view()},
                                      issued->record);
    return issued->response;
}

/// Who sends a request to a token endpoint: the first thing that it finds out.
inline mcx::result<role::checked_client> sender_at(world& w, idm::domain const& own,
                                                   std::span<role::registered_client const> clients,
                                                   memory& used, std::string_view body) {
    role::client_check<crypto> const senders{own.iss, clients, {}, w.keys_of_clients};
    return senders.of({}, body, w.work, used, w.clock);
}
inline mcx::result<role::checked_client> sender_at_a(world& w, std::string_view body) {
    return sender_at(w, w.a.domain, w.clients_of_a, w.used_at_a, body);
}

inline mcx::result<oauth::token_response> a_redeems(world& w, std::string_view body,
                                                    role::checked_client const& by) {
    auto const petition = role::primary_token<crypto>{w.a.domain}.receive_code(body, by);
    if (!petition) {
        return petition.error();
    }
    auto const kept = w.codes.find(petition->code().view());
    if (kept == w.codes.end()) {
        return mcx::errc::grant_refused;
    }
    auto const first = jwt::consume(w.used_at_a, petition->replay(w.clock));
    if (!first) {
        return first.error();
    }
    return remember(
        w, petition->redeem(kept->second, issuance_of(w.a, mcx::lifetime(1h)), *first, w.clock));
}

inline mcx::result<oauth::token_response> a_renews(world& w, std::string_view body,
                                                   role::checked_client const& by) {
    auto const petition = role::primary_token<crypto>{w.a.domain}.receive_refresh(body, by);
    if (!petition) {
        return petition.error();
    }
    auto const kept = w.refresh_tokens.find(petition->token().view());
    if (kept == w.refresh_tokens.end()) {
        return mcx::errc::grant_refused;
    }
    auto const renewed =
        remember(w, petition->renew(kept->second, issuance_of(w.a, mcx::lifetime(1h)), w.clock));
    if (renewed) {  // or else the one before goes on to hold
        w.refresh_tokens.erase(kept);
    }
    return renewed;
}

inline mcx::result<oauth::token_response> a_vouches(world& w, std::string_view body,
                                                    idm::relation how = idm::relation::unstated) {
    auto const by = sender_at_a(w, body);
    if (!by) {
        return by.error();
    }
    role::primary_idms const idms{w.a.domain, w.known_in_a};
    auto const petition = idms.receive(body, *by, w.work, w.clock, how);
    if (!petition) {
        return petition.error();
    }
    role::exchange_policy const policy{w.clients_of_a, w.partners_of_a, mcx::lifetime(10min)};
    auto const valid = decide(*petition, policy, w.clock);
    if (!valid) {
        return valid.error();
    }
    return petition->vouch(issuance_of(w.a, *valid), w.clock);
}

/// A's token endpoint: every grant has its own way, and none falls through to another.
inline mcx::result<oauth::token_response> a_answers(world& w, std::string_view body) {
    auto const grant = oauth::grant_type_of(body);
    if (!grant) {
        return grant.error();
    }
    switch (*grant) {
        case oauth::grant_type::authorization_code:
            return sender_at_a(w, body).and_then(
                [&](auto const& by) { return a_redeems(w, body, by); });
        case oauth::grant_type::refresh_token:
            return sender_at_a(w, body).and_then(
                [&](auto const& by) { return a_renews(w, body, by); });
        case oauth::grant_type::token_exchange:
            return a_vouches(w, body);
        default:
            return mcx::errc::unsupported_grant_type;
    }
}

/// The token endpoint of a partner, which knows visitors by names of its own.
template <class Organisation>
mcx::result<oauth::token_response> partner_answers(world& w, Organisation& own,
                                                   idm::primaries<crypto> const& primaries,
                                                   role::admission_policy const& policy,
                                                   role::visitor const& who, memory& used,
                                                   std::string_view body, idm::relation how) {
    auto const by = sender_at(w, own.domain, w.clients_of_partners, used, body);
    if (!by) {
        return by.error();
    }
    role::partner_idms const idms{own.domain, primaries};
    auto const petition = idms.receive(body, *by, w.work, w.clock, how);
    if (!petition) {
        return petition.error();
    }
    auto const terms = decide(*petition, policy, who);
    if (!terms) {
        return terms.error();
    }
    auto const first = jwt::consume(used, petition->replay());
    if (!first) {
        return first.error();
    }
    return petition->admit(terms->grant, issuance_of(own, terms->valid), *first, w.clock);
}

inline mcx::result<oauth::token_response> b_answers(world& w, std::string_view body,
                                                    idm::relation how = idm::relation::group) {
    role::visitor who;
    who.ids.mcptt = w.alice_at_b;
    role::admission_policy const policy{w.clients_of_partners, w.terms_of_b, mcx::lifetime(30min)};
    return partner_answers(w, w.b, w.trusted_by_b, policy, who, w.used_at_b, body, how);
}
inline mcx::result<oauth::token_response> c_answers(world& w, std::string_view body) {
    role::visitor who;
    who.ids.mcptt = w.alice_at_c;
    role::admission_policy const policy{w.clients_of_partners, w.terms_of_c, mcx::lifetime(30min)};
    return partner_answers(w, w.c, w.trusted_by_c, policy, who, w.used_at_c, body,
                           idm::relation::migration);
}

/// B's group management server, for the identity that the signalling names.
inline mcx::result<idm::mcptt_id> gms_answers(world& w, std::string_view authorization,
                                              idm::mcptt_id const& signalled) {
    role::resource_server const server{"https://gms.county-b.example", w.known_in_b};
    auto const admission = server.receive(authorization, w.work, w.clock);
    if (!admission) {
        return admission.error();
    }
    return admission->permit(idm::operations::ptt_group_management, signalled);
}

/// B's key management server, asked for the keys of a user. [TS 33.180 5.3.3]
inline mcx::result<idm::mcptt_id> kms_answers(world& w, std::string_view authorization,
                                              idm::mcptt_id const& of) {
    role::resource_server const server{"https://kms.county-b.example", w.known_in_b};
    auto const admission = server.receive(authorization, w.work, w.clock);
    if (!admission) {
        return admission.error();
    }
    return admission->permit(idm::operations::ptt_key_management, of);
}

/// C's MCPTT server.
inline mcx::result<idm::mcptt_id> mcptt_server_answers(world& w, std::string_view authorization) {
    role::resource_server const server{"https://mcptt.state-c.example", w.known_in_c};
    auto const admission = server.receive(authorization, w.work, w.clock);
    if (!admission) {
        return admission.error();
    }
    return admission->permit(idm::operations::ptt, w.alice_at_c);
}

/// The reply as it comes over the wire.
inline oauth::reply ok(std::string const& body) {
    return {200, oauth::json_media_type, body};
}

}  // namespace demo

#endif
