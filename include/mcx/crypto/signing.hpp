// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_SIGNING_HPP
#define MCX_CRYPTO_SIGNING_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/key_id.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

// Signing, the half of a backend that handles secrets. A backend may offer one half without the
// other. Whatever signs is a Signer: a key of a backend, one of several chosen by configuration
// (crypto/any_signer.hpp), or a session with a hardware module.

namespace mcx {

/// A backend's way to sign with algorithm A; specialised in the backend's header.
template <class B, class A>
struct signing;

/// Backend B signs with algorithm A. `sign` draws from the random source given and fills the whole
/// signature, or fails with backend or random_unavailable. Exemplar: `signing<sodium, eddsa>`.
/// Models: the backends, a `first_of`, a test double. Used by: `signing_key`, `prepared_signer`.
template <class B, class A>
concept Signs =
    SignatureAlgorithm<A> && HasOneName<A> &&
    requires(typename signing<B, A>::key const& key, typename signing<B, A>::scratch& own,
             typename A::private_key const& numbers, byte_view message, any_random random,
             typename A::signature& signature) {
        {
            signing<B, A>::prepare(numbers)
        } noexcept -> std::same_as<result<typename signing<B, A>::key>>;
        { signing<B, A>::public_key(key) } -> std::convertible_to<typename A::public_key>;
        {
            signing<B, A>::sign(key, own, message, random, signature)
        } noexcept -> std::same_as<result<void>>;
    } &&
    std::default_initializable<typename signing<B, A>::scratch>;

/// Backend B signs a message in pieces as well, `sign_chain`, because the algorithm reads it once;
/// the signature is one over the whole. Not EdDSA, which reads its message twice. Exemplar:
/// `signing<botan, es256>`. Used by: the detached and general serializations of jose/.
template <class B, class A>
concept SignsChain =
    Signs<B, A> && requires(typename signing<B, A>::key const& key,
                            typename signing<B, A>::scratch& own, detail::any_pieces const& pieces,
                            any_random random, typename A::signature& signature) {
        {
            signing<B, A>::sign_chain(key, own, pieces, random, signature)
        } noexcept -> std::same_as<result<void>>;
    };

/// Backend B makes new keys for algorithm A.
template <class B, class A>
concept Generates = Signs<B, A> && requires(any_random random) {
    { signing<B, A>::generate(random) } noexcept -> std::same_as<result<typename A::private_key>>;
};

/// Something that signs. `sign` writes at most `max_size` octets and returns how many; it fails
/// with buffer_too_small, backend or random_unavailable. Exemplar: `signing_key`. Models:
/// `signing_key`, `prepared_signer`, `any_signer`, a session with a hardware module. Used by:
/// `jws::sign`, `jwt::issue`, the roles that issue tokens.
template <class S>
concept Signer = requires(S& signer, byte_view message, any_random& random, byte_span out) {
    { signer.alg() } -> std::convertible_to<std::string_view>;
    { signer.id() } -> std::convertible_to<key_id const&>;
    { S::max_size } -> std::convertible_to<std::size_t>;
    { signer.sign(message, random, out) } -> std::same_as<result<std::size_t>>;
};

/// A signer whose algorithm is known when the program is compiled.
template <class S>
concept TypedSigner = Signer<S> && Algorithm<typename S::algorithm>;

namespace detail {

template <std::size_t N>
[[nodiscard]] constexpr byte_view signature_octets(fixed_bytes<N> const& s) noexcept {
    return s;
}
template <std::size_t N>
[[nodiscard]] constexpr byte_view signature_octets(bounded_bytes<N> const& s) noexcept {
    return s.view();
}

/// Signs a message, whole or in pieces, and copies the signature out, or leaves `out` alone.
template <class B, class A, class Message>
[[nodiscard]] result<std::size_t> sign_into(typename signing<B, A>::key const& key,
                                            typename signing<B, A>::scratch& scratch,
                                            Message const& message, any_random random,
                                            byte_span out) noexcept {
    typename A::signature made{};
    result<void> signed_;
    if constexpr (std::same_as<Message, byte_view>) {
        signed_ = signing<B, A>::sign(key, scratch, message, random, made);
    } else {
        signed_ = signing<B, A>::sign_chain(key, scratch, message, random, made);
    }
    if (!signed_) {
        return signed_.error();
    }
    byte_view const octets = signature_octets(made);
    if (octets.size() > out.size()) {
        return errc::buffer_too_small;
    }
    std::copy(octets.begin(), octets.end(), out.begin());
    return octets.size();
}

}  // namespace detail

/// A private key of algorithm A, ready for signing by backend B. Immutable and shareable.
template <class A, class B>
    requires Signs<B, A>
class signing_key {
    key_id id_;
    typename signing<B, A>::key prepared_;

    signing_key(key_id const& id, typename signing<B, A>::key&& k)
        : id_(id), prepared_(std::move(k)) {}

  public:
    using algorithm = A;
    using backend = B;
    using scratch = typename signing<B, A>::scratch;
    static constexpr std::size_t max_size = sizeof(typename A::signature);

    /// Prepares a private key. Fails: key_value (the numbers are no key), backend.
    [[nodiscard]] static result<signing_key> from(typename A::private_key const& numbers,
                                                  key_id const& id) noexcept {
        auto prepared = signing<B, A>::prepare(numbers);
        if (!prepared) {
            return prepared.error();
        }
        return signing_key{id, *std::move(prepared)};
    }

    /// Makes a new key. Fails: random_unavailable, backend.
    [[nodiscard]] static result<signing_key> generate(Random auto& random,
                                                      key_id const& id) noexcept
        requires Generates<B, A>
    {
        auto numbers = signing<B, A>::generate(any_random{random});
        if (!numbers) {
            return numbers.error();
        }
        return from(*numbers, id);
    }

    [[nodiscard]] static constexpr std::string_view alg() noexcept { return A::name; }
    [[nodiscard]] key_id const& id() const noexcept { return id_; }
    [[nodiscard]] typename A::public_key public_key() const {
        return signing<B, A>::public_key(prepared_);
    }
    [[nodiscard]] typename signing<B, A>::key const& prepared() const noexcept { return prepared_; }

    /// Signs with scratch made for this one call. Cost: what the backend needs to prepare a signer,
    /// with Botan some 1 ms for RSA; `prepared_signer` pays it once.
    [[nodiscard]] result<std::size_t> sign(byte_view message, Random auto& random,
                                           byte_span out) const noexcept {
        scratch own{};
        return sign_with(own, message, any_random{random}, out);
    }

    /// The same with the scratch of a `prepared_signer`.
    [[nodiscard]] result<std::size_t> sign_with(scratch& own, byte_view message, any_random random,
                                                byte_span out) const noexcept {
        return detail::sign_into<B, A>(prepared_, own, message, random, out);
    }

    /// Signs a message in pieces: `pieces(update)` calls `update(byte_view)` for each in order.
    [[nodiscard]] result<std::size_t> sign_chain(auto const& pieces, Random auto& random,
                                                 byte_span out) const noexcept
        requires SignsChain<B, A>
    {
        scratch own{};
        return sign_chain_with(own, pieces, any_random{random}, out);
    }

    /// The same with the scratch of a `prepared_signer`.
    [[nodiscard]] result<std::size_t> sign_chain_with(scratch& own, auto const& pieces,
                                                      any_random random,
                                                      byte_span out) const noexcept
        requires SignsChain<B, A>
    {
        return detail::sign_into<B, A>(prepared_, own, pieces, random, out);
    }
};

namespace detail {

/// The kind of key that backend B signs with.
template <class A, class B>
struct key_that_signs {
    using type = signing_key<A, B>;
};
template <MacAlgorithm A, class B>
struct key_that_signs<A, B> {
    using type = mac_key<A, B>;
};

}  // namespace detail

/// The key with which backend B signs by algorithm A: a `signing_key`, or for a MAC a `mac_key`.
template <class A, class B>
using key_to_sign = typename detail::key_that_signs<A, B>::type;

/// One thread's signer: a key, borrowed, and the scratch that it keeps from call to call.
template <class A, class B>
    requires Signs<B, A> || Authenticates<B, A>
class prepared_signer {
    using key_type = key_to_sign<A, B>;

    key_type const* key_;
    typename key_type::scratch scratch_{};

  public:
    using algorithm = A;
    static constexpr std::size_t max_size = key_type::max_size;

    explicit prepared_signer(key_type const& key) noexcept : key_(&key) {}
    explicit prepared_signer(key_type&&) = delete;

    [[nodiscard]] static constexpr std::string_view alg() noexcept { return A::name; }
    [[nodiscard]] key_id const& id() const noexcept { return key_->id(); }
    [[nodiscard]] auto public_key() const
        requires(!A::is_mac)
    {
        return key_->public_key();
    }

    [[nodiscard]] result<std::size_t> sign(byte_view message, Random auto& random,
                                           byte_span out) noexcept {
        return key_->sign_with(scratch_, message, any_random{random}, out);
    }

    /// Signs a message in pieces.
    [[nodiscard]] result<std::size_t> sign_chain(auto const& pieces, Random auto& random,
                                                 byte_span out) noexcept
        requires SignsChain<B, A> || Authenticates<B, A>
    {
        return key_->sign_chain_with(scratch_, pieces, any_random{random}, out);
    }
};

template <class A, class B>
prepared_signer(signing_key<A, B> const&) -> prepared_signer<A, B>;
template <class A, class B>
prepared_signer(mac_key<A, B> const&) -> prepared_signer<A, B>;

namespace detail {

/// Signs a message in pieces by whatever signer: by one that wants it whole, a copy of it.
template <Signer S>
[[nodiscard]] result<std::size_t> sign_pieces(S& signer, auto const& pieces, Random auto& random,
                                              byte_span out) {
    if constexpr (requires { signer.sign_chain(pieces, random, out); }) {
        return signer.sign_chain(pieces, random, out);
    } else {
        std::vector<std::byte> whole;
        pieces(
            [&whole](byte_view piece) { whole.insert(whole.end(), piece.begin(), piece.end()); });
        return signer.sign(whole, random, out);
    }
}

}  // namespace detail

}  // namespace mcx

#endif
