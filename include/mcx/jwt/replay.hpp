// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_REPLAY_HPP
#define MCX_JWT_REPLAY_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/jose/verify.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/decode.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/jwt/verify.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

// Single use. The library remembers nothing: it says what has to be remembered and until when, and
// asks the caller's memory to do so in one step, after everything else has passed.
// [RFC 7523 §3 item 7, RFC 8725 §3.10]

namespace mcx::jwt {

/// What to remember of a token so that it is used once: who issued it, which of that issuer's
/// tokens it is, and the instant from which on it is refused as expired anyway.
struct first_use {
    issuer from;
    jwt_id id;               ///< the `jti`, or the digest of the signing input in base64url
    bool is_digest = false;  ///< which of the two: they never collide
    instant until;

    friend constexpr bool operator==(first_use const&, first_use const&) = default;
};

/// What a memory says of something it was asked to remember.
enum class remembered : std::uint8_t { now, before, unavailable };

/// The caller's memory of used tokens: one atomic step that remembers and tells whether it did so
/// before. What is over by the memory's own clock may have been remembered and forgotten, so that
/// it is `before`, whatever the request's clock said; a memory that is full or out of reach says
/// `unavailable`. Either way the token is refused.
/// Exemplar: `bounded_memory`. Models: `bounded_memory`, a database. Used by: `consume`.
template <class M>
concept ReplayMemory = requires(M& memory, first_use const& use) {
    { memory.insert_if_absent(use) } -> std::same_as<remembered>;
};

namespace detail {

struct single_use_check;

class single_use_passkey {
    friend struct single_use_check;
    constexpr single_use_passkey() = default;
};

}  // namespace detail

/// Claims of profile P that hold here and now, together with what has to be remembered for their
/// token to be used once. Only `validate_once` makes one, so that both are of the same token.
template <Profile P>
class single_use {
    validated<P> claims_;
    first_use replay_;

  public:
    constexpr single_use(validated<P> const& claims, first_use const& replay,
                         detail::single_use_passkey) noexcept
        : claims_(claims), replay_(replay) {}

    [[nodiscard]] constexpr validated<P> const& claims() const noexcept { return claims_; }
    /// What has to be remembered for the token to be used once: see `consume`.
    [[nodiscard]] constexpr first_use const& replay() const noexcept { return replay_; }
};

namespace detail {

struct single_use_check {
    template <Digest D, Profile P>
    [[nodiscard]] static result<single_use<P>> run(verified<P> const& token,
                                                   expectation const& expected,
                                                   instant now) noexcept {
        auto const claims = decode(token).and_then(
            [&](decoded<P> const& read) { return claim_check::run(read, expected, now); });
        if (!claims) {
            return claims.error();
        }
        first_use use;
        use.from = claims->signed_by();
        use.until = find_claim<instant>(claims->claims(), "exp")->plus(expected.skew.value());
        auto const* jti = find_claim<jwt_id>(claims->claims(), "jti");
        auto const id = jti != nullptr ? result<jwt_id>{*jti} : digest_id<D>(token.jws());
        if (!id) {
            return id.error();
        }
        use.id = *id;
        use.is_digest = jti == nullptr;
        return result<single_use<P>>{std::in_place, *claims, use, single_use_passkey{}};
    }

    template <Digest D>
    [[nodiscard]] static result<jwt_id> digest_id(jws::verified const& token) noexcept {
        auto const digest = token.identity<D>();
        if (!digest) {
            return digest.error();
        }
        char encoded[base64url::encoded_size(D::size)];
        std::size_t const size = base64url::encode(*digest, encoded);
        return jwt_id::from({encoded, size});
    }
};

}  // namespace detail

/// Decodes and validates a token that is to be used once, and says what to remember of it, for as
/// long as this leeway would still accept it.
/// Fails: as `decode`, as `validate`; backend; value_too_long (a digest of over 96 octets).
/// Cost: a digest of the token, where it has no `jti`.
template <Digest D, Profile P>
[[nodiscard]] result<single_use<P>> validate_once(verified<P> const& token,
                                                  expectation const& expected,
                                                  Clock auto const& clock) noexcept {
    return detail::single_use_check::run<D>(token, expected, clock.now());
}

/// The verb for `and_then`; the clock is read once, now.
template <Digest D>
[[nodiscard]] constexpr auto validate_once(expectation const& expected,
                                           Clock auto const& clock) noexcept {
    return [expected, now = clock.now()]<Profile P>(verified<P> const& token) {
        return detail::single_use_check::run<D>(token, expected, now);
    };
}

namespace detail {

struct consumption;

class spending_passkey {
    friend struct consumption;
    constexpr spending_passkey() = default;
};

}  // namespace detail

/// The proof that a token was used for the first time. Only `consume` makes one.
class spent {
    first_use use_;

  public:
    constexpr spent(first_use const& use, detail::spending_passkey) noexcept : use_(use) {}
    [[nodiscard]] constexpr first_use const& use() const noexcept { return use_; }
};

namespace detail {

struct consumption {
    [[nodiscard]] static result<spent> run(ReplayMemory auto& memory, first_use const& use) {
        switch (memory.insert_if_absent(use)) {
            case remembered::now:
                return spent{use, spending_passkey{}};
            case remembered::before:
                return errc::replayed;
            case remembered::unavailable:
                break;
        }
        return errc::replay_memory_unavailable;
    }
};

}  // namespace detail

/// Uses a token up. Fails: replayed, replay_memory_unavailable.
[[nodiscard]] result<spent> consume(ReplayMemory auto& memory, first_use const& use) {
    return detail::consumption::run(memory, use);
}

/// A memory of at most N tokens for one thread; what has expired by the clock makes room. Full, it
/// refuses rather than forgets.
template <std::size_t N, Clock C>
class bounded_memory {
    C clock_;
    std::array<first_use, N> uses_{};
    std::size_t size_ = 0;

  public:
    explicit bounded_memory(C clock) noexcept : clock_(clock) {}

    [[nodiscard]] remembered insert_if_absent(first_use const& use) noexcept {
        instant const now = clock_.now();
        for (std::size_t i = 0; i < size_;) {
            if (uses_[i].until <= now) {
                uses_[i] = uses_[--size_];
            } else if (same(uses_[i], use)) {
                return remembered::before;
            } else {
                ++i;
            }
        }
        if (use.until <= now) {
            return remembered::before;
        }
        if (size_ == N) {
            return remembered::unavailable;
        }
        uses_[size_++] = use;
        return remembered::now;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

  private:
    [[nodiscard]] static bool same(first_use const& a, first_use const& b) noexcept {
        return a.is_digest == b.is_digest && a.id == b.id && a.from == b.from;
    }
};

}  // namespace mcx::jwt

#endif
