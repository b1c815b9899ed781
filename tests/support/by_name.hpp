// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_BY_NAME_HPP
#define MCX_TESTS_SUPPORT_BY_NAME_HPP

#include "vectors.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jose/key_set.hpp>
#include <mcx/jose/mac_jwk.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Vectors name their algorithm; this library takes it as a type. From a name to the type, and from
// the keys of a file to a key set of just that algorithm, as a program that knows it would do.

namespace mcx::test {

/// Tells whether a backend has an algorithm.
template <class B, class A>
inline constexpr bool provides = [] {
    if constexpr (MacAlgorithm<A>) {
        return Authenticates<B, A>;
    } else {
        return Verifies<B, A>;
    }
}();

template <class... As, class F>
bool with_algorithm_of(algorithm_set<As...>, std::string_view name, F& f) {
    return (... || (As::name == name && (f(As{}), true)));
}

/// Calls `f(A{})` for the algorithm of this name. Returns false where there is none.
template <class F>
bool with_algorithm(std::string_view name, F&& f) {
    return with_algorithm_of(all_signature_algorithms{}, name, f) ||
           with_algorithm_of(mac_algorithms{}, name, f);
}

/// Calls `f<B, A>()` for every backend that has algorithm A.
template <class A, class F>
void with_backends_of(F&& f) {
    if constexpr (provides<sodium, A>) {
        f.template operator()<sodium, A>();
    }
    if constexpr (provides<botan, A>) {
        f.template operator()<botan, A>();
    }
}

/// Calls `f<B, A>()` for every backend that has the algorithm of this name. Returns false where
/// there is no such algorithm.
template <class F>
bool with_backends(std::string_view name, F&& f) {
    return with_algorithm(name, [&f](auto algorithm) { with_backends_of<decltype(algorithm)>(f); });
}

/// A JWK Set document of these keys.
inline std::string jwks_of(std::vector<std::string> const& keys) {
    std::string made;
    for (std::string const& key : keys) {
        made += made.empty() ? "" : ",";
        made += key;
    }
    return "{\"keys\":[" + made + "]}";
}

inline std::string kty_of(std::string const& jwk) {
    auto const members = members_in(jwk);
    auto const found = members.find("kty");
    return found == members.end() ? std::string{} : string_in(found->second);
}

/// The set that a verifier for `As` makes of these keys. Public keys come as a document; each MAC
/// secret is one's own, and is read by itself, the other keys being none of its business.
template <class B, class... As>
    requires(... && SignatureAlgorithm<As>)
result<key_set<B, algorithm_set<As...>>> keys_for(algorithm_set<As...>,
                                                  std::vector<std::string> const& keys) {
    return key_set<B, algorithm_set<As...>>::from_jwks(jwks_of(keys));
}
template <class B, MacAlgorithm A>
result<key_set<B, algorithm_set<A>>> keys_for(algorithm_set<A>,
                                              std::vector<std::string> const& keys) {
    key_set<B, algorithm_set<A>> made;
    for (std::string const& key : keys) {
        if (kty_of(key) != "oct") {
            continue;
        }
        auto const read = jwk::read_mac<A>(key);
        if (!read) {
            return read.error();
        }
        if (auto const added = made.template add<A>(read->octets, read->id); !added) {
            return added.error();
        }
    }
    return made;
}

}  // namespace mcx::test

#endif
