// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/client_check.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"

#include <mcx/oauth/error_code.hpp>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::role::checked_client;
using mcx::role::client_method;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

namespace {

constexpr std::array<mcx::role::registered_client, 3> clients{
    {{"open", "a", client_method::none},
     {"sharer", "a", client_method::client_secret_basic},
     {"signer", "a", client_method::private_key_jwt}}};

/// A server, what it knows of its clients, and what it remembers.
template <class B = credulous>
struct server {
    std::array<oauth::secret_client, 3> secrets{
        {{"sharer", secret("old")}, {"sharer", secret("new")}, {"open", secret("x")}}};
    mcx::trust<B> keys =
        test::trusting<B>({{"signer", "s-1"}, {"stranger", "x-1"}, {"open", "o-1"}});
    mcx::role::client_check<B> senders{test::domain_a.iss, clients, secrets, keys};
    mcx::workspace<B> work;
    mcx::jwt::bounded_memory<2, mcx::fixed_clock> used{clock_at(0)};

    static oauth::client_secret secret(std::string_view text) {
        return *oauth::client_secret::from(text);
    }
    mcx::result<checked_client> hears(std::string_view authorization, std::string_view body) {
        return senders.of(authorization, body, work, used, clock_at(0));
    }
    mcx::result<checked_client> hears_secret(std::string_view id, std::string_view text) {
        return hears(*oauth::basic_authorization({*oauth::client_id::from(id), secret(text)}), {});
    }
};

named_values claims_of(std::string_view id) {
    return {{"iss", quoted(id)},
            {"sub", quoted(id)},
            {"aud", quoted(test::domain_a.iss.view())},
            {"exp", date(60)},
            {"jti", quoted("one")}};
}

std::string assertion(named_values const& claims, std::string_view kid = "s-1") {
    return named_values{{"client_assertion_type", std::string{oauth::jwt_client_assertion_type}},
                        {"client_assertion", test::token_of(claims, kid)}}
        .form();
}

}  // namespace

// Nobody but the check makes a proof.
static_assert(!std::is_default_constructible_v<checked_client>);
static_assert(!std::is_default_constructible_v<mcx::role::detail::checked_passkey>);

TEST_CASE("a client with a name only is one that is registered so") {
    server s;
    CHECK(s.hears("", "client_id=open")->id().view() == "open");
    CHECK(s.hears("", "client_id=nobody").error() == errc::unknown_client);
    for (std::string_view const has_more : {"client_id=sharer", "client_id=signer"}) {
        CHECK(s.hears("", has_more).error() == errc::client_authentication_refused);
    }
}

TEST_CASE("a client with a secret shows that secret, or the other one while it is changed") {
    server s;
    CHECK(s.hears_secret("sharer", "old")->id().view() == "sharer");
    CHECK(s.hears_secret("sharer", "new"));
    for (std::string_view const wrong : {"ol", "old ", "x", "OLD"}) {
        CHECK(s.hears_secret("sharer", wrong).error() == errc::client_authentication_refused);
    }
    CHECK(s.hears_secret("nobody", "old").error() == errc::unknown_client);
    CHECK(s.hears_secret("open", "x").error() == errc::client_authentication_refused);
    CHECK(s.hears_secret("signer", "old").error() == errc::client_authentication_refused);
    CHECK(s.hears("", "client_id=sharer&client_secret=old").error().code ==
          errc::client_authentication_refused);
    CHECK(s.hears("Bearer x", "client_id=open").error().code ==
          errc::client_authentication_refused);
}

TEST_CASE("a client that signs does so, once for each request [RFC 7523 3]") {
    server s;
    std::string const body = assertion(claims_of("signer"));
    CHECK(s.hears("", body)->id().view() == "signer");
    CHECK(s.hears("", body).error() == errc::replayed);
    CHECK(s.hears("", assertion(claims_of("signer").with("jti", quoted("two")))));
    CHECK(s.hears("", assertion(claims_of("signer").with("jti", quoted("three")))).error() ==
          errc::replay_memory_unavailable);
}

TEST_CASE("an assertion for another server, or by another client, is none, and uses nothing up") {
    server s;
    auto const refusal = [&](named_values const& claims, std::string_view kid = "s-1") {
        auto const code = s.hears("", assertion(claims, kid)).error();
        CHECK(oauth::answer_to_client(code)->code() == oauth::error_code::invalid_client);
        return code.code;
    };
    auto const good = claims_of("signer");
    CHECK(refusal(good.with("aud", quoted("https://b.example"))) == errc::audience_mismatch);
    CHECK(refusal(good.with("aud", quoted(test::domain_a.token_endpoint.view()))) ==
          errc::audience_mismatch);
    CHECK(refusal(claims_of("stranger"), "x-1") == errc::unknown_client);
    CHECK(refusal(claims_of("open"), "o-1") == errc::client_authentication_refused);
    CHECK(refusal(good, "x-1") == errc::no_such_key);
    CHECK(s.hears("", assertion(good) + "&client_id=open").error().code == errc::client_mismatch);
    CHECK(s.hears("", assertion(good)));
}

TEST_CASE("a signature that is wrong is told from a backend that fails") {
    std::string const body = assertion(claims_of("signer"));
    CHECK(server<incredulous>{}.hears("", body).error() == errc::signature);
    CHECK(server<broken>{}.hears("", body).error() == errc::backend);
}

TEST_CASE("a sender vouches for itself, or without a name for a client that need not show any") {
    server s;
    auto const open = *s.hears("", "client_id=open");
    CHECK(open.vouches_for("open"));
    CHECK(open.vouches_for("signer").error() == errc::client_mismatch);
    auto const nobody = *s.hears("", "grant_type=refresh_token");
    CHECK(nobody.id().empty());
    CHECK(nobody.vouches_for("open"));
    CHECK(nobody.vouches_for("signer").error() == errc::client_authentication_refused);
    CHECK(nobody.vouches_for("sharer").error() == errc::client_authentication_refused);
    CHECK(nobody.vouches_for("nobody").error() == errc::unknown_client);
}
