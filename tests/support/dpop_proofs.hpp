// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_DPOP_PROOFS_HPP
#define MCX_TESTS_SUPPORT_DPOP_PROOFS_HPP

#include <mcx/grant/dpop.hpp>

#include "mock.hpp"
#include "parties.hpp"
#include "tokens.hpp"

#include <string>
#include <string_view>

// Proofs of possession: those that RFC 9449 prints, and right ones, from which a test takes
// something away or in which it puts something wrong.

namespace mcx::test {

/// [RFC 9449 §4.1]
inline constexpr std::string_view rfc9449_proof =
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNo"
    "UklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERW"
    "clUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh"
    "0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8"
    "v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

/// [RFC 9449 §7.1]
inline constexpr std::string_view rfc9449_token_proof =
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNo"
    "UklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERW"
    "clUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR"
    "1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCw"
    "iYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-E"
    "y71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

/// The access token of that request, its hash, and the thumbprint of the key of both proofs.
/// [RFC 9449 §6.1, §7.1]
inline constexpr std::string_view rfc9449_token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
inline constexpr std::string_view rfc9449_ath = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";
inline constexpr std::string_view rfc9449_jkt = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

/// The key of both proofs. [RFC 9449 §4.1]
[[nodiscard]] inline named_values rfc9449_key() {
    return {{"kty", quoted("EC")},
            {"crv", quoted("P-256")},
            {"x", quoted("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs")},
            {"y", quoted("9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA")}};
}

[[nodiscard]] inline named_values proof_header(named_values const& key = rfc9449_key()) {
    return {{"typ", quoted("dpop+jwt")}, {"alg", quoted("ES256")}, {"jwk", key.json()}};
}

/// What a proof says of a request that brings the RFC's access token.
[[nodiscard]] inline named_values proof_claims() {
    return {{"jti", quoted("one")},
            {"htm", quoted("GET")},
            {"htu", quoted("https://gms.a.example/groups")},
            {"iat", date(0)},
            {"ath", quoted(rfc9449_ath)},
            {"nonce", quoted("n-1")}};
}

/// A proof that a credulous backend takes for one of that key's.
[[nodiscard]] inline std::string proof_of(named_values const& claims,
                                          named_values const& header = proof_header()) {
    return compact(header.json(), claims.json());
}

[[nodiscard]] inline grant::target_uri target(std::string_view text) {
    return certain(grant::target_uri::from(text));
}

/// What the server expects that `proof_claims` was made for.
[[nodiscard]] inline grant::proof_expectation proof_expected() {
    return {.method = "GET", .target = target("https://gms.a.example/groups")};
}

}  // namespace mcx::test

#endif
