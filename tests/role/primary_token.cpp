// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/primary_token.hpp>

#include "support/check.hpp"
#include "support/login_world.hpp"
#include "support/senders.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::login_world;
using mcx::test::query_in;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

/// A client that is about to redeem its code.
struct holder {
    login_world w;
    mcx::role::client::authenticating first = *w.begin();
    mcx::role::issued_code code = *w.code_for(first);
    std::string body = first.receive(query_in(code.location))->message()->body;

    errc refusal(mcx::role::code_record const& of, mcx::fixed_clock clock = clock_at(1)) {
        return w.redeem(body, of, clock).error().code;
    }
};

}  // namespace

// A petition is what has been received, and nothing else.
static_assert(!std::is_constructible_v<mcx::role::redemption_petition<credulous>, mcx::idm::domain,
                                       oauth::access_token_request, mcx::jwt_id>);
static_assert(!std::is_constructible_v<mcx::role::refresh_petition<credulous>, mcx::idm::domain,
                                       oauth::refresh_request, mcx::role::checked_client>);

TEST_CASE("a code yields an access token, an ID token and a refresh token") {
    holder h;
    auto const issued = h.w.redeem(h.body, h.code.record);
    CHECK(issued);
    auto const& response = issued->response;
    CHECK(response.token_type == oauth::response_token_type::bearer);
    CHECK(response.expires_in->value() == std::chrono::hours{1});
    CHECK(response.scope.view() == "openid 3gpp:mc:ptt_service");
    CHECK(response.refresh_token.size() == 43);
    std::string const access = test::payload_in(response.access_token.view());
    CHECK(access.starts_with(R"({"exp":)" + test::date(3601) +
                             R"(,"scope":"openid 3gpp:mc:ptt_service","client_id":"radio-at-a",)"
                             R"("mcptt_id":"sip:alice@a.example","iss":"https://a.example",)"
                             R"("sub":"alice","iat":)" +
                             test::date(1)));
    std::string const id = test::payload_in(response.id_token.view());
    CHECK(id.starts_with(R"({"iss":"https://a.example","sub":"alice","aud":"radio-at-a","exp":)" +
                         test::date(3601) + R"(,"iat":)" + test::date(1) + R"(,"auth_time":)" +
                         test::date(0) + R"(,"nonce":")"));
    CHECK(id.find(R"("acr":"3gpp:acr:password","at_hash":")") != std::string::npos);
    CHECK(issued->record.user.sub.view() == "alice");
    CHECK(issued->record.granted.view() == "openid 3gpp:mc:ptt_service");
}

TEST_CASE("a code is redeemed once") {
    holder h;
    CHECK(h.refusal(h.code.record) == errc::none);
    CHECK(h.refusal(h.code.record) == errc::replayed);
}

TEST_CASE("a code is redeemed in its time, to the second") {
    CHECK(holder{}.refusal(holder{}.code.record, clock_at(59)) == errc::none);
    CHECK(holder{}.refusal(holder{}.code.record, clock_at(60)) == errc::grant_refused);
}

TEST_CASE("a code is redeemed by the client that asked, from where it asked, with its verifier") {
    mcx::role::code_record other = holder{}.code.record;
    other.client = mcx::oauth::client_id("another");
    CHECK(holder{}.refusal(other) == errc::client_mismatch);
    other = holder{}.code.record;
    other.redirect = oauth::redirect_uri("https://a.example/");
    CHECK(holder{}.refusal(other) == errc::redirect_mismatch);
    other = holder{}.code.record;
    other.challenge = oauth::code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    CHECK(holder{}.refusal(other) == errc::code_verifier_mismatch);
    other.challenge = {};
    CHECK(holder{}.refusal(other) == errc::code_verifier_mismatch);
}

TEST_CASE("a proof of first use is good for its own code only") {
    holder h;
    auto const petition = h.w.tokens.receive_code(h.body, *h.w.sender());
    mcx::jwt::first_use use = petition->replay(clock_at(1));
    use.id = mcx::jwt_id("another");
    auto const proof = mcx::jwt::consume(h.w.used, use);
    CHECK(petition->redeem(h.code.record, h.w.with(), *proof, clock_at(1)).error() ==
          errc::replay_proof_mismatch);
    use = petition->replay(clock_at(1));
    use.from = test::domain_b.iss;
    auto const elsewhere = mcx::jwt::consume(h.w.used, use);
    CHECK(petition->redeem(h.code.record, h.w.with(), *elsewhere, clock_at(1)).error() ==
          errc::replay_proof_mismatch);
    CHECK(petition->code() == h.code.code);
}

TEST_CASE("a code is remembered for as long as any code lives") {
    holder h;
    auto const use = h.w.tokens.receive_code(h.body, *h.w.sender())->replay(clock_at(1));
    CHECK(use.until == clock_at(1).at.plus(mcx::role::max_code_lifetime));
    CHECK(use.from == test::domain_a.iss);
    CHECK(use.id.view() == h.code.code.view());
    CHECK_FALSE(use.is_digest);
}

TEST_CASE("a code that is none of ours is refused, and answered as an invalid grant") {
    login_world const w;
    std::string const body =
        "grant_type=authorization_code&code=" + std::string(129, 'c') +
        "&client_id=radio-at-a&redirect_uri=org.example.radio%3A%2Fback&code_verifier=" +
        std::string(43, 'v');
    CHECK(w.tokens.receive_code(body, *w.sender()).error().code == errc::grant_refused);
    holder h;
    auto const refused =
        h.w.tokens.receive_code(h.body, *h.w.sender())->refuse(errc::grant_refused);
    CHECK(refused->code() == oauth::error_code::invalid_grant);
    CHECK(w.tokens.receive_code("grant_type=authorization_code", *w.sender()).error().code ==
          errc::parameter_missing);
}

TEST_CASE("tokens are renewed for the client they were issued to, within what was granted") {
    holder h;
    auto const issued = h.w.redeem(h.body, h.code.record);
    std::string const token{issued->response.refresh_token.view()};
    auto const renew = [&](std::string const& more) {
        return h.w.tokens
            .receive_refresh("grant_type=refresh_token&refresh_token=" + token + more,
                             *h.w.sender())
            ->renew(issued->record, h.w.with(), clock_at(100));
    };
    auto const all = renew("");
    CHECK(all->response.scope.view() == "openid 3gpp:mc:ptt_service");
    CHECK_FALSE(all->response.refresh_token == issued->response.refresh_token);
    CHECK(test::payload_in(all->response.id_token.view()).find("nonce") == std::string::npos);
    CHECK(renew("&scope=openid")->response.scope.view() == "openid");
    CHECK(renew("&scope=openid")->record.granted == issued->record.granted);
    CHECK(renew("&scope=3gpp%3Amc%3Adata_service").error().code == errc::scope_refused);
    CHECK(renew("&client_id=another").error().code == errc::client_mismatch);
    CHECK(renew("&client_id=radio-at-a"));
    auto const petition =
        h.w.tokens.receive_refresh("grant_type=refresh_token&refresh_token=x", *h.w.sender());
    CHECK(petition->refuse(errc::grant_refused)->code() == oauth::error_code::invalid_grant);
    CHECK(petition->token().view() == "x");
}

TEST_CASE("what another client sends redeems and renews nothing") {
    std::array<mcx::role::registered_client, 2> const clients{
        {{"another", "openid", mcx::role::client_method::none},
         {"radio-at-a", "openid", mcx::role::client_method::private_key_jwt}}};
    mcx::trust<credulous> const keys;
    mcx::role::client_check<credulous> const senders{test::domain_a.iss, clients, {}, keys};
    mcx::workspace<credulous> work;
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> used{clock_at(0)};
    auto const another = senders.of({}, "client_id=another", work, used, clock_at(0));
    auto const nobody = senders.of({}, {}, work, used, clock_at(0));
    holder h;
    error const mismatch{errc::client_mismatch,
                         oauth::access_token_request::fields::number_of("client_id")};
    CHECK(h.w.tokens.receive_code(h.body, *another).error() == mismatch);
    CHECK(h.w.tokens.receive_code(h.body, *nobody).error().code ==
          errc::client_authentication_refused);
    auto const issued = h.w.redeem(h.body, h.code.record);
    auto const renewed_by = [&](mcx::role::checked_client const& by) {
        return h.w.tokens.receive_refresh("grant_type=refresh_token&refresh_token=x", by)
            ->renew(issued->record, h.w.with(), clock_at(100))
            .error()
            .code;
    };
    CHECK(renewed_by(*another) == errc::client_mismatch);
    CHECK(renewed_by(*nobody) == errc::client_authentication_refused);
    CHECK(renewed_by(*h.w.sender({})) == errc::none);
}

TEST_CASE("a machine that fails issues nothing and refuses nobody") {
    for (unsigned const left : {0U, 1U, 2U}) {
        holder h;
        h.w.random.left = left;
        CHECK(h.refusal(h.code.record) == errc::random_unavailable);
    }
}

TEST_CASE("who was checked at another server redeems and renews nothing") {
    holder h;
    auto const elsewhere = test::sender_at_b("radio-at-a");
    CHECK(h.w.tokens.receive_code(h.body, test::sender("radio-at-a")));
    CHECK(h.w.tokens.receive_code(h.body, elsewhere).error() == errc::client_proof_mismatch);
    std::string const renewal = "grant_type=refresh_token&refresh_token=x";
    CHECK(h.w.tokens.receive_refresh(renewal, test::sender("radio-at-a")));
    CHECK(h.w.tokens.receive_refresh(renewal, elsewhere).error() == errc::client_proof_mismatch);
}
