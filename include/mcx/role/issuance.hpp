// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_ISSUANCE_HPP
#define MCX_ROLE_ISSUANCE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jwt/claims.hpp>

#include <concepts>
#include <cstddef>

// What a server needs to issue a token: with which key, from which randomness, for how long.

namespace mcx::role {

/// With what a token is issued. Borrows the signer and the random source.
template <Signer S, Random R>
struct issuance {
    S& signer;
    R& random;
    lifetime valid;

    constexpr issuance(S& s, R& r, lifetime l) noexcept : signer(s), random(r), valid(l) {}

    /// A fresh token id: 128 random bits in base64url. Fails: random_unavailable.
    [[nodiscard]] result<jwt_id> fresh_id() const noexcept {
        fixed_bytes<16> octets{};
        if (!random.fill(octets)) {
            return errc::random_unavailable;
        }
        char text[base64url::encoded_size(octets.size())];
        std::size_t const size = base64url::encode(octets, text);
        return jwt_id::from({text, size});
    }
};

/// Some `issuance`.
template <class I>
concept Issuance = requires(I const& i) {
    { i.valid } -> std::convertible_to<lifetime>;
    { i.fresh_id() } -> std::same_as<result<jwt_id>>;
    i.signer;
    i.random;
};

}  // namespace mcx::role

#endif
