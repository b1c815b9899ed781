// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/claims.hpp>

#include "support/check.hpp"

#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::instant;
using mcx::jwt_id;
using mcx::subject;
namespace jwt = mcx::jwt;

namespace {

struct sample {
    instant exp;
    std::optional<instant> nbf;
    std::optional<mcx::issuer> iss;
    subject sub;
    std::int64_t count = 0;

    using fields =
        mcx::claim_list<mcx::required<"exp", &sample::exp>, mcx::optional<"nbf", &sample::nbf>,
                        mcx::optional<"iss", &sample::iss>, mcx::required<"sub", &sample::sub>,
                        mcx::required<"count", &sample::count>, mcx::prohibited<"scope">,
                        mcx::fixed<"kind", "sample">>;
};

struct uncopyable {
    uncopyable() = default;
    uncopyable(uncopyable const&) = delete;
    using fields = mcx::claim_list<>;
};

constexpr sample with_all() {
    sample s;
    s.exp = {7};
    s.nbf = instant{5};
    s.count = 9;
    return s;
}

/// What `find_claim` finds, or `other` where it finds nothing.
constexpr instant time_of(sample const& s, std::string_view name, instant other = {-1}) {
    auto const* found = jwt::detail::find_claim<instant>(s, name);
    return found != nullptr ? *found : other;
}

}  // namespace

TEST_CASE("a subject has 1 to 255 octets and no control characters") {
    CHECK_BOTH(subject::from("x").has_value());
    CHECK_BOTH(subject::from("").error() == errc::value_empty);
    CHECK(subject::from(std::string(255, 'x')).has_value());
    CHECK(subject::from(std::string(256, 'x')).error() == errc::value_too_long);
    CHECK_BOTH(subject::from("a\tb").error() == errc::value_character);
    CHECK_BOTH(subject::from("a\x7f").error() == errc::value_character);
    CHECK_BOTH(subject::from({"a\0", 2}).error() == errc::value_character);
    CHECK_BOTH(subject::from("\xC3\xA4 b").has_value());
    CHECK_BOTH(*subject::from("A") != *subject::from("a"));
}

TEST_CASE("a token id has 1 to 128 octets and no control characters") {
    CHECK_BOTH(jwt_id::from("x").has_value());
    CHECK_BOTH(jwt_id::from("").error() == errc::value_empty);
    CHECK(jwt_id::from(std::string(128, 'x')).has_value());
    CHECK(jwt_id::from(std::string(129, 'x')).error() == errc::value_too_long);
    CHECK_BOTH(jwt_id::from("a\n").error() == errc::value_character);
}

TEST_CASE("a claim set is a field struct that can be copied") {
    CHECK_BOTH(mcx::ClaimSet<sample>);
    CHECK_BOTH(!mcx::ClaimSet<uncopyable>);
    CHECK_BOTH(!mcx::ClaimSet<int>);
}

TEST_CASE("what is wrong with claims is told in the claims' own codes") {
    CHECK_BOTH(jwt::claim_errors.not_object == errc::claims_not_object);
    CHECK_BOTH(jwt::claim_errors.missing == errc::claim_missing);
    CHECK_BOTH(jwt::claim_errors.prohibited == errc::claim_prohibited);
    CHECK_BOTH(jwt::claim_errors.shape == errc::claim_shape);
    CHECK_BOTH(jwt::claim_errors.value == errc::claim_value);
}

TEST_CASE("a claim is found by its name and type, where the token carries it") {
    CHECK_BOTH(time_of(with_all(), "exp") == instant{7});
    CHECK_BOTH(time_of(with_all(), "nbf") == instant{5});
    CHECK_BOTH(time_of(sample{}, "exp") == instant{0});
    CHECK_BOTH(time_of(sample{}, "nbf") == instant{-1});
    CHECK_BOTH(time_of(with_all(), "iat") == instant{-1});
    CHECK_BOTH(time_of(with_all(), "count") == instant{-1});  // another type
    CHECK_BOTH(time_of(with_all(), "scope") == instant{-1});
    CHECK_BOTH(time_of(with_all(), "kind") == instant{-1});
    CHECK_BOTH(time_of(with_all(), "") == instant{-1});
    sample const s = with_all();
    CHECK(jwt::detail::find_claim<instant>(s, "exp") == &s.exp);
    CHECK(jwt::detail::find_claim<instant>(s, "nbf") == &*s.nbf);
    CHECK(jwt::detail::find_claim<subject>(s, "sub") == &s.sub);
    CHECK(jwt::detail::find_claim<mcx::issuer>(s, "iss") == nullptr);
}

TEST_CASE("a claim is set by its name and type, where the list has it") {
    sample s;
    jwt::detail::set_claim(s, "exp", instant{7});
    jwt::detail::set_claim(s, "nbf", instant{5});
    jwt::detail::set_claim(s, "iat", instant{1});    // not in the list
    jwt::detail::set_claim(s, "count", instant{1});  // another type
    CHECK(s.exp == instant{7});
    CHECK(s.nbf == instant{5});
    CHECK(s.count == sample{}.count);
    CHECK_BOTH(jwt::detail::has_claim<instant, sample>("exp"));
    CHECK_BOTH(jwt::detail::has_claim<instant, sample>("nbf"));
    CHECK_BOTH(!jwt::detail::has_claim<instant, sample>("iat"));
    CHECK_BOTH(!jwt::detail::has_claim<instant, sample>("count"));
    CHECK_BOTH(!jwt::detail::has_claim<instant, sample>("scope"));
}

TEST_CASE("a list says which claims it requires, by name and type") {
    using jwt::detail::requires_claim;
    CHECK_BOTH(requires_claim<instant, sample>("exp"));
    CHECK_BOTH(!requires_claim<instant, sample>("nbf"));
    CHECK_BOTH(!requires_claim<instant, sample>("count"));
    CHECK_BOTH(!requires_claim<std::int64_t, sample>("exp"));
    CHECK_BOTH(!requires_claim<instant, sample>("iat"));
    CHECK_BOTH(!requires_claim<instant, sample>("scope"));
    CHECK_BOTH(!requires_claim<instant, sample>("kind"));
    CHECK_BOTH(requires_claim<subject, sample>("sub"));
}

namespace {

using group_name = mcx::text<struct group_name_tag, 16>;
using right = mcx::text<struct right_tag, 8>;

/// A group, as a deployment's own claim tells of it.
struct group {
    group_name name;
    mcx::list<right, 3> rights;
    std::optional<bool> emergency;

    using fields =
        mcx::field_list<mcx::required<"name", &group::name>,
                        mcx::optional<"rights", &group::rights>,
                        mcx::optional<"emergency", &group::emergency>, mcx::prohibited<"owner">>;
};

/// Claims of a deployment's own: an object, and a list of objects with lists.
struct duty {
    instant exp;
    std::optional<group> home;
    mcx::list<group, 2> groups;
    bool on_call = false;

    using fields =
        mcx::claim_list<mcx::required<"exp", &duty::exp>, mcx::optional<"home", &duty::home>,
                        mcx::optional<"groups", &duty::groups>,
                        mcx::required<"on_call", &duty::on_call>>;
};

constexpr mcx::result<duty> duty_of(std::string_view text) {
    return mcx::json::parse_object<duty>(text, {}, jwt::claim_errors);
}
constexpr bool refuses_duty(std::string_view text, errc code, std::uint16_t where) {
    auto const e = duty_of(text).error();
    return e.code == code && e.where == where;
}

}  // namespace

TEST_CASE("claims of one's own are a struct, with objects and lists in it") {
    constexpr auto read = duty_of(
        R"({"exp":1,"home":{"name":"fire"},"groups":[{"name":"a","rights":["talk","hear"]},)"
        R"({"emergency":true,"name":"b","more":{"x":[]}}],"on_call":true})");
    CHECK_BOTH(read.has_value());
    CHECK_BOTH(read->home->name.view() == "fire");
    CHECK_BOTH(read->groups.size() == 2);
    CHECK_BOTH(read->groups[0].rights[1].view() == "hear");
    CHECK_BOTH(read->groups[1].emergency == true);
    CHECK_BOTH(read->on_call);
    CHECK_BOTH(mcx::json::depth_of<duty> == 4);
}

TEST_CASE("what is wrong inside a claim is wrong with the claim") {
    CHECK_BOTH(refuses_duty(R"({"home":[]})", errc::claim_shape, 2));
    CHECK_BOTH(refuses_duty(R"({"home":{}})", errc::claim_value, 2));
    CHECK_BOTH(refuses_duty(R"({"home":{"name":7}})", errc::claim_value, 2));
    CHECK_BOTH(refuses_duty(R"({"home":{"name":"a","owner":1}})", errc::claim_value, 2));
    CHECK_BOTH(refuses_duty(R"({"groups":{}})", errc::claim_shape, 3));
    CHECK_BOTH(refuses_duty(R"({"groups":[7]})", errc::claim_shape, 3));
    CHECK_BOTH(refuses_duty(R"({"groups":[{"name":"a","rights":["1","2","3","4"]}]})",
                            errc::claim_value, 3));
    CHECK_BOTH(refuses_duty(R"({"groups":[{"name":"a"},{"name":"b"},{"name":"c"}]})",
                            errc::claim_value, 3));
    CHECK_BOTH(refuses_duty(R"({"home":{"name":"a","n\u0061me":"b"}})", errc::json_duplicate, 0));
    CHECK_BOTH(refuses_duty(R"({"x":[[[[[[[[1]]]]]]]]})", errc::json_depth, 0));
    CHECK_BOTH(refuses_duty(R"({"on_call":"true"})", errc::claim_shape, 4));
}
