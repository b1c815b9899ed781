// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_WRAPPED_KEY_HPP
#define MCX_KMS_WRAPPED_KEY_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/kms/names.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>

// Keys encrypted with a user's transport key (TrK) by AES key wrap. [TS 33.180 9.3.4.2, RFC 3394]
// Key wrap knows multiples of 8 octets only, so a key of 32 octets has a wrapped form, and those of
// 257 and 65 have none that the TS defines: they are carried as they came, for the deployment that
// has agreed on one. The wrapping itself is in crypto/key_wrap.hpp.

namespace mcx::kms {

/// The most octets that a wrapped key may have.
inline constexpr std::size_t max_wrapped_key = 512;

/// A key as it is carried: encrypted, hence no secret.
struct wrapped_key {
    std::optional<key_name> wrapped_with;   ///< the TrK, by name [xenc §3.5.1 KeyInfo]
    std::optional<key_name> carries;        ///< the name of the key inside [CarriedKeyName]
    bounded_bytes<max_wrapped_key> octets;  ///< CipherValue

    friend constexpr bool operator==(wrapped_key const&, wrapped_key const&) noexcept = default;
};

/// Something that unwraps by RFC 3394: exactly as many octets as `out` has. Exemplar and models:
/// `wrapping_key<B>`. Used by: `unwrap`.
template <class U>
concept KeyUnwrapper = requires(U const& key, byte_view wrapped, byte_span out) {
    { key.unwrap(wrapped, out) } noexcept -> std::same_as<result<void>>;
};

/// Unwraps a key of N octets with the TrK of a name. Fails: no_such_key (it was wrapped with
/// another), key_wrap_undefined (it is not N octets that are in there), key_wrap_integrity,
/// backend. [RFC 3394 §2.2.2]
template <std::size_t N, KeyUnwrapper U>
    requires(N % 8 == 0)
[[nodiscard]] result<secret<N>> unwrap(wrapped_key const& wrapped, key_name const& name,
                                       U const& key) noexcept {
    if (wrapped.wrapped_with != name) {
        return errc::no_such_key;
    }
    if (wrapped.octets.size() != N + 8) {
        return errc::key_wrap_undefined;
    }
    fixed_bytes<N> octets{};
    auto const done = key.unwrap(wrapped.octets.view(), octets);
    auto made = secret<N>::copy_of(octets);
    wipe(octets);
    if (!done) {
        return done.error();
    }
    return made;
}

/// Key material of N octets: plain, or wrapped and opaque. It moves and is never copied; what is
/// plain is wiped when it dies.
template <std::size_t N>
class key_material {
    secret<N> plain_;
    std::optional<wrapped_key> wrapped_;

  public:
    explicit key_material(secret<N>&& octets) noexcept : plain_(std::move(octets)) {}
    explicit key_material(wrapped_key const& wrapped) noexcept : wrapped_(wrapped) {}

    [[nodiscard]] bool is_wrapped() const noexcept { return wrapped_.has_value(); }
    /// The secret octets; empty where the key is wrapped.
    [[nodiscard]] secret<N> const& plain() const noexcept { return plain_; }
    /// The wrapped form; null where the key is plain.
    [[nodiscard]] wrapped_key const* wrapped() const noexcept {
        return wrapped_ ? &*wrapped_ : nullptr;
    }

    /// Compares secret octets in constant time, and without a branch on what comes of it.
    friend bool operator==(key_material const& a, key_material const& b) noexcept {
        bool const same = a.plain_ == b.plain_;
        bool const alike = a.wrapped_ == b.wrapped_;
        return (static_cast<unsigned>(same) & static_cast<unsigned>(alike)) != 0;
    }
};

}  // namespace mcx::kms

#endif
