// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_DECODE_HPP
#define MCX_JWT_DECODE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/verify.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

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
    std::string_view signed_with_;
    period const& key_good_;
    constexpr decoding_passkey(issuer const& who, std::string_view alg, period const& good) noexcept
        : signed_by_(who), signed_with_(alg), key_good_(good) {}

  public:
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
    [[nodiscard]] constexpr std::string_view signed_with() const noexcept { return signed_with_; }
    [[nodiscard]] constexpr period const& key_good() const noexcept { return key_good_; }
};

/// The first name of the algorithm that answers to a name: it outlives every token.
template <class... As>
[[nodiscard]] constexpr std::string_view lasting_name(algorithm_set<As...>,
                                                      std::string_view name) noexcept {
    std::string_view found;
    (void)(... || (answers_to<As>(name) && (found = As::name, true)));
    return found;
}

/// A constant expression where every member of a new C has a value to compare.
template <class C>
[[nodiscard]] consteval bool sets_itself() noexcept {
    C one;
    C other;
    return one == other;
}

/// Claims of which every member sets itself. To clear them first would be to write all the room
/// that their texts have and do not use.
template <class C>
concept SetsItself =
    std::equality_comparable<C> && requires { typename std::bool_constant<sets_itself<C>()>; };

template <class C>
struct blank_claims {
    C value{};
};
template <SetsItself C>
struct blank_claims<C> {
    C value;
    constexpr blank_claims() noexcept {}
};

}  // namespace detail

/// The claims of a verified token of profile P, each of the right shape, and the issuer whose key
/// signed them.
template <Profile P>
class decoded {
    detail::blank_claims<typename P::claims> claims_;
    issuer signed_by_;
    std::string_view signed_with_;
    period key_good_;

  public:
    constexpr explicit decoded(detail::decoding_passkey const& key) noexcept
        : signed_by_(key.signed_by()), signed_with_(key.signed_with()), key_good_(key.key_good()) {}

    /// Where `decode` reads the claims into.
    [[nodiscard]] constexpr typename P::claims& unread(detail::decoding_passkey const&) noexcept {
        return claims_.value;
    }

    [[nodiscard]] constexpr typename P::claims const& unvalidated() const noexcept {
        return claims_.value;
    }
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
    /// The name of the algorithm of the key that signed them, one of the profile's.
    [[nodiscard]] constexpr std::string_view signed_with() const noexcept { return signed_with_; }
    /// For how long that key is good.
    [[nodiscard]] constexpr period const& key_good() const noexcept { return key_good_; }
};

namespace detail {

struct claim_reading {
    template <Profile P>
    [[nodiscard]] static result<decoded<P>> run(verified<P> const& token) noexcept {
        using claims = typename P::claims;
        std::string_view const alg = token.jws().header().alg.view();
        decoding_passkey const key{token.signed_by(), lasting_name(typename P::algorithms{}, alg),
                                   token.key_good()};
        result<decoded<P>> made{key};  // the only thing returned, so that it is made in its place
        char text[P::limits.payload];
        auto const object = base64url::decode_text(token.jws().encoded_payload(), text);
        result<void> const read =
            object ? json::parse_object<claims, way_of<P>>(*object, P::limits.json, claim_errors,
                                                           made->unread(key))
                   : object.error();
        if (!read) {
            made = read.error();
        }
        return made;
    }
};

}  // namespace detail

/// Reads the claims of a verified token.
/// Fails: json_*, claims_not_object, claim_missing, claim_prohibited, claim_shape, claim_value;
/// `where` is the claim's number, the offset is in the decoded payload.
inline constexpr auto decode = []<Profile P>(verified<P> const& token) noexcept {
    return detail::claim_reading::run(token);
};

}  // namespace mcx::jwt

#endif
