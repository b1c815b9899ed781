// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/primary_idms.hpp>

#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"
#include "support/spelled_token.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

// A token exchange at a primary IdMS that believes every signature: the body, or the subject token
// in a right one. What is refused has a place and an answer; a petition can be granted, and the
// token that comes of it has the petition's subject. [TS 33.180 B.7.2, B.7.3]

namespace {

using backend = mcx::test::credulous;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

struct server {
    mcx::trust<backend> keys = test::trusting<backend>({test::issuer_a});
    mcx::workspace<backend> work;
    role::checked_client by = test::sender();
    role::primary_idms<backend> idms{test::domain_a, keys};
    mcx::signing_key<mcx::eddsa, backend> key =
        test::certain(mcx::signing_key<mcx::eddsa, backend>::from(
            test::rfc_example<mcx::eddsa>::private_key(), "a-1"));
};

void check_petition(server& s, role::exchange_petition const& asked) {
    mcx::contract(!asked.subject().empty() && !asked.client().empty() && !asked.partner().empty());
    test::counted_random random;
    auto const answer = asked.vouch(
        role::issuance{s.key, random, mcx::lifetime{std::chrono::minutes{10}}}, test::clock_at(0));
    mcx::contract(answer && answer->token_type == oauth::response_token_type::not_applicable);
    auto const claims = mcx::jwt::accept<mcx::idm::security_token_profile>(
        answer->access_token.view(), s.keys, s.work,
        {.to = mcx::idm::recipient_of(asked.partner())}, test::clock_at(0));
    // A client may have the address of a partner for its id; nobody takes such a token.
    mcx::contract(claims ? (*claims)->sub == asked.subject()
                         : asked.client().view() == asked.partner().view());
    mcx::contract(oauth::write_json(*answer).has_value());
}

/// The same body under another profile: an answer to every refusal, and a grant to whom it names.
template <class P>
void check_under(server& s, std::string const& body) {
    auto const asked = s.idms.template receive<P>(body, s.by, s.work, test::clock_at(0));
    if (!asked) {
        mcx::contract(
            oauth::answer_to(asked.error(), oauth::grant_type::token_exchange).has_value());
        return;
    }
    mcx::contract(asked->actors().empty());
    test::counted_random random;
    auto const answer = asked->vouch(
        role::issuance{s.key, random, mcx::lifetime{std::chrono::minutes{10}}}, test::clock_at(0));
    mcx::contract(answer && answer->issued_token_type == P::terms.issued_token_type);
    auto const claims = mcx::jwt::accept<typename P::token>(
        answer->access_token.view(), s.keys, s.work,
        {.to = mcx::idm::recipient_of(asked->partner())}, test::clock_at(0));
    mcx::contract(claims && (*claims)->sub == asked->subject() &&
                  (*claims)->scope == asked->requested());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static server s;
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::string const body = test::is_spelled_token(input)
                                 ? test::exchange_of(test::spelled_token(input)).form()
                                 : std::string{input};
    check_under<mcx::grant::identity_chaining>(s, body);
    check_under<mcx::grant::id_jag>(s, body);
    auto const asked = s.idms.receive(body, s.by, s.work, test::clock_at(0));
    if (asked) {
        check_petition(s, *asked);
        return 0;
    }
    mcx::error const e = asked.error();
    mcx::contract(test::is_right<mcx::idm::access_token_profile, oauth::token_exchange_request>(
        e, body.size()));
    mcx::contract(oauth::answer_to(e, oauth::grant_type::token_exchange).has_value());
    return 0;
}
