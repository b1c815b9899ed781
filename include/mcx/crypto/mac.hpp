// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_MAC_HPP
#define MCX_CRYPTO_MAC_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/digest.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

// MAC algorithms and their secrets. They are types of their own kind: a set that mixes them with
// signatures does not compile, and a secret is made of octets only, which is what keeps a public
// key, or the text of one, from being used as a MAC secret. No profile of TS 33.180 accepts a MAC.

namespace mcx {

/// HMAC with `Hash`; the tag is never shortened. [RFC 2104 §2, RFC 7518 §3.2]
template <class Hash>
struct hmac {
    static constexpr bool is_mac = true;
    using hash = Hash;
    using signature = fixed_bytes<Hash::size>;
};

/// One of the algorithms below.
template <class A>
concept MacAlgorithm = Algorithm<A> && A::is_mac && std::derived_from<A, hmac<typename A::hash>>;

/// HMAC with SHA-256. [RFC 7518 §3.2]
struct hs256 : hmac<sha256> {
    static constexpr std::string_view name = "HS256";
};

/// HMAC with SHA-384. [RFC 7518 §3.2]
struct hs384 : hmac<sha384> {
    static constexpr std::string_view name = "HS384";
};

/// HMAC with SHA-512. [RFC 7518 §3.2]
struct hs512 : hmac<sha512> {
    static constexpr std::string_view name = "HS512";
};

/// Every MAC algorithm that the library names.
using mac_algorithms = algorithm_set<hs256, hs384, hs512>;

/// The secret of MAC algorithm A: at least as many octets as its hash has, at most 256. It is never
/// a password, nor the text of anything. [RFC 7518 §3.2]
template <MacAlgorithm A>
class mac_secret {
    secret<256> octets_;

    explicit mac_secret(secret<256>&& octets) noexcept : octets_(std::move(octets)) {}

  public:
    using algorithm = A;
    static constexpr std::size_t min_size = A::hash::size;
    static constexpr std::size_t max_size = 256;

    /// Takes a copy of secret octets; the caller wipes its own. Fails: mac_secret_size.
    [[nodiscard]] static result<mac_secret> from(byte_view octets) noexcept {
        if (octets.size() < min_size || octets.size() > max_size) {
            return errc::mac_secret_size;
        }
        auto copy = secret<256>::copy_of(octets);
        return mac_secret{*std::move(copy)};
    }

    /// Draws a new secret, as long as the hash. Fails: random_unavailable.
    [[nodiscard]] static result<mac_secret> generate(Random auto& random) noexcept {
        fixed_bytes<min_size> drawn{};
        bool const filled = random.fill(drawn);
        auto made = from(drawn);
        wipe(drawn);
        return filled ? std::move(made) : errc::random_unavailable;
    }

    /// The octets, for the one call that needs them.
    [[nodiscard]] byte_view reveal() const noexcept { return octets_.reveal(); }
    [[nodiscard]] std::size_t size() const noexcept { return octets_.size(); }
};

}  // namespace mcx

#endif
