// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/token_hash.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <mcx/jwt/accept.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::rs256;
using mcx::token_hash;
using mcx::test::certain;
using mcx::test::credulous;
namespace jwt = mcx::jwt;

namespace {

// The example of a hybrid flow. [OpenID Connect Core A.4, A.6]
constexpr std::string_view access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
constexpr std::string_view at_hash = "77QmUPtjPfzWtF2AnpK9RQ";
constexpr std::string_view code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
constexpr std::string_view c_hash = "LDktKdoQak3Pk0cnXxCltA";

struct id_claims {
    mcx::instant exp;
    std::optional<token_hash> at_hash;
    std::optional<token_hash> c_hash;
    using fields = mcx::claim_list<mcx::required<"exp", &id_claims::exp>,
                                   mcx::optional<"at_hash", &id_claims::at_hash>,
                                   mcx::optional<"c_hash", &id_claims::c_hash>>;
};
struct id_profile {
    using claims = id_claims;
    using algorithms = mcx::algorithm_set<es256, rs256>;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me_if_present;
    static constexpr jwt::limits limits{};
};
struct wider_profile : id_profile {
    using algorithms = mcx::algorithm_set<es256, mcx::es384>;
};

/// A backend that has a wider hash than the mock: as many octets of its own count.
struct wide {};

/// A backend whose hash does not work.
struct failing {};

mcx::result<jwt::validated<id_profile>> id_token(std::string_view payload) {
    static auto const issuers = mcx::test::trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    std::string const text = mcx::test::compact<es256>(R"({"alg":"ES256"})", payload);
    return jwt::accept<id_profile>(text, issuers, work, {.to = "me"}, mcx::fixed_clock{{50}});
}
jwt::validated<id_profile> full_token() {
    return certain(id_token(R"({"exp":100,"at_hash":"77QmUPtjPfzWtF2AnpK9RQ",)"
                            R"("c_hash":"LDktKdoQak3Pk0cnXxCltA"})"));
}
errc claim_refusal(std::string_view hash) {
    return id_token(R"({"exp":100,"at_hash":")" + std::string(hash) + R"("})").error().code;
}

}  // namespace

template <>
struct mcx::hashing<wide, mcx::sha512> {
    static constexpr std::size_t size = 64;
    void update(byte_view) noexcept {}
    mcx::result<fixed_bytes<64>> finish() noexcept { return fixed_bytes<64>{}; }
};
template <>
struct mcx::hashing<failing, mcx::sha256> {
    static constexpr std::size_t size = 32;
    void update(byte_view) noexcept {}
    mcx::result<fixed_bytes<32>> finish() noexcept { return errc::backend; }
};

TEST_CASE("the hash is the left half of the algorithm's, as OpenID Connect prints it") {
    auto const of_token = jwt::half_hash<rs256>::of<credulous>(access_token);
    auto const of_code = jwt::half_hash<es256>::of<credulous>(code);
    CHECK((of_token && of_token->claim().view() == at_hash));
    CHECK((of_code && of_code->claim().view() == c_hash));
    CHECK((of_token && of_token->is(certain(token_hash::from(at_hash)))));
    CHECK((of_token && !of_token->is(certain(token_hash::from(c_hash)))));
    auto const wide_hash = jwt::half_hash<eddsa>::of<wide>("");
    CHECK((wide_hash && wide_hash->claim().view() == std::string(43, 'A')));
    CHECK((wide_hash && !wide_hash->is(certain(token_hash::from(std::string(22, 'A'))))));
    CHECK(jwt::half_hash<es256>::of<failing>("x").error() == errc::backend);
}

TEST_CASE("an access token and a code go with the ID token that claims their hashes") {
    auto const token = full_token();
    CHECK(jwt::check_access_token<credulous>(token, access_token).has_value());
    CHECK(jwt::check_code<credulous>(token, code).has_value());
    CHECK(jwt::check_access_token<credulous>(token, code).error() ==
          error{errc::token_hash_mismatch, 2});
    CHECK(jwt::check_code<credulous>(token, access_token).error() ==
          error{errc::token_hash_mismatch, 3});
    CHECK(jwt::check_access_token<credulous>(token, "").error().code == errc::token_hash_mismatch);
    CHECK(jwt::check_access_token<failing>(token, access_token).error() == errc::backend);
}

TEST_CASE("a hash that is not claimed does not match") {
    auto const token = certain(id_token(R"({"exp":100})"));
    CHECK(jwt::check_access_token<credulous>(token, access_token).error() ==
          error{errc::token_hash_mismatch, 2});
    CHECK(jwt::check_code<credulous>(token, code).error() == error{errc::token_hash_mismatch, 3});
}

TEST_CASE("a hash is canonical base64url of half a digest") {
    CHECK(claim_refusal(at_hash) == errc::none);
    CHECK(claim_refusal(std::string(32, 'A')) == errc::none);
    CHECK(claim_refusal(std::string(43, 'A')) == errc::none);
    CHECK(claim_refusal("77QmUPtjPfzWtF2AnpK9RR") == errc::claim_value);
    CHECK(claim_refusal("77QmUPtjPfzWtF2AnpK9RQ==") == errc::claim_value);
    CHECK(claim_refusal(at_hash.substr(1)) == errc::claim_value);
    CHECK(claim_refusal("") == errc::claim_value);
    CHECK(claim_refusal(std::string(44, 'A')) == errc::claim_value);
    CHECK(id_token(R"({"exp":100,"at_hash":7})").error().code == errc::claim_shape);
}

TEST_CASE("the hash function is the algorithm's") {
    CHECK_BOTH(std::is_same_v<jwt::hash_of<es256>, mcx::sha256>);
    CHECK_BOTH(std::is_same_v<jwt::hash_of<rs256>, mcx::sha256>);
    CHECK_BOTH(std::is_same_v<jwt::hash_of<eddsa>, mcx::sha512>);
    CHECK_BOTH(jwt::HashesTokensFor<credulous, id_profile>);
    CHECK_BOTH(!jwt::HashesTokensFor<credulous, wider_profile>);
    CHECK_BOTH(!jwt::HashesTokensFor<wide, id_profile>);
    CHECK_BOTH(!std::is_convertible_v<jwt::half_hash<rs256>, jwt::half_hash<es256>>);
}

namespace {

struct either_name_profile : id_profile {
    using algorithms = mcx::algorithm_set<es256, mcx::ed25519_by_either_name>;
};

/// How an access token goes with an ID token that Ed25519 signed under this name.
errc fate_under_the_name(std::string_view alg, std::string_view hashed) {
    using set = either_name_profile::algorithms;
    mcx::key_set<credulous, set> keys;
    CHECK(keys.add<mcx::ed25519_by_either_name>(mcx::test::rfc_example<eddsa>::public_key(), {}));
    mcx::trust<credulous, set> issuers;
    CHECK(issuers.add("one", std::move(keys)));
    mcx::workspace<credulous, set> work;
    auto const hash = certain(jwt::half_hash<eddsa>::of<credulous>(hashed)).claim();
    std::string const text =
        mcx::test::compact<eddsa>(R"({"alg":")" + std::string(alg) + "\"}",
                                  R"({"exp":100,"at_hash":")" + std::string(hash.view()) + R"("})");
    auto const token =
        jwt::accept<either_name_profile>(text, issuers, work, {.to = "me"}, mcx::fixed_clock{{50}});
    return token ? jwt::check_access_token<credulous>(*token, access_token).error().code
                 : token.error().code;
}

}  // namespace

TEST_CASE("an ID token's hashes are those of its algorithm by whichever of its names") {
    for (std::string_view const alg : {"Ed25519", "EdDSA"}) {
        CAPTURE(alg);
        CHECK(fate_under_the_name(alg, access_token) == errc::none);
        CHECK(fate_under_the_name(alg, code) == errc::token_hash_mismatch);
    }
}
