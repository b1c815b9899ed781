// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_HEX_OCTETS_HPP
#define MCX_TESTS_SUPPORT_HEX_OCTETS_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>

#include <cstddef>

// Octets written in a test as hexadecimal digits.

namespace mcx::test {

constexpr unsigned hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    contract((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
    return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

/// The octets of an even number of hexadecimal digits.
template <std::size_t N>
constexpr fixed_bytes<N / 2> hex_octets(char const (&digits)[N]) noexcept {
    static_assert(N % 2 == 1, "an octet has two digits");
    fixed_bytes<N / 2> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] =
            static_cast<std::byte>(hex_digit(digits[2 * i]) * 16 + hex_digit(digits[2 * i + 1]));
    }
    return out;
}

/// The octets of a text, in constant expressions too, without the NUL at its end.
template <std::size_t N>
constexpr fixed_bytes<N - 1> text_octets(char const (&text)[N]) noexcept {
    fixed_bytes<N - 1> out{};
    for (std::size_t i = 0; i + 1 < N; ++i) {
        out[i] = to_byte(text[i]);
    }
    return out;
}

}  // namespace mcx::test

#endif
