// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/transport.hpp>

#include "support/check.hpp"

namespace oauth = mcx::oauth;

TEST_CASE("requests and responses have the types and the cache headers of RFC 6749") {
    CHECK_BOTH(oauth::request::media_type == "application/x-www-form-urlencoded");
    CHECK_BOTH(oauth::json_media_type == "application/json");
    CHECK_BOTH(oauth::no_store[0].name == "Cache-Control" &&
               oauth::no_store[0].value == "no-store");
    CHECK_BOTH(oauth::no_store[1].name == "Pragma" && oauth::no_store[1].value == "no-cache");
    CHECK_BOTH(oauth::no_store.size() == 2);
}

TEST_CASE("a reply that nobody filled in has no status") {
    CHECK_BOTH(oauth::reply{}.status == 0);
}

TEST_CASE("texts are the same in any case where only letters differ in case") {
    CHECK_BOTH(oauth::same_in_any_case("Bearer", "bEARER"));
    CHECK_BOTH(oauth::same_in_any_case("", ""));
    CHECK_BOTH(!oauth::same_in_any_case("Bearer", "Beare"));
    CHECK_BOTH(!oauth::same_in_any_case("Beare", "Bearer"));
    CHECK_BOTH(!oauth::same_in_any_case("bearer", "bearet"));
    CHECK_BOTH(!oauth::same_in_any_case("[", "{"));
    CHECK_BOTH(!oauth::same_in_any_case("@", "`"));
    CHECK_BOTH(oauth::same_in_any_case("AZaz", "azAZ"));
}

TEST_CASE("JSON is recognised by its media type, whatever its case and parameters") {
    CHECK_BOTH(oauth::is_json("application/json"));
    CHECK_BOTH(oauth::is_json("application/json;charset=UTF-8"));
    CHECK_BOTH(oauth::is_json("Application/JSON ; charset=utf-8"));
    CHECK_BOTH(oauth::is_json("application/json\t;charset=utf-8"));
    CHECK_BOTH(!oauth::is_json(""));
    CHECK_BOTH(!oauth::is_json("text/json"));
    CHECK_BOTH(!oauth::is_json("application/jsonp"));
    CHECK_BOTH(!oauth::is_json("application/jso"));
    CHECK_BOTH(!oauth::is_json(" application/json"));
    CHECK_BOTH(!oauth::is_json("text/html;application/json"));
}

TEST_CASE("a form is recognised by its media type, whatever its case and parameters") {
    CHECK_BOTH(oauth::is_form("application/x-www-form-urlencoded"));
    CHECK_BOTH(oauth::is_form("Application/X-WWW-Form-URLEncoded;charset=UTF-8"));
    CHECK_BOTH(!oauth::is_form("application/x-www-form-urlencode"));
    CHECK_BOTH(!oauth::is_form("multipart/form-data"));
    CHECK_BOTH(!oauth::is_form(""));
}

TEST_CASE("a request has no Authorization header unless somebody gives it one") {
    oauth::request const sent{"https://idms.example/token", "a=b"};
    CHECK(sent.authorization.empty());
}
