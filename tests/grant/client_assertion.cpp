// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/client_assertion.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"

#include <mcx/jwt/issue.hpp>
#include <mcx/oauth/error_code.hpp>

#include <chrono>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::grant::client_assertion_profile;
using mcx::oauth::asserting_client;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::compact;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::token_of;
using namespace std::chrono_literals;

namespace {

constexpr mcx::test::known_issuer radio{"radio", "r-1"};
constexpr mcx::test::known_issuer other{"other", "o-1"};
constexpr mcx::issuer self = mcx::test::domain_a.iss;

/// What the client with the id "radio" says to A.
named_values claims() {
    return {{"iss", quoted("radio")},
            {"sub", quoted("radio")},
            {"aud", quoted(self.view())},
            {"exp", date(60)},
            {"jti", quoted("one")}};
}

template <class B = credulous>
mcx::result<mcx::grant::authenticated_client> shown(std::string_view token,
                                                    mcx::oauth::client_id const& named = {},
                                                    mcx::leeway skew = {}) {
    auto const clients = mcx::test::trusting<B>({radio, other});
    mcx::workspace<B> work;
    asserting_client const client{named, *mcx::oauth::token::from(token)};
    return mcx::grant::authenticate(client, clients, work, self, clock_at(0), skew);
}

errc refusal(named_values const& of) {
    auto const code = shown(token_of(of, "r-1")).error().code;
    CHECK(mcx::oauth::answer_to_client(code)->code() == mcx::oauth::error_code::invalid_client);
    return code;
}

std::string typed(std::string_view typ) {
    return compact(
        named_values{{"alg", quoted("ES256")}, {"kid", quoted("r-1")}, {"typ", quoted(typ)}}.json(),
        claims().json());
}

}  // namespace

TEST_CASE("a client authenticates by an assertion that it made for this server alone") {
    auto const made = shown(token_of(claims(), "r-1"));
    CHECK(made->id().view() == "radio");
    CHECK(made->replay().from.view() == "radio");
    CHECK(made->replay().id.view() == "one");
    CHECK(made->replay().until == clock_at(60).at);
    CHECK(shown(token_of(claims(), "r-1"), "radio"));
}

TEST_CASE("an assertion without a jti is told from others by its digest") {
    auto const made = shown(token_of(claims().without("jti"), "r-1"));
    CHECK(made->replay().is_digest);
}

TEST_CASE("the audience of an assertion is the issuer identifier of the server and nothing else") {
    CHECK(refusal(claims().with("aud", quoted(mcx::test::domain_a.token_endpoint.view()))) ==
          errc::audience_mismatch);
    CHECK(refusal(claims().with("aud", quoted("https://A.example"))) == errc::audience_mismatch);
    CHECK(refusal(claims().with("aud", R"(["https://a.example","https://b.example"])")) ==
          errc::audience_not_sole);
    CHECK(refusal(claims().with("aud", R"(["https://a.example","https://a.example"])")) ==
          errc::audience_not_sole);
    CHECK(shown(token_of(claims().with("aud", R"(["https://a.example"])"), "r-1")));
    CHECK(refusal(claims().without("aud")) == errc::claim_missing);
}

TEST_CASE("issuer and subject of an assertion are the client") {
    CHECK(refusal(claims().with("sub", quoted("other"))) == errc::subject_refused);
    CHECK(refusal(claims().with("iss", quoted("other"))) == errc::no_such_key);
    CHECK(refusal(claims().with("iss", quoted("nobody"))) == errc::unknown_issuer);
    CHECK(refusal(claims().without("iss")) == errc::claim_missing);
    CHECK(refusal(claims().without("sub")) == errc::claim_missing);
    CHECK(shown(token_of(claims(), "r-1"), "other").error().code == errc::client_mismatch);
    auto const unnameable =
        claims().with("iss", quoted("\xC3\xA9")).with("sub", quoted("\xC3\xA9"));
    CHECK(refusal(unnameable) == errc::unknown_issuer);
}

TEST_CASE("an assertion holds now, for an hour at most") {
    CHECK(refusal(claims().with("exp", date(0))) == errc::expired);
    CHECK(shown(token_of(claims().with("exp", date(0)), "r-1"), {}, mcx::leeway(1s)));
    CHECK(refusal(claims().with("nbf", date(1))) == errc::not_yet_valid);
    CHECK(refusal(claims().with("iat", date(1))) == errc::issued_in_future);
    CHECK(refusal(claims().with("exp", date(3601))) == errc::lifetime_too_long);
    CHECK(refusal(claims().without("exp")) == errc::claim_missing);
}

TEST_CASE("an assertion may say what it is, and not that it is something else") {
    CHECK(shown(typed("client-authentication+jwt")));
    CHECK(shown(typed("application/client-authentication+jwt")));
    CHECK(shown(typed("jwt")));
    CHECK(shown(compact(R"({"alg":"ES256","kid":"r-1"})", claims().json())));
    CHECK(shown(typed("at+jwt")).error().code == errc::token_type_refused);
}

TEST_CASE("a signature that is wrong is told from a backend that fails") {
    CHECK(shown<incredulous>(token_of(claims(), "r-1")).error().code == errc::signature);
    CHECK(shown<broken>(token_of(claims(), "r-1")).error().code == errc::backend);
    CHECK(shown("h.p.s p").error().code != errc::none);
}

TEST_CASE("an issued assertion is one that its server accepts, and another does not") {
    auto const claims =
        mcx::grant::claims_of("radio", self, "two", mcx::lifetime(1min), clock_at(0));
    auto key = *mcx::signing_key<mcx::es256, credulous>::from(
        mcx::test::rfc_example<mcx::es256>::private_key(), "r-1");
    mcx::test::counted_random random;
    auto const token = mcx::jwt::issue<client_assertion_profile>(claims, key, random);
    CHECK(token);
    CHECK(shown(*token)->replay().id.view() == "two");

    auto const elsewhere = mcx::grant::claims_of("radio", mcx::test::domain_b.iss, "two",
                                                 mcx::lifetime(1min), clock_at(0));
    CHECK(shown(*mcx::jwt::issue<client_assertion_profile>(elsewhere, key, random)).error().code ==
          errc::audience_mismatch);
    auto const forever =
        mcx::grant::claims_of("radio", self, "two", mcx::lifetime(2h), clock_at(0));
    CHECK(mcx::jwt::issue<client_assertion_profile>(forever, key, random).error().code ==
          errc::lifetime_too_long);
}

TEST_CASE("an assertion of nobody, or for nobody, is not issued") {
    auto key = *mcx::signing_key<mcx::es256, credulous>::from(
        mcx::test::rfc_example<mcx::es256>::private_key(), "r-1");
    mcx::test::counted_random random;
    auto const refused = [&](mcx::oauth::client_id const& client, mcx::issuer const& server) {
        auto const claims =
            mcx::grant::claims_of(client, server, "two", mcx::lifetime(1min), clock_at(0));
        return mcx::jwt::issue<client_assertion_profile>(claims, key, random).error().code;
    };
    CHECK(refused("radio", self) == errc::none);
    CHECK(refused({}, self) == errc::claim_value);
    CHECK(refused("radio", {}) == errc::claim_value);
}
