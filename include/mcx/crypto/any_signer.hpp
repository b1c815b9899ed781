// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_ANY_SIGNER_HPP
#define MCX_CRYPTO_ANY_SIGNER_HPP

#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <variant>

// The run-time door: one of several signers, chosen by configuration. Which algorithms it may be is
// still fixed when the program is compiled.

namespace mcx {

namespace detail {

template <class B>
struct signed_by {
    template <class A>
    using test = std::bool_constant<Signs<B, A> || Authenticates<B, A>>;
};

template <class B, class Set>
struct signers_of;
template <class B, class... As>
struct signers_of<B, algorithm_set<As...>> {
    using type = std::variant<prepared_signer<As, B>...>;
    static constexpr std::size_t max_size = std::max({key_to_sign<As, B>::max_size...});
};

}  // namespace detail

/// The algorithms of `Set` that backend B signs with.
template <class B, AlgorithmSet Set>
using signing_algorithms =
    typename detail::filtered<Set, detail::signed_by<B>::template test>::type;

/// One thread's signer for one of the algorithms `As` that backend B signs with. Borrows its key.
template <class B, AlgorithmSet As = signature_algorithms>
class any_signer {
    using signers = detail::signers_of<B, signing_algorithms<B, As>>;

    typename signers::type signer_;

  public:
    static constexpr std::size_t max_size = signers::max_size;

    template <class A>
    explicit any_signer(signing_key<A, B> const& key) noexcept : signer_(prepared_signer{key}) {}
    template <class A>
    explicit any_signer(signing_key<A, B>&&) = delete;
    template <class A>
    explicit any_signer(mac_key<A, B> const& key) noexcept : signer_(prepared_signer{key}) {}
    template <class A>
    explicit any_signer(mac_key<A, B>&&) = delete;

    [[nodiscard]] std::string_view alg() const noexcept {
        return std::visit([](auto const& s) { return s.alg(); }, signer_);
    }
    [[nodiscard]] key_id const& id() const noexcept {
        return std::visit([](auto const& s) -> key_id const& { return s.id(); }, signer_);
    }
    [[nodiscard]] result<std::size_t> sign(byte_view message, Random auto& random,
                                           byte_span out) noexcept {
        return std::visit([&](auto& s) { return s.sign(message, random, out); }, signer_);
    }
    /// Signs a message in pieces. Cost: a copy of it where the algorithm cannot do with pieces.
    [[nodiscard]] result<std::size_t> sign_chain(auto const& pieces, Random auto& random,
                                                 byte_span out) {
        return std::visit([&](auto& s) { return detail::sign_pieces(s, pieces, random, out); },
                          signer_);
    }
};

}  // namespace mcx

#endif
