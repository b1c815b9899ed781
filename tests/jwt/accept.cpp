// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/accept.hpp>

#include "support/allocations.hpp"
#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <string>
#include <string_view>

using mcx::blame;
using mcx::errc;
using mcx::error;
using mcx::fixed_clock;
using mcx::stage;
using mcx::test::broken;
using mcx::test::compact;
using mcx::test::credulous;
using mcx::test::incredulous;
using mcx::test::note_claim;
using mcx::test::note_profile;
using mcx::test::note_text;
using mcx::test::trust_in;
namespace jwt = mcx::jwt;

namespace {

constexpr fixed_clock now{{50}};

template <class B = credulous>
mcx::result<jwt::validated<note_profile>> accept(std::string_view text) {
    static auto const issuers = trust_in<B>({"one", "two"});
    static mcx::workspace<B> work;
    return jwt::accept<note_profile>(text, issuers, work, {.to = "me"}, now);
}

template <class B = credulous>
error refusal(std::string_view text) {
    return accept<B>(text).error();
}

constexpr std::string_view good = R"({"iss":"one","sub":"x","aud":["me"],"exp":51,"jti":"7"})";

}  // namespace

TEST_CASE("a good token is accepted in one call") {
    auto const token = accept(note_text(good));
    CHECK((token && (*token)->sub.view() == "x" && token->signed_by().view() == "one"));
}

TEST_CASE("each stage refuses for itself, and earlier stages first") {
    auto const stage_of = [](std::string_view text) { return mcx::stage_of(refusal(text)); };
    CHECK(stage_of("") == stage::form);
    CHECK(stage_of("a.b.c.d.e") == stage::form);
    CHECK(stage_of(compact(R"({"alg":"none"})", good)) == stage::header);
    CHECK(stage_of(compact(R"({"alg":"ES256","kid":"x"})", good)) == stage::key);
    CHECK(stage_of(note_text(R"({"iss":"three","exp":"wrong"})")) == stage::key);
    CHECK(stage_of("eyJhbGciOiJFUzI1NiJ9." + mcx::test::base64url_text(good) + ".AA") ==
          stage::signature);
    CHECK(stage_of(note_text(R"({"iss":"one","exp":"wrong"})")) == stage::claims);
    CHECK(stage_of(note_text(R"({"iss":"one","exp":1,"sub":"x"})")) == stage::policy);
}

TEST_CASE("claims are not looked at before the signature") {
    CHECK(refusal<incredulous>(note_text(R"({"iss":"one","exp":"wrong"})")) ==
          error{errc::signature});
    CHECK(refusal<incredulous>(note_text(R"({"iss":"one","exp":1,"exp":1})")).code ==
          errc::json_duplicate);  // the scan for the issuer reads the JSON, and no other claim
}

TEST_CASE("a bad signature is the peer's fault, a failing backend is not") {
    CHECK(refusal<incredulous>(note_text(good)) == error{errc::signature});
    CHECK(mcx::blame_of(refusal<incredulous>(note_text(good))) == blame::peer);
    CHECK(refusal<broken>(note_text(good)) == error{errc::backend});
    CHECK(mcx::blame_of(refusal<broken>(note_text(good))) == blame::backend);
}

TEST_CASE("a token of one issuer in the name of another is refused") {
    // "two" signed it, as far as the scan knows, and the claim that was signed says the same.
    auto const token = accept(note_text(R"({"iss":"two","sub":"x","exp":51})"));
    CHECK((token && token->signed_by().view() == "two"));
    mcx::trust<credulous> const one = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    auto const other = jwt::accept<note_profile>(note_text(R"({"iss":"two","sub":"x","exp":51})"),
                                                 one, work, {.to = "me"}, now);
    CHECK(other.error() == error{errc::issuer_mismatch, note_claim("iss")});
}

TEST_CASE("a token needs no issuer where one is trusted") {
    mcx::trust<credulous> const one = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    auto const token = jwt::accept<note_profile>(note_text(R"({"sub":"x","exp":51})"), one, work,
                                                 {.to = "me"}, now);
    CHECK((token && token->signed_by().view() == "one" && !(*token)->iss));
}

TEST_CASE("accepting and refusing take nothing from the heap") {
    std::string const texts[]{note_text(good),
                              note_text("{}"),
                              note_text(R"({"iss":"one"})"),
                              compact(R"({"alg":"none"})", good),
                              "x",
                              std::string(5000, '.')};
    CHECK(accept(texts[0]).has_value());
    for (std::string const& text : texts) {
        auto const used = mcx::test::heap_use_of([&] { (void)accept(text).has_value(); });
        CHECK(used.allocations == 0);
    }
}
