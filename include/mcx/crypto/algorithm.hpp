// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_ALGORITHM_HPP
#define MCX_CRYPTO_ALGORITHM_HPP

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

// What an algorithm is, and sets of algorithms. A set is a type: which algorithms are acceptable is
// fixed when the program is compiled, and "none" has no type, so no set can name it. [RFC 8725
// §3.1]

namespace mcx {

/// Tells whether a name, in a header or a JWK, is one of algorithm A, octet for octet. An algorithm
/// has one name; a named relaxation, such as `ed25519_by_either_name`, has an `other_name` as well.
template <class A>
[[nodiscard]] constexpr bool answers_to(std::string_view name) noexcept {
    if constexpr (requires { A::other_name; }) {
        return name == A::name || name == A::other_name;
    } else {
        return name == A::name;
    }
}

/// A signature or MAC algorithm: its JOSE name, the type of its signatures (a fixed array, or a
/// bounded buffer), and whether it is a MAC. Exemplar: `es256`. Models: the types of
/// crypto/signatures.hpp and crypto/mac.hpp, a national curve. Used by: every key, set and profile.
template <class A>
concept Algorithm = requires {
    { A::name } -> std::convertible_to<std::string_view>;
    { A::is_mac } -> std::convertible_to<bool>;
    typename A::signature;
} && std::default_initializable<typename A::signature> && (!answers_to<A>("none"));

/// An algorithm whose verifying key may be published.
template <class A>
concept SignatureAlgorithm = Algorithm<A> && !A::is_mac &&
                             requires(typename A::public_key const& k, typename A::signature s) {
                                 { A::in_range(k, s) } noexcept -> std::same_as<bool>;
                             };

/// An algorithm of one name that `relaxes` no other, without which nobody signs.
template <class A>
concept HasOneName =
    Algorithm<A> && !requires { A::other_name; } && !requires { typename A::relaxes; };

/// MACs and signatures never share a set: a public key must not be taken for a MAC secret.
template <class... As>
concept NoMacAmongSignatures = (... && As::is_mac) || (... && !As::is_mac);

namespace detail {

/// None of the names of A is one of the names of these.
template <class A, class... Others>
[[nodiscard]] consteval bool names_are_new() {
    if constexpr (requires { A::other_name; }) {
        return !(... || (answers_to<Others>(A::name) || answers_to<Others>(A::other_name)));
    } else {
        return !(... || answers_to<Others>(A::name));
    }
}

template <class... As>
inline constexpr bool names_are_distinct = true;
template <class A, class... As>
inline constexpr bool names_are_distinct<A, As...> =
    names_are_new<A, As...>() && names_are_distinct<As...>;

}  // namespace detail

/// No two algorithms of a set answer to the same name.
template <class... As>
concept DistinctNames = detail::names_are_distinct<As...>;

/// The algorithms that somebody accepts, in order of preference.
template <Algorithm... As>
    requires NoMacAmongSignatures<As...> && DistinctNames<As...>
struct algorithm_set {
    static constexpr std::size_t size = sizeof...(As);

    /// Tells whether the set has an algorithm of this name, octet for octet.
    [[nodiscard]] static constexpr bool names([[maybe_unused]] std::string_view name) noexcept {
        return (... || answers_to<As>(name));
    }

    template <class A>
    static constexpr bool contains = (... || std::same_as<A, As>);
};

namespace detail {

template <class Set>
inline constexpr bool is_algorithm_set = false;
template <class... As>
inline constexpr bool is_algorithm_set<algorithm_set<As...>> = true;

template <class... Sets>
struct joined;
template <>
struct joined<> {
    using type = algorithm_set<>;
};
template <class... As>
struct joined<algorithm_set<As...>> {
    using type = algorithm_set<As...>;
};
template <class... As, class... Bs, class... Rest>
struct joined<algorithm_set<As...>, algorithm_set<Bs...>, Rest...>
    : joined<algorithm_set<As..., Bs...>, Rest...> {};

template <class Set, template <class> class Keeps>
struct filtered;
template <class... As, template <class> class Keeps>
struct filtered<algorithm_set<As...>, Keeps>
    : joined<std::conditional_t<Keeps<As>::value, algorithm_set<As>, algorithm_set<>>...> {};

template <class Set>
struct in_set {
    template <class A>
    using test = std::bool_constant<Set::template contains<A>>;
};

}  // namespace detail

/// Some `algorithm_set`.
template <class Set>
concept AlgorithmSet = detail::is_algorithm_set<Set>;

/// The algorithms of `Left` that `Right` has too, in the order of `Left`.
template <AlgorithmSet Left, AlgorithmSet Right>
using common_algorithms =
    typename detail::filtered<Left, detail::in_set<Right>::template test>::type;

/// Two sets have an algorithm in common.
template <class Left, class Right>
concept ShareAnAlgorithm = (common_algorithms<Left, Right>::size > 0);

}  // namespace mcx

#endif
