// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/partner_idms.hpp>
#include <mcx/role/resource_server.hpp>

#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"
#include "support/spelled_token.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

// A JWT bearer request at a partner IdMS that believes every signature: the body, or the assertion
// in a right one. What is refused has a place and an answer; a petition can be granted once, and a
// server of the domain takes the token that comes of it. [TS 33.180 B.7.4, B.7.5]

namespace {

using backend = mcx::test::credulous;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

struct server {
    mcx::trust<backend> primaries = test::trusting<backend>({test::issuer_a, test::issuer_c});
    mcx::trust<backend> own = test::trusting<backend>({test::issuer_b});
    mcx::workspace<backend> work;
    role::checked_client by = test::sender_at_b();
    role::partner_idms<backend> idms{test::domain_b, primaries};
    role::resource_server<backend> group_server{"https://gms.b.example", own};
    mcx::signing_key<mcx::eddsa, backend> key =
        test::certain(mcx::signing_key<mcx::eddsa, backend>::from(
            test::rfc_example<mcx::eddsa>::private_key(), "b-1"));
};

/// Grants everything that was asked for to somebody with short names.
role::grant everything(role::admission_petition const& asked) {
    role::grant made;
    made.scope = asked.requested();
    made.ids = {idm::mcptt_id("p"), idm::mcvideo_id("v"), idm::mcdata_id("d")};
    return made;
}

void check_petition(server& s, role::admission_petition const& asked) {
    mcx::fixed_clock const clock = test::clock_at(0);
    mcx::contract(s.primaries.find(asked.home()).has_value());
    mcx::contract(!asked.subject().empty() && !asked.client().empty());
    mcx::contract(asked.assertion_audience().names(test::domain_b.address.view()));
    mcx::contract(asked.replay().until > clock.now() && asked.replay().from == asked.home());
    jwt::bounded_memory<2, mcx::fixed_clock> memory{clock};
    auto const proof = jwt::consume(memory, asked.replay());
    mcx::contract(proof && jwt::consume(memory, asked.replay()).error() == mcx::errc::replayed);
    test::counted_random random;
    role::issuance const with{s.key, random, mcx::lifetime{std::chrono::minutes{10}}};
    auto const answer = asked.admit(everything(asked), with, *proof, clock);
    mcx::contract(answer && oauth::write_json(*answer));
    auto const bearer = oauth::authorization(answer->access_token);
    mcx::contract(bearer.has_value());
    auto const admitted = s.group_server.receive(*bearer, s.work, clock);
    mcx::contract(admitted && admitted->scope() == asked.requested() &&
                  admitted->client() == asked.client());
}

/// The same body under another profile: an answer to every refusal, and a petition that asks for no
/// more than the assertion is good for.
template <class P>
void check_under(server& s, std::string const& body) {
    auto const asked = s.idms.template receive<P>(body, s.by, s.work, test::clock_at(0));
    if (!asked) {
        mcx::contract(oauth::answer_to(asked.error(), oauth::grant_type::jwt_bearer).has_value());
        return;
    }
    mcx::contract(s.primaries.find(asked->home()).has_value());
    mcx::contract(!asked->subject().empty() && !asked->client().empty());
    mcx::contract(asked->assertion_audience().size() == 1 && asked->actors().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static server s;
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::string const body = test::is_spelled_token(input)
                                 ? test::bearer_grant_of(test::spelled_token(input)).form()
                                 : std::string{input};
    check_under<mcx::grant::identity_chaining>(s, body);
    check_under<mcx::grant::id_jag>(s, body);
    auto const asked = s.idms.receive(body, s.by, s.work, test::clock_at(0));
    if (asked) {
        check_petition(s, *asked);
        return 0;
    }
    mcx::error const e = asked.error();
    mcx::contract(
        test::is_right<idm::security_token_profile, oauth::jwt_bearer_request>(e, body.size()));
    mcx::contract(oauth::answer_to(e, oauth::grant_type::jwt_bearer).has_value());
    return 0;
}
