// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/profile.hpp>

#include "support/check.hpp"
#include "support/note_token.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::instant;
using mcx::test::note;
using mcx::test::note_claim;
using mcx::test::note_profile;
namespace jwt = mcx::jwt;

namespace {

constexpr bool same(std::string_view a, std::string_view b) {
    return jwt::detail::same_media_type(a, b) && jwt::detail::same_media_type(b, a);
}
constexpr bool differ(std::string_view a, std::string_view b) {
    return !jwt::detail::same_media_type(a, b) && !jwt::detail::same_media_type(b, a);
}

struct endless {
    mcx::subject sub;
    using fields = mcx::claim_list<mcx::required<"sub", &endless::sub>>;
};
struct perhaps_ending {
    std::optional<instant> exp;
    using fields = mcx::claim_list<mcx::optional<"exp", &perhaps_ending::exp>>;
};
struct ending_in_words {
    mcx::subject exp;
    using fields = mcx::claim_list<mcx::required<"exp", &ending_in_words::exp>>;
};

template <class Claims>
struct of : note_profile {
    using claims = Claims;
};
struct with_names_for_algorithms : note_profile {
    using algorithms = int;
};
struct with_words_for_typ : note_profile {
    using typ = int;
};
struct with_no_rule : note_profile {
    using audience_rule = int;
};
struct with_numbers_for_limits : note_profile {
    static constexpr int limits = 8192;
};
struct with_numbers_for_relaxations : note_profile {
    using relaxations = int;
};
struct relaxing : note_profile {
    using relaxations = jwt::relaxed<jwt::fractional_dates>;
};

/// A profile with these limits.
template <class Limits>
struct within : note_profile {
    static constexpr jwt::limits limits = Limits::limits;
};
struct longest_header {
    static constexpr jwt::limits limits{.header = 1024};
};
struct longer_header {
    static constexpr jwt::limits limits{.header = 1025};
};
struct deepest_json {
    static constexpr jwt::limits limits{.json = {32, 128}};
};
struct deeper_json {
    static constexpr jwt::limits limits{.json = {33, 128}};
};
struct wider_json {
    static constexpr jwt::limits limits{.json = {32, 129}};
};
struct shallow_json {
    static constexpr jwt::limits limits{.json = {1, 64}};
};
struct no_lifetime {
    static constexpr jwt::limits limits{.lifetime = std::chrono::seconds{0}};
};
struct no_age {
    static constexpr jwt::limits limits{.age = std::chrono::seconds{0}};
};
struct negative_age {
    static constexpr jwt::limits limits{.age = std::chrono::seconds{-1}};
};

/// Claims that say when they were issued, and one that does so in words.
struct dated {
    instant exp;
    instant iat;
    using fields =
        mcx::claim_list<mcx::required<"exp", &dated::exp>, mcx::required<"iat", &dated::iat>>;
};
template <class Id>
struct known_by {
    instant exp;
    Id jti;
    using fields =
        mcx::claim_list<mcx::required<"exp", &known_by::exp>, mcx::required<"jti", &known_by::jti>>;
};
template <int Lifetime, int Age>
struct relaxing_for : relaxing {
    using claims = dated;
    static constexpr jwt::limits limits{.lifetime = std::chrono::seconds{Lifetime},
                                        .age = std::chrono::seconds{Age}};
};
template <class T>
struct otherwise_dated {
    instant exp;
    T iat;
    using fields = mcx::claim_list<mcx::required<"exp", &otherwise_dated::exp>,
                                   mcx::optional<"iat", &otherwise_dated::iat>>;
};
struct dated_in_part : within<no_age> {
    using claims = otherwise_dated<std::optional<instant>>;
};
struct dated_profile : within<no_age> {
    using claims = dated;
};

}  // namespace

TEST_CASE("media types are compared without case and without their usual first half") {
    CHECK_BOTH(same("JWT", "JWT"));
    CHECK_BOTH(same("JWT", "jwt"));
    CHECK_BOTH(same("JWT", "application/jwt"));
    CHECK_BOTH(same("jwt", "APPLICATION/JWT"));
    CHECK_BOTH(same("application/at+jwt", "at+JWT"));
    CHECK_BOTH(same("text/x", "TEXT/X"));
    CHECK_BOTH(same("AZ-az", "az-AZ"));
    CHECK_BOTH(same("", "application/"));
    CHECK_BOTH(differ("JWT", "at+jwt"));
    CHECK_BOTH(differ("JWT", "JWTs"));
    CHECK_BOTH(differ("JWT", ""));
    CHECK_BOTH(differ("JWT", "text/jwt"));
    CHECK_BOTH(differ("JWT", "application/"));
    CHECK_BOTH(differ("JWT", "application"));
    CHECK_BOTH(differ("JWT", "applicatio/JWT"));
    CHECK_BOTH(differ("JWT", "application/application/jwt"));
    CHECK_BOTH(differ("JWT", "/jwt"));
    CHECK_BOTH(differ("JWT", "jwt "));
    CHECK_BOTH(differ("JWT", "jwt;x=1"));
    CHECK_BOTH(differ("x/y", "application/x/y"));  // only a name without a slash may do without
    CHECK_BOTH(differ("[", "{"));                  // letters have a case, other characters none
    CHECK_BOTH(differ("@", "`"));
}

TEST_CASE("a type may be allowed to be absent or not") {
    CHECK_BOTH(jwt::typ_absent_or<"JWT">::accepts_absent());
    CHECK_BOTH(jwt::typ_absent_or<"JWT">::accepts("application/jwt"));
    CHECK_BOTH(!jwt::typ_absent_or<"JWT">::accepts("at+jwt"));
    CHECK_BOTH(!jwt::typ_absent_or<"JWT">::accepts(""));
    CHECK_BOTH(jwt::typ_absent_or<"JWT">::written == "JWT");
    CHECK_BOTH(!jwt::typ_is<"at+jwt">::accepts_absent());
    CHECK_BOTH(jwt::typ_is<"at+jwt">::accepts("AT+JWT"));
    CHECK_BOTH(!jwt::typ_is<"at+jwt">::accepts("JWT"));
    CHECK_BOTH(jwt::typ_is<"at+jwt">::written == "at+jwt");
}

TEST_CASE("a profile has its six parts") {
    CHECK_BOTH(jwt::Profile<note_profile>);
    CHECK_BOTH(!jwt::Profile<with_names_for_algorithms>);
    CHECK_BOTH(!jwt::Profile<with_words_for_typ>);
    CHECK_BOTH(!jwt::Profile<with_no_rule>);
    CHECK_BOTH(!jwt::Profile<with_numbers_for_limits>);
    CHECK_BOTH(!jwt::Profile<note>);
    CHECK_BOTH(!jwt::Profile<int>);
}

TEST_CASE("a token of a profile ends: its claims require a time of expiry") {
    CHECK_BOTH(jwt::Expires<note>);
    CHECK_BOTH(!jwt::Expires<endless>);
    CHECK_BOTH(!jwt::Expires<perhaps_ending>);
    CHECK_BOTH(!jwt::Expires<ending_in_words>);
    CHECK_BOTH(!jwt::Profile<of<endless>>);
    CHECK_BOTH(!jwt::Profile<of<perhaps_ending>>);
    CHECK_BOTH(!jwt::Profile<of<ending_in_words>>);
}

TEST_CASE("the claims that are checked have the types by which they are found") {
    CHECK_BOTH(jwt::TypesCheckedClaims<note>);
    CHECK_BOTH(jwt::TypesCheckedClaims<endless>);
    CHECK_BOTH(jwt::Profile<of<otherwise_dated<std::optional<instant>>>>);
    CHECK_BOTH(!jwt::Profile<of<otherwise_dated<std::optional<std::int64_t>>>>);
    CHECK_BOTH(!jwt::Profile<of<otherwise_dated<mcx::subject>>>);
    CHECK_BOTH(jwt::Profile<of<known_by<mcx::jwt_id>>>);
    CHECK_BOTH(!jwt::Profile<of<known_by<mcx::subject>>>);  // it would be known by its digest
}

TEST_CASE("limits are within those of the library") {
    CHECK_BOTH(jwt::Profile<within<longest_header>>);
    CHECK_BOTH(!jwt::Profile<within<longer_header>>);
    CHECK_BOTH(jwt::Profile<within<deepest_json>>);
    CHECK_BOTH(!jwt::Profile<within<deeper_json>>);
    CHECK_BOTH(!jwt::Profile<within<wider_json>>);
    CHECK_BOTH(!jwt::Profile<within<no_lifetime>>);
}

TEST_CASE("claims nest no deeper than the limits allow") {
    CHECK_BOTH(mcx::json::depth_of<note> == 2);  // the object and its array of audiences
    CHECK_BOTH(mcx::json::depth_of<dated> == 1);
    CHECK_BOTH(!jwt::Profile<within<shallow_json>>);
}

TEST_CASE("a limit of age asks for the time of issue") {
    CHECK_BOTH(jwt::Profile<dated_profile>);
    CHECK_BOTH(!jwt::Profile<dated_in_part>);
    CHECK_BOTH(!jwt::Profile<within<no_age>>);
    CHECK_BOTH(!jwt::KeepsLimits<within<negative_age>>);
}

TEST_CASE("a profile names its relaxations, which make another profile of it") {
    CHECK_BOTH(jwt::Profile<relaxing>);
    CHECK_BOTH(!jwt::Profile<with_numbers_for_relaxations>);
    CHECK_BOTH(std::same_as<jwt::way_of<relaxing>, jwt::fractional_dates>);
    CHECK_BOTH(jwt::Profile<relaxing_for<3, 2>>);
    CHECK_BOTH(!jwt::Profile<relaxing_for<2, 2>>);  // nothing is left of two seconds
    CHECK_BOTH(!jwt::Profile<relaxing_for<3, 1>>);
    CHECK_BOTH(std::same_as<jwt::way_of<note_profile>, mcx::json::as_typed>);
}

TEST_CASE("limits are those of the type until a profile sets its own") {
    CHECK_BOTH(jwt::limits{}.token == 8192);
    CHECK_BOTH(jwt::limits{}.header == 1024);
    CHECK_BOTH(jwt::limits{}.payload == 4096);
    CHECK_BOTH(jwt::limits{}.lifetime == std::chrono::hours{24});
    CHECK_BOTH(jwt::limits{}.age == jwt::limits::any_age);
    CHECK_BOTH(jwt::limits{}.json.depth == 8);
    CHECK_BOTH(jwt::limits{}.json.members == 64);
}

TEST_CASE("an error's number is a name of the part that it arose in") {
    using jwt::name_of;
    CHECK_BOTH(name_of<note_profile>({errc::expired, note_claim("exp")}) == "exp");
    CHECK_BOTH(name_of<note_profile>({errc::claim_missing, 1}) == "sub");
    CHECK_BOTH(name_of<note_profile>({errc::claim_prohibited, 8}) == "scope");
    CHECK_BOTH(name_of<note_profile>({errc::algorithm_refused, 1}) == "alg");
    CHECK_BOTH(name_of<note_profile>({errc::header_b64, 6}) == "b64");
    CHECK_BOTH(name_of<note_profile>({errc::claim_missing, 0}).empty());
    CHECK_BOTH(name_of<note_profile>({errc::claim_missing, 9}).empty());
    CHECK_BOTH(name_of<note_profile>({errc::json_syntax, 1}).empty());
    CHECK_BOTH(name_of<note_profile>(errc::signature).empty());
}
