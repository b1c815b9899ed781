// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_BYTES_HPP
#define MCX_CORE_BYTES_HPP

#include <algorithm>
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

/// At most N octets, owned.
template <std::size_t N>
class bounded_bytes {
    std::size_t size_ = 0;
    fixed_bytes<N> octets_{};

  public:
    static constexpr std::size_t max_size = N;

    constexpr bounded_bytes() noexcept = default;

    /// Sets the number of octets; returns false, and changes nothing, past the bound.
    [[nodiscard]] constexpr bool resize(std::size_t size) noexcept {
        if (size > N) {
            return false;
        }
        size_ = size;
        return true;
    }

    /// Takes a copy; returns false, and changes nothing, where it does not fit.
    [[nodiscard]] constexpr bool assign(byte_view octets) noexcept {
        if (!resize(octets.size())) {
            return false;
        }
        std::copy(octets.begin(), octets.end(), octets_.begin());
        return true;
    }

    [[nodiscard]] constexpr byte_view view() const noexcept {
        return byte_view{octets_}.first(size_);
    }
    [[nodiscard]] constexpr byte_span octets() noexcept { return byte_span{octets_}.first(size_); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

    friend constexpr bool operator==(bounded_bytes const& a, bounded_bytes const& b) noexcept {
        return std::equal(a.view().begin(), a.view().end(), b.view().begin(), b.view().end());
    }
};

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

/// Shows octets the way C libraries take them.
[[nodiscard]] inline unsigned char const* as_c_octets(byte_view bytes) noexcept {
    // unsigned char may alias any object [basic.lval].
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

/// Shows writable octets the way C libraries take them.
[[nodiscard]] inline unsigned char* as_writable_c_octets(byte_span bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// The octet of one character, in constant expressions too.
[[nodiscard]] constexpr std::byte to_byte(char c) noexcept {
    return static_cast<std::byte>(static_cast<unsigned char>(c));
}

}  // namespace mcx

#endif
