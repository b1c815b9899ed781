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

class decoding_passkey {
    friend struct claim_reading;
    constexpr decoding_passkey() = default;
};

}  // namespace detail

/// The claims of a verified token of profile P, each of the right shape, and the issuer whose key
/// signed them.
template <Profile P>
class decoded {
    typename P::claims claims_;
    issuer signed_by_;

  public:
    constexpr decoded(typename P::claims const& claims, issuer const& who,
                      detail::decoding_passkey) noexcept
        : claims_(claims), signed_by_(who) {}

    [[nodiscard]] constexpr typename P::claims const& unvalidated() const noexcept {
        return claims_;
    }
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
};

namespace detail {

struct claim_reading {
    template <Profile P>
    [[nodiscard]] static result<decoded<P>> run(verified<P> const& token) noexcept {
        char text[P::limits.payload];
        auto const object = base64url::decode_text(token.jws().encoded_payload(), text);
        if (!object) {
            return object.error();
        }
        auto const claims =
            json::parse_object<typename P::claims>(*object, P::limits.json, claim_errors);
        if (!claims) {
            return claims.error();
        }
        return decoded<P>{*claims, token.signed_by(), decoding_passkey{}};
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
