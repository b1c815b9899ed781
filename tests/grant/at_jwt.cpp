// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/at_jwt.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <mcx/idm/access_token.hpp>
#include <mcx/idm/id_token.hpp>

#include <iterator>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::grant::at_jwt;
using mcx::grant::at_jwt_profile;
using mcx::grant::bound_at_jwt;
using mcx::grant::bound_at_jwt_profile;
using mcx::test::accepted_by;
using mcx::test::certain;
using mcx::test::home_idms;
using mcx::test::issued;
using mcx::test::mc_client;
using mcx::test::mc_server;
using mcx::test::noon;

namespace {

using fields = at_jwt::fields;

at_jwt sample() {
    at_jwt t;
    t.iss = certain(mcx::issuer::from(home_idms));
    t.exp = noon.at.plus(std::chrono::seconds{600});
    t.aud = mcx::test::audience_of({mc_server});
    t.sub = certain(mcx::subject::from("alice"));
    t.client_id = certain(mcx::oauth::client_id::from(mc_client));
    t.iat = noon.at;
    t.jti = certain(mcx::jwt_id::from("access 1"));
    return t;
}

at_jwt complete() {
    at_jwt t = sample();
    t.auth_time = noon.at;
    t.acr = certain(mcx::authentication_context::from("3gpp:acr:password"));
    (void)t.amr.push_back("pwd");
    t.scope = certain(mcx::oauth::scope::from("openid profile"));
    return t;
}

bound_at_jwt bound() {
    bound_at_jwt t{complete(), {}};
    t.cnf.jkt =
        certain(mcx::sha256_thumbprint::from("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    return t;
}

error refusal(std::string const& text, std::string_view self = mc_server) {
    return accepted_by<at_jwt_profile>(self, text).error();
}

/// The refusal of the sample under a header of this type, without the claims named.
error refusal_of(std::string_view typ, std::string_view payload) {
    std::string header = R"({"alg":"ES256")";
    if (!typ.empty()) {
        header.append(R"(,"typ":")").append(typ).append("\"");
    }
    return refusal(mcx::test::compact(header + "}", payload));
}

constexpr std::string_view payload =
    R"({"iss":"https://idms.home.example","exp":1700000600,"aud":"https://mcptt.home.example",)"
    R"("sub":"alice","client_id":"mc-client-7","iat":1700000000,"jti":"1"})";

}  // namespace

TEST_CASE("an access token of the general profile is accepted with all its claims") {
    std::string const least = issued<at_jwt_profile>(sample());
    auto const read = accepted_by<at_jwt_profile>(mc_server, least);
    CHECK((read && read->claims() == sample()));
    std::string const most = issued<at_jwt_profile>(complete());
    auto const whole = accepted_by<at_jwt_profile>(mc_server, most);
    CHECK((whole && whole->claims() == complete()));
    CHECK(refusal(least, "https://mcptt.home.example/") ==
          error{errc::audience_mismatch, fields::number_of("aud")});
}

TEST_CASE("only what says at+jwt is an access token of the general profile") {
    CHECK(refusal_of("at+jwt", payload) == error{});
    CHECK(refusal_of("AT+JWT", payload) == error{});
    CHECK(refusal_of("application/at+jwt", payload) == error{});
    for (std::string_view const typ : {"", "JWT", "dpop+jwt", "at", "text/at+jwt"}) {
        CHECK(refusal_of(typ, payload).code == errc::token_type_refused);
    }
}

TEST_CASE("a token that is bound is of one kind, and a bearer's of the other") {
    std::string const text = issued<bound_at_jwt_profile>(bound());
    auto const read = accepted_by<bound_at_jwt_profile>(mc_server, text);
    CHECK((read && read->claims() == bound()));
    error const as_bearer = refusal(text);
    CHECK(as_bearer.code == errc::claim_prohibited);
    CHECK(as_bearer.where == fields::number_of("cnf"));
    auto const unbound = issued<at_jwt_profile>(complete());
    CHECK(accepted_by<bound_at_jwt_profile>(mc_server, unbound).error().code ==
          errc::claim_missing);
}

TEST_CASE("a server of MC services takes a token of the general profile, but not the other way") {
    auto const general = issued<at_jwt_profile>(complete());
    CHECK(accepted_by<mcx::idm::access_token_profile>(mc_server, general));
    CHECK(accepted_by<mcx::idm::access_token_profile>(mc_server,
                                                      issued<bound_at_jwt_profile>(bound()))
              .error()
              .code == errc::claim_prohibited);
    CHECK(accepted_by<mcx::idm::id_token_profile>(mc_server, general).error().code ==
          errc::token_type_refused);
    CHECK(refusal(issued<mcx::idm::access_token_profile>(mcx::test::sample_access_token())).code ==
          errc::token_type_refused);
}

TEST_CASE("each of the seven claims of RFC 9068 is required") {
    constexpr std::string_view names[]{"iss", "exp", "aud", "sub", "client_id", "iat", "jti"};
    constexpr std::uint64_t all = (1U << std::size(names)) - 1;
    for (std::size_t i = 0; i < std::size(names); ++i) {
        CHECK(fields::name_of(i + 1) == names[i]);
        CHECK(fields::missing(all & ~(std::uint64_t{1} << i)) == i + 1);
    }
    CHECK_BOTH(fields::missing(all) == 0);
}

TEST_CASE("a confirmation that is no thumbprint refuses the token") {
    std::string bad{payload};
    bad.insert(bad.size() - 1, R"(,"cnf":{"jkt":"short"})");
    CHECK(accepted_by<bound_at_jwt_profile>(
              mc_server, mcx::test::compact(R"({"alg":"ES256","typ":"at+jwt"})", bad))
              .error()
              .code == errc::claim_value);
}
