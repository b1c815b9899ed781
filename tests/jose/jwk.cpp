// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/jwk.hpp>

#include "support/check.hpp"
#include "support/more_keys.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::rs256;
using mcx::test::base64url_text;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace jwk = mcx::jwk;

namespace {

using fields = jwk::members::fields;

/// The public keys that the RFCs print. [RFC 7515 §A.3, RFC 8037 §A.2]
constexpr std::string_view ec_key =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view okp_key =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

std::string rsa_key(std::string_view e = "AQAB") {
    return R"({"kty":"RSA","n":")" + base64url_text(rfc_example<rs256>::modulus) + R"(","e":")" +
           std::string(e) + "\"}";
}

/// The key with one more member in front.
std::string with(std::string_view key, std::string_view member) {
    return "{" + std::string(member) + "," + std::string(key.substr(1));
}

/// The key with one text in place of another.
std::string replaced(std::string_view key, std::string_view from, std::string_view to) {
    std::string made{key};
    auto const at = made.find(from);
    CHECK(at != std::string::npos);
    return at == std::string::npos ? made : made.replace(at, from.size(), to);
}

template <class A>
constexpr error refusal(std::string_view text) {
    auto const parsed = jwk::parse(text);
    return parsed ? jwk::read<A>(*parsed).error() : parsed.error();
}

constexpr error parse_refusal(std::string_view text) {
    return jwk::parse(text).error();
}

/// Whether an error is this one, about the member of this name.
constexpr bool is(error e, errc code, std::string_view member) {
    return e.code == code && mcx::field_name<jwk::members>(e.where) == member;
}

template <class A>
constexpr bool reads_as_printed(std::string_view text) {
    auto const parsed = jwk::parse(text);
    auto const key = jwk::read<A>(*parsed);
    return key && *key == rfc_example<A>::public_key();
}

}  // namespace

TEST_CASE("the keys that the RFCs print are read") {
    CHECK_BOTH(reads_as_printed<es256>(ec_key));
    CHECK_BOTH(reads_as_printed<eddsa>(okp_key));
    CHECK(reads_as_printed<rs256>(rsa_key()));
}

TEST_CASE("members that agree with the algorithm change nothing") {
    CHECK(reads_as_printed<es256>(with(ec_key, R"("use":"sig")")));
    CHECK(reads_as_printed<es256>(with(ec_key, R"("alg":"ES256")")));
    CHECK(reads_as_printed<es256>(with(ec_key, R"("key_ops":["verify"])")));
    CHECK(reads_as_printed<eddsa>(with(okp_key, R"("alg":"EdDSA","use":"sig","kid":"1")")));
    CHECK(reads_as_printed<rs256>(with(rsa_key(), R"("alg":"RS256","x5c":["MII"],"more":{})")));
    CHECK((jwk::parse(with(ec_key, R"("kid":"one")"))->kid->view() == "one"));
    CHECK_FALSE(jwk::parse(ec_key)->kid);
}

TEST_CASE("a key is one JSON object") {
    CHECK_BOTH(parse_refusal("[]") == error{errc::key_set_shape, 0, 0});
    CHECK_BOTH(parse_refusal(" 1") == error{errc::key_set_shape, 0, 1});
    CHECK_BOTH(parse_refusal("{") == error{errc::json_truncated, 0, 1});
    CHECK(parse_refusal(with(ec_key, R"("x":"a")")).code == errc::json_duplicate);
    CHECK(parse_refusal(std::string(ec_key) + "}").code == errc::json_trailing);
}

TEST_CASE("a member that lacks is named") {
    CHECK(is(parse_refusal("{}"), errc::key_missing_member, "kty"));
    CHECK(is(refusal<es256>(R"({"kty":"EC","crv":"P-256","y":"AA"})"), errc::key_missing_member,
             "x"));
    CHECK(is(refusal<es256>(R"({"kty":"EC","crv":"P-256","x":"AA"})"), errc::key_missing_member,
             "y"));
    CHECK(is(refusal<eddsa>(R"({"kty":"OKP","crv":"Ed25519"})"), errc::key_missing_member, "x"));
    CHECK(is(refusal<rs256>(R"({"kty":"RSA","e":"AQAB"})"), errc::key_missing_member, "n"));
    CHECK(is(refusal<rs256>(R"({"kty":"RSA","n":"AQAB"})"), errc::key_missing_member, "e"));
}

TEST_CASE("a member of another shape, or longer than any key's, is named") {
    for (char const* name : {"kty", "use", "alg", "kid", "crv", "x", "y", "n", "e"}) {
        std::string const member = "{\"" + std::string(name) + "\":";
        auto const at = static_cast<std::uint32_t>(member.size());
        std::uint16_t const number = fields::number_of(name);
        CHECK(parse_refusal(member + "1}") == error{errc::key_shape, number, at});
        CHECK(parse_refusal(member + "null}") == error{errc::key_shape, number, at});
        CHECK(parse_refusal(member + '"' + std::string(4000, 'A') + "\"}") ==
              error{errc::key_value, number, at});
    }
    CHECK(is(parse_refusal(R"({"key_ops":"verify"})"), errc::key_shape, "key_ops"));
    CHECK(is(parse_refusal(R"({"key_ops":[1]})"), errc::key_shape, "key_ops"));
    CHECK(is(parse_refusal(R"({"key_ops":["1","2","3","4","5","6","7","8","9"]})"), errc::key_value,
             "key_ops"));
    CHECK(is(parse_refusal(R"({"kid":"a\u0000"})"), errc::key_value, "kid"));
}

TEST_CASE("a private or symmetric member is refused where a public key is due") {
    for (char const* name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}) {
        std::string const member = "\"" + std::string(name) + "\":";
        CHECK(is(parse_refusal(with(ec_key, member + "\"AA\"")), errc::key_private, name));
        CHECK(is(parse_refusal(with(okp_key, member + "null")), errc::key_private, name));
        CHECK(is(parse_refusal(with(rsa_key(), member + "[{}]")), errc::key_private, name));
    }
    CHECK(is(parse_refusal(R"({"kty":"oct","k":"AA"})"), errc::key_private, "k"));
    CHECK(is(parse_refusal(with(ec_key, R"("\u0064":"AA")")), errc::key_private, "d"));
}

TEST_CASE("a key has a longest text") {
    std::string text{okp_key};
    text.resize(jwk::max_text, ' ');
    CHECK(reads_as_printed<eddsa>(text));
    CHECK(parse_refusal(text + ' ') == error{errc::key_value});
}

TEST_CASE("a symmetric key is known by its kind") {
    CHECK_BOTH(jwk::is_symmetric(R"({"k":"AA","kty":"oct"})"));
    CHECK_BOTH(jwk::is_symmetric(R"({"kty":"oct"})"));
    CHECK_BOTH(!jwk::is_symmetric(ec_key));
    CHECK_BOTH(!jwk::is_symmetric(R"({"kty":"OCT","k":"AA"})"));
    CHECK_BOTH(!jwk::is_symmetric(R"({"k":"AA"})"));
    CHECK_BOTH(!jwk::is_symmetric(R"({"kty":"oct","kty":"oct"})"));
    CHECK_BOTH(!jwk::is_symmetric("\"oct\""));
}

TEST_CASE("a key of another kind is refused") {
    CHECK(is(refusal<es256>(okp_key), errc::key_type, "kty"));
    CHECK(is(refusal<es256>(rsa_key()), errc::key_type, "kty"));
    CHECK(is(refusal<eddsa>(ec_key), errc::key_type, "kty"));
    CHECK(is(refusal<eddsa>(rsa_key()), errc::key_type, "kty"));
    CHECK(is(refusal<rs256>(ec_key), errc::key_type, "kty"));
    CHECK(is(refusal<rs256>(okp_key), errc::key_type, "kty"));
    CHECK(is(refusal<es256>(replaced(ec_key, "\"EC\"", "\"ec\"")), errc::key_type, "kty"));
    CHECK(is(refusal<es256>(replaced(ec_key, "\"EC\"", "\"\"")), errc::key_type, "kty"));
}

TEST_CASE("a key of another curve, or of none, is refused") {
    CHECK(is(refusal<es256>(replaced(ec_key, "P-256", "P-384")), errc::key_curve, "crv"));
    CHECK(is(refusal<es256>(replaced(ec_key, "P-256", "p-256")), errc::key_curve, "crv"));
    CHECK(is(refusal<es256>(replaced(ec_key, "P-256", "secp256k1")), errc::key_curve, "crv"));
    CHECK(is(refusal<es256>(replaced(ec_key, "\"crv\":\"P-256\",", "")), errc::key_curve, "crv"));
    CHECK(is(refusal<eddsa>(replaced(okp_key, "Ed25519", "Ed448")), errc::key_curve, "crv"));
    CHECK(is(refusal<eddsa>(replaced(okp_key, "Ed25519", "X25519")), errc::key_curve, "crv"));
}

TEST_CASE("a key for another algorithm is refused") {
    CHECK(is(refusal<es256>(with(ec_key, R"("alg":"ES384")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<es256>(with(ec_key, R"("alg":"es256")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<es256>(with(ec_key, R"("alg":"")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("alg":"PS256")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("alg":"HS256")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<eddsa>(with(okp_key, R"("alg":"Ed25519")")), errc::key_algorithm, "alg"));
}

TEST_CASE("a key for another use or operation is refused") {
    CHECK(is(refusal<es256>(with(ec_key, R"("use":"enc")")), errc::key_use, "use"));
    CHECK(is(refusal<es256>(with(ec_key, R"("use":"SIG")")), errc::key_use, "use"));
    CHECK(is(refusal<es256>(with(ec_key, R"("use":"")")), errc::key_use, "use"));
    for (char const* ops :
         {"[]", R"(["sign"])", R"(["verify","verify"])", R"(["Verify"])", R"(["deriveKey"])",
          R"(["verify","deriveKey"])", R"(["sign","verify","sign"])"}) {
        CHECK(is(refusal<es256>(with(ec_key, "\"key_ops\":" + std::string(ops))),
                 errc::key_operations, "key_ops"));
    }
}

TEST_CASE("a public key may name both halves of the pair to which verifying belongs") {
    CHECK(reads_as_printed<es256>(with(ec_key, R"("key_ops":["verify","sign"])")));
    CHECK(reads_as_printed<es256>(with(ec_key, R"("use":"sig","key_ops":["sign","verify"])")));
}

TEST_CASE("a member of another kind of key is refused") {
    CHECK(is(refusal<es256>(with(ec_key, R"("n":"AQAB")")), errc::key_value, "n"));
    CHECK(is(refusal<es256>(with(ec_key, R"("pub":"AQAB","e":"AQAB")")), errc::key_value, "e"));
    CHECK(is(refusal<eddsa>(with(okp_key, R"("y":"AQAB")")), errc::key_value, "y"));
    CHECK(is(refusal<eddsa>(with(okp_key, R"("pub":"AQAB")")), errc::key_value, "pub"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("crv":"P-256")")), errc::key_value, "crv"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("x":"AQAB")")), errc::key_value, "x"));
}

TEST_CASE("coordinates are canonical base64url of a point of the curve") {
    CHECK(is(refusal<es256>(replaced(ec_key, "RVEU\"", "RVEV\"")), errc::key_value, "x"));
    CHECK(is(refusal<es256>(replaced(ec_key, "RVEU\"", "RVEU=\"")), errc::key_value, "x"));
    CHECK(is(refusal<es256>(replaced(ec_key, "WI5a0\"", "WI5a.\"")), errc::key_value, "y"));
    CHECK(is(refusal<es256>(replaced(ec_key, "WI5a0\"", "WI5a0AA\"")), errc::key_value, "y"));
    CHECK(refusal<es256>(replaced(ec_key, "RVEU\"", "R\"")).code == errc::point_encoding);
    CHECK(refusal<es256>(replaced(ec_key, "WI5a0\"", "WI5a0AAA\"")).code == errc::point_encoding);
    CHECK(refusal<es256>(replaced(ec_key, "\"f83O", "\"AAAA")).code == errc::point_not_on_curve);
    CHECK(refusal<es256>(replaced(ec_key, "\"x_FE", "\"x_FF")).code == errc::point_not_on_curve);
    // 65 octets fit a coordinate of P-521, 68 fit none.
    CHECK(refusal<es256>(replaced(ec_key, "RVEU\"", "RVEU" + std::string(44, 'A') + "\"")).code ==
          errc::point_encoding);
    CHECK(is(refusal<es256>(replaced(ec_key, "RVEU\"", "RVEU" + std::string(48, 'A') + "\"")),
             errc::key_value, "x"));
}

TEST_CASE("an Ed25519 key is canonical and not of small order") {
    CHECK(is(refusal<eddsa>(replaced(okp_key, "HURo\"", "HURp\"")), errc::key_value, "x"));
    CHECK(refusal<eddsa>(replaced(okp_key, "HURo\"", "H\"")).code == errc::point_encoding);
    auto const with_point = [](std::string const& x) {
        return R"({"kty":"OKP","crv":"Ed25519","x":")" + x + "\"}";
    };
    CHECK(refusal<eddsa>(with_point("AQ" + std::string(41, 'A'))).code == errc::point_small_order);
    auto const above = hex_octets(  // y = p + 3, which is 3 written another way
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    CHECK(refusal<eddsa>(with_point(base64url_text(above))).code == errc::point_encoding);
}

TEST_CASE("an RSA key's numbers are minimal and within their bounds") {
    for (char const* e : {"", "AA", "AAEAAQ", "Aw", "AQAC", "AQ", "AgAAAAE"}) {
        CHECK(refusal<rs256>(rsa_key(e)).code == errc::rsa_exponent);
    }
    CHECK(jwk::read<rs256>(*jwk::parse(rsa_key("AQAD")))->exponent() == 65539);
    CHECK(jwk::read<rs256>(*jwk::parse(rsa_key("Af____8")))->exponent() == 0x1'FFFF'FFFF);
    CHECK(is(refusal<rs256>(rsa_key("AQABAQABAQA")), errc::rsa_exponent, ""));
    CHECK(is(refusal<rs256>(rsa_key("AQ=")), errc::key_value, "e"));
    CHECK(is(refusal<rs256>(rsa_key("AQA.")), errc::key_value, "e"));
    auto const with_modulus = [](std::string const& n) {
        return R"({"kty":"RSA","e":"AQAB","n":")" + n + "\"}";
    };
    auto const printed = base64url_text(rfc_example<rs256>::modulus);
    CHECK(refusal<rs256>(with_modulus("")).code == errc::rsa_modulus_size);
    CHECK(refusal<rs256>(with_modulus("AQAB")).code == errc::rsa_modulus_size);
    CHECK(refusal<rs256>(with_modulus("AAAA" + printed)).code == errc::rsa_modulus_encoding);
    CHECK(is(refusal<rs256>(with_modulus(printed + "AAA")), errc::key_value, "n"));
    CHECK(refusal<rs256>(with_modulus(std::string(2731, '_').replace(2730, 1, "w"))).code ==
          errc::rsa_modulus_size);  // 16384 bits
}

TEST_CASE_TEMPLATE("a key that is written is read again as itself", A, es256, rs256, eddsa) {
    auto const key = rfc_example<A>::public_key();
    for (mcx::key_id const& id : {*mcx::key_id::from(""), *mcx::key_id::from("one \"two\" \\")}) {
        std::string const text = jwk::write<A>(key, id);
        auto const parsed = jwk::parse(text);
        CHECK(parsed.has_value());
        if (parsed) {
            CHECK(jwk::read<A>(*parsed).has_value());
            CHECK(*jwk::read<A>(*parsed) == key);
            CHECK((parsed->alg && parsed->alg->view() == A::name));
            CHECK((parsed->use && parsed->use->view() == "sig"));
            CHECK(parsed->kid.value_or(mcx::key_id{}) == id);
            CHECK(parsed->kid.has_value() == !id.empty());
        }
    }
}

TEST_CASE("keys are written without white space, in one order") {
    CHECK(jwk::write<es256>(rfc_example<es256>::public_key(), *mcx::key_id::from("1")) ==
          R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
          R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","alg":"ES256","use":"sig",)"
          R"("kid":"1"})");
    CHECK(jwk::write<eddsa>(rfc_example<eddsa>::public_key(), {}) ==
          R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",)"
          R"("alg":"EdDSA","use":"sig"})");
    auto const rsa = jwk::write<rs256>(rfc_example<rs256>::public_key(), {});
    CHECK(rsa.starts_with(R"({"kty":"RSA","n":"ofgWCuLj)"));
    CHECK(rsa.ends_with(R"(","e":"AQAB","alg":"RS256","use":"sig"})"));
}

TEST_CASE("an exponent is written with as few octets as it has") {
    constexpr std::uint64_t largest = 0x1'FFFF'FFFF;
    auto const key = mcx::rsa_public_key::from(rfc_example<rs256>::modulus, largest);
    CHECK((key && jwk::write<rs256>(*key, {}).find(R"("e":"Af____8")") != std::string::npos));
}

TEST_CASE_TEMPLATE("a key of every kind is written and read again", A, mcx::es256, mcx::es384,
                   mcx::es512, mcx::es256k, mcx::rs384, mcx::rs512, mcx::ps256, mcx::ps384,
                   mcx::ps512, mcx::ed25519, mcx::ed448) {
    auto const key = rfc_example<A>::public_key();
    auto const text = jwk::write<A>(key, "k");
    auto const parsed = jwk::parse(text);
    CHECK((parsed && parsed->alg && parsed->alg->view() == A::name));
    CHECK((parsed && jwk::is_for<A>(*parsed)));
    CHECK((parsed && jwk::read<A>(*parsed) && *jwk::read<A>(*parsed) == key));
}

TEST_CASE("curves have the names of RFC 7518, RFC 8037 and RFC 8812") {
    CHECK_BOTH(jwk::shape<mcx::p256_public_key>::crv == "P-256");
    CHECK_BOTH(jwk::shape<mcx::p384_public_key>::crv == "P-384");
    CHECK_BOTH(jwk::shape<mcx::p521_public_key>::crv == "P-521");
    CHECK_BOTH(jwk::shape<mcx::secp256k1_public_key>::crv == "secp256k1");
    CHECK_BOTH(jwk::shape<mcx::ed25519_public_key>::crv == "Ed25519");
    CHECK_BOTH(jwk::shape<mcx::ed448_public_key>::crv == "Ed448");
}

TEST_CASE("a key of one curve or name is none of another") {
    CHECK(is(refusal<mcx::es384>(ec_key), errc::key_curve, "crv"));
    CHECK(is(refusal<mcx::es256k>(ec_key), errc::key_curve, "crv"));
    CHECK(is(refusal<mcx::ed448>(okp_key), errc::key_curve, "crv"));
    auto const named = with(okp_key, R"("alg":"Ed25519")");
    CHECK(is(refusal<eddsa>(named), errc::key_algorithm, "alg"));
    CHECK(refusal<mcx::ed25519>(named).code == errc::none);
    auto const ps = with(rsa_key(), R"("alg":"PS256")");
    CHECK(is(refusal<rs256>(ps), errc::key_algorithm, "alg"));
    CHECK(is(refusal<mcx::ps384>(ps), errc::key_algorithm, "alg"));
    CHECK(refusal<mcx::ps256>(ps).code == errc::none);
}

TEST_CASE("a coordinate of P-521 has all its 66 octets") {
    auto const text = jwk::write<mcx::es512>(rfc_example<mcx::es512>::public_key(), {});
    auto const octets = rfc_example<mcx::es512>::x;
    auto const minimal =
        replaced(text, base64url_text(octets), base64url_text(mcx::byte_view{octets}.subspan(1)));
    CHECK(refusal<mcx::es512>(minimal).code == errc::point_encoding);
    CHECK(refusal<mcx::es512>(text).code == errc::none);
}

TEST_CASE_TEMPLATE("an ML-DSA key is an AKP, which names its algorithm", A, mcx::ml_dsa_44,
                   mcx::ml_dsa_65, mcx::ml_dsa_87) {
    mcx::fixed_bytes<A::public_key::size> octets{};
    octets[7] = std::byte{7};
    auto const key = *A::public_key::from(octets);
    auto const text = jwk::write<A>(key, "k");
    CHECK(text.starts_with(R"({"kty":"AKP","pub":")"));
    auto const parsed = jwk::parse(text);
    CHECK((parsed && jwk::read<A>(*parsed) && *jwk::read<A>(*parsed) == key));
    auto const alg = R"("alg":")" + std::string(A::name) + "\",";
    CHECK(is(refusal<A>(replaced(text, alg, "")), errc::key_missing_member, "alg"));
    CHECK(is(refusal<A>(replaced(text, "\"pub\"", "\"bup\"")), errc::key_missing_member, "pub"));
    CHECK(refusal<A>(replaced(text, "\"pub\":\"AAAA", "\"pub\":\"")).code == errc::key_value);
    CHECK(is(refusal<A>(with(text, R"("priv":"AA")")), errc::key_private, "priv"));
}

TEST_CASE("an ML-DSA key of one size is none of another") {
    mcx::fixed_bytes<1312> const octets{};
    auto const key = *mcx::ml_dsa_44::public_key::from(octets);
    auto const text = jwk::write<mcx::ml_dsa_44>(key, {});
    CHECK(is(refusal<mcx::ml_dsa_65>(text), errc::key_algorithm, "alg"));
    CHECK(refusal<mcx::ml_dsa_65>(replaced(text, "ML-DSA-44", "ML-DSA-65")).code ==
          errc::key_value);
}
