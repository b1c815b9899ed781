// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/profile.hpp>

#include "support/check.hpp"
#include "support/note_token.hpp"

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

TEST_CASE("limits are those of the type until a profile sets its own") {
    CHECK_BOTH(jwt::limits{}.token == 8192);
    CHECK_BOTH(jwt::limits{}.payload == 4096);
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
