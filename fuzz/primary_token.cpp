// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/primary_token.hpp>

#include <mcx/idm/login.hpp>

#include "support/mock.hpp"
#include "support/parties.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// A request at the token endpoint of a primary IdMS that believes every signature: the first line
// is the Authorization header, the rest the body. Nobody gets tokens whose sender has not been
// found out to be the client that they are for; what is refused has an answer, and the ID token
// that is issued is one that the client takes. [TS 33.180 B.4.2.4, B.4.2.5, B.5]

namespace {

using backend = mcx::test::credulous;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

struct server {
    std::array<role::registered_client, 3> clients{
        {{"open", "x", role::client_method::none},
         {"sharer", "x", role::client_method::client_secret_basic},
         {"signer", "x", role::client_method::private_key_jwt}}};
    std::array<oauth::secret_client, 1> secrets{
        {{"sharer", test::certain(oauth::client_secret::from("s"))}}};
    mcx::trust<backend> keys_of_clients =
        test::trusting<backend>({{"signer", "s-1"}, {"open", "o-1"}});
    mcx::trust<backend> own = test::trusting<backend>({test::issuer_a});
    mcx::workspace<backend> work;
    role::client_check<backend> senders{test::domain_a.iss, clients, secrets, keys_of_clients};
    role::primary_token<backend> tokens{test::domain_a};
    mcx::signing_key<mcx::es256, backend> key =
        test::certain(mcx::signing_key<mcx::es256, backend>::from(
            test::rfc_example<mcx::es256>::private_key(), "a-1"));
};

/// What the server has kept of a login by way of this client. [RFC 7636 appendix B]
role::code_record record_of(oauth::client_id const& client) {
    role::logged_in user;
    user.sub = mcx::subject("alice");
    user.grant.scope = "openid x";
    return {client,
            "org.example.radio:/back",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            {},
            user,
            test::now,
            test::clock_at(60).at};
}

void check_tokens(server& s, role::issued_tokens const& issued) {
    mcx::contract(oauth::write_json(issued.response).has_value());
    auto const& response = issued.response;
    auto const id = mcx::idm::accept_id_token(
        response.id_token.view(), s.own, s.work, {.client = issued.record.client},
        {response.access_token.view(), {}}, test::clock_at(0));
    mcx::contract(id && (*id)->sub.view() == "alice" && !response.refresh_token.empty());
}

void check_refusal(mcx::error e, oauth::grant_type grant, std::size_t size) {
    mcx::contract(blame_of(e) == mcx::blame::peer && e.offset <= size);
    mcx::contract(oauth::answer_to(e, grant).has_value());
}

void check_code(server& s, std::string_view body, role::checked_client const& by) {
    auto const asked = s.tokens.receive_code(body, by);
    if (!asked) {
        check_refusal(asked.error(), oauth::grant_type::authorization_code, body.size());
        return;
    }
    test::counted_random random;
    role::issuance const with{s.key, random, mcx::lifetime{std::chrono::minutes{10}}};
    for (role::registered_client const& client : s.clients) {
        mcx::jwt::bounded_memory<1, mcx::fixed_clock> memory{test::clock_at(0)};
        auto const proof = mcx::jwt::consume(memory, asked->replay(test::clock_at(0)));
        auto const issued = asked->redeem(record_of(client.id), with, *proof, test::clock_at(0));
        mcx::contract(!issued || by.vouches_for(client.id).has_value());
        if (issued) {
            check_tokens(s, *issued);
        } else {
            check_refusal(issued.error(), oauth::grant_type::authorization_code, body.size());
        }
    }
}

void check_refresh(server& s, std::string_view body, role::checked_client const& by) {
    auto const asked = s.tokens.receive_refresh(body, by);
    if (!asked) {
        check_refusal(asked.error(), oauth::grant_type::refresh_token, body.size());
        return;
    }
    test::counted_random random;
    role::issuance const with{s.key, random, mcx::lifetime{std::chrono::minutes{10}}};
    for (role::registered_client const& client : s.clients) {
        auto const of = record_of(client.id);
        auto const issued = asked->renew({of.client, of.user, of.user.grant.scope, of.login}, with,
                                         test::clock_at(0));
        mcx::contract(!issued || (by.vouches_for(client.id) &&
                                  issued->response.scope.within(of.user.grant.scope)));
        if (issued) {
            check_tokens(s, *issued);
        } else {
            check_refusal(issued.error(), oauth::grant_type::refresh_token, body.size());
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static server s;
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::size_t const line = std::min(input.find('\n'), input.size());
    std::string_view const header = input.substr(0, line);
    std::string_view const body = input.substr(std::min(line + 1, input.size()));
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> used{test::clock_at(0)};
    auto const by = s.senders.of(header, body, s.work, used, test::clock_at(0));
    if (!by) {
        mcx::contract(oauth::answer_to_client(by.error()).has_value());
        return 0;
    }
    // A name alone is enough for a client that is registered so, and for no other.
    mcx::contract(by->id().view() != "sharer" || header.size() > 6);
    auto const said = oauth::parse_form<oauth::client_parameters>(body);
    mcx::contract(by->id().view() != "signer" || !said->client_assertion.empty());
    check_code(s, body, *by);
    check_refresh(s, body, *by);
    return 0;
}
