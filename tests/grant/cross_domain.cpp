// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/cross_domain.hpp>

#include "support/check.hpp"

#include <mcx/crypto/signatures.hpp>
#include <mcx/grant/at_jwt.hpp>
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/exchange_profile.hpp>

using mcx::audience;
using mcx::instant;
using mcx::recipient;
namespace grant = mcx::grant;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;

namespace {

/// The terms of MC services around another kind of token.
template <class Token>
struct way_with {
    using token = Token;
    static constexpr grant::exchange_terms terms = idm::mc_exchange::terms;
};

/// A security token for the partner alone.
struct for_one : idm::security_token_profile {
    using audience_rule = jwt::sole_audience;
};

struct without_terms {
    using token = idm::security_token_profile;
};

constexpr audience both() {
    audience made{recipient("client")};
    (void)made.add(recipient("partner"));
    return made;
}

constexpr grant::statement everything() {
    grant::statement said;
    said.iss = "https://a.example";
    said.sub = "alice";
    said.aud = both();
    said.exp = instant{600};
    said.iat = instant{1};
    said.jti = "one";
    said.client_id = "visitor-17";
    said.scope = "read write";
    said.resource = audience{recipient("https://api.b.example")};
    said.login.auth_time = instant{-9};
    said.login.acr = mcx::authentication_context("3gpp:acr:password");
    (void)said.login.amr.push_back("pwd");
    return said;
}

constexpr bool same(grant::statement const& a, grant::statement const& b) {
    return a.iss == b.iss && a.sub == b.sub && a.aud == b.aud && a.exp == b.exp && a.iat == b.iat &&
           a.jti == b.jti && a.client_id == b.client_id && a.scope == b.scope &&
           a.resource == b.resource && a.login == b.login;
}

}  // namespace

TEST_CASE("a way from domain to domain is a kind of token and its terms") {
    CHECK_BOTH(grant::CrossDomainProfile<idm::mc_exchange>);
    CHECK_BOTH(grant::CrossDomainProfile<grant::identity_chaining>);
    CHECK_BOTH(grant::CrossDomainProfile<grant::id_jag>);
    CHECK_BOTH(!grant::CrossDomainProfile<without_terms>);
    CHECK_BOTH(!grant::CrossDomainProfile<idm::security_token_profile>);
}

TEST_CASE("a grant says who vouches for whom to whom, which an access token need not") {
    CHECK_BOTH(grant::NamesParties<idm::security_token>);
    CHECK_BOTH(!grant::NamesParties<idm::access_token>);
    CHECK_BOTH(grant::NamesParties<grant::at_jwt>);
    CHECK_BOTH(!grant::CrossDomainProfile<way_with<idm::access_token_profile>>);
}

TEST_CASE("a profile whose partner refuses what its primary writes is none") {
    CHECK_BOTH(grant::CrossDomainProfile<way_with<idm::security_token_profile>>);
    CHECK_BOTH(!grant::TakesWhatIsIssued<way_with<for_one>>);
    CHECK_BOTH(!grant::CrossDomainProfile<way_with<for_one>>);
}

TEST_CASE("what a grant has room for follows from its claims") {
    CHECK_BOTH(grant::NamesClient<grant::id_jag>);
    CHECK_BOTH(!grant::NamesClient<grant::identity_chaining>);
    CHECK_BOTH(!grant::NamesClient<idm::mc_exchange>);
    CHECK_BOTH(grant::CarriesScope<grant::id_jag>);
    CHECK_BOTH(grant::CarriesScope<grant::identity_chaining>);
    CHECK_BOTH(!grant::CarriesScope<idm::mc_exchange>);
    CHECK_BOTH(grant::NamesResource<grant::id_jag>);
    CHECK_BOTH(!grant::NamesResource<grant::identity_chaining>);
}

TEST_CASE("a token type is exchanged that is one of the terms', and no type never") {
    constexpr auto one = grant::id_jag::terms;
    CHECK_BOTH(one.exchanges(oauth::token_types::id_token));
    CHECK_BOTH(!one.exchanges(oauth::token_types::jwt));
    CHECK_BOTH(!one.exchanges({}));
    constexpr auto two = grant::identity_chaining::terms;
    CHECK_BOTH(two.exchanges(oauth::token_types::access_token));
    CHECK_BOTH(two.exchanges(oauth::token_types::jwt));
    CHECK_BOTH(!two.exchanges(oauth::token_types::id_token));
}

TEST_CASE("a statement becomes claims and is read from them, as far as they have room") {
    auto const said = everything();
    CHECK(same(grant::statement_of(grant::claims_of<grant::id_jag>(said)), said));

    auto const chained = grant::claims_of<grant::identity_chaining>(said);
    CHECK(chained.scope == said.scope);
    CHECK(chained.jti == said.jti);
    CHECK(!chained.nbf);
    auto less = said;
    less.client_id = {};
    less.resource.reset();
    less.login = {};
    CHECK(same(grant::statement_of(chained), less));

    less.scope = {};
    CHECK(same(grant::statement_of(grant::claims_of<idm::mc_exchange>(said)), less));
}

TEST_CASE("what a statement does not say is not in the claims") {
    auto said = everything();
    said.client_id = {};
    said.scope = {};
    said.resource.reset();
    auto const claims = grant::claims_of<grant::id_jag>(said);
    CHECK(claims.client_id.empty());
    CHECK(claims.scope.empty());
    CHECK(!claims.resource);
    CHECK(same(grant::statement_of(claims), said));
}
