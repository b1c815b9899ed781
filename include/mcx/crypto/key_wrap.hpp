// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_KEY_WRAP_HPP
#define MCX_CRYPTO_KEY_WRAP_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

// AES key wrap with a key of 256 bits: a key, of a multiple of 8 octets, encrypted and protected
// against change. [RFC 3394] The variant with padding [RFC 5649] is not here.

namespace mcx {

/// A backend's AES key wrap; specialised in a header of the backend.
template <class B>
struct key_wrapping;

/// Backend B wraps keys. `wrap` and `unwrap` fill `out` or fail; `unwrap` fails with
/// key_wrap_integrity where the octets were not wrapped with this key, both with backend. Exemplar
/// and model: `key_wrapping<botan>`. Used by: `wrapping_key`.
template <class B>
concept WrapsKeys = requires { sizeof(key_wrapping<B>); } &&
                    requires(secret<32> const& key, byte_view in, byte_span out) {
                        {
                            key_wrapping<B>::wrap(key, in, out)
                        } noexcept -> std::same_as<result<void>>;
                        {
                            key_wrapping<B>::unwrap(key, in, out)
                        } noexcept -> std::same_as<result<void>>;
                    };

/// A key of 256 bits that other keys are wrapped with. It moves and is never copied. [RFC 3394]
template <WrapsKeys B>
class wrapping_key {
    secret<32> octets_;

    explicit wrapping_key(secret<32>&& octets) noexcept : octets_(std::move(octets)) {}

    /// Both sides fit: at least two blocks of 8 octets, and one more where wrapped.
    static bool fit(std::size_t plain, std::size_t wrapped) noexcept {
        return plain % 8 == 0 && plain >= 16 && wrapped == plain + 8;
    }

  public:
    /// Takes a copy of secret octets; the caller wipes its own. Fails: key_value (not 32 octets).
    [[nodiscard]] static result<wrapping_key> from(byte_view octets) noexcept {
        if (octets.size() != 32) {
            return errc::key_value;
        }
        auto copy = secret<32>::copy_of(octets);
        return wrapping_key{*std::move(copy)};
    }

    /// Wraps a key into 8 octets more than it has. Fails: key_wrap_undefined (the lengths do not
    /// fit), backend. [RFC 3394 §2.2.1]
    [[nodiscard]] result<void> wrap(byte_view plain, byte_span out) const noexcept {
        if (!fit(plain.size(), out.size())) {
            return errc::key_wrap_undefined;
        }
        return key_wrapping<B>::wrap(octets_, plain, out);
    }

    /// Unwraps a key that has 8 octets less. Fails: key_wrap_undefined (the lengths do not fit),
    /// key_wrap_integrity, backend; `out` then holds zeros. [RFC 3394 §2.2.2]
    [[nodiscard]] result<void> unwrap(byte_view wrapped, byte_span out) const noexcept {
        if (!fit(out.size(), wrapped.size())) {
            wipe(out);
            return errc::key_wrap_undefined;
        }
        auto const done = key_wrapping<B>::unwrap(octets_, wrapped, out);
        if (!done) {
            wipe(out);
        }
        return done;
    }
};

}  // namespace mcx

#endif
