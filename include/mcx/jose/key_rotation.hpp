// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_KEY_ROTATION_HPP
#define MCX_JOSE_KEY_ROTATION_HPP

#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/jose/key_set.hpp>
#include <mcx/jose/thumbprint.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <vector>

// What changed between two snapshots of an issuer's keys. The caller fetches them, swaps them in
// and tells its operator; here they are compared and nothing else. A key is its algorithm, its
// numbers and its id: under a new id, or with new numbers under its old one, it went and another
// came. MAC secrets are told apart by the tags that they make, so that one with zeros at its end is
// the same as without them, as far as HMAC fills both up to a block. [RFC 7517 §5, RFC 8725 §3.8,
// RFC 2104 §2]

namespace mcx {

/// A key that came or went.
struct key_change {
    std::string_view alg;
    key_id id;
    std::optional<jwk::sha256_print> print;  // where the backend has the hash
};

/// The keys that the second of two sets has and the first has not, and the reverse.
struct key_rotation {
    std::vector<key_change> came;
    std::vector<key_change> went;

    [[nodiscard]] bool empty() const noexcept { return came.empty() && went.empty(); }
};

namespace detail {

template <class A, class B>
[[nodiscard]] bool same_key(key_to_verify<A, B> const& one, key_to_verify<A, B> const& other) {
    if constexpr (MacAlgorithm<A>) {
        return one.makes_the_tags_of(other);
    } else {
        return one.public_key() == other.public_key();
    }
}

/// The keys of `set` that `other` has not.
template <class B, AlgorithmSet As>
[[nodiscard]] std::vector<key_change> keys_only_in(key_set<B, As> const& set,
                                                   key_set<B, As> const& other) {
    std::vector<key_change> made;
    set.for_each(
        [&]<class A>(A, key_id const& id, key_to_verify<A, B> const& key, auto const& print) {
            bool found = false;
            other.for_each([&]<class C>(C, key_id const& other_id,
                                        key_to_verify<C, B> const& candidate, auto const&) {
                if constexpr (std::same_as<A, C>) {
                    found = found || (id == other_id && same_key<A, B>(key, candidate));
                }
            });
            if (!found) {
                made.push_back({A::name, id, print});
            }
        });
    return made;
}

}  // namespace detail

/// Compares two snapshots. Cost: linear in the product of their sizes, 64 keys each at most.
template <class B, AlgorithmSet As>
[[nodiscard]] key_rotation compare(key_set<B, As> const& before, key_set<B, As> const& after) {
    return {detail::keys_only_in(after, before), detail::keys_only_in(before, after)};
}

}  // namespace mcx

#endif
