// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BENCH_SUPPORT_TOKENS_HPP
#define MCX_BENCH_SUPPORT_TOKENS_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/validate.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

// The token that every row is about: an access token of an MC user with 15 members, of which the
// library's field list names twelve. Header 51 octets, payload 479, signing input 708. It ends in
// 2100, since some of those to compare with read the clock themselves.

namespace mcx::bench {

struct profile : idm::access_token_profile {
    static constexpr jwt::limits limits{.lifetime = std::chrono::hours{24 * 366 * 100}};
};

inline constexpr issuer idms{"https://idms.primary.example"};
inline constexpr key_id kid{"idms-2026-10-31"};
inline constexpr recipient server{"https://mcptt.primary.example"};
inline constexpr fixed_clock now{{1'700'000'300}};

inline constexpr std::string_view payload =
    R"({"iss":"https://idms.primary.example","sub":"b3d0c2a8-7f7e-4e0b-9d7e-5f2a6f0f7b1c",)"
    R"("aud":["https://mcptt.primary.example"],"exp":4102444800,"nbf":1700000000,)"
    R"("iat":1700000000,"jti":"6f1ed002ab5595859014ebf0951522d9","client_id":"mc-client-0042",)"
    R"("scope":"openid 3gpp:mc:ptt_service 3gpp:mc:data_service","mcptt_id":)"
    R"("sip:alice@mcptt.example","mcvideo_id":"sip:alice@mcv.example","mcdata_id":)"
    R"("sip:alice@mcd.example","auth_time":1699991234,"acr":"3gpp:acr:password",)"
    R"("azp":"mc-client"})";
static_assert(payload.size() == 479);

/// The signing input of a payload under the header that the library writes.
inline std::string signing_input(std::string_view alg, std::string_view of = payload) {
    std::string const header = "{\"alg\":\"" + std::string{alg} + "\",\"kid\":\"" +
                               std::string{kid.view()} + "\",\"typ\":\"JWT\"}";
    std::size_t const first = base64url::encoded_size(header.size());
    std::string made(first + 1 + base64url::encoded_size(of.size()), '.');
    base64url::encode(as_bytes(header), std::span{made}.first(first));
    base64url::encode(as_bytes(of), std::span{made}.subspan(first + 1));
    return made;
}

/// The claims of `payload` that have a name in the library: what a token is issued from.
inline profile::claims claims() {
    auto const read = json::parse_object<profile::claims>(payload, {}, jwt::claim_errors);
    contract(read.has_value());
    return *read;
}

/// Those claims as the library writes them.
inline std::string written_claims() {
    char text[1024];
    json::writer w{text};
    json::write_object(w, claims());
    auto const size = w.finish();
    contract(size.has_value());
    return {text, *size};
}

/// The token with one bit of its signature changed.
inline std::string altered(std::string token) {
    char& c = token[token.size() - 20];
    c = c == 'A' ? 'B' : 'A';
    return token;
}

}  // namespace mcx::bench

#endif
