// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/issuance.hpp>

#include <mcx/crypto/any_signer.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/oauth/error_code.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"

#include <chrono>
#include <string>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::role::issuance;
using mcx::test::counted_random;
using mcx::test::credulous;
using namespace std::chrono_literals;

namespace {

using key_type = mcx::signing_key<eddsa, credulous>;

key_type key() {
    return *key_type::from(mcx::test::rfc_example<eddsa>::private_key(), "a-1");
}

struct no_random {
    bool fill(mcx::byte_span) { return true; }  // may throw, which a Random does not
};

struct no_signer {
    std::string_view alg() const { return "none"; }
};

template <class S, class R>
concept Issues = requires(S& signer, R& random) { issuance{signer, random, mcx::lifetime(1s)}; };

}  // namespace

static_assert(mcx::role::Issuance<issuance<key_type, counted_random>>);
static_assert(mcx::role::Issuance<issuance<key_type const, counted_random>>);
static_assert(mcx::role::Issuance<issuance<mcx::any_signer<credulous>, counted_random>>);
static_assert(!mcx::role::Issuance<int>);
static_assert(!mcx::role::Issuance<key_type>);
static_assert(Issues<key_type, counted_random>);
static_assert(!Issues<no_signer, counted_random>);
static_assert(!Issues<key_type, no_random>);

TEST_CASE("a fresh id is 128 random bits in base64url") {
    key_type const signer = key();
    counted_random random;
    issuance const with{signer, random, mcx::lifetime(10min)};
    auto const id = with.fresh_id();
    CHECK(id->view() == "AAECAwQFBgcICQoLDA0ODw");
    auto const octets = mcx::test::decoded_part(id->view());
    CHECK(octets == std::string("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 16));
}

TEST_CASE("every id takes new octets from the source") {
    key_type const signer = key();
    counted_random random;
    issuance const with{signer, random, mcx::lifetime(10min)};
    auto const first = with.fresh_id();
    auto const second = with.fresh_id();
    CHECK(first->view() != second->view());
    CHECK(second->view() == "EBESExQVFhcYGRobHB0eHw");
    CHECK(random.next == 32);
}

TEST_CASE("without randomness there is no id, and the machine is to blame") {
    key_type const signer = key();
    counted_random random{.next = 0, .left = 0};
    issuance const with{signer, random, mcx::lifetime(10min)};
    CHECK(with.fresh_id().error() == errc::random_unavailable);
    CHECK(blame_of(with.fresh_id().error()) == mcx::blame::backend);
    random.left = 1;
    CHECK(with.fresh_id());
    CHECK(with.fresh_id().error() == errc::random_unavailable);
}

TEST_CASE("a response brings the token of the claims, as a bearer, for as long as was said") {
    key_type const signer = key();
    counted_random random;
    mcx::idm::access_token claims;
    claims.exp = mcx::test::clock_at(600).at;
    claims.scope = "openid";
    claims.client_id = "radio";
    auto const response = mcx::role::issue_response<mcx::idm::access_token_profile>(
        claims, issuance{signer, random, mcx::lifetime(10min)});
    CHECK(mcx::test::payload_in(response->access_token.view()) ==
          R"({"exp":)" + mcx::test::date(600) + R"(,"scope":"openid","client_id":"radio"})");
    CHECK(response->token_type == mcx::oauth::response_token_type::bearer);
    CHECK(response->expires_in->value() == 600s);
    CHECK(response->issued_token_type.empty());
    CHECK(response->scope.empty());
}

TEST_CASE("no response comes of a token that could not be issued") {
    key_type const signer = key();
    counted_random none{.next = 0, .left = 0};
    issuance const without{signer, none, mcx::lifetime(1s)};
    mcx::idm::access_token claims;
    claims.scope = "openid";
    claims.client_id = "radio";
    using profile = mcx::idm::access_token_profile;
    CHECK(mcx::role::issue_response<profile>(claims, without).error() == errc::random_unavailable);
    claims.exp = {-1};
    counted_random random;
    issuance const with{signer, random, mcx::lifetime(1s)};
    CHECK(mcx::role::issue_response<profile>(claims, with).error() ==
          error{errc::token_not_issued, mcx::idm::access_token::fields::number_of("exp")});
    CHECK_FALSE(mcx::oauth::answer_to(errc::token_not_issued));  // it is nothing of the peer's
}
