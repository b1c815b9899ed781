// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/parse.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::test::base64url_text;
using mcx::test::compact;
using mcx::test::note_profile;
using mcx::test::signature_text;
namespace jwt = mcx::jwt;
namespace jws = mcx::jws;

namespace {

template <class P = note_profile>
error refusal(std::string_view text) {
    return jwt::parse<P>(text).error();
}

std::string with_header(std::string_view header) {
    return compact<mcx::es256>(header, "{}");
}

/// A token whose payload part is so many characters long.
std::string with_payload(std::size_t characters) {
    return base64url_text(R"({"alg":"ES256"})") + '.' + std::string(characters, 'A') + '.' +
           signature_text<mcx::es256>();
}
constexpr std::uint32_t payload_place = 21;

struct typed_profile : note_profile {
    using typ = jwt::typ_is<"at+jwt">;
};
struct terse_profile : note_profile {
    static constexpr jwt::limits limits{.token = 1024, .header = 24, .payload = 256};
};
struct understanding_profile : note_profile {
    using understood = jws::critical_names<"seal">;
};

}  // namespace

TEST_CASE("a token of a profile shows its header and nothing of its payload") {
    std::string const text = with_header(R"({"alg":"EdDSA","kid":"k"})");
    auto const token = jwt::parse<note_profile>(std::string_view{text});
    CHECK((token && token->header().alg.view() == "EdDSA"));
    CHECK((token && token->header().kid && token->header().kid->view() == "k"));
    CHECK((token && token->jws().parts().payload == "e30"));
}

TEST_CASE("only parsing makes a token of a profile") {
    CHECK_BOTH(!std::is_default_constructible_v<jwt::unverified<note_profile>>);
    CHECK_BOTH(!std::is_constructible_v<jwt::unverified<note_profile>, jws::unverified>);
    CHECK_BOTH(
        !std::is_constructible_v<jwt::unverified<note_profile>, jwt::unverified<typed_profile>>);
}

TEST_CASE("form is looked at first") {
    CHECK(refusal("") == errc::not_three_parts);
    CHECK(refusal("a.b.c.d.e") == errc::encrypted_token);
    CHECK(refusal("{}") == errc::json_serialization);
    CHECK(refusal(".e30.AA") == error{errc::empty_part, 0, 0});
    CHECK(refusal("e30.e30.") == error{errc::empty_part, 0, 8});
    CHECK(refusal("e31.e30.AA") == error{errc::base64_spare_bits, 0, 2});
}

TEST_CASE("the algorithm is one of the profile's, octet for octet") {
    CHECK(refusal(with_header(R"({"alg":"ES256"})")) == error{});
    CHECK(refusal(with_header(R"({"alg":"EdDSA"})")) == error{});
    for (char const* name : {"RS256", "none", "NONE", "es256", "eddsa", "HS256", "ES256K", ""}) {
        CHECK_MESSAGE((refusal(with_header(R"({"alg":")" + std::string(name) + "\"}")) ==
                       error{errc::algorithm_refused, 1}),
                      name);
    }
    CHECK(refusal(with_header("{}")).code == errc::header_missing);
    CHECK(refusal(with_header(R"({"alg":1})")).code == errc::header_shape);
}

TEST_CASE("the type may be absent or JWT, in any case, and nothing else") {
    auto const typed = [](std::string_view typ) {
        return refusal(with_header(R"({"alg":"ES256","typ":)" + std::string(typ) + "}"));
    };
    CHECK(refusal(with_header(R"({"alg":"ES256"})")) == error{});
    for (char const* typ : {"\"JWT\"", "\"jwt\"", "\"application/jwt\"", "\"Application/JWT\""}) {
        CHECK_MESSAGE(typed(typ) == error{}, typ);
    }
    for (char const* typ : {"\"at+jwt\"", "\"\"", "\"JWS\"", "\"JOSE\"", "\"application/at+jwt\"",
                            "\"text/jwt\"", "\"dpop+jwt\""}) {
        CHECK_MESSAGE((typed(typ) == error{errc::token_type_refused, 3}), typ);
    }
    CHECK(typed("null").code == errc::header_shape);
    CHECK(typed("7").code == errc::header_shape);
}

TEST_CASE("a profile that fixes the type takes no other and no token without") {
    CHECK(refusal<typed_profile>(with_header(R"({"alg":"ES256","typ":"at+JWT"})")) == error{});
    CHECK(refusal<typed_profile>(with_header(R"({"alg":"ES256"})")) ==
          error{errc::token_type_refused, 3});
    CHECK(refusal<typed_profile>(with_header(R"({"alg":"ES256","typ":"JWT"})")) ==
          error{errc::token_type_refused, 3});
}

TEST_CASE("critical names are those that the profile understands") {
    std::string const text = with_header(R"({"alg":"ES256","seal":1,"crit":["seal"]})");
    CHECK(refusal<understanding_profile>(text) == error{});
    CHECK(refusal(text) == error{errc::critical_header, 5});
    CHECK(refusal<understanding_profile>(with_header(R"({"alg":"ES256","crit":["seal"]})")).code ==
          errc::critical_malformed);
}

TEST_CASE("a claims token has a payload") {
    std::string const text = with_payload(0);
    CHECK(refusal(text) == error{errc::empty_part, 0, payload_place});
}

TEST_CASE("a payload is as long as the profile allows and no longer") {
    CHECK(refusal(with_payload(342)) == error{});  // 256 octets
    CHECK(refusal(with_payload(343)) == error{errc::payload_too_long, 0, payload_place});
    CHECK(refusal(with_payload(344)) == error{errc::payload_too_long, 0, payload_place});
    CHECK(refusal(with_payload(341)).code == errc::base64_length);
}

TEST_CASE("a token is as long as the profile allows and no longer") {
    // The kid fills the header up; 86 characters of signature, two dots, "e30" as payload.
    auto const sized = [](std::size_t size) {
        std::string const head = base64url_text(R"({"alg":"ES256","x":")");
        std::string text = head + std::string(size - head.size() - 5 - 86 - 3, 'A');
        text += base64url_text("\"}") + ".e30." + signature_text<mcx::es256>();
        return text;
    };
    CHECK(sized(1024).size() == 1024);
    CHECK(refusal(sized(1024)).code != errc::token_too_long);
    CHECK(refusal(sized(1025)) == errc::token_too_long);
    CHECK(refusal(std::string(1'000'000, '.')) == errc::token_too_long);
}

TEST_CASE("a header is as long as the profile allows and no longer") {
    auto const read = [](std::string_view header) {
        std::string const text = with_header(header);
        return jwt::parse<terse_profile>(std::string_view{text}).error().code;
    };
    CHECK(read(R"({"alg":"ES256","k":"12"})") == errc::none);
    CHECK(read(R"({"alg":"ES256","k":"123"})") == errc::header_too_long);
}

TEST_CASE("parsing works in constant expressions") {
    constexpr std::string_view text = "eyJhbGciOiJFUzI1NiJ9.e30.AA";
    CHECK_BOTH(jwt::parse<note_profile>(text).has_value());
    CHECK_BOTH(jwt::parse<note_profile>(text)->header().alg.view() == "ES256");
    CHECK_BOTH(jwt::parse<typed_profile>(text).error() == error{errc::token_type_refused, 3});
}
