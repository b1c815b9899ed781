// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_TOKEN_HASH_HPP
#define MCX_JWT_TOKEN_HASH_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/validate.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

// `at_hash` and `c_hash`: what ties an access token or an authorization code to an ID token. The
// hash function is that of the algorithm which signed the ID token, so a hash is of a type that
// names the algorithm. [OpenID Connect Core §3.1.3.6, §3.3.2.11]

namespace mcx {

namespace detail {

/// Canonical base64url of half a SHA-256, SHA-384 or SHA-512.
struct token_hash_tag {
    static constexpr errc check(std::string_view v) noexcept {
        if (v.size() > 43) {
            return errc::value_too_long;
        }
        fixed_bytes<32> octets{};
        auto const size = base64url::decode(v, octets);
        bool const half = size && (*size == 16 || *size == 24 || *size == 32);
        return half ? errc::none : errc::value_character;
    }
};

}  // namespace detail

/// The claim `at_hash` or `c_hash` as it stands in a token: compared by `half_hash`, which knows
/// the algorithm. [OpenID Connect Core §3.1.3.6]
using token_hash = text<detail::token_hash_tag, 43>;

namespace jwt {

namespace detail {

/// The hash function that an algorithm's name implies: that of the algorithm itself, SHA-512 for
/// Ed25519, void where the standard names none.
template <class A>
[[nodiscard]] consteval auto implied_hash() {
    constexpr std::string_view name = A::name;
    if constexpr (requires { typename A::hash; }) {
        return std::type_identity<typename A::hash>{};
    } else if constexpr (name == "EdDSA" || name == "Ed25519") {
        return std::type_identity<sha512>{};
    } else if constexpr (name.ends_with("256")) {
        return std::type_identity<sha256>{};
    } else {
        return std::type_identity<void>{};
    }
}

}  // namespace detail

/// The hash function of algorithm A.
template <class A>
using hash_of = typename decltype(detail::implied_hash<A>())::type;

/// Backend B can compute the hash function of algorithm A.
template <class B, class A>
concept HashesFor = !std::same_as<hash_of<A>, void> && Digests<B, hash_of<A>>;

/// The left half of a hash by the function of algorithm A.
template <class A>
class half_hash {
    token_hash encoded_;

    constexpr explicit half_hash(token_hash const& encoded) noexcept : encoded_(encoded) {}

  public:
    using algorithm = A;

    /// Hashes a token or code, which is ASCII text. Fails: backend.
    template <class B>
        requires HashesFor<B, A>
    [[nodiscard]] static result<half_hash> of(std::string_view token) noexcept {
        auto const whole = digest_of<hashing<B, hash_of<A>>>(as_bytes(token));
        if (!whole) {
            return whole.error();
        }
        constexpr std::size_t half = hash_of<A>::size / 2;
        char text[base64url::encoded_size(half)];
        std::size_t const size = base64url::encode(byte_view{*whole}.first(half), text);
        auto const encoded = token_hash::from({text, size});
        return encoded ? result<half_hash>{half_hash{*encoded}} : errc::backend;
    }

    /// The claim to put into an ID token that algorithm A signs.
    [[nodiscard]] constexpr token_hash const& claim() const noexcept { return encoded_; }

    /// Tells whether an ID token that algorithm A signed claims this hash. Cost: depends on the
    /// claim's length only.
    [[nodiscard]] bool is(token_hash const& claimed) const noexcept {
        return constant_time_equal(as_bytes(encoded_.view()), as_bytes(claimed.view()));
    }
};

namespace detail {

template <class B, class Set>
inline constexpr bool hashes_for_all = false;
template <class B, class... As>
inline constexpr bool hashes_for_all<B, algorithm_set<As...>> = (... && HashesFor<B, As>);

/// Compares with the hash of whichever algorithm signed the ID token.
template <class B, class... As>
[[nodiscard]] result<bool> hash_is(algorithm_set<As...>, std::string_view alg,
                                   std::string_view token, token_hash const& claimed) noexcept {
    result<bool> same = false;
    (void)(... ||
           (answers_to<As>(alg) && (same = half_hash<As>::template of<B>(token).transform(
                                        [&](half_hash<As> const& own) { return own.is(claimed); }),
                                    true)));
    return same;
}

template <class B, Profile P>
[[nodiscard]] result<void> check_hash(validated<P> const& id_token, std::string_view name,
                                      std::string_view token) noexcept {
    auto const number = P::claims::fields::number_of(name);
    auto const* claimed = find_claim<token_hash>(id_token.claims(), name);
    if (claimed == nullptr) {
        return error{errc::token_hash_mismatch, number};
    }
    auto const same = hash_is<B>(typename P::algorithms{}, id_token.signed_with(), token, *claimed);
    if (!same) {
        return same.error();
    }
    return *same ? result<void>{} : error{errc::token_hash_mismatch, number};
}

}  // namespace detail

/// Backend B can compute the hash functions of all the algorithms of profile P.
template <class B, class P>
concept HashesTokensFor = Profile<P> && detail::hashes_for_all<B, typename P::algorithms>;

/// Checks that an access token came with an ID token, by the claim `at_hash`, which has to be
/// there. Fails: token_hash_mismatch, backend. [OpenID Connect Core §3.1.3.8]
template <class B, Profile P>
    requires HashesTokensFor<B, P>
[[nodiscard]] result<void> check_access_token(validated<P> const& id_token,
                                              std::string_view access_token) noexcept {
    return detail::check_hash<B>(id_token, "at_hash", access_token);
}

/// Checks that an authorization code came with an ID token, by the claim `c_hash`, which has to be
/// there. Fails: token_hash_mismatch, backend. [OpenID Connect Core §3.3.2.10]
template <class B, Profile P>
    requires HashesTokensFor<B, P>
[[nodiscard]] result<void> check_code(validated<P> const& id_token,
                                      std::string_view code) noexcept {
    return detail::check_hash<B>(id_token, "c_hash", code);
}

}  // namespace jwt

}  // namespace mcx

#endif
