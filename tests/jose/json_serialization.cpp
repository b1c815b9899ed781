// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/json_serialization.hpp>

#include "support/check.hpp"

#include <optional>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace jws = mcx::jws;
namespace detail = mcx::jws::detail;

namespace {

constexpr error form(std::string_view text) {
    return detail::check_json_form(text, 64).error();
}

constexpr auto read(std::string_view protected_half, std::string_view unprotected_half) {
    std::optional<mcx::json::borrowed_string> left;
    std::optional<mcx::json::borrowed_object> right;
    if (!protected_half.empty()) {
        left = mcx::json::borrowed_string{{protected_half, false}, 100};
    }
    if (!unprotected_half.empty()) {
        right = mcx::json::borrowed_object{unprotected_half, 200};
    }
    return detail::read_split_header<false, jws::critical_names<>>(left, right);
}

constexpr std::string_view es256 = "eyJhbGciOiJFUzI1NiJ9";

}  // namespace

TEST_CASE("both halves of a header number their parameters alike") {
    using left = jws::protected_header::fields;
    using right = jws::unprotected_header::fields;
    for (char const* name : {"alg", "kid", "typ", "cty", "crit", "b64"}) {
        CHECK(left::number_of(name) == right::number_of(name));
        CHECK(left::number_of(name) != 0);
    }
}

TEST_CASE("objects that have a name in common are told from those that have none") {
    CHECK_BOTH(detail::share_a_name(R"({"a":1,"b":{"c":2}})", R"({"x":[],"b":1})"));
    CHECK_BOTH(detail::share_a_name(R"({"\u0062":1})", R"({"b":1})"));
    CHECK_BOTH(detail::share_a_name(R"({"b":1})", R"({"\u0062":1})"));
    CHECK_BOTH(!detail::share_a_name(R"({"a":1,"b":{"c":2}})", R"({"c":{"a":1,"b":1}})"));
    CHECK_BOTH(!detail::share_a_name("{}", R"({"a":1})"));
    CHECK_BOTH(!detail::share_a_name(R"({"a":1})", "{}"));
}

TEST_CASE("a text of characters as compact tokens have them is told from one in JSON") {
    CHECK_BOTH(form("{}") == error{});
    CHECK_BOTH(form(" {}") == error{});
    CHECK_BOTH(form("") == error{});
    CHECK_BOTH(form("[]") == error{});
    CHECK_BOTH(form("eyJ.e30.AA") == errc::compact_serialization);
    CHECK_BOTH(form("-") == errc::compact_serialization);
    CHECK(form(std::string_view{
              "{                                                              }  ", 65}) ==
          errc::token_too_long);
}

TEST_CASE("a key is named by whichever half of a header does it") {
    CHECK_BOTH(!read(es256, "")->kid);
    CHECK_BOTH(read(es256, R"({"kid":"a"})")->kid->view() == "a");
    CHECK_BOTH(read("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "{}")->kid->view() == "a");
    CHECK_BOTH(read(es256, R"({"kid":"a"})")->encoded == es256);
    CHECK_BOTH(!read(es256, R"({"kid":"a"})")->protected_half.kid);
}

TEST_CASE("an error in a half of a header is placed in the token") {
    CHECK_BOTH(read(es256, R"({"kid":1})").error() == error{errc::header_shape, 2, 207});
    CHECK_BOTH(read(es256, R"({"alg":1})").error() == error{errc::header_unprotected, 1, 207});
    CHECK_BOTH(read("e3+9", "").error() == error{errc::base64_character, 0, 102});
    CHECK_BOTH(read("", "{}").error() == error{errc::header_missing, 1});
    CHECK_BOTH(read("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", R"({"kid":"a"})").error() ==
               error{errc::header_repeated, 0, 200});
}
