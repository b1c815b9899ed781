// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_PEEK_HPP
#define MCX_JWT_PEEK_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jose/verify.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/relaxations.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <type_traits>

// Honest unverified reading, for programs that have to send a token on to whoever verifies it, or
// to fetch keys: what the token says of its issuer, key, type, audience and end. Anybody can have
// written that, so it becomes nothing but a look-up; the verbs start again from the text. The
// algorithm cannot be looked at, since nobody may choose one by it. [RFC 8725 §3.10]

namespace mcx::jwt {

/// A value out of a token whose signature has not been checked. It can be looked up, not used.
template <class T>
class untrusted {
    T value_;

  public:
    constexpr explicit untrusted(T const& value) noexcept : value_(value) {}

    /// The value, to look something up by.
    [[nodiscard]] constexpr T const& for_lookup() const noexcept { return value_; }
};

namespace detail {

struct routing_claims {
    std::optional<issuer> iss;
    std::optional<audience> aud;
    std::optional<instant> exp;
    using fields =
        claim_list<optional<"iss", &routing_claims::iss>, optional<"aud", &routing_claims::aud>,
                   optional<"exp", &routing_claims::exp>>;
};

template <class T>
[[nodiscard]] constexpr std::optional<untrusted<T>> distrust(
    std::optional<T> const& value) noexcept {
    return value ? std::optional<untrusted<T>>{untrusted<T>{*value}} : std::nullopt;
}

}  // namespace detail

/// What a token says of itself, each part of it where the token says it. Owns what it holds, and
/// converts to nothing.
class peeked {
    std::optional<untrusted<mcx::issuer>> issuer_;
    std::optional<untrusted<mcx::audience>> audience_;
    std::optional<untrusted<instant>> expires_;
    std::optional<untrusted<key_id>> kid_;
    std::optional<untrusted<jws::media_type>> typ_;

  public:
    constexpr peeked(jws::protected_header const& header,
                     detail::routing_claims const& claims) noexcept
        : issuer_(detail::distrust(claims.iss)), audience_(detail::distrust(claims.aud)),
          expires_(detail::distrust(claims.exp)), kid_(detail::distrust(header.kid)),
          typ_(detail::distrust(header.typ)) {}

    [[nodiscard]] constexpr auto const& issuer() const noexcept { return issuer_; }
    [[nodiscard]] constexpr auto const& audience() const noexcept { return audience_; }
    /// From when on there is no point in sending the token on.
    [[nodiscard]] constexpr auto const& expires() const noexcept { return expires_; }
    [[nodiscard]] constexpr auto const& kid() const noexcept { return kid_; }
    [[nodiscard]] constexpr auto const& typ() const noexcept { return typ_; }
};

/// Reads what a token in compact form says of itself, within the default `limits` and whatever its
/// kind. `Understood` are the `critical_names` of those that the token may be sent on to.
/// Fails: token_too_long, payload_too_long, json_serialization, encrypted_token, not_three_parts,
/// empty_part, base64_*, json_*, claims_not_object, claim_shape, claim_value, and as
/// `jws::parse_header`.
template <class Understood = jws::critical_names<>>
[[nodiscard]] constexpr result<peeked> peek(std::string_view text) noexcept {
    constexpr limits within{};
    auto const token = jws::parse<Understood>(text, within.token);
    if (!token) {
        return token.error();
    }
    std::string_view const payload = token->parts().payload;
    if (base64url::max_decoded_size(payload.size()) > within.payload) {
        return errc::payload_too_long;
    }
    char octets[within.payload];
    if (std::is_constant_evaluated()) {
        std::fill_n(octets, within.payload, '\0');
    }
    auto const object = base64url::decode_text(payload, octets);
    if (!object) {
        return object.error();
    }
    auto const claims = json::parse_object<detail::routing_claims, fractional_dates>(
        *object, within.json, claim_errors);
    if (!claims) {
        // The numbers of claims are a profile's, and there is none.
        return error{claims.error().code, 0, claims.error().offset};
    }
    return peeked{token->header(), *claims};
}

}  // namespace mcx::jwt

#endif
