// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_REPLAY_HPP
#define MCX_JWT_REPLAY_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/jwt/verify.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

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
/// before. A memory that is full or out of reach says `unavailable`, and the token is refused.
/// Exemplar: `bounded_memory`. Models: `bounded_memory`, a database. Used by: `consume`.
template <class M>
concept ReplayMemory = requires(M& memory, first_use const& use) {
    { memory.insert_if_absent(use) } -> std::same_as<remembered>;
};

/// Names a validated token for its first use. `verified` is the token that `claims` came from.
/// Fails: backend.
template <Digest D, Profile P>
[[nodiscard]] result<first_use> first_use_of(verified<P> const& token, validated<P> const& claims,
                                             leeway skew) noexcept {
    first_use use;
    use.from = claims.signed_by();
    use.until = detail::find_claim<instant>(claims.claims(), "exp")->plus(skew.value());
    if (auto const* jti = detail::find_claim<jwt_id>(claims.claims(), "jti"); jti != nullptr) {
        use.id = *jti;
        return use;
    }
    auto const digest = token.jws().template identity<D>();
    if (!digest) {
        return digest.error();
    }
    char encoded[base64url::encoded_size(D::size)];
    std::size_t const size = base64url::encode(*digest, encoded);
    auto const id = jwt_id::from({encoded, size});
    if (!id) {
        return id.error();
    }
    use.id = *id;
    use.is_digest = true;
    return use;
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
