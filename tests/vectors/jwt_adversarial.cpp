// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/core/error_text.hpp>
#include <mcx/jwt/accept.hpp>

#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Hostile tokens and the good ones they were made from, each judged with the keys, algorithms, time
// and names that its case gives, by either choice of backends. Cases for algorithms that the
// library does not have are counted.

using mcx::errc;
using mcx::error;
using mcx::instant;
using mcx::issuer;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::string_in;
namespace jwt = mcx::jwt;

namespace {

/// What the cases expect of a token: who issued it and for whom, and that it ends.
struct claims {
    issuer iss;
    mcx::audience aud;
    instant exp;
    std::optional<mcx::subject> sub;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<mcx::jwt_id> jti;

    using fields =
        mcx::claim_list<mcx::required<"iss", &claims::iss>, mcx::required<"aud", &claims::aud>,
                        mcx::required<"exp", &claims::exp>, mcx::optional<"sub", &claims::sub>,
                        mcx::optional<"nbf", &claims::nbf>, mcx::optional<"iat", &claims::iat>,
                        mcx::optional<"jti", &claims::jti>>;
};

/// Most cases ask for no type.
struct any_typ {
    static constexpr std::string_view written = "JWT";
    static constexpr bool accepts(std::string_view) noexcept { return true; }
    static constexpr bool accepts_absent() noexcept { return true; }
};

template <class As, class Typ>
struct profile {
    using claims = ::claims;
    using algorithms = As;
    using typ = Typ;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me;
    static constexpr jwt::limits limits{};
};

/// The error with which a case's token is refused, or none.
template <class B, class P>
error judge(json_members const& test, std::string_view token) {
    using keys = mcx::key_set<B, typename P::algorithms>;
    auto set = keys::from_jwks(test.at("jwks"));
    if (!set) {
        return set.error();
    }
    mcx::trust<B, typename P::algorithms> issuers;
    auto const who = issuer::from(string_in(test.at("iss")));
    auto const self = mcx::recipient::from(string_in(test.at("aud")));
    if (!who || !self) {
        return errc::value_too_long;
    }
    if (auto const added = issuers.add(*who, *std::move(set)); !added) {
        return added.error();
    }
    mcx::workspace<B, typename P::algorithms> work;
    mcx::fixed_clock const now{{std::atoll(test.at("now").c_str())}};
    return jwt::accept<P>(token, issuers, work, {.to = *self}, now).error();
}

template <class B, class As>
error judge_typed(json_members const& test, std::string_view token) {
    using at_jwt = profile<As, jwt::typ_is<"at+jwt">>;
    using untyped = profile<As, any_typ>;
    return test.contains("typ") ? judge<B, at_jwt>(test, token) : judge<B, untyped>(test, token);
}

/// The names of a case's algorithms, with a space after each.
std::string algorithms_of(json_members const& test) {
    std::string names;
    for (std::string const& name : elements_in(test.at("algs"))) {
        names += string_in(name) + " ";
    }
    return names;
}

/// The verdict by a verifier for the algorithms of the case; none where there can be no such
/// verifier, since the library does not have one of them or the case has none.
template <class B>
std::optional<error> verdict_of(json_members const& test, std::string_view token) {
    using mcx::algorithm_set, mcx::eddsa, mcx::es256, mcx::rs256;
    std::string const names = algorithms_of(test);
    if (names == "RS256 ") {
        return judge_typed<B, algorithm_set<rs256>>(test, token);
    }
    if (names == "ES256 ") {
        return judge_typed<B, algorithm_set<es256>>(test, token);
    }
    if (names == "EdDSA ") {
        return judge_typed<B, algorithm_set<eddsa>>(test, token);
    }
    if (names == "ES256 RS256 " || names == "RS256 ES256 ") {
        return judge_typed<B, algorithm_set<es256, rs256>>(test, token);
    }
    if (names == "ES256 EdDSA ") {
        return judge_typed<B, algorithm_set<es256, eddsa>>(test, token);
    }
    if (names == "ES256 RS256 EdDSA ") {
        return judge_typed<B, algorithm_set<es256, rs256, eddsa>>(test, token);
    }
    return std::nullopt;
}

struct counts {
    std::size_t valid = 0;
    std::size_t invalid = 0;
    std::size_t either_accepted = 0;
    std::size_t either_refused = 0;
    std::map<std::string, std::size_t> skipped;
};

template <class B>
counts run(std::vector<std::string> const& cases) {
    counts seen;
    for (std::string const& written : cases) {
        json_members const test = members_in(written);
        std::string const id = string_in(test.at("id"));
        std::string const expected = string_in(test.at("expect"));
        auto const outcome = verdict_of<B>(test, string_in(test.at("token")));
        if (!outcome) {
            ++seen.skipped[algorithms_of(test)];
            continue;
        }
        bool const accepted = outcome->code == errc::none;
        std::string const text = id + ": " + std::string{mcx::name_of(outcome->code)};
        if (expected == "valid") {
            ++seen.valid;
            CHECK_MESSAGE(accepted, text);
        } else if (expected == "invalid") {
            ++seen.invalid;
            CHECK_MESSAGE(!accepted, text);
            CHECK_MESSAGE(mcx::blame_of(*outcome) == mcx::blame::peer, text);
        } else {
            ++(accepted ? seen.either_accepted : seen.either_refused);
        }
    }
    return seen;
}

template <class B>
void check(std::string_view backends) {
    if (mcx::test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = members_in(mcx::test::vectors_file("adversarial/jwt_cases.json"));
    CHECK(file.contains("cases"));
    if (!file.contains("cases")) {
        return;
    }
    auto const cases = elements_in(file.at("cases"));
    CHECK(cases.size() == 408);
    counts const seen = run<B>(cases);
    CHECK(seen.valid == 33);
    MESSAGE(std::string{backends} << ": " << seen.valid << " valid, " << seen.invalid
                                  << " invalid; of those left open " << seen.either_accepted
                                  << " accepted, " << seen.either_refused << " refused");
    for (auto const& [algorithms, count] : seen.skipped) {
        MESSAGE("skipped, for no verifier takes just [ " << algorithms << "]: " << count);
    }
}

}  // namespace

TEST_CASE("adversarial tokens get their verdict from libsodium and Botan") {
    check<mcx::first_of<mcx::sodium, mcx::botan>>("libsodium and Botan");
}

TEST_CASE("adversarial tokens get their verdict from Botan alone") {
    check<mcx::botan>("Botan");
}
