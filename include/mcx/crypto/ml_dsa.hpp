// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_ML_DSA_HPP
#define MCX_CRYPTO_ML_DSA_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

// ML-DSA without prehash and with an empty context. [FIPS 204 §5.2, RFC 9964 §4] All that can be
// said of a signature without computing it is its length, which its type fixes.

namespace mcx {

/// ML-DSA with public keys and signatures of these sizes, in octets. [FIPS 204 table 2]
template <std::size_t PublicSize, std::size_t SignatureSize>
struct ml_dsa {
    static constexpr bool is_mac = false;
    using signature = fixed_bytes<SignatureSize>;
    using public_key = ml_dsa_public_key<PublicSize>;
    using private_key = ml_dsa_private_key<PublicSize>;

    [[nodiscard]] static constexpr bool in_range(public_key const&, signature const&) noexcept {
        return true;
    }
};

/// One of the algorithms below.
template <class A>
concept MlDsaAlgorithm =
    std::derived_from<A, ml_dsa<A::public_key::size, sizeof(typename A::signature)>>;

/// ML-DSA-44. [RFC 9964 §4]
struct ml_dsa_44 : ml_dsa<1312, 2420> {
    static constexpr std::string_view name = "ML-DSA-44";
};

/// ML-DSA-65. [RFC 9964 §4]
struct ml_dsa_65 : ml_dsa<1952, 3309> {
    static constexpr std::string_view name = "ML-DSA-65";
};

/// ML-DSA-87. [RFC 9964 §4]
struct ml_dsa_87 : ml_dsa<2592, 4627> {
    static constexpr std::string_view name = "ML-DSA-87";
};

}  // namespace mcx

#endif
