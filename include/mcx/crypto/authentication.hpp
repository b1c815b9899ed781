// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_AUTHENTICATION_HPP
#define MCX_CRYPTO_AUTHENTICATION_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/mac.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

// Message authentication: who can verify can sign as well, so one key does both. A backend only
// computes tags; comparing them is done here, in constant time. As everywhere a key is immutable
// and may be shared, and what a backend changes while it works lies in its scratch.

namespace mcx {

/// What a backend says of a signature, or this library of a MAC. A backend that could not work is
/// `unavailable`, which is never taken for a bad signature.
enum class verdict : std::uint8_t { good, bad, unavailable };

namespace detail {

/// Stands for a message in pieces where a concept asks about one.
struct any_pieces {
    void operator()(auto&& update) const { update(byte_view{}); }
};

/// A message in one place, where one in pieces is due.
struct one_piece {
    byte_view octets;

    void operator()(auto&& update) const { update(octets); }
};

}  // namespace detail

/// A backend's way to compute tags of MAC algorithm A; specialised in the backend's header.
template <class B, class A>
struct authentication;

/// Backend B computes tags of MAC algorithm A. `compute` fills the whole tag or fails with backend;
/// its message comes in pieces, for each of which in order `pieces(update)` calls
/// `update(byte_view)`.
/// Exemplar: `authentication<sodium, hs256>`. Models: the backends, a `first_of`, a test double.
/// Used by: `mac_key`.
template <class B, class A>
concept Authenticates =
    MacAlgorithm<A> &&
    requires(typename authentication<B, A>::key const& key,
             typename authentication<B, A>::scratch& own, mac_secret<A> const& octets,
             detail::any_pieces const& pieces, typename A::signature& tag) {
        {
            authentication<B, A>::prepare(octets)
        } noexcept -> std::same_as<result<typename authentication<B, A>::key>>;
        {
            authentication<B, A>::compute(key, own, pieces, tag)
        } noexcept -> std::same_as<result<void>>;
    } &&
    std::default_initializable<typename authentication<B, A>::scratch>;

/// A secret of MAC algorithm A, ready for backend B: it verifies, and it is a Signer. Immutable and
/// shareable; it moves and is never copied.
template <class A, class B>
    requires Authenticates<B, A>
class mac_key {
    key_id id_;
    typename authentication<B, A>::key prepared_;

    mac_key(key_id const& id, typename authentication<B, A>::key&& k)
        : id_(id), prepared_(std::move(k)) {}

  public:
    using algorithm = A;
    using backend = B;
    using numbers = mac_secret<A>;
    using scratch = typename authentication<B, A>::scratch;
    static constexpr std::size_t max_size = sizeof(typename A::signature);

    mac_key(mac_key&&) noexcept = default;
    mac_key& operator=(mac_key&&) noexcept = default;

    /// Prepares a secret. Fails: backend.
    [[nodiscard]] static result<mac_key> from(mac_secret<A> const& octets,
                                              key_id const& id = {}) noexcept {
        auto prepared = authentication<B, A>::prepare(octets);
        if (!prepared) {
            return prepared.error();
        }
        return mac_key{id, *std::move(prepared)};
    }

    [[nodiscard]] static constexpr std::string_view alg() noexcept { return A::name; }
    [[nodiscard]] key_id const& id() const noexcept { return id_; }

    /// Tells whether both keys make the same tags; false where the backend fails. Nothing of the
    /// secrets is shown, nor by the time it takes.
    [[nodiscard]] bool makes_the_tags_of(mac_key const& other) const noexcept {
        constexpr std::string_view message = "whether two keys are the same";
        typename A::signature tag{};
        scratch own{};
        scratch others{};
        detail::one_piece const piece{as_bytes(message)};
        bool const made =
            authentication<B, A>::compute(other.prepared_, others, piece, tag).has_value();
        bool const same = compare(piece, tag, own) == verdict::good;
        wipe(tag);
        return made && same;
    }

    /// Verifies a tag, in a time that does not depend on where it differs.
    template <class Work>
        requires requires(Work& work, typename authentication<B, A>::key const& key) {
            { work.template scratch_for<A>(key) } -> std::same_as<scratch&>;
        }
    [[nodiscard]] verdict verify(byte_view message, typename A::signature const& tag,
                                 Work& work) const noexcept {
        return verify_chain(detail::one_piece{message}, tag, work);
    }

    /// Verifies a tag over a message in pieces.
    template <class Work>
        requires requires(Work& work, typename authentication<B, A>::key const& key) {
            { work.template scratch_for<A>(key) } -> std::same_as<scratch&>;
        }
    [[nodiscard]] verdict verify_chain(auto const& pieces, typename A::signature const& tag,
                                       Work& work) const noexcept {
        return compare(pieces, tag, work.template scratch_for<A>(prepared_));
    }

    /// Verifies a tag with scratch made for this one call.
    [[nodiscard]] verdict verify(byte_view message,
                                 typename A::signature const& tag) const noexcept {
        scratch own{};
        return compare(detail::one_piece{message}, tag, own);
    }

    /// Writes the tag of a message; draws nothing. Fails: buffer_too_small, backend.
    [[nodiscard]] result<std::size_t> sign(byte_view message, Random auto&,
                                           byte_span out) const noexcept {
        scratch own{};
        return write_tag(own, message, out);
    }

    /// The same with the scratch of a `prepared_signer`.
    [[nodiscard]] result<std::size_t> sign_with(scratch& own, byte_view message, any_random,
                                                byte_span out) const noexcept {
        return write_tag(own, message, out);
    }

  private:
    [[nodiscard]] verdict compare(auto const& pieces, typename A::signature const& tag,
                                  scratch& own) const noexcept {
        typename A::signature expected{};
        auto const computed = authentication<B, A>::compute(prepared_, own, pieces, expected);
        bool const same = constant_time_equal(expected, tag);
        wipe(expected);
        if (!computed) {
            return verdict::unavailable;
        }
        return same ? verdict::good : verdict::bad;
    }

    [[nodiscard]] result<std::size_t> write_tag(scratch& own, byte_view message,
                                                byte_span out) const noexcept {
        typename A::signature made{};
        detail::one_piece const whole{message};
        if (auto const computed = authentication<B, A>::compute(prepared_, own, whole, made);
            !computed) {
            return computed.error();
        }
        if (made.size() > out.size()) {
            return errc::buffer_too_small;
        }
        std::copy(made.begin(), made.end(), out.begin());
        return made.size();
    }
};

}  // namespace mcx

#endif
