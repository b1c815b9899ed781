// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_VECTORS_DEVIATIONS_HPP
#define MCX_TESTS_VECTORS_DEVIATIONS_HPP

#include <string_view>

// Where this library says something else than published vectors, and why: the one list, which is
// reviewed. An entry that meets no case of its file fails the test, so that none outlives its
// cause.

namespace mcx::test {

/// What is done otherwise: the case of this name, the cases refused with the error of this name, or
/// those that have this flag.
struct deviation {
    std::string_view file;
    std::string_view what;
    std::string_view reason;
};

inline constexpr deviation deviations[]{
    {"url/urltestdata_absolute.json", "file://localhost//a//../..//",
     "only browsers drop localhost from a file's URI"},
    {"url/urltestdata_absolute.json", "file://localhost//a//../..//foo",
     "only browsers drop localhost from a file's URI"},
    {"urlencoded/parse.json", "a=1&a%00=2",
     "no parameter that is read has a NUL in it, so that C libraries read the same"},
    {"rfc/rfc6749_errors_and_syntax.json", "success_example_5_1",
     "a token of the type \"example\" is of unknown use, which RFC 6749 section 7.1 refuses"},
    {"rfc/rfc7523_jwt_bearer.json", "body 4",
     "a code is redeemed with redirect_uri and code_verifier only (TS 33.180 B.4.2.4)"},
    {"rfc/rfc7636_pkce.json", "check 2",
     "a padded challenge is refused where it arrives, as invalid_request"},
    {"ed25519_edge/cctv_ed25519.json", "point_small_order",
     "a public key of small order is refused when it is imported"},
    {"ed25519_edge/cctv_ed25519.json", "low_order_R",
     "an R of small order is refused, as libsodium does: no honest signer makes one"},
    {"ed25519_edge/speccheck.json", "0",
     "a public key of small order is refused when it is imported"},
    {"ed25519_edge/speccheck.json", "2", "an R of small order is refused, as libsodium does"},
    {"ed25519_edge/speccheck.json", "11",
     "OpenSSL takes it; the public key is of small order, in a spelling that RFC 8032 refuses"},
    {"rfc7520_cookbook/jws_4_7.protecting_content_only.json", "header_unprotected",
     "an algorithm that nothing protects is refused"},
    {"rfc7520_cookbook/rfc7797_4.2.hmac-sha2_b64_false.json", "header_b64",
     "the file's header has b64 without crit, which RFC 7797 section 6 forbids"},
    {"wycheproof/json_web_signature_test.json", "346",
     "the JWK is for PS256 by its alg, the token has PS384"},
    {"wycheproof/json_web_signature_test.json", "347",
     "the JWK is for ES521 by its alg, which is no algorithm"},
    {"wycheproof/json_web_signature_test.json", "350",
     "the JWK is for PS256 by its alg, the token has PS384"},
    {"wycheproof/json_web_signature_test.json", "367",
     "marked invalid, but octet for octet the token of case 357, which is valid"},
    {"wycheproof/json_web_signature_test.json", "370",
     "marked invalid, but octet for octet the token of case 357, which is valid"},
    {"wycheproof/json_web_signature_test.json", "372",
     "marked valid, but the header holds a question mark"},
    {"wycheproof/json_web_signature_test.json", "373",
     "marked valid, but the payload holds a question mark"},
    {"wycheproof/hmac_sha256_test.json", "mac_secret_size",
     "the secret is shorter than the hash, which RFC 7518 section 3.2 forbids"},
    {"wycheproof/hmac_sha384_test.json", "mac_secret_size",
     "the secret is shorter than the hash, which RFC 7518 section 3.2 forbids"},
    {"wycheproof/hmac_sha512_test.json", "mac_secret_size",
     "the secret is shorter than the hash, which RFC 7518 section 3.2 forbids"},
    {"wycheproof/rsa_signature_2048_sha256_test.json", "rsa_exponent",
     "the public exponent is 3, which rsa_from_exponent_3 takes"},
    {"wycheproof/rsa_signature_3072_sha512_test.json", "rsa_exponent",
     "the public exponent is 3, which rsa_from_exponent_3 takes"},
};

}  // namespace mcx::test

#endif
