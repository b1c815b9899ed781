// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_SECRET_HPP
#define MCX_CORE_SECRET_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>

// Secret octets: wiped when they die, moved but never copied by accident, compared in constant
// time, never printed. Nothing here keeps a secret out of swap or of a core file.

namespace mcx {

/// Overwrites octets with zero; the compiler may not leave it out.
inline void wipe(byte_span bytes) noexcept {
    // A loop and a barrier rather than a call: a lazily bound call can spill secrets to the stack.
    std::fill(bytes.begin(), bytes.end(), std::byte{0});
    __asm__ __volatile__("" : : "r"(bytes.data()) : "memory");
}

/// Compares octets in a time that depends on their number only.
[[nodiscard]] constexpr bool constant_time_equal(byte_view a, byte_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= std::to_integer<unsigned>(a[i] ^ b[i]);
        if (!std::is_constant_evaluated()) {
            __asm__ __volatile__("" : "+r"(difference));  // keeps the loop from ending early
        }
    }
    return difference == 0;
}

/// At most N secret octets, held inline.
template <std::size_t N>
class secret {
    std::size_t size_ = 0;
    fixed_bytes<N> octets_{};

  public:
    static constexpr std::size_t max_size = N;

    secret() noexcept = default;
    secret(secret const&) = delete;
    secret& operator=(secret const&) = delete;

    secret(secret&& other) noexcept : size_(other.size_), octets_(other.octets_) { other.clear(); }
    secret& operator=(secret&& other) noexcept {
        if (this != &other) {
            size_ = other.size_;
            octets_ = other.octets_;
            other.clear();
        }
        return *this;
    }
    ~secret() { clear(); }

    /// Takes a copy of secret octets; the caller wipes its own. Fails: value_too_long.
    [[nodiscard]] static result<secret> copy_of(byte_view octets) noexcept {
        if (octets.size() > N) {
            return errc::value_too_long;
        }
        secret made;
        std::copy(octets.begin(), octets.end(), made.octets_.begin());
        made.size_ = octets.size();
        return made;
    }

    /// A second copy, asked for by name.
    [[nodiscard]] secret clone() const noexcept {
        secret made;
        made.octets_ = octets_;
        made.size_ = size_;
        return made;
    }

    /// The octets, for the one call that needs them.
    [[nodiscard]] byte_view reveal() const noexcept { return byte_view{octets_}.first(size_); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// Wipes the octets.
    void clear() noexcept {
        wipe(octets_);
        size_ = 0;
    }

    friend bool operator==(secret const& a, secret const& b) noexcept {
        return constant_time_equal(a.reveal(), b.reveal());
    }
};

}  // namespace mcx

#endif
