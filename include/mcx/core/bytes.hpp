// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_BYTES_HPP
#define MCX_CORE_BYTES_HPP

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// Octets, and the one place where text becomes octets and octets become text. Nothing here owns
// memory except `fixed_bytes`.

namespace mcx {

/// Octets that somebody else owns.
using byte_view = std::span<std::byte const>;

/// Octets that somebody else owns and that the callee may write.
using byte_span = std::span<std::byte>;

/// Exactly N octets, owned.
template <std::size_t N>
using fixed_bytes = std::array<std::byte, N>;

/// Shows the octets of a text.
[[nodiscard]] inline byte_view as_bytes(std::string_view text) noexcept {
    return std::as_bytes(std::span{text.data(), text.size()});
}

/// Shows octets as text. Says nothing about their encoding: `utf8::check` does.
[[nodiscard]] inline std::string_view as_text(byte_view bytes) noexcept {
    // char may alias any object [basic.lval].
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Shows writable octets as writable text.
[[nodiscard]] inline std::span<char> as_writable_text(byte_span bytes) noexcept {
    return {reinterpret_cast<char*>(bytes.data()), bytes.size()};
}

/// The octet of one character, in constant expressions too.
[[nodiscard]] constexpr std::byte to_byte(char c) noexcept {
    return static_cast<std::byte>(static_cast<unsigned char>(c));
}

}  // namespace mcx

#endif
