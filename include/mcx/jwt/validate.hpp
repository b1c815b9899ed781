// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_VALIDATE_HPP
#define MCX_JWT_VALIDATE_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/decode.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/jwt/relaxations.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

// The fourth verb: `decoded` claims become `validated` ones, the only ones whose members can be
// read as facts. Checked are the issuer, the times, the audience, and what ties an ID token to its
// request; what a deployment allows beyond that is its own function of the validated claims.
// [RFC 7519 §4.1, OpenID Connect Core §3.1.3.7, TS 33.180 B.2.1.2, B.8]

namespace mcx::jwt {

/// Something that has to be given: it has no default.
template <class T>
class given {
    T value_;

  public:
    template <class U>
        requires std::constructible_from<T, U const&>
    constexpr given(U const& value) noexcept : value_(value) {}
    template <std::size_t N>
    consteval given(char const (&literal)[N]) : value_(literal) {}

    [[nodiscard]] constexpr T const& value() const noexcept { return value_; }
};

/// What the validator knows of itself: the name under which it is an audience, how far clocks may
/// be apart, the further names that it has, and what it asked for. What is expected has to be in
/// the token. Where none is expected, a token that answers a request (`nonce`) is refused, and one
/// that was issued to somebody (`azp`) has to have been issued to the validator, by any of its
/// names. [OpenID Connect Core §3.1.3.7 step 5]
struct expectation {
    given<recipient> to;
    leeway skew{};
    other_names also{};
    std::optional<authorized_party> azp{};
    std::optional<mcx::nonce> nonce{};
    std::optional<std::chrono::seconds> login_within{};  ///< of now: the request's `max_age`
};

namespace detail {

struct claim_check;

// Carries what a `validated` is made from, so that a result holds it where it was made.
template <Profile P>
class validation_passkey {
    friend struct claim_check;
    decoded<P> const& token_;
    constexpr explicit validation_passkey(decoded<P> const& token) noexcept : token_(token) {}

  public:
    [[nodiscard]] constexpr decoded<P> const& token() const noexcept { return token_; }
};

}  // namespace detail

/// Claims of profile P that hold here and now.
template <Profile P>
class validated {
    typename P::claims claims_;
    issuer signed_by_;
    std::string_view signed_with_;

  public:
    constexpr explicit validated(detail::validation_passkey<P> const& key) noexcept
        : claims_(key.token().unvalidated()), signed_by_(key.token().signed_by()),
          signed_with_(key.token().signed_with()) {}

    [[nodiscard]] constexpr typename P::claims const& claims() const noexcept { return claims_; }
    [[nodiscard]] constexpr typename P::claims const* operator->() const noexcept {
        return &claims_;
    }
    /// The issuer to whom the key belongs; the `iss` claim, where there is one, is the same.
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
    /// The name of the algorithm of that key, one of the profile's.
    [[nodiscard]] constexpr std::string_view signed_with() const noexcept { return signed_with_; }
};

namespace detail {

struct claim_check {
    template <Profile P>
    [[nodiscard]] static constexpr error refused(errc code, std::string_view claim) noexcept {
        return {code, P::claims::fields::number_of(claim)};
    }

    template <Profile P>
    [[nodiscard]] static constexpr result<void> times(typename P::claims const& claims, leeway skew,
                                                      instant now) noexcept {
        std::chrono::seconds const s = skew.value();
        // [RFC 7519 §4.1.4]: on or after `exp` the token is not accepted.
        if (now >= find_claim<instant>(claims, "exp")->plus(s)) {
            return refused<P>(errc::expired, "exp");
        }
        auto const* nbf = find_claim<instant>(claims, "nbf");
        if (nbf != nullptr && now.plus(s) < *nbf) {
            return refused<P>(errc::not_yet_valid, "nbf");
        }
        auto const* iat = find_claim<instant>(claims, "iat");
        if (iat != nullptr && now.plus(s) < *iat) {
            return refused<P>(errc::issued_in_future, "iat");
        }
        return limits<P>(*find_claim<instant>(claims, "exp"), iat, s, now);
    }

    /// Without an `iat`, what is left of the lifetime is measured.
    template <Profile P>
    [[nodiscard]] static constexpr result<void> limits(instant exp, instant const* iat,
                                                       std::chrono::seconds s,
                                                       instant now) noexcept {
        instant const from = iat != nullptr ? *iat : now.plus(s);
        if (outlives_profile<P>(from, exp)) {
            return refused<P>(errc::lifetime_too_long, "exp");
        }
        if constexpr (P::limits.age != jwt::limits::any_age) {
            if (now > from.plus(P::limits.age - hidden_by_rounding<P>).plus(s)) {
                return refused<P>(errc::too_old, "iat");
            }
        }
        return {};
    }

    /// What ties a token to a request. [OpenID Connect Core §3.1.3.7 steps 5, 11, 13]
    template <Profile P>
    [[nodiscard]] static constexpr result<void> answers(typename P::claims const& claims,
                                                        expectation const& expected,
                                                        instant now) noexcept {
        auto const* azp = find_claim<authorized_party>(claims, "azp");
        asker const self{expected.to.value(), expected.also};
        bool const mine = expected.azp ? azp != nullptr && *azp == *expected.azp
                                       : azp == nullptr || self.is(azp->view());
        if (!mine) {
            return refused<P>(errc::authorized_party_mismatch, "azp");
        }
        auto const* answered = find_claim<nonce>(claims, "nonce");
        if (expected.nonce.has_value() != (answered != nullptr) ||
            (answered != nullptr && *answered != *expected.nonce)) {
            return refused<P>(errc::nonce_mismatch, "nonce");
        }
        return login<P>(find_claim<instant>(claims, "auth_time"), expected, now);
    }

    template <Profile P>
    [[nodiscard]] static constexpr result<void> login(instant const* at,
                                                      expectation const& expected,
                                                      instant now) noexcept {
        std::chrono::seconds const s = expected.skew.value();
        if (at != nullptr && now.plus(s) < *at) {
            return refused<P>(errc::issued_in_future, "auth_time");
        }
        if (expected.login_within &&
            (at == nullptr || now > at->plus(*expected.login_within).plus(s))) {
            return refused<P>(errc::too_old, "auth_time");
        }
        return {};
    }

    template <Profile P>
    [[nodiscard]] static constexpr result<validated<P>> run(decoded<P> const& token,
                                                            expectation const& expected,
                                                            instant now) noexcept {
        if (expected.to.value().empty()) {
            return errc::value_empty;
        }
        if (!token.key_good().covers(now)) {
            return errc::certificate_period;
        }
        auto const& claims = token.unvalidated();
        auto const* iss = find_claim<issuer>(claims, "iss");
        if (iss != nullptr && *iss != token.signed_by()) {
            return refused<P>(errc::issuer_mismatch, "iss");
        }
        if (auto const checked = times<P>(claims, expected.skew, now); !checked) {
            return checked.error();
        }
        errc const aud = P::audience_rule::check(find_claim<audience>(claims, "aud"),
                                                 asker{expected.to.value(), expected.also});
        if (aud != errc::none) {
            return refused<P>(aud, "aud");
        }
        if (auto const checked = answers<P>(claims, expected, now); !checked) {
            return checked.error();
        }
        return validation_passkey<P>{token};
    }
};

}  // namespace detail

/// Checks that the claims hold for the validator at the time of the clock, in this order: the key's
/// certificate, where it came from one, without leeway; issuer, `exp`, `nbf`, `iat`, lifetime, age,
/// audience, `azp`, `nonce`, `auth_time`. Fails: value_empty (the validator has no name);
/// certificate_period, issuer_mismatch, expired, not_yet_valid, issued_in_future,
/// lifetime_too_long, too_old, audience_mismatch, audience_not_sole, audience_lacks_client,
/// authorized_party_mismatch, nonce_mismatch; `where` is the claim's number.
template <Profile P>
[[nodiscard]] constexpr result<validated<P>> validate(decoded<P> const& token,
                                                      expectation const& expected,
                                                      Clock auto const& clock) noexcept {
    return detail::claim_check::run(token, expected, clock.now());
}

/// The verb for `and_then`; the clock is read once, now.
[[nodiscard]] constexpr auto validate(expectation const& expected,
                                      Clock auto const& clock) noexcept {
    return [expected, now = clock.now()]<Profile P>(decoded<P> const& token) {
        return detail::claim_check::run(token, expected, now);
    };
}

}  // namespace mcx::jwt

#endif
