// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_VERIFICATION_HPP
#define MCX_CRYPTO_VERIFICATION_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/signatures.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

// Verifying signatures, the half of a backend that handles public data only. A key is immutable and
// may be shared by any number of threads; what a backend has to change while it works, its scratch,
// lies in a workspace that belongs to one thread.

namespace mcx {

/// A backend's way to verify algorithm A; specialised in the backend's header.
template <class B, class A>
struct verification;

/// Backend B verifies algorithm A. Exemplar: `verification<sodium, eddsa>`. Models: the backends, a
/// `first_of`, a test double. Used by: `verifying_key`.
template <class B, class A>
concept Verifies =
    SignatureAlgorithm<A> &&
    requires(typename verification<B, A>::key const& key, typename verification<B, A>::scratch& own,
             typename A::public_key const& numbers, byte_view message,
             typename A::signature const& signature) {
        {
            verification<B, A>::prepare(numbers)
        } noexcept -> std::same_as<result<typename verification<B, A>::key>>;
        {
            verification<B, A>::check(key, own, message, signature)
        } noexcept -> std::same_as<verdict>;
    } &&
    std::default_initializable<typename verification<B, A>::scratch>;

/// A public key of algorithm A, ready for verification by backend B.
template <class A, class B>
    requires Verifies<B, A>
class verifying_key;

/// Backend B verifies algorithm A over a message that comes in pieces and is never put together:
/// `pieces(update)` calls `update(byte_view)` for each in order. Pure EdDSA reads its message
/// twice, so no backend does this for it. [RFC 8032 §5.1.6] Exemplar: `verification<botan, es256>`.
/// Used by: the JSON and detached serializations of jose/.
template <class B, class A>
concept VerifiesChain =
    Verifies<B, A> &&
    requires(typename verification<B, A>::key const& key, typename verification<B, A>::scratch& own,
             detail::any_pieces const& pieces, typename A::signature const& signature) {
        {
            verification<B, A>::check_chain(key, own, pieces, signature)
        } noexcept -> std::same_as<verdict>;
    };

namespace detail {

template <class B>
struct verified_by {
    template <class A>
    using test = std::bool_constant<Verifies<B, A> || Authenticates<B, A>>;
};

/// What backend B does for algorithm A where it verifies, and the kind of key that it does it with.
template <class B, class A>
struct verifying_verb {
    using half = verification<B, A>;
    using key = verifying_key<A, B>;
};
template <class B, MacAlgorithm A>
struct verifying_verb<B, A> {
    using half = authentication<B, A>;
    using key = mac_key<A, B>;
};

template <class B, class A>
using verifying_half = typename verifying_verb<B, A>::half;

/// The scratch of the last few keys of one algorithm; the oldest makes room for a new key.
template <class B, class A>
class scratch_table {
    using scratch = typename verifying_half<B, A>::scratch;
    static constexpr bool none_needed = std::is_empty_v<scratch>;

    std::array<scratch, none_needed ? 1 : 16> slots_{};
    std::size_t oldest_ = 0;

  public:
    scratch& for_key(typename verifying_half<B, A>::key const& key) noexcept {
        if constexpr (!none_needed) {
            for (scratch& s : slots_) {
                if (s.serves(key)) {
                    return s;
                }
            }
            scratch& s = slots_[oldest_];
            oldest_ = (oldest_ + 1) % slots_.size();
            s = scratch{};
            return s;
        }
        return slots_[0];
    }
};

template <class B, class Set>
struct scratch_tables;
template <class B, class... As>
struct scratch_tables<B, algorithm_set<As...>> {
    using type = std::tuple<scratch_table<B, As>...>;
};

}  // namespace detail

/// The algorithms of `Set` that backend B verifies.
template <class B, AlgorithmSet Set>
using verified_algorithms =
    typename detail::filtered<Set, detail::verified_by<B>::template test>::type;

/// One thread's work space: the scratch of at most 16 keys an algorithm, made at a key's first use.
/// Never shared between threads; a key that has left its set is forgotten as others take its place,
/// or at once by `clear`.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class workspace {
    typename detail::scratch_tables<B, As>::type tables_;

  public:
    workspace() = default;
    workspace(workspace const&) = delete;
    workspace& operator=(workspace const&) = delete;

    template <class A>
        requires(As::template contains<A>)
    [[nodiscard]] typename detail::verifying_half<B, A>::scratch& scratch_for(
        typename detail::verifying_half<B, A>::key const& key) noexcept {
        return std::get<detail::scratch_table<B, A>>(tables_).for_key(key);
    }

    /// Forgets every key.
    void clear() noexcept { tables_ = {}; }
};

/// The key with which backend B verifies algorithm A: a `verifying_key`, or for a MAC a `mac_key`.
template <class A, class B>
using key_to_verify = typename detail::verifying_verb<B, A>::key;

/// A public key of algorithm A, ready for verification by backend B. Immutable and shareable.
template <class A, class B>
    requires Verifies<B, A>
class verifying_key {
    typename A::public_key numbers_;
    typename verification<B, A>::key prepared_;

    verifying_key(typename A::public_key const& n, typename verification<B, A>::key&& k)
        : numbers_(n), prepared_(std::move(k)) {}

  public:
    using algorithm = A;
    using backend = B;
    using numbers = typename A::public_key;

    /// Prepares a checked public key. Fails: backend.
    [[nodiscard]] static result<verifying_key> from(
        typename A::public_key const& numbers) noexcept {
        auto prepared = verification<B, A>::prepare(numbers);
        if (!prepared) {
            return prepared.error();
        }
        return verifying_key{numbers, *std::move(prepared)};
    }

    [[nodiscard]] typename A::public_key const& public_key() const noexcept { return numbers_; }

    /// Verifies a signature. One that is out of the algorithm's range never reaches the backend.
    template <AlgorithmSet As>
    [[nodiscard]] verdict verify(byte_view message, typename A::signature const& signature,
                                 workspace<B, As>& work) const noexcept {
        if (!A::in_range(numbers_, signature)) {
            return verdict::bad;
        }
        auto& scratch = work.template scratch_for<A>(prepared_);
        return verification<B, A>::check(prepared_, scratch, message, signature);
    }

    /// Verifies a signature over a message in pieces.
    template <class Pieces, AlgorithmSet As>
        requires VerifiesChain<B, A>
    [[nodiscard]] verdict verify_chain(Pieces const& pieces, typename A::signature const& signature,
                                       workspace<B, As>& work) const noexcept {
        if (!A::in_range(numbers_, signature)) {
            return verdict::bad;
        }
        auto& scratch = work.template scratch_for<A>(prepared_);
        return verification<B, A>::check_chain(prepared_, scratch, pieces, signature);
    }

    /// Verifies a signature with scratch made for this one call. Cost: what the backend needs to
    /// prepare a verifier, with Botan some 20 µs; none with libsodium.
    [[nodiscard]] verdict verify(byte_view message,
                                 typename A::signature const& signature) const noexcept {
        if (!A::in_range(numbers_, signature)) {
            return verdict::bad;
        }
        typename verification<B, A>::scratch scratch{};
        return verification<B, A>::check(prepared_, scratch, message, signature);
    }
};

}  // namespace mcx

#endif
