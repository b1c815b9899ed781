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
