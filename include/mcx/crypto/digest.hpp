// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_DIGEST_HPP
#define MCX_CRYPTO_DIGEST_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

// Hash functions by name, and what an implementation of one has to offer. The implementations are
// in the backends: `hashing<B, H>` is the backend's model of Digest for the hash function H.

namespace mcx {

/// SHA-256. [FIPS 180-4 §6.2]
struct sha256 {
    static constexpr std::string_view name = "SHA-256";
    static constexpr std::size_t size = 32;
};

/// SHA-384. [FIPS 180-4 §6.5]
struct sha384 {
    static constexpr std::string_view name = "SHA-384";
    static constexpr std::size_t size = 48;
};

/// SHA-512. [FIPS 180-4 §6.4]
struct sha512 {
    static constexpr std::string_view name = "SHA-512";
    static constexpr std::size_t size = 64;
};

/// A running hash. `finish` may be called once and fails only where the machine does
/// (errc::backend). Exemplar: `hashing<sodium, sha256>`. Models: the backends' hashings. Used by:
/// replay identities, UIDs of identity-based keys.
template <class D>
concept Digest = std::default_initializable<D> && requires(D digest, byte_view octets) {
    { D::size } -> std::convertible_to<std::size_t>;
    { digest.update(octets) } noexcept;
    { digest.finish() } noexcept -> std::same_as<result<fixed_bytes<D::size>>>;
};

/// A backend's implementation of the hash function H; specialised in the backend's header.
template <class B, class H>
struct hashing;

/// Backend B implements the hash function H.
template <class B, class H>
concept Digests =
    requires { sizeof(hashing<B, H>); } &&  // asked first: the rest needs a whole type
    Digest<hashing<B, H>> && hashing<B, H>::size == H::size;

/// Hashes octets in one call. Fails: backend.
template <Digest D>
[[nodiscard]] constexpr result<fixed_bytes<D::size>> digest_of(byte_view octets) noexcept {
    D digest;
    digest.update(octets);
    return digest.finish();
}

}  // namespace mcx

#endif
