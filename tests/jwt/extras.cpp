// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/extras.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/issue.hpp>

#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::extra_claim;
using mcx::extras;
using mcx::instant;
using mcx::subject;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::note_profile;
using mcx::test::note_text;
namespace json = mcx::json;
namespace jwt = mcx::jwt;

namespace {

/// Claims of which two are known and the others are kept.
struct open_note {
    subject sub;
    instant exp;
    extras<48> more;

    using fields = mcx::claim_list<mcx::required<"sub", &open_note::sub>,
                                   mcx::required<"exp", &open_note::exp>, mcx::prohibited<"scope">,
                                   mcx::remaining<&open_note::more>>;
    friend constexpr bool operator==(open_note const&, open_note const&) = default;
};
struct open_profile : note_profile {
    using claims = open_note;
};

constexpr mcx::result<open_note> parse(std::string_view text) {
    return json::parse_object<open_note>(text, {}, jwt::claim_errors);
}

constexpr bool refuses(std::string_view text, errc code, std::uint16_t where,
                       std::uint32_t offset) {
    return parse(text).error() == error{code, where, offset};
}

constexpr extras<32> two_claims() {
    extras<32> made;
    (void)made.add("a", "1");
    (void)made.add("bc", R"(["x"])");
    return made;
}

}  // namespace

TEST_CASE("extras keep names and texts in their order") {
    constexpr auto made = two_claims();
    CHECK_BOTH(!made.empty());
    CHECK_BOTH(*made.begin() == extra_claim{"a", "1"});
    CHECK_BOTH(*++made.begin() == extra_claim{"bc", R"(["x"])"});
    CHECK_BOTH(++ ++made.begin() == made.end());
    CHECK_BOTH(made.find("bc") == R"(["x"])");
    CHECK_BOTH(!made.find("b"));
    CHECK_BOTH(!made.find(""));
    CHECK_BOTH(extras<8>{}.empty());
    CHECK_BOTH(extras<8>{}.begin() == extras<8>{}.end());
}

TEST_CASE("extras are copied and compared as a value") {
    constexpr auto made = two_claims();
    extras<32> copy;
    CHECK(copy != made);
    copy = made;
    CHECK(copy == made);
    CHECK(copy.find("a")->data() != made.find("a")->data());
    extras<32> const& self = copy;
    copy = self;
    CHECK(copy == made);
}

TEST_CASE("extras have room for their octets and four more for each claim") {
    extras<16> made;
    CHECK(made.add("abc", "1").has_value());
    CHECK(made.add("d", "1234").error() == errc::json_value);
    CHECK(made.find("d") == std::nullopt);
    CHECK(made.add("d", "123").has_value());
    CHECK(made.add("", "").error() == errc::json_value);
    CHECK(made.find("abc") == "1");
    CHECK(made.find("d") == "123");
    extras<16> other;
    CHECK(other.add(json::string_token{R"(\u0061\u0062)", true}, "1234567890").has_value());
    CHECK(other.find("ab") == "1234567890");
    extras<16> third;
    CHECK(third.add(json::string_token{R"(\u0061\u0062)", true}, "12345678901").error() ==
          errc::json_value);
    CHECK(third.empty());
}

TEST_CASE("claims that a profile does not know are kept for those who ask") {
    constexpr auto made = parse(R"({"x":{"y":[1, 2]},"sub":"s","e\u0078p":7,"\u007A":null})");
    CHECK_BOTH(made.has_value());
    CHECK_BOTH(made->sub.view() == "s");
    CHECK_BOTH(made->exp == instant{7});
    CHECK_BOTH(*made->more.begin() == extra_claim{"x", R"({"y":[1, 2]})"});
    CHECK_BOTH(made->more.find("z") == "null");
    CHECK_BOTH(!made->more.find("sub"));
    CHECK_BOTH(!made->more.find("exp"));
    CHECK_BOTH(parse(R"({"":1,"sub":"s","exp":7})")->more.find("") == "1");
}

TEST_CASE("a claim that is kept is there once, whatever way its name is written") {
    CHECK_BOTH(refuses(R"({"x":1,"sub":"s","x":2})", errc::json_duplicate, 0, 17));
    CHECK_BOTH(refuses(R"({"x":1,"sub":"s","\u0078":2})", errc::json_duplicate, 0, 17));
    CHECK_BOTH(refuses(R"({"x":{"a":1,"a":2}})", errc::json_duplicate, 0, 12));
}

TEST_CASE("a claim that may not be there is not kept either") {
    CHECK_BOTH(refuses(R"({"sub":"s","scope":1})", errc::claim_prohibited, 3, 19));
}

TEST_CASE("more unknown claims than there is room for are refused under their number") {
    std::string const text = R"({"exp":7,"sub":"s","much":")" + std::string(39, 'x') + R"("})";
    CHECK(parse(text).error() == error{errc::claim_value, 4, 19});
    std::string const most = R"({"exp":7,"sub":"s","much":")" + std::string(38, 'x') + R"("})";
    CHECK(parse(most).has_value());
}

TEST_CASE("a claim that was kept is read as a type") {
    constexpr auto made = two_claims();
    CHECK_BOTH(*made.read<std::int64_t>("a") == 1);
    CHECK_BOTH(made.read<subject>("a").error() == errc::claim_shape);
    CHECK_BOTH(made.read<subject>("x").error() == errc::claim_missing);
    CHECK_BOTH(made.read<mcx::list<subject, 2>>("bc")->size() == 1);
    CHECK_BOTH(made.read<std::int64_t>("bc").error() == errc::claim_shape);
    extras<32> wrong;
    CHECK(wrong.add(json::string_token{"open", false}, "[").has_value());
    CHECK(wrong.add(json::string_token{"nothing", false}, "").has_value());
    CHECK(wrong.read<mcx::list<subject, 2>>("open").error() == errc::claim_value);
    CHECK(wrong.read<std::int64_t>("nothing").error() == errc::claim_value);
}

TEST_CASE("claims that were kept are issued after the others, and come back") {
    auto key = certain(mcx::signing_key<mcx::es256, credulous>::from(
        mcx::test::rfc_example<mcx::es256>::private_key(), {}));
    mcx::test::counted_random random;
    open_note claims;
    claims.sub = certain(subject::from("x"));
    claims.exp = {100};
    CHECK(claims.more.add("a\"b", R"({"c":[true]})").has_value());
    auto const text = jwt::issue<open_profile>(claims, key, random);
    CHECK(text.has_value());
    auto const issuers = mcx::test::trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    if (text) {
        auto const back =
            jwt::accept<open_profile>(*text, issuers, work, {.to = "me"}, mcx::fixed_clock{{50}});
        CHECK((back && back->claims() == claims));
    }
    CHECK(claims.more.add("sub", "1").has_value());
    CHECK(jwt::issue<open_profile>(claims, key, random).error().code == errc::json_duplicate);
    claims.more = {};
    CHECK(claims.more.add(json::string_token{"x", false}, "1,").has_value());
    CHECK(jwt::issue<open_profile>(claims, key, random).error().code == errc::json_syntax);
}

TEST_CASE("a claim that is added is one JSON value and brings no other claims with it") {
    extras<64> made;
    for (std::string_view const text : {R"(1,"admin":true)", "1,", "1 2", "[", "", "{}}", "x",
                                        R"("\x")", R"({"a":1,"a":2})", "\xFF"}) {
        CAPTURE(text);
        CHECK(made.add("x", text).error() == errc::json_value);
    }
    CHECK(made.empty());
    for (std::string_view const text : {"1", " true ", R"("x")", R"({"a":[1,{}]})", "null"}) {
        CAPTURE(text);
        CHECK(made.add("x", text).has_value());
        CHECK(made.find("x") == text);
        made = {};
    }
}
