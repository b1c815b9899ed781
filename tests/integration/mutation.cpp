// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/mutation.hpp"
#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// A million mutants of tokens at the verifiers of every profile: no crash, every refusal in a stage
// and at a place that make sense, nothing taken from the heap, and what is accepted holds.

using mcx::errc;
using mcx::error;
using mcx::stage;
using mcx::idm::access_token_profile;
using mcx::idm::id_token_profile;
using mcx::idm::security_token_profile;
using mcx::test::credulous;
using mcx::test::mc_client;
using mcx::test::mc_server;
using mcx::test::noon;
using mcx::test::partner_idms;
using mcx::test::signature_text;
using mcx::test::token_seed;
namespace jwt = mcx::jwt;

namespace {

constexpr std::size_t mutants = 333'334;  // for each profile

constexpr std::string_view id_payload =
    R"({"iss":"https://idms.home.example","sub":"alice","aud":"mc-client-7","exp":1700000600,)"
    R"("iat":1700000000,"mcptt_id":"sip:alice@mcptt.home.example"})";
constexpr std::string_view access_payload =
    R"({"exp":1700000600,"scope":"openid 3gpp:mc:ptt_service","client_id":"mc-client-7",)"
    R"("mcptt_id":"sip:alice@mcptt.home.example","iss":"https://idms.home.example","sub":"alice",)"
    R"("aud":"https://mcptt.home.example","iat":1700000000,"jti":"1"})";
constexpr std::string_view security_payload =
    R"({"iss":"https://idms.other.example","sub":"alice","aud":["mc-client-7",)"
    R"("https://idms.partner.example"],"exp":1700000600,"iat":1700000000,"jti":"\u0032"})";
constexpr std::string_view late_payload =
    R"({"exp":1700000000,"scope":"a","client_id":"c","iss":"https://idms.home.example"})";
constexpr std::string_view odd_payload =
    R"({ "x":[{"y":null,"z":-1.5e3},[true,false]],"exp":1700000600,"scope":"a","client_id":"c",)"
    "\"sub\":\"\xC3\xA4\\ud83d\\ude00\" }";

std::vector<token_seed> seeds() {
    std::string const es256 = signature_text<mcx::es256>();
    std::string const eddsa = signature_text<mcx::eddsa>();
    std::string const rs256 = signature_text<mcx::rs256>();
    return {
        {R"({"alg":"ES256"})", std::string(id_payload), es256},
        {R"({"alg":"EdDSA","kid":"one","typ":"JWT"})", std::string(access_payload), eddsa},
        {R"({"alg":"ES256","kid":"one"})", std::string(security_payload), es256},
        {R"({"alg":"RS256","typ":"application/jwt","cty":"x"})", std::string(id_payload), rs256},
        {R"({"alg":"EdDSA","jwk":{"kty":"OKP"},"crit":["x"],"x":1})", std::string(odd_payload),
         eddsa},
        {R"({"kid":"one","alg":"EdDSA"})", std::string(security_payload), eddsa},
        {R"({"alg":"ES256"})", std::string(late_payload), es256},
        {R"({"alg":"ES256"})", std::string(odd_payload), es256}};
}

/// Two issuers, so that the payload is scanned for `iss` before the signature.
mcx::trust<credulous> issuers() {
    mcx::trust<credulous> made;
    for (std::string_view const who : {"https://idms.home.example", "https://idms.other.example"}) {
        CHECK(made.add(*mcx::issuer::from(who),
                       mcx::test::rfc_keys<credulous>(*mcx::key_id::from("one"))));
    }
    return made;
}

/// Whether an error can be right for this text: something that a peer did wrong, at a place that
/// the text has, about a member that the profile or the header has.
template <class P>
bool is_plausible(error e, std::string_view text) {
    if (e.code == errc::none) {
        return true;
    }
    if (mcx::blame_of(e) != mcx::blame::peer || e.offset > text.size()) {
        return false;
    }
    switch (mcx::stage_of(e)) {
        case stage::form:
        case stage::signature:
            return e.where == 0;
        case stage::header:
        case stage::claims:
            return e.where == 0 || !jwt::name_of<P>(e).empty();
        case stage::policy:
            return !jwt::name_of<P>(e).empty() && e.offset == 0;
        case stage::key:
            return e.where != 0 && e.offset == 0;
        default:
            return false;
    }
}

/// Whether accepted claims hold, seen without the library's own checks.
template <class P>
bool holds(typename P::claims const& claims, std::string_view self) {
    if (claims.exp <= noon.at) {
        return false;
    }
    auto const* aud = jwt::detail::find_claim<mcx::audience>(claims, "aud");
    return aud == nullptr || aud->names(self);
}

template <class P>
mcx::test::mutant_tally drive(std::string_view self, std::uint64_t number) {
    mcx::test::mutator source{seeds(), number};
    auto const trusted = issuers();
    mcx::workspace<credulous> work;
    jwt::expectation const expected{.to = *mcx::recipient::from(self)};
    std::size_t unfounded = 0;
    auto const receive = [&](std::string_view text) {
        auto const token = jwt::accept<P>(text, trusted, work, expected, noon);
        unfounded += token && !holds<P>(token->claims(), self) ? 1U : 0U;
        return token.error();
    };
    auto const outcome = mcx::test::receive_mutants(source, mutants, receive, is_plausible<P>);
    CHECK(unfounded == 0);
    return outcome;
}

/// That mutants got as far as they were meant to, in numbers that would show it if they did not.
void check(mcx::test::mutant_tally const& t) {
    CHECK(t.mutants == mutants);
    CHECK_MESSAGE(t.implausible == 0, t.first_implausible);
    CHECK(t.allocations == 0);
    CHECK(t.accepted > 1000);
    CHECK(t.refused_at(stage::none) == 0);
    for (stage const s :
         {stage::form, stage::header, stage::key, stage::signature, stage::claims, stage::policy}) {
        CHECK_MESSAGE(t.refused_at(s) > 1000, static_cast<int>(s));
    }
}

}  // namespace

TEST_CASE("mutants of tokens at the verifier of ID tokens") {
    check(drive<id_token_profile>(mc_client, 0x1D));
}

TEST_CASE("mutants of tokens at the verifier of access tokens") {
    check(drive<access_token_profile>(mc_server, 0xACCE55));
}

TEST_CASE("mutants of tokens at the verifier of security tokens") {
    check(drive<security_token_profile>(partner_idms, 0x5EC));
}

TEST_CASE("the checks of mutants see what they are for") {
    mcx::test::mutator source{seeds(), 7};
    auto const nothing = mcx::test::receive_mutants(
        source, 10, [](std::string_view) { return error{}; },
        [](error, std::string_view) { return false; });
    CHECK(nothing.accepted == 10);
    CHECK(nothing.implausible == 10);
    CHECK_FALSE(nothing.first_implausible.empty());
    auto const heavy = mcx::test::receive_mutants(
        source, 10,
        [](std::string_view text) {
            return std::string(text.size() + 100, 'x').empty() ? error{} : error{errc::signature};
        },
        is_plausible<id_token_profile>);
    CHECK(heavy.allocations == 10);
    CHECK(heavy.refused_at(stage::signature) == 10);
    CHECK_FALSE(is_plausible<id_token_profile>(errc::backend, "x"));
    CHECK_FALSE(is_plausible<id_token_profile>({errc::json_syntax, 0, 2}, "x"));
    CHECK_FALSE(is_plausible<id_token_profile>({errc::claim_value, 77}, "x"));
}
