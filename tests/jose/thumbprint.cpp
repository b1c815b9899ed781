// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/thumbprint.hpp>

#include "support/check.hpp"
#include "support/rfc_keys.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <string>
#include <string_view>

using mcx::eddsa;
using mcx::es256;
using mcx::rs256;
using mcx::test::certain;
using mcx::test::rfc_example;
using sha256 = mcx::test::sha256;
namespace jwk = mcx::jwk;

namespace {

constexpr bool has_print(auto const& print, std::string_view text) {
    mcx::fixed_bytes<32> expected{};
    return mcx::base64url::decode(text, expected) && print && *print == expected;
}

template <class A>
constexpr auto print_of(std::string_view text) {
    auto const key = jwk::read<A>(certain(jwk::parse(text)));
    return jwk::thumbprint<A, sha256>(certain(key));
}

/// [RFC 7517 §A.1]
constexpr std::string_view ec_key =
    R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
    R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"})";

/// [RFC 7638 §3.1]
constexpr std::string_view rsa_key =
    R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7)"
    R"(aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h)"
    R"(4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08q)"
    R"(NLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKn)"
    R"(qDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})";

}  // namespace

TEST_CASE("the thumbprints that the RFCs print come out, when the program is compiled too") {
    // [RFC 8037 §A.3]
    CHECK_BOTH(has_print(jwk::thumbprint<eddsa, sha256>(rfc_example<eddsa>::public_key()),
                         "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
    CHECK_BOTH(has_print(print_of<es256>(ec_key), "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"));
    CHECK(has_print(print_of<rs256>(rsa_key), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
}

TEST_CASE("a thumbprint is of the numbers and of nothing else that a JWK says") {
    std::string other{ec_key};
    other.insert(1, R"("alg":"ES256","use":"sig",)");
    CHECK(*print_of<es256>(other) == *print_of<es256>(ec_key));
    std::string changed{rsa_key};
    changed.replace(changed.find("AQAB"), 4, "AQAD");
    CHECK(*print_of<rs256>(changed) != *print_of<rs256>(rsa_key));
}

TEST_CASE("what is digested has its members in the order of their names") {
    auto const text = [](auto algorithm, auto const& key) {
        std::string made(2048, '\0');
        mcx::json::writer w{made};
        jwk::detail::write_required<decltype(algorithm)>(w, key);
        made.resize(w.finish().value_or(0U));
        return made;
    };
    CHECK(text(eddsa{}, rfc_example<eddsa>::public_key()) ==
          R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    CHECK(text(es256{}, rfc_example<es256>::public_key()) ==
          R"({"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
          R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
    CHECK(text(rs256{}, rfc_example<rs256>::public_key()) ==
          R"({"e":"AQAB","kty":"RSA","n":")" +
              mcx::test::base64url_text(rfc_example<rs256>::modulus) + R"("})");
}

TEST_CASE("a thumbprint as a URI names its hash function") {
    // [RFC 9278 §3]
    mcx::fixed_bytes<32> print{};
    CHECK(mcx::base64url::decode("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", print));
    CHECK(jwk::thumbprint_uri<mcx::sha256>(print) ==
          "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
          "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    CHECK(jwk::thumbprint_uri<mcx::sha512>({}).starts_with(
        "urn:ietf:params:oauth:jwk-thumbprint:sha-512:AAAA"));
}
