// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/redirect.hpp>

#include "support/check.hpp"

#include <mcx/oauth/refresh.hpp>

#include <string>

using mcx::errc;
using mcx::error;
using mcx::https_uri;
using mcx::oauth::location;
using mcx::oauth::query_of;
using mcx::oauth::redirect_uri;

namespace {

mcx::oauth::refresh_request message() {
    mcx::oauth::refresh_request made;
    made.refresh_token = *mcx::oauth::token::from("a&b");
    return made;
}

constexpr std::string_view query = "grant_type=refresh_token&refresh_token=a%26b";

}  // namespace

TEST_CASE("a redirection URI is https, http or a private scheme that a domain owner has") {
    CHECK_BOTH(redirect_uri::check("https://c.example/cb?x=1") == errc::none);
    CHECK_BOTH(redirect_uri::check("http://127.0.0.1:51004/cb") == errc::none);
    CHECK_BOTH(redirect_uri::check("http://[::1]/cb") == errc::none);
    CHECK_BOTH(redirect_uri::check("http://3gpp.mcptt/cb") == errc::none);
    CHECK_BOTH(redirect_uri::check("com.example.radio:/cb") == errc::none);
    for (std::string_view const refused :
         {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "urn:example:cb",
          "radio:/cb", "https://user@c.example/cb", "http://user:pw@127.0.0.1/"}) {
        CAPTURE(refused);
        CHECK(redirect_uri::check(refused) == errc::uri_scheme);
    }
}

TEST_CASE("a redirection URI is absolute, has no fragment and stays as it was written") {
    CHECK_BOTH(redirect_uri::check("/cb") == errc::uri_not_absolute);
    CHECK_BOTH(redirect_uri::check("") == errc::uri_not_absolute);
    CHECK_BOTH(redirect_uri::check("https://c.example/cb#") == errc::uri_fragment);
    CHECK_BOTH(redirect_uri::check("https://c.example/a b") == errc::uri_syntax);
    CHECK_BOTH(redirect_uri("https://c.example/cb") != redirect_uri("https://C.example/cb"));
    CHECK_BOTH(redirect_uri("https://c.example/") != redirect_uri("https://c.example"));
    CHECK_BOTH(redirect_uri("https://c.example/%7e") != redirect_uri("https://c.example/%7E"));
    CHECK(redirect_uri::check("https://c.example/" + std::string(494, 'a')) == errc::none);
    CHECK(redirect_uri::check("https://c.example/" + std::string(495, 'a')) ==
          errc::value_too_long);
}

TEST_CASE("a message is added to the query of an address") {
    auto const at = [](std::string_view address) {
        return *location(*redirect_uri::from(address), message());
    };
    CHECK(at("https://c.example") == std::string{"https://c.example?"}.append(query));
    CHECK(at("https://c.example/cb?") == std::string{"https://c.example/cb?"}.append(query));
    CHECK(at("https://c.example/cb?x=1") == std::string{"https://c.example/cb?x=1&"}.append(query));
    CHECK(at("https://c.example/cb?x=1&") ==
          std::string{"https://c.example/cb?x=1&"}.append(query));
    CHECK(*location(https_uri("https://idms.example/authorize"), message()) ==
          std::string{"https://idms.example/authorize?"}.append(query));
}

TEST_CASE("a message that cannot be written has no location") {
    CHECK(location(https_uri("https://idms.example"), mcx::oauth::refresh_request{}).error() ==
          error{errc::value_empty, 2});
}

TEST_CASE("the query of a location is what stands between question mark and fragment") {
    CHECK_BOTH(query_of("https://c.example/cb?a=b&c") == "a=b&c");
    CHECK_BOTH(query_of("/cb?a=b?c#d") == "a=b?c");
    CHECK_BOTH(query_of("/cb#x?a=b") == "");
    CHECK_BOTH(query_of("/cb?") == "");
    CHECK_BOTH(query_of("") == "");
    CHECK(mcx::oauth::parse_form<mcx::oauth::refresh_request>(
              query_of(std::string_view{*location(redirect_uri("https://c.example"), message())}))
              .value() == message());
}
