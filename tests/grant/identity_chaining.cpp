// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/identity_chaining.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"
#include "support/parties.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::grant::chained_grant_profile;
using mcx::grant::identity_assertion;
using mcx::grant::identity_assertion_profile;
using mcx::test::certain;
using mcx::test::compact;
using mcx::test::home_idms;
using mcx::test::named_values;
using mcx::test::noon;
using mcx::test::partner_idms;
using mcx::test::quoted;
namespace grant = mcx::grant;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;

namespace {

std::string number(std::int64_t later) {
    return std::to_string(noon.at.plus(std::chrono::seconds{later}).seconds);
}

named_values chained() {
    return {{"iss", quoted(home_idms)},
            {"sub", quoted("alice")},
            {"aud", quoted(partner_idms)},
            {"exp", number(60)},
            {"iat", number(0)}};
}

named_values id_jag() {
    return {{"iss", quoted(home_idms)},
            {"sub", quoted("alice")},
            {"aud", quoted(partner_idms)},
            {"client_id", quoted("visitor")},
            {"jti", quoted("one")},
            {"exp", number(60)},
            {"iat", number(0)}};
}

/// The outcome for these claims under a header with this `typ`, none where it is empty.
template <class P>
error outcome(named_values const& claims, std::string_view typ) {
    named_values header{{"alg", quoted("ES256")}};
    if (!typ.empty()) {
        header = header.with("typ", quoted(typ));
    }
    auto const e =
        mcx::test::accepted_by<P>(partner_idms, compact(header.json(), claims.json())).error();
    return {e.code, e.where};
}
error of_chained(named_values const& claims, std::string_view typ = "JWT") {
    return outcome<chained_grant_profile>(claims, typ);
}
error of_id_jag(named_values const& claims, std::string_view typ = "oauth-id-jag+jwt") {
    return outcome<identity_assertion_profile>(claims, typ);
}

template <class P>
error refused(errc code, std::string_view claim) {
    return {code, P::claims::fields::number_of(claim)};
}

}  // namespace

TEST_CASE("a chained grant has the claims of RFC 7523, and a client of its own has none") {
    CHECK(of_chained(chained()) == error{});
    CHECK(of_chained(chained().without("iat")) == error{});
    for (std::string_view const name : {"iss", "sub", "aud", "exp"}) {
        CAPTURE(name);
        CHECK(of_chained(chained().without(name)) ==
              refused<chained_grant_profile>(errc::claim_missing, name));
    }
    CHECK(of_chained(chained().with("scope", quoted("read"))) == error{});
    CHECK(of_chained(chained().with("client_id", quoted("visitor"))) ==
          refused<chained_grant_profile>(errc::claim_prohibited, "client_id"));
}

TEST_CASE("a chained grant is for one server, and not yet valid before its time") {
    std::string const two = "[" + quoted(partner_idms) + "," + quoted(home_idms) + "]";
    CHECK(of_chained(chained().with("aud", two)) ==
          refused<chained_grant_profile>(errc::audience_not_sole, "aud"));
    CHECK(of_chained(chained().with("aud", quoted(home_idms))) ==
          refused<chained_grant_profile>(errc::audience_mismatch, "aud"));
    CHECK(of_chained(chained().with("nbf", number(1))) ==
          refused<chained_grant_profile>(errc::not_yet_valid, "nbf"));
}

TEST_CASE("a chained grant says that it is a JWT or nothing, an ID-JAG that it is one") {
    CHECK(of_chained(chained(), "") == error{});
    CHECK(of_chained(chained(), "at+jwt").code == errc::token_type_refused);
    CHECK(of_chained(chained(), "oauth-id-jag+jwt").code == errc::token_type_refused);
    CHECK(of_id_jag(id_jag()) == error{});
    CHECK(of_id_jag(id_jag(), "application/OAuth-ID-JAG+jwt") == error{});
    CHECK(of_id_jag(id_jag(), "").code == errc::token_type_refused);
    CHECK(of_id_jag(id_jag(), "JWT").code == errc::token_type_refused);
    CHECK(of_id_jag(id_jag(), "id-jag+jwt").code == errc::token_type_refused);
}

TEST_CASE("an ID-JAG lacks none of its seven claims") {
    for (auto const& claim : id_jag()) {
        std::string const& name = claim.first;
        CAPTURE(name);
        CHECK(of_id_jag(id_jag().without(name)) ==
              refused<identity_assertion_profile>(errc::claim_missing, name));
    }
    std::string const two = "[" + quoted(partner_idms) + "," + quoted(home_idms) + "]";
    CHECK(of_id_jag(id_jag().with("aud", two)) ==
          refused<identity_assertion_profile>(errc::audience_not_sole, "aud"));
}

TEST_CASE("the example of an ID-JAG in its draft is read, claim by claim") {
    // draft-ietf-oauth-identity-assertion-authz-grant, section 3
    auto const read = mcx::json::parse_object<identity_assertion>(
        R"({"jti":"9e43f81b64a33f20116179","iss":"https://acme.idp.example","sub":"U019488227",)"
        R"("aud":"https://acme.chat.example/","client_id":"f53f191f9311af35","exp":1311281970,)"
        R"("iat":1311280970,"resource":"https://acme.chat.example/api",)"
        R"("scope":"chat.read chat.history","auth_time":1311280970,)"
        R"("amr":["mfa","phrh","hwk","user"]})",
        {}, jwt::claim_errors);
    CHECK(read.has_value());
    if (!read) {
        return;
    }
    CHECK(read->client_id.view() == "f53f191f9311af35");
    CHECK(read->resource->names("https://acme.chat.example/api"));
    CHECK(read->scope == oauth::scope("chat.history chat.read"));
    CHECK(read->auth_time == mcx::instant{1311280970});
    CHECK(read->amr.size() == 4);
    auto const said = grant::statement_of(*read);
    CHECK(said.iss.view() == "https://acme.idp.example");
    CHECK(said.sub.view() == "U019488227");
    CHECK(said.jti.view() == "9e43f81b64a33f20116179");
    CHECK(said.exp.seconds - said.iat.seconds == 1000);
}

TEST_CASE("several resources are an array") {
    std::string const several = R"(["https://api.b.example","https://other.b.example"])";
    auto const read = mcx::json::parse_object<identity_assertion>(
        id_jag().with("resource", several).json(), {}, jwt::claim_errors);
    CHECK((read && read->resource->size() == 2));
    CHECK(of_id_jag(id_jag().with("resource", "[]")) ==
          refused<identity_assertion_profile>(errc::claim_value, "resource"));
}

TEST_CASE("the terms are those of the drafts") {
    CHECK(grant::id_jag_type.view() == "urn:ietf:params:oauth:token-type:id-jag");
    CHECK(grant::id_jag::terms.issued_token_type == grant::id_jag_type);
    CHECK(grant::id_jag::terms.has_to_be_requested);
    CHECK(grant::id_jag::terms.partner == grant::partner_name::issuer);
    CHECK(grant::identity_chaining::terms.issued_token_type == oauth::token_types::jwt);
    CHECK(grant::identity_chaining::terms.partner == grant::partner_name::any);
    for (auto const& terms : {grant::id_jag::terms, grant::identity_chaining::terms}) {
        CHECK_FALSE(terms.may_be_called_bearer);
        CHECK_FALSE(terms.audience_names_client);
        CHECK_FALSE(terms.is_spent_with_a_scope);
    }
}
