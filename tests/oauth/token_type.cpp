// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/token_type.hpp>

#include "support/check.hpp"

#include <string>

using mcx::errc;
using mcx::oauth::token_type_uri;
namespace token_types = mcx::oauth::token_types;

static_assert(mcx::TextLike<token_type_uri>);

TEST_CASE("the token types of RFC 8693 have its names") {
    std::string const prefix = "urn:ietf:params:oauth:token-type:";
    CHECK(token_types::access_token.view() == prefix + "access_token");
    CHECK(token_types::refresh_token.view() == prefix + "refresh_token");
    CHECK(token_types::id_token.view() == prefix + "id_token");
    CHECK(token_types::saml1.view() == prefix + "saml1");
    CHECK(token_types::saml2.view() == prefix + "saml2");
    CHECK(token_types::jwt.view() == prefix + "jwt");
}

TEST_CASE("a token type that nobody named is kept") {
    CHECK_BOTH(token_type_uri::from("urn:example:token")->view() == "urn:example:token");
    CHECK_BOTH(token_type_uri{"https://a.example/t"}.view() == "https://a.example/t");
}

TEST_CASE("token types are compared octet for octet") {
    CHECK_BOTH(*token_type_uri::from("urn:ietf:params:oauth:token-type:jwt") == token_types::jwt);
    CHECK_BOTH(
        !(*token_type_uri::from("URN:ietf:params:oauth:token-type:jwt") == token_types::jwt));
    CHECK_BOTH(
        !(*token_type_uri::from("urn:ietf:params:oauth:token-type:JWT") == token_types::jwt));
}

TEST_CASE("a token type is an absolute URI of at most 128 characters") {
    CHECK_BOTH(token_type_uri::check("jwt") == errc::uri_not_absolute);
    CHECK_BOTH(token_type_uri::check("") == errc::uri_not_absolute);
    CHECK_BOTH(token_type_uri::check("urn:a b") == errc::uri_syntax);
    CHECK_BOTH(token_type_uri::check("urn:a#b") == errc::uri_fragment);
    CHECK(token_type_uri::check("urn:" + std::string(124, 'a')) == errc::none);
    CHECK(token_type_uri::check("urn:" + std::string(125, 'a')) == errc::value_too_long);
}
