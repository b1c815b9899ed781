// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/resource_server.hpp>

#include <mcx/idm/security_token.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/stops.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::role::admission;
using mcx::role::resource_server;
using mcx::test::access_claims;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::token_of;
using namespace std::chrono_literals;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace operations = mcx::idm::operations;

namespace {

using mcptt = idm::mcptt_id;

constexpr mcx::recipient group_server{"https://gms.a.example"};

/// A group management server of A, with a backend that says the same of every signature.
template <class B>
class server {
    mcx::trust<B> keys_ = mcx::test::trusting<B>({mcx::test::issuer_a});
    mcx::workspace<B> work_;

  public:
    mcx::result<admission> receive(std::string_view authorization,
                                   mcx::fixed_clock clock = clock_at(0), mcx::leeway skew = {}) {
        return resource_server<B>{group_server, keys_, skew}.receive(authorization, work_, clock);
    }
};

mcx::result<admission> received(named_values const& claims, mcx::fixed_clock clock = clock_at(0)) {
    return server<credulous>{}.receive("Bearer " + token_of(claims), clock);
}
error refusal(std::string_view authorization) {
    return server<credulous>{}.receive(authorization).error();
}
error claims_refusal(named_values const& claims) {
    return received(claims).error();
}

constexpr std::uint16_t claim(std::string_view name) {
    return idm::access_token::fields::number_of(name);
}
constexpr error placeless(error e) {
    return {e.code, e.where};
}

/// The claims of a user of every service, who may do everything.
named_values every_service() {
    return access_claims()
        .with("scope",
              quoted("3gpp:mc:ptt_service 3gpp:mc:ptt_key_management_service "
                     "3gpp:mc:ptt_config_management_service 3gpp:mc:ptt_group_management_service "
                     "3gpp:mc:video_service 3gpp:mc:video_key_management_service "
                     "3gpp:mc:video_config_management_service "
                     "3gpp:mc:video_group_management_service 3gpp:mc:data_service "
                     "3gpp:mc:data_key_management_service 3gpp:mc:data_config_management_service "
                     "3gpp:mc:data_group_management_service"))
        .with("mcptt_id", quoted("sip:p@a.example"))
        .with("mcvideo_id", quoted("sip:v@a.example"))
        .with("mcdata_id", quoted("sip:d@a.example"));
}

/// What WWW-Authenticate says to an error.
std::string challenge(error e, oauth::scope const& needed = {}) {
    auto const answer = oauth::challenge_for(e, needed);
    return answer ? std::to_string(answer->status()) + " " + www_authenticate(*answer) : "none";
}

}  // namespace

static_assert(!std::is_constructible_v<admission, jwt::decoded<idm::access_token_profile> const&>);
static_assert(!std::is_constructible_v<admission, idm::access_token const&>);
static_assert(
    !std::is_constructible_v<admission, jwt::validated<idm::security_token_profile> const&>);

TEST_CASE("an admission shows the scope, the client and the identities of the token") {
    auto const shown = received(access_claims().with("mcdata_id", quoted("sip:d@a.example")));
    CHECK(shown->scope() == oauth::scope("openid 3gpp:mc:ptt_service"));
    CHECK(shown->client().view() == "radio-at-a");
    CHECK(shown->identities().mcptt->view() == "sip:alice@a.example");
    CHECK_FALSE(shown->identities().mcvideo);
    CHECK(shown->identities().mcdata->view() == "sip:d@a.example");
}

TEST_CASE("a bearer token is found in every form of the header that RFC 6750 has") {
    std::string const token = token_of(access_claims());
    for (std::string_view const scheme : {"Bearer ", "bearer ", "BEARER ", "Bearer   "}) {
        CHECK(server<credulous>{}.receive(std::string{scheme} + token));
    }
}

TEST_CASE("a header without a bearer token is refused, and challenged without a code") {
    std::string const token = token_of(access_claims());
    for (std::string const& value :
         {std::string{}, token, std::string{"Basic dXNlcjpwdw=="}, "DPoP " + token,
          "Bearer:" + token, " Bearer " + token, "Bearer\t" + token, "BearerX " + token}) {
        CAPTURE(value);
        CHECK(refusal(value) == errc::bearer_missing);
    }
    CHECK(challenge(errc::bearer_missing) == "401 Bearer");
    CHECK(challenge(errc::bearer_missing, "3gpp:mc:ptt_service") ==
          "401 Bearer scope=\"3gpp:mc:ptt_service\"");
}

TEST_CASE("a malformed bearer header is refused as such") {
    std::string const token = token_of(access_claims());
    CHECK(refusal("Bearer") == error{errc::bearer_malformed, 0, 6});
    CHECK(refusal("Bearer ") == error{errc::bearer_malformed, 0, 7});
    CHECK(refusal("Bearer " + token + " x").code == errc::bearer_malformed);
    CHECK(refusal("Bearer \"" + token + "\"") == error{errc::bearer_malformed, 0, 7});
    CHECK(refusal("Bearer " + token + ",").code == errc::bearer_malformed);
    CHECK(refusal("Bearer " + std::string(oauth::token::max_size + 1, 'a')).code ==
          errc::bearer_malformed);
    CHECK(challenge(errc::bearer_malformed) ==
          "400 Bearer error=\"invalid_request\", "
          "error_description=\"the authorization header is malformed\"");
}

TEST_CASE("a bearer token that is no good JWT is refused, and challenged as invalid") {
    CHECK(refusal("Bearer opaque") == errc::not_three_parts);
    CHECK(refusal("Bearer a.b.c.d.e") == errc::encrypted_token);
    CHECK(refusal("Bearer a.b.c").code == errc::base64_length);
    std::string const claims = access_claims().json();
    CHECK(refusal("Bearer " + mcx::test::compact("{\"alg\":\"none\"}", claims)).code ==
          errc::algorithm_refused);
    CHECK(refusal("Bearer " + token_of(access_claims(), "b-1")).code == errc::no_such_key);
    std::string const value = "Bearer " + token_of(access_claims());
    CHECK(server<incredulous>{}.receive(value).error() == errc::signature);
    CHECK(challenge(errc::signature) ==
          "401 Bearer error=\"invalid_token\", "
          "error_description=\"the signature is not valid\"");
    CHECK(challenge(errc::not_three_parts).starts_with("401 Bearer error=\"invalid_token\""));
}

TEST_CASE("a server takes its own domain's tokens and nobody else's") {
    CHECK(claims_refusal(access_claims().with("iss", quoted(domain_b.iss.view()))) ==
          error{errc::issuer_mismatch, claim("iss")});
    CHECK(claims_refusal(access_claims().with("iss", quoted("https://a.example/"))) ==
          error{errc::issuer_mismatch, claim("iss")});
    CHECK(received(access_claims().without("iss")));  // the key says whose it is
}

TEST_CASE("a token of another kind is no access token [TS 33.180 B.11.2]") {
    CHECK(placeless(claims_refusal(mcx::test::id_claims())) ==
          error{errc::claim_missing, claim("scope")});
    CHECK(placeless(claims_refusal(mcx::test::security_claims())) ==
          error{errc::claim_missing, claim("scope")});
    for (std::string_view const name : {"exp", "scope", "client_id"}) {
        CHECK(placeless(claims_refusal(access_claims().without(name))) ==
              error{errc::claim_missing, claim(name)});
    }
}

TEST_CASE("an access token is refused from its last second on, and before its first") {
    auto const value = "Bearer " + token_of(access_claims().with("nbf", date(10)));
    auto const code = [&](std::int64_t at, mcx::leeway skew) {
        return server<credulous>{}.receive(value, clock_at(at), skew).error();
    };
    CHECK(code(9, {}) == error{errc::not_yet_valid, claim("nbf")});
    CHECK(code(10, {}) == errc::none);
    CHECK(code(3599, {}) == errc::none);
    CHECK(code(3600, {}) == error{errc::expired, claim("exp")});
    CHECK(code(3629, mcx::leeway(30s)) == errc::none);
    CHECK(code(3630, mcx::leeway(30s)) == error{errc::expired, claim("exp")});
    CHECK(code(-20, mcx::leeway(30s)) == errc::none);
    CHECK(code(-21, mcx::leeway(30s)) == error{errc::not_yet_valid, claim("nbf")});
    CHECK(challenge(errc::expired) ==
          "401 Bearer error=\"invalid_token\", error_description=\"the token has expired\"");
}

TEST_CASE("a token that names an audience names this server") {
    auto const code = [](std::string_view aud) {
        return claims_refusal(access_claims().with("aud", aud));
    };
    CHECK(code(quoted(group_server.view())) == errc::none);
    CHECK(code("[\"x\"," + quoted(group_server.view()) + "]") == errc::none);
    CHECK(code(quoted("https://cms.a.example")) == error{errc::audience_mismatch, claim("aud")});
    CHECK(code(quoted("radio-at-a")) == error{errc::audience_mismatch, claim("aud")});
    CHECK(placeless(code("[]")) == error{errc::claim_value, claim("aud")});
}

TEST_CASE("every operation takes its scope and is done for the identity of its service") {
    auto const all = received(every_service()).value();
    auto const none = received(every_service().with("scope", quoted("openid"))).value();
    auto const check = [&](auto const& operation, std::string_view identity) {
        CAPTURE(operation.needs.view());
        CHECK(all.permit(operation)->view() == identity);
        CHECK(none.permit(operation).error() == error{errc::insufficient_scope, claim("scope")});
        auto const one = every_service().with("scope", quoted(operation.needs.view()));
        CHECK(received(one)->permit(operation)->view() == identity);
    };
    check(operations::ptt, "sip:p@a.example");
    check(operations::ptt_key_management, "sip:p@a.example");
    check(operations::ptt_config_management, "sip:p@a.example");
    check(operations::ptt_group_management, "sip:p@a.example");
    check(operations::video, "sip:v@a.example");
    check(operations::video_key_management, "sip:v@a.example");
    check(operations::video_config_management, "sip:v@a.example");
    check(operations::video_group_management, "sip:v@a.example");
    check(operations::data, "sip:d@a.example");
    check(operations::data_key_management, "sip:d@a.example");
    check(operations::data_config_management, "sip:d@a.example");
    check(operations::data_group_management, "sip:d@a.example");
}

TEST_CASE("the scope of one operation permits no other, whatever the names share") {
    auto const scoped = [](std::string_view scope) {
        return received(every_service().with("scope", quoted(scope))).value();
    };
    CHECK(scoped("3gpp:mc:ptt_service").permit(operations::ptt_group_management).error().code ==
          errc::insufficient_scope);
    CHECK(scoped("3gpp:mc:ptt_servic").permit(operations::ptt).error().code ==
          errc::insufficient_scope);
    CHECK(scoped("3gpp:mc:ptt_services").permit(operations::ptt).error().code ==
          errc::insufficient_scope);
    CHECK(scoped("3GPP:mc:ptt_service").permit(operations::ptt).error().code ==
          errc::insufficient_scope);
    oauth::scope const needed{"3gpp:mc:ptt_service"};
    CHECK(challenge(scoped("openid").permit(operations::ptt).error(), needed) ==
          "403 Bearer scope=\"3gpp:mc:ptt_service\", error=\"insufficient_scope\", "
          "error_description=\"the token lacks the scope that is needed\"");
}

TEST_CASE("a service of which the token has no identity is not permitted") {
    auto const without = [](std::string_view name) {
        return received(every_service().without(name)).value();
    };
    CHECK(without("mcptt_id").permit(operations::ptt).error() == errc::identity_mismatch);
    CHECK(without("mcptt_id").permit(operations::video));
    CHECK(without("mcvideo_id").permit(operations::video).error() == errc::identity_mismatch);
    CHECK(without("mcvideo_id").permit(operations::data));
    CHECK(without("mcdata_id").permit(operations::data).error() == errc::identity_mismatch);
    CHECK(without("mcdata_id").permit(operations::ptt));
    CHECK(challenge(errc::identity_mismatch) ==
          "401 Bearer error=\"invalid_token\", "
          "error_description=\"the token is for another MC identity\"");
}

TEST_CASE("an identity in the signalling is the token's, octet for octet [TS 33.180 5.1.3]") {
    auto const all = received(every_service()).value();
    CHECK(all.permit(operations::ptt, mcptt("sip:p@a.example"))->view() == "sip:p@a.example");
    CHECK(all.permit(operations::video, idm::mcvideo_id("sip:v@a.example")));
    CHECK(all.permit(operations::data, idm::mcdata_id("sip:d@a.example")));
    CHECK(all.permit(operations::ptt, mcptt("sip:v@a.example")).error() == errc::identity_mismatch);
    CHECK(all.permit(operations::ptt, mcptt("sip:P@a.example")).error() == errc::identity_mismatch);
    CHECK(all.permit(operations::ptt, mcptt("sip:p@a.example ")).error() ==
          errc::identity_mismatch);
    CHECK(all.permit(operations::data, idm::mcdata_id{}).error() == errc::identity_mismatch);
    // What is not permitted at all is not permitted for the right identity either.
    auto const less = received(every_service().with("scope", quoted("openid"))).value();
    CHECK(less.permit(operations::ptt, mcptt("sip:p@a.example")).error().code ==
          errc::insufficient_scope);
}

TEST_CASE("a backend that fails refuses nobody, and there is no challenge for it") {
    std::string const value = "Bearer " + token_of(access_claims());
    CHECK(server<broken>{}.receive(value).error() == errc::backend);
    CHECK(challenge(errc::backend) == "none");
    CHECK(oauth::challenge_for(errc::backend).error() == errc::backend);
}

TEST_CASE("every refusal is answered by a challenge without a word of the request") {
    std::string const canary = "canary";
    int refused = 0;
    auto const check = [&](std::string const& value) {
        auto const answer = server<credulous>{}.receive(value);
        if (!answer) {
            ++refused;
            CHECK(oauth::challenge_for(answer.error()));
            CHECK(challenge(answer.error()).find(canary) == std::string::npos);
        }
    };
    for (std::string const& value : {canary, "Bearer " + canary, "Bearer " + canary + "\r\nX: y",
                                     "Bearer " + token_of(access_claims(), canary)}) {
        check(value);
    }
    for (auto const& [name, value] : access_claims()) {
        check("Bearer " + token_of(access_claims().with(name, mcx::test::quoted(canary))));
        check("Bearer " + token_of(access_claims().with(name, "[" + value + "]")));
        check("Bearer " + token_of(access_claims().and_also(name, value)));
    }
    CHECK(refused > 15);
}

TEST_CASE("a server has the keys of one issuer") {
    using mcx::test::stops;
    using mcx::test::trusting;
    auto const one = trusting<credulous>({mcx::test::issuer_b});
    auto const two = trusting<credulous>({mcx::test::issuer_a, mcx::test::issuer_b});
    mcx::trust<credulous> const none;
    CHECK_FALSE(stops([&] { (void)resource_server<credulous>{group_server, one}; }));
    CHECK(stops([&] { (void)resource_server<credulous>{group_server, two}; }));
    CHECK(stops([&] { (void)resource_server<credulous>{group_server, none}; }));
}
