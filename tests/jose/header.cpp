// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/header.hpp>

#include "support/check.hpp"
#include "support/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::test::base64url_text;
namespace jws = mcx::jws;

namespace {

using understood = jws::critical_names<"exp", "urn:example:seal">;

using fields = jws::protected_header::fields;
constexpr std::uint16_t alg = fields::number_of("alg");
constexpr std::uint16_t kid = fields::number_of("kid");
constexpr std::uint16_t typ = fields::number_of("typ");
constexpr std::uint16_t crit = fields::number_of("crit");
constexpr std::uint16_t b64 = fields::number_of("b64");

template <class Understood = jws::critical_names<>>
mcx::result<jws::protected_header> parse(std::string_view object) {
    return jws::parse_header<Understood>(base64url_text(object));
}

template <class Understood = jws::critical_names<>>
error refusal(std::string_view object) {
    return parse<Understood>(object).error();
}

/// A header with this value of one more member.
std::string with(std::string_view name, std::string_view value) {
    return R"({"alg":"ES256",")" + std::string(name) + "\":" + std::string(value) + "}";
}

/// A header of exactly so many octets.
std::string sized(std::size_t octets) {
    std::string const shell = with("x", "\"\"");
    return with("x", '"' + std::string(octets - shell.size(), 'x') + '"');
}

}  // namespace

TEST_CASE("the fields of a header are those of RFC 7515, in its order") {
    CHECK_BOTH(alg == 1);
    CHECK_BOTH(kid == 2);
    CHECK_BOTH(typ == 3);
    CHECK_BOTH(fields::number_of("cty") == 4);
    CHECK_BOTH(crit == 5);
    CHECK_BOTH(b64 == 6);
    CHECK_BOTH(fields::number_of("enc") == 7);
    CHECK_BOTH(fields::size == 7);
}

TEST_CASE("the headers that the RFCs print are read") {
    // {"alg":"RS256"}, {"alg":"ES256"}, {"alg":"EdDSA"} [RFC 7515 §A.2, §A.3, RFC 8037 §A.4]
    CHECK_BOTH(jws::parse_header("eyJhbGciOiJSUzI1NiJ9")->alg.view() == "RS256");
    CHECK_BOTH(jws::parse_header("eyJhbGciOiJFUzI1NiJ9")->alg.view() == "ES256");
    CHECK_BOTH(jws::parse_header("eyJhbGciOiJFZERTQSJ9")->alg.view() == "EdDSA");
    CHECK_BOTH(!jws::parse_header("eyJhbGciOiJFUzI1NiJ9")->kid);
    CHECK_BOTH(!jws::parse_header("eyJhbGciOiJFUzI1NiJ9")->typ);
    CHECK_BOTH(!jws::parse_header("eyJhbGciOiJFUzI1NiJ9")->crit);
    // {"typ":"JWT",\r\n "alg":"HS256"} [RFC 7515 §A.1]
    CHECK_BOTH(jws::parse_header("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9")->typ->view() == "JWT");
}

TEST_CASE("a header has the words that were written, escaped or not") {
    auto const header =
        parse(R"( {"cty":"JWT","kid":"k\u0069d 1","\u0061lg":"ES\u003256","typ":"at+jwt"} )");
    CHECK(header.has_value());
    if (header) {
        CHECK(header->alg.view() == "ES256");
        CHECK((header->kid && header->kid->view() == "kid 1"));
        CHECK((header->typ && header->typ->view() == "at+jwt"));
        CHECK((header->cty && header->cty->view() == "JWT"));
        CHECK_FALSE(header->crit);
    }
}

TEST_CASE("a header without an algorithm is refused") {
    CHECK(refusal("{}") == error{errc::header_missing, alg, 2});
    CHECK(refusal(R"({"kid":"x","typ":"JWT"})") == error{errc::header_missing, alg, 23});
    CHECK(refusal(R"({"Alg":"ES256"})") == error{errc::header_missing, alg, 15});
}

TEST_CASE("an algorithm is a text of at most 32 octets") {
    CHECK(refusal(R"({"alg":256})") == error{errc::header_shape, alg, 7});
    CHECK(refusal(R"({"alg":null})") == error{errc::header_shape, alg, 7});
    CHECK(refusal(R"({"alg":["ES256"]})") == error{errc::header_shape, alg, 7});
    CHECK(parse(R"({"alg":")" + std::string(32, 'x') + "\"}").has_value());
    CHECK(refusal(R"({"alg":")" + std::string(33, 'x') + "\"}") ==
          error{errc::header_value, alg, 7});
    CHECK(parse(R"({"alg":""})").has_value());  // no set of algorithms has such a name
}

TEST_CASE("a key id is a text of at most 128 octets without control characters") {
    CHECK(parse(with("kid", '"' + std::string(128, 'x') + '"')).has_value());
    CHECK(refusal(with("kid", '"' + std::string(129, 'x') + '"')) ==
          error{errc::header_value, kid, 21});
    CHECK(refusal(with("kid", "1")) == error{errc::header_shape, kid, 21});
    CHECK(refusal(with("kid", "null")) == error{errc::header_shape, kid, 21});
    CHECK(refusal(with("kid", R"("a\u0000b")")) == error{errc::header_value, kid, 21});
    CHECK(refusal(with("kid", R"("a\nb")")) == error{errc::header_value, kid, 21});
    CHECK(refusal(with("kid", R"("a\u007fb")")) == error{errc::header_value, kid, 21});
    CHECK(refusal(with("kid", R"("a\u001fb")")) == error{errc::header_value, kid, 21});
    CHECK(parse(with("kid", R"("../../etc/passwd' OR 1=1")")).has_value());  // it opens nothing
    CHECK(refusal(with("kid", R"("")")) == error{errc::header_value, kid});
}

TEST_CASE("media types are texts of at most 64 octets") {
    CHECK(parse(with("typ", '"' + std::string(64, 'x') + '"')).has_value());
    CHECK(refusal(with("typ", '"' + std::string(65, 'x') + '"')) ==
          error{errc::header_value, typ, 21});
    CHECK(refusal(with("typ", "{}")) == error{errc::header_shape, typ, 21});
    CHECK(refusal(with("cty", "0")) == error{errc::header_shape, 4, 21});
}

TEST_CASE("b64 is refused whatever it says, even as it is by default") {
    CHECK(refusal(with("b64", "true")) == error{errc::header_b64, b64, 21});
    CHECK(refusal(with("b64", "false")) == error{errc::header_b64, b64, 21});
    CHECK(refusal(with("b\\u00364", "false")) == error{errc::header_b64, b64, 26});
    CHECK(refusal(R"({"alg":"ES256","b64":false,"crit":["b64"]})") ==
          error{errc::header_b64, b64, 21});
}

TEST_CASE("critical names are a list of at most eight distinct texts, and there is at least one") {
    CHECK(refusal<understood>(with("crit", "[]")) == error{errc::critical_malformed, crit});
    CHECK(refusal<understood>(with("crit", "\"exp\"")) == error{errc::header_shape, crit, 22});
    CHECK(refusal<understood>(with("crit", "{}")) == error{errc::header_shape, crit, 22});
    CHECK(refusal<understood>(with("crit", "null")) == error{errc::header_shape, crit, 22});
    CHECK(refusal<understood>(with("crit", "[1]")) == error{errc::header_shape, crit, 22});
    CHECK(refusal<understood>(with("crit", "[\"" + std::string(65, 'x') + "\"]")) ==
          error{errc::header_value, crit, 22});
    CHECK(refusal<understood>(with("crit", R"(["a","b","c","d","e","f","g","h","i"])")) ==
          error{errc::header_value, crit, 22});
    CHECK(refusal<understood>(R"({"alg":"ES256","exp":1,"crit":["exp","exp"]})") ==
          error{errc::critical_malformed, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","exp":1,"crit":["exp","e\u0078p"]})") ==
          error{errc::critical_malformed, crit});
}

TEST_CASE("critical names are understood or refuse the token") {
    CHECK(refusal(R"({"alg":"ES256","exp":1,"crit":["exp"]})") ==
          error{errc::critical_header, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","nbf":1,"crit":["nbf"]})") ==
          error{errc::critical_header, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","exp":1,"nbf":1,"crit":["exp","nbf"]})") ==
          error{errc::critical_header, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","EXP":1,"crit":["EXP"]})") ==
          error{errc::critical_header, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","":1,"crit":[""]})") ==
          error{errc::critical_header, crit});
    auto const header = parse<understood>(R"({"alg":"ES256","exp":1,"crit":["exp"]})");
    CHECK((header && header->crit && header->crit->size() == 1));
    CHECK(parse<understood>(R"({"crit":["urn:example:seal","exp"],"alg":"ES256",)"
                            R"("urn:example:seal":{"exp":[]},"\u0065xp":null})")
              .has_value());
}

TEST_CASE("a critical name that is understood has to be there") {
    CHECK(refusal<understood>(with("crit", R"(["exp"])")) == error{errc::critical_malformed, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","x":{"exp":1},"y":[{"exp":1}],"crit":["exp"]})") ==
          error{errc::critical_malformed, crit});  // deeper down is not there
    CHECK(refusal<understood>(R"({"alg":"exp","crit":["exp"]})") ==
          error{errc::critical_malformed, crit});
    CHECK(refusal<understood>(R"({"alg":"ES256","exp":1,"crit":["exp","urn:example:seal"]})") ==
          error{errc::critical_malformed, crit});
}

TEST_CASE("a name that the RFCs define is never critical, even for who would understand it") {
    using all = jws::critical_names<"alg", "kid", "typ", "jwk", "zip", "enc">;
    for (char const* name :
         {"alg",  "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty",
          "crit", "enc", "zip", "epk", "apu", "apv", "iv",  "tag",      "p2s", "p2c"}) {
        std::string const listed = "[\"" + std::string(name) + "\"]";
        CHECK(refusal<all>(with("crit", listed)) == error{errc::critical_malformed, crit});
    }
    CHECK(refusal<all>(R"({"alg":"ES256","jwk":{},"crit":["jwk"]})") ==
          error{errc::critical_malformed, crit});
}

TEST_CASE("which names are understood is a type") {
    CHECK_BOTH(understood::understands("exp"));
    CHECK_BOTH(understood::understands("urn:example:seal"));
    CHECK_BOTH(!understood::understands("ex"));
    CHECK_BOTH(!understood::understands("Exp"));
    CHECK_BOTH(!understood::understands(""));
    CHECK_BOTH(!jws::critical_names<>::understands("exp"));
}

TEST_CASE("keys and addresses of keys in a header are read past") {
    CHECK(parse(R"({"alg":"ES256","jwk":{"kty":"oct","k":"AA"},"jku":"https://evil.example",)"
                R"("x5u":7,"x5c":["MII"],"x5t":null})")
              .has_value());
}

TEST_CASE("a header is one JSON object") {
    CHECK(refusal("[]") == error{errc::header_not_object, 0, 0});
    CHECK(refusal(" \"alg\"") == error{errc::header_not_object, 0, 1});
    CHECK(refusal(R"({"alg":"ES256"})"
                  "{}") == error{errc::json_trailing, 0, 15});
    CHECK(refusal(R"({"alg":"ES256","alg":"none"})") == error{errc::json_duplicate, 0, 15});
    CHECK(refusal(R"({"alg":"ES256","\u0061lg":"none"})") == error{errc::json_duplicate, 0, 15});
    CHECK(refusal(R"({"alg":"ES256","x":{"a":1,"a":2}})") == error{errc::json_duplicate, 0, 26});
    CHECK(refusal(R"({"alg":"ES256")") == error{errc::json_truncated, 0, 14});
    CHECK(refusal("\xEF\xBB\xBF{\"alg\":\"ES256\"}") == error{errc::json_syntax, 0, 0});
    CHECK(refusal("{\"alg\":\"ES256\",\"x\":\"\xFF\"}") == error{errc::utf8_invalid, 0, 20});
    CHECK(refusal(with("x", "[[[[[[[[[]]]]]]]]]")) == error{errc::json_depth, 0, 26});
}

TEST_CASE("a header is canonical base64url") {
    CHECK(jws::parse_header("eyJhbGciOiJFUzI1NiJ9=").error() == error{errc::base64_length, 0, 20});
    CHECK(jws::parse_header("eyJhbGciOiJFUzI1Ni.9").error() ==
          error{errc::base64_character, 0, 18});
    CHECK(jws::parse_header("eyJhbGciOiJFUzI1NiJ+").error() ==
          error{errc::base64_character, 0, 19});
    CHECK(jws::parse_header("e30=").error() == error{errc::base64_padding, 0, 3});
    CHECK(jws::parse_header("e31").error() == error{errc::base64_spare_bits, 0, 2});
    CHECK(jws::parse_header("").error() == error{errc::json_truncated, 0, 0});
}

TEST_CASE("a header has at most 1024 octets") {
    CHECK(parse(sized(1024)).has_value());
    CHECK(refusal(sized(1025)) == errc::header_too_long);
    CHECK(refusal(sized(1026)) == errc::header_too_long);
    CHECK(jws::parse_header(std::string(1'000'000, 'A')).error() == errc::header_too_long);
}

TEST_CASE("a header over an unencoded payload says so, critically, and is read as such only") {
    auto const refused = [](std::string_view json) {
        return jws::parse_unencoded_header(base64url_text(json)).error();
    };
    auto const number = jws::unencoded_header::fields::number_of("b64");
    CHECK(number == jws::protected_header::fields::number_of("b64"));
    CHECK(refused(R"({"alg":"ES256","b64":false,"crit":["b64"]})") == error{});
    CHECK(refused(R"({"alg":"ES256","b64":false})") == error{errc::header_b64, number});
    CHECK(refused(R"({"alg":"ES256","b64":true,"crit":["b64"]})") ==
          error{errc::header_b64, number});
    CHECK(refused(R"({"alg":"ES256"})") == error{errc::header_b64, number});
    CHECK(refused(R"({"alg":"ES256","b64":null,"crit":["b64"]})").code == errc::header_shape);
    CHECK(refused(R"({"b64":false,"crit":["b64"]})").code == errc::header_missing);
    CHECK(refused(R"({"alg":"ES256","b64":false,"crit":["b64","exp"],"exp":1})").code ==
          errc::critical_header);
    static_assert(jws::EncodesPayload<jws::critical_names<"exp">>);
    static_assert(!jws::EncodesPayload<jws::critical_names<"exp", "b64">>);
}
