// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_EDDSA_HPP
#define MCX_CRYPTO_EDDSA_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>

#include <algorithm>
#include <concepts>
#include <string_view>

// EdDSA without prehash and without context. [RFC 8032 §5.1, §5.2, RFC 8037 §3.1] Ed25519 goes by
// two names: "EdDSA", as old as RFC 8037, and "Ed25519", which RFC 9864 prefers. They are two
// algorithms, and a key serves one of them, but for a relaxation that says by its name what it is.

namespace mcx {

/// EdDSA over `Curve`; the signature is R and S, each as long as a point.
template <class Curve>
struct pure_eddsa {
    static constexpr bool is_mac = false;
    using curve = Curve;
    using signature = fixed_bytes<2 * Curve::size>;
    using public_key = edwards_public_key<Curve>;
    using private_key = edwards_private_key<Curve>;

    /// R is canonical and not of small order, S is less than the order of the base point. Backends
    /// disagree about an R of small order, which no honest signer makes. [RFC 8032 §5.1.7, §5.2.7]
    [[nodiscard]] static constexpr bool in_range(public_key const&, signature const& s) noexcept {
        fixed_bytes<Curve::size> r{};
        std::copy_n(s.begin(), r.size(), r.begin());
        return Curve::is_canonical(r) && !Curve::has_small_order(r) &&
               Curve::is_reduced_scalar(byte_view{s}.last(Curve::size));
    }
};

/// One of the algorithms below.
template <class A>
concept EddsaAlgorithm = std::derived_from<A, pure_eddsa<typename A::curve>>;

/// EdDSA, of which this library means Ed25519 only. [RFC 8037 §3.1]
struct eddsa : pure_eddsa<edwards25519> {
    static constexpr std::string_view name = "EdDSA";
};

/// Ed25519 by its fully specified name. [RFC 9864 §2.2]
struct ed25519 : pure_eddsa<edwards25519> {
    static constexpr std::string_view name = "Ed25519";
};

/// A relaxation: Ed25519 under either of its names, for as long as an issuer changes over from one
/// to the other. It verifies, and nobody signs with it. [RFC 9864 §2.2]
struct ed25519_by_either_name : pure_eddsa<edwards25519> {
    static constexpr std::string_view name = "Ed25519";
    static constexpr std::string_view other_name = "EdDSA";
};

/// Ed448 by its fully specified name, the only one that this library knows. [RFC 9864 §2.2]
struct ed448 : pure_eddsa<edwards448> {
    static constexpr std::string_view name = "Ed448";
};

}  // namespace mcx

#endif
