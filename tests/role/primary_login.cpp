// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/primary_login.hpp>

#include "support/check.hpp"
#include "support/login_world.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::test::clock_at;
using mcx::test::login_world;
using mcx::test::named_values;
using namespace std::chrono_literals;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

named_values good() {
    return {{"response_type", "code"},
            {"client_id", "radio-at-a"},
            {"scope", "openid 3gpp:mc:ptt_service"},
            {"redirect_uri", std::string{test::redirect_a.view()}},
            {"state", "s1"},
            {"acr_values", "3gpp:acr:password"},
            {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
            {"code_challenge_method", "S256"}};
}

error refusal(named_values const& request) {
    login_world const w;
    return w.authorization.receive(request.form()).error();
}

/// Where the agent goes with the refusal of this request.
mcx::result<std::string> sent(named_values const& request) {
    login_world const w;
    return w.authorization.refuse(request.form(), refusal(request));
}

}  // namespace

// A petition is what has been received, and nothing else.
static_assert(!std::is_constructible_v<mcx::role::login_petition, oauth::authentication_request>);

TEST_CASE("a petition shows the client, the scopes and the ways to log in") {
    login_world const w;
    auto const asked = w.authorization.receive(good().form());
    CHECK(asked);
    CHECK(asked->client().view() == "radio-at-a");
    CHECK(asked->requested().view() == "openid 3gpp:mc:ptt_service");
    CHECK(asked->contexts().view() == "3gpp:acr:password");
}

TEST_CASE("the client is registered and so is where it returns, or nobody is sent anywhere") {
    auto const stranger = good().with("client_id", "stranger");
    CHECK(refusal(stranger).code == errc::unknown_client);
    CHECK(sent(stranger).error().code == errc::unknown_client);
    for (std::string_view const other : {"org.example.radio:/back/", "org.example.radio:/bac",
                                         "https://evil.example/", "ORG.example.radio:/back"}) {
        auto const request = good().with("redirect_uri", other);
        CHECK(refusal(request).code == errc::redirect_mismatch);
        CHECK(sent(request).error().code == errc::redirect_mismatch);
    }
    CHECK_FALSE(sent(good().without("redirect_uri")));
    CHECK_FALSE(sent(good().without("client_id")));
    CHECK_FALSE(sent(good().and_also("redirect_uri", "https://evil.example/")));
}

TEST_CASE("a request without PKCE, or with another method than S256, is refused") {
    auto const naked = good().without("code_challenge");
    CHECK(refusal(naked).code == errc::parameter_missing);
    CHECK(sent(naked).value().starts_with("org.example.radio:/back?error=invalid_request"));
    CHECK(sent(naked).value().find("state=s1") != std::string::npos);
    CHECK(refusal(good().without("code_challenge_method")).code == errc::parameter_missing);
    CHECK(refusal(good().with("code_challenge_method", "plain")).code == errc::parameter_value);
    CHECK(refusal(good().with("code_challenge", "short")).code == errc::parameter_value);
}

TEST_CASE("a client asks for what it may have, of a login, in one response type") {
    auto const more = good().with("scope", "openid 3gpp:mc:video_service");
    CHECK(refusal(more).code == errc::scope_refused);
    CHECK(sent(more).value().find("error=invalid_scope") != std::string::npos);
    CHECK_FALSE(login_world{}.authorization.receive(good().with("scope", "x").form()));
    auto const implicit = good().with("response_type", "token");
    CHECK(refusal(implicit).code == errc::unsupported_response_type);
    CHECK(sent(implicit).value().find("error=unsupported_response_type") != std::string::npos);
}

TEST_CASE("a code goes to the place that was registered, with the state, and is kept with all") {
    login_world w;
    auto const asked = w.authorization.receive(good().with("nonce", "n1").form());
    auto const issued = asked->let_in(test::alice(), mcx::lifetime(1min), w.random, clock_at(0));
    CHECK(issued);
    CHECK(issued->location ==
          "org.example.radio:/back?code=" + std::string{issued->code.view()} + "&state=s1");
    CHECK(issued->code.size() == 43);
    CHECK(issued->record.client.view() == "radio-at-a");
    CHECK(issued->record.redirect == test::redirect_a);
    CHECK(issued->record.nonce.view() == "n1");
    CHECK(issued->record.until == clock_at(60).at);
    CHECK(issued->record.user.sub.view() == "alice");
    auto const longest = asked->let_in(test::alice(), mcx::lifetime(1h), w.random, clock_at(0));
    CHECK(longest->record.until == clock_at(600).at);
    CHECK_FALSE(longest->code == issued->code);
}

TEST_CASE("nobody is let in who is nobody, or gets more than was requested") {
    login_world w;
    auto const asked = w.authorization.receive(good().form());
    auto const refused = [&](mcx::role::logged_in const& user) {
        return asked->let_in(user, mcx::lifetime(1min), w.random, clock_at(0)).error().code;
    };
    auto user = test::alice();
    user.sub = {};
    CHECK(refused(user) == errc::value_empty);
    user = test::alice();
    user.grant.scope = "3gpp:mc:data_service";
    CHECK(refused(user) == errc::scope_not_requested);
    user = test::alice();
    user.grant.ids.mcptt.reset();
    CHECK(refused(user) == errc::identity_not_granted);
    w.random.left = 0;
    CHECK(refused(test::alice()) == errc::random_unavailable);
}

TEST_CASE("a user who logged in before the time that the client asks for has to do so again") {
    login_world w;
    auto const asked =
        w.authorization.receive(good().with("max_age", "60").with("prompt", "login").form());
    CHECK(asked->max_age() == 60s);
    CHECK(oauth::asks_for(asked->prompt(), "login"));
    auto const let_in = [&](std::optional<mcx::instant> at) {
        auto user = test::alice();
        user.at = at;
        return asked->let_in(user, mcx::lifetime(1min), w.random, clock_at(100));
    };
    CHECK(let_in(clock_at(39).at).error() == errc::login_required);
    CHECK(let_in(clock_at(40).at)->record.login == clock_at(40).at);
    CHECK(let_in({})->record.login == clock_at(100).at);
    CHECK_FALSE(w.authorization.receive(good().form())->max_age());
}

TEST_CASE("a user who may not be asked and has not logged in sends the client away") {
    login_world const w;
    auto const asked = w.authorization.receive(good().with("prompt", "none").form());
    CHECK(asked->prompt().view() == "none");
    CHECK(asked->refuse(errc::login_required)
              ->starts_with("org.example.radio:/back?error=login_required&"));
    CHECK(refusal(good().with("prompt", "none login")).code == errc::parameter_value);
}

TEST_CASE("a refusal by the deployment goes back with the state") {
    login_world const w;
    auto const asked = w.authorization.receive(good().form());
    auto const denied = asked->refuse(errc::access_denied);
    CHECK(denied);
    CHECK(denied->starts_with("org.example.radio:/back?error=access_denied&"));
    CHECK(denied->ends_with("&state=s1"));
    CHECK(asked->refuse(errc::backend).error() == errc::backend);
}
