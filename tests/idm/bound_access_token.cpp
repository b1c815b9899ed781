// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/bound_access_token.hpp>

#include "support/check.hpp"
#include "support/mc_tokens.hpp"

#include <concepts>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::idm::access_token;
using mcx::idm::access_token_profile;
using mcx::idm::bound_access_token;
using mcx::idm::bound_access_token_profile;
using mcx::test::accepted_by;
using mcx::test::certain;
using mcx::test::issued;
using mcx::test::mc_server;
using mcx::test::sample_access_token;

namespace {

constexpr std::string_view print = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

bound_access_token sample() {
    bound_access_token made{sample_access_token(), {}};
    made.cnf.jkt = certain(mcx::sha256_thumbprint::from(print));
    return made;
}

error refusal(std::string_view cnf) {
    std::string const payload =
        R"({"exp":1700000600,"scope":"a","client_id":"c","cnf":)" + std::string(cnf) + "}";
    return accepted_by<bound_access_token_profile>(
               mc_server, mcx::test::compact(R"({"alg":"ES256"})", payload))
        .error();
}

}  // namespace

TEST_CASE("a bound access token is issued and accepted with what it is bound to") {
    auto const text = issued<bound_access_token_profile>(sample());
    auto const token = accepted_by<bound_access_token_profile>(mc_server, text);
    CHECK(token->claims() == sample());
    CHECK(token->claims().cnf.jkt->view() == print);
    CHECK(token->claims().mcptt == sample_access_token().mcptt);
}

TEST_CASE("its claims are those of an access token, under the same numbers, and one more") {
    using fields = bound_access_token::fields;
    CHECK_BOTH(fields::size == access_token::fields::size);
    CHECK_BOTH(fields::name_of(fields::size) == "cnf");
    CHECK_BOTH(fields::number_of("scope") == access_token::fields::number_of("scope"));
    CHECK_BOTH(
        std::same_as<bound_access_token_profile::algorithms, access_token_profile::algorithms>);
}

TEST_CASE("a token that is not bound is none of this kind") {
    auto const plain = issued<access_token_profile>(sample_access_token());
    CHECK(accepted_by<bound_access_token_profile>(mc_server, plain).error().code ==
          errc::claim_missing);
}

TEST_CASE("a server that knows only bearer tokens takes none that is bound") {
    auto const text = issued<bound_access_token_profile>(sample());
    error const refused = accepted_by<access_token_profile>(mc_server, text).error();
    CHECK(refused.code == errc::claim_prohibited);
    CHECK(refused.where == access_token::fields::number_of("cnf"));
}

TEST_CASE("what a token is bound to has to be well-formed") {
    auto const cnf = bound_access_token::fields::number_of("cnf");
    CHECK(refusal(R"({"jkt":")" + std::string(print) + R"("})") == error{});
    CHECK(refusal(R"({"jkt":"short"})").code == errc::claim_value);
    CHECK(refusal(R"({"x5t#S256":1})").where == cnf);
    CHECK(refusal("null").code == errc::claim_shape);
}
