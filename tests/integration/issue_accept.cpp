// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/check.hpp"
#include "support/mc_tokens.hpp"
#include "support/mutation.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

// Claims at random, issued and accepted again: what one side writes the other reads, claim for
// claim, for every profile of idm/.

using mcx::instant;
using mcx::idm::access_token_profile;
using mcx::idm::id_token_profile;
using mcx::idm::security_token_profile;
using mcx::test::certain;
using mcx::test::mc_client;
using mcx::test::mc_server;
using mcx::test::noon;
using mcx::test::numbers;
using mcx::test::partner_idms;

namespace {

constexpr int rounds = 10'000;

bool coin(numbers& n) {
    return n.below(2) == 0;
}

/// A text of these pieces, 1 to `most` of them.
std::string made_of(numbers& n, std::initializer_list<std::string_view> pieces, std::size_t most) {
    std::string text;
    for (std::size_t left = 1 + n.below(most); left > 0; --left) {
        text += pieces.begin()[n.below(pieces.size())];
    }
    return text;
}

std::string any_text(numbers& n) {
    return made_of(n,
                   {"a", "Z", "0", " ", "\"", "\\", "/", "{", "\xC3\xA4", "\xE2\x82\xAC",
                    "\xF0\x9F\x98\x80", "sip:", "@example", "\\u0000"},
                   14);
}
std::string visible_text(numbers& n) {
    return made_of(n, {"a", "Z", "0", "~", "!", "client", "/", "."}, 20);
}

template <class Text>
Text any(numbers& n) {
    return certain(Text::from(any_text(n)));
}

template <class Text>
std::optional<Text> perhaps(numbers& n) {
    return coin(n) ? std::optional<Text>{any<Text>(n)} : std::nullopt;
}

instant past(numbers& n) {
    return {noon.at.seconds - static_cast<std::int64_t>(n.below(180 * 86'400))};
}
instant future(numbers& n) {
    return {noon.at.seconds + 1 + static_cast<std::int64_t>(n.below(180 * 86'400))};
}
std::optional<instant> perhaps_past(numbers& n) {
    return coin(n) ? std::optional<instant>{past(n)} : std::nullopt;
}

/// An audience that names `self` somewhere among others.
mcx::audience naming(numbers& n, std::string_view self, std::size_t others) {
    mcx::audience made;
    std::size_t const place = n.below(others + 1);
    for (std::size_t i = 0; i <= others; ++i) {
        CHECK(made.add(i == place ? certain(mcx::recipient::from(self)) : any<mcx::recipient>(n)));
    }
    return made;
}

/// Issues and accepts; says whether the claims came back as they were.
template <class P>
bool returns(typename P::claims const& claims, std::string_view self) {
    static auto key = certain(mcx::signing_key<mcx::es256, mcx::test::credulous>::from(
        mcx::test::rfc_example<mcx::es256>::private_key(), {}));
    static mcx::test::counted_random random;
    auto const token = mcx::jwt::issue<P>(claims, key, random);
    if (!token) {
        return false;
    }
    auto const again = mcx::test::accepted_by<P>(self, *token);
    return again && again->claims() == claims;
}

template <class P>
void check_round(int round, typename P::claims const& claims, std::string_view self) {
    if (!returns<P>(claims, self)) {
        CHECK_MESSAGE(false, "round " << round);
    }
}

mcx::issuer home() {
    return certain(mcx::issuer::from(mcx::test::home_idms));
}

}  // namespace

TEST_CASE("ID tokens come back as they were issued") {
    numbers n{1};
    for (int round = 0; round < rounds; ++round) {
        mcx::idm::id_token t;
        t.iss = home();
        t.sub = any<mcx::subject>(n);
        t.aud = mcx::test::audience_of({mc_client});
        t.exp = future(n);
        t.iat = past(n);
        t.mcptt = perhaps<mcx::idm::mcptt_id>(n);
        t.mcvideo = perhaps<mcx::idm::mcvideo_id>(n);
        t.mcdata = perhaps<mcx::idm::mcdata_id>(n);
        check_round<id_token_profile>(round, t, mc_client);
    }
}

TEST_CASE("access tokens come back as they were issued") {
    numbers n{2};
    for (int round = 0; round < rounds; ++round) {
        mcx::idm::access_token t;
        t.exp = future(n);
        for (std::size_t tokens = 1 + n.below(8); tokens > 0; --tokens) {
            CHECK(t.scope.add(certain(mcx::oauth::scope_token::from(visible_text(n)))));
        }
        t.client_id = certain(mcx::oauth::client_id::from(visible_text(n)));
        t.mcptt = perhaps<mcx::idm::mcptt_id>(n);
        t.mcvideo = perhaps<mcx::idm::mcvideo_id>(n);
        t.mcdata = perhaps<mcx::idm::mcdata_id>(n);
        t.iss = coin(n) ? std::optional{home()} : std::nullopt;
        t.sub = perhaps<mcx::subject>(n);
        if (coin(n)) {
            t.aud = naming(n, mc_server, n.below(8));
        }
        t.nbf = perhaps_past(n);
        t.iat = perhaps_past(n);
        t.jti = perhaps<mcx::jwt_id>(n);
        check_round<access_token_profile>(round, t, mc_server);
    }
}

TEST_CASE("security tokens come back as they were issued") {
    numbers n{3};
    for (int round = 0; round < rounds; ++round) {
        mcx::idm::security_token t;
        t.iss = home();
        t.sub = any<mcx::subject>(n);
        t.aud = naming(n, partner_idms, 1 + n.below(7));
        t.exp = future(n);
        t.iat = past(n);
        t.jti = perhaps<mcx::jwt_id>(n);
        check_round<security_token_profile>(round, t, partner_idms);
    }
}

TEST_CASE("the check of a round finds claims that do not come back") {
    mcx::idm::security_token t = mcx::test::sample_security_token();
    CHECK(returns<security_token_profile>(t, partner_idms));
    t.exp = noon.at;
    CHECK_FALSE(returns<security_token_profile>(t, partner_idms));
    t = mcx::test::sample_security_token();
    t.sub = {};
    CHECK_FALSE(returns<security_token_profile>(t, partner_idms));
}
