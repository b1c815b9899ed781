// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_DECODE_HPP
#define MCX_JWT_DECODE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/verify.hpp>

// The third verb: a `verified` token becomes `decoded`. Its claims are values that own what they
// hold; the token's text may go. They can be handed on, and are not to be acted upon: whether they
// hold here and now is for `validate`. [RFC 7519 §7.2]

namespace mcx::jwt {

namespace detail {

struct claim_reading;

// Carries what a `decoded` is made from, so that a result holds it where it was made.
class decoding_passkey {
    friend struct claim_reading;
    issuer const& signed_by_;
    constexpr explicit decoding_passkey(issuer const& who) noexcept : signed_by_(who) {}

  public:
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
};

}  // namespace detail

/// The claims of a verified token of profile P, each of the right shape, and the issuer whose key
/// signed them.
template <Profile P>
class decoded {
    typename P::claims claims_{};
    issuer signed_by_;

  public:
    constexpr explicit decoded(detail::decoding_passkey const& key) noexcept
        : signed_by_(key.signed_by()) {}

    /// Where `decode` reads the claims into.
    [[nodiscard]] constexpr typename P::claims& unread(detail::decoding_passkey const&) noexcept {
        return claims_;
    }

    [[nodiscard]] constexpr typename P::claims const& unvalidated() const noexcept {
        return claims_;
    }
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
};

namespace detail {

struct claim_reading {
    template <Profile P>
    [[nodiscard]] static result<decoded<P>> run(verified<P> const& token) noexcept {
        decoding_passkey const key{token.signed_by()};
        result<decoded<P>> made{key};  // the only thing returned, so that it is made in its place
        char text[P::limits.payload];
        auto const object = base64url::decode_text(token.jws().encoded_payload(), text);
        result<void> const read =
            object ? json::parse_object(*object, P::limits.json, claim_errors, made->unread(key))
                   : object.error();
        if (!read) {
            made = read.error();
        }
        return made;
    }
};

}  // namespace detail

/// Reads the claims of a verified token.
/// Fails: base64_*, json_*, claims_not_object, claim_missing, claim_prohibited, claim_shape,
/// claim_value; `where` is the claim's number, the offset is in the decoded payload.
inline constexpr auto decode = []<Profile P>(verified<P> const& token) noexcept {
    return detail::claim_reading::run(token);
};

}  // namespace mcx::jwt

#endif
