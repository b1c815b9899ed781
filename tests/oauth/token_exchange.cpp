// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/token_exchange.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <string>

using mcx::errc;
using mcx::error;
using mcx::oauth::grant_type;
using mcx::oauth::parse_form;
using mcx::oauth::token;
using mcx::oauth::token_exchange_request;
using mcx::oauth::typed_token;
using mcx::oauth::write_form;
namespace token_types = mcx::oauth::token_types;

namespace {

constexpr std::string_view grant =
    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange";
constexpr std::string_view jwt = "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt";

std::string body(std::string_view parameters) {
    return std::string{grant}.append(parameters);
}

/// A request with these parameters behind a subject token.
std::string with_subject(std::string_view parameters) {
    return body("&subject_token=x&subject_token_type=").append(jwt).append(parameters);
}

error refusal(std::string const& text) {
    return parse_form<token_exchange_request>(text).error();
}

token_exchange_request complete() {
    token_exchange_request made;
    (void)made.resource.push_back("https://idms.partner.example/token?a=b&c");
    (void)made.resource.push_back("urn:example:second");
    (void)made.audience.push_back("urn:example:cooperation-context");
    (void)made.audience.push_back("a b");
    made.scope = "3gpp:mc:ptt_service 3gpp:mc:ptt_config_management_service";
    made.requested_token_type = token_types::jwt;
    made.subject_token = *token::from("eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
    made.subject_token_type = token_types::access_token;
    made.actor = typed_token{*token::from("actor"), token_types::id_token};
    made.client_id = "mcptt client";
    return made;
}

}  // namespace

static_assert(mcx::FieldStruct<token_exchange_request>);

TEST_CASE("a token exchange with every parameter is read as written, and no fault in it passes") {
    mcx::test::check_form(complete());
}

TEST_CASE("the smallest token exchange has a subject token and its type") {
    token_exchange_request made;
    made.subject_token = *token::from("x");
    made.subject_token_type = token_types::jwt;
    CHECK(*write_form(made) == with_subject(""));
    CHECK(parse_form<token_exchange_request>(with_subject("")).value() == made);
}

TEST_CASE("the grant type is the one that a token endpoint dispatches on") {
    CHECK(mcx::oauth::grant_type_of(with_subject("")).value() == grant_type::token_exchange);
}

TEST_CASE("the request of TS 33.180 B.7.2 is written in the order of its table") {
    token_exchange_request made;
    (void)made.resource.push_back("https://idms.partner.example");
    made.subject_token = *token::from("h.p.s");
    made.subject_token_type = token_types::jwt;
    CHECK(*write_form(made) ==
          body("&resource=https%3A%2F%2Fidms.partner.example&subject_token=h.p.s"
               "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"));
}

TEST_CASE("the requests of RFC 8693 are well formed") {
    auto const impersonation = parse_form<token_exchange_request>(
        body("&resource=https%3A%2F%2Fbackend.example.com%2Fapi&subject_token="
             "accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC&subject_token_type="
             "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"));
    CHECK(impersonation->resource[0].view() == "https://backend.example.com/api");
    CHECK(impersonation->subject_token.view() == "accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC");
    CHECK(impersonation->subject_token_type == token_types::access_token);
    CHECK_FALSE(impersonation->actor);

    auto const delegation = parse_form<token_exchange_request>(
        with_subject("&audience=urn%3Aexample%3Acooperation-context&actor_token=y&actor_token_type="
                     "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"));
    CHECK(delegation->audience[0].view() == "urn:example:cooperation-context");
    CHECK(delegation->actor == typed_token{*token::from("y"), token_types::jwt});

    auto const several = parse_form<token_exchange_request>(
        with_subject("&audience=a&audience=b&resource=https%3A%2F%2Fa.example%2F&"
                     "resource=https%3A%2F%2Fb.example%2F"));
    CHECK(several->audience.size() == 2);
    CHECK(several->resource.size() == 2);
    CHECK(several->resource[1].view() == "https://b.example/");
}

TEST_CASE("a token exchange without one of its required parameters is refused") {
    std::string const no_subject = body("&subject_token_type=").append(jwt);
    CHECK(refusal(no_subject) ==
          error{errc::parameter_missing, 6, static_cast<std::uint32_t>(no_subject.size())});
    CHECK(refusal(body("&subject_token=x")).where == 7);
    CHECK(refusal(std::string{"subject_token=x&subject_token_type="}.append(jwt)).code ==
          errc::parameter_missing);
    CHECK(mcx::field_name<token_exchange_request>(6) == "subject_token");
}

TEST_CASE("an actor token without its type, or the reverse, is refused") {
    CHECK(refusal(with_subject("&actor_token=y")).code == errc::parameter_without_pair);
    CHECK(mcx::field_name<token_exchange_request>(refusal(with_subject("&actor_token=y")).where) ==
          "actor_token_type");
    std::string const type = "&actor_token_type=" + std::string{jwt};
    CHECK(refusal(with_subject(type)).code == errc::parameter_without_pair);
    CHECK(mcx::field_name<token_exchange_request>(refusal(with_subject(type)).where) ==
          "actor_token");
    CHECK(refusal(with_subject(type + "&actor_token=")).code == errc::parameter_without_pair);
}

TEST_CASE("half an actor is not written") {
    token_exchange_request made = complete();
    made.actor->type = {};
    CHECK(write_form(made).error() == error{errc::value_empty, 9});
    made.actor = typed_token{{}, token_types::jwt};
    CHECK(write_form(made).error() == error{errc::value_empty, 8});
}

TEST_CASE("only resource and audience may be repeated, and four times at most") {
    CHECK(refusal(with_subject("&subject_token=z")).code == errc::parameter_repeated);
    CHECK(refusal(with_subject("&scope=a&scope=a")).code == errc::parameter_repeated);
    CHECK(parse_form<token_exchange_request>(
              with_subject("&audience=a&audience=a&audience=b&audience=c"))
              ->audience.size() == 4);
    CHECK(refusal(with_subject("&audience=a&audience=b&audience=c&audience=d&audience=e")).code ==
          errc::parameter_value);
}

TEST_CASE("a resource is an absolute URI without a fragment") {
    for (char const* const resource :
         {"backend", "https%3A%2F%2Fa.example%2F%23frag", "%2Fpath", "https%3A%2F%2Fa+b"}) {
        CHECK(refusal(with_subject("&resource=" + std::string{resource})).code ==
              errc::parameter_value);
    }
}

TEST_CASE("no other grant is read as a token exchange") {
    std::string const rest = with_subject("").substr(grant.size());
    CHECK(refusal("grant_type=refresh_token" + rest) == error{errc::unsupported_grant_type, 1, 0});
    CHECK(refusal("grant_type=URN%3AIETF%3APARAMS%3AOAUTH%3AGRANT-TYPE%3ATOKEN-EXCHANGE" + rest)
              .code == errc::unsupported_grant_type);
    CHECK(refusal("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer" + rest).code ==
          errc::unsupported_grant_type);
}

TEST_CASE("a target's name is visible text of at most 255 characters") {
    using mcx::oauth::target_name;
    CHECK_BOTH(target_name::check("a b") == errc::none);
    CHECK_BOTH(target_name::check("") == errc::value_empty);
    CHECK_BOTH(target_name::check("a\n") == errc::value_character);
    CHECK(target_name::check(std::string(255, 'a')) == errc::none);
    CHECK(target_name::check(std::string(256, 'a')) == errc::value_too_long);
}
