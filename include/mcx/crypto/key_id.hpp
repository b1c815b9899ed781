// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_KEY_ID_HPP
#define MCX_CRYPTO_KEY_ID_HPP

#include <mcx/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

// The name of a key. It is compared octet for octet and reaches nothing else: no file, no query.

namespace mcx {

namespace detail {

[[nodiscard]] constexpr bool is_control(char c) noexcept {
    auto const octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
}

/// Tells whether one of eight characters is a control.
[[nodiscard]] inline bool has_control(char const* eight) noexcept {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    // The first control from below sets its octet's top bit, and no octet above 0x7F does.
    return (((word - ones * 0x20) | ((word ^ ones * 0x7F) - ones)) & ~word & ones * 0x80) != 0;
}

/// Refuses control characters, so that an identifier cannot end a line or a C string.
[[nodiscard]] constexpr errc refuse_control_characters(std::string_view v) noexcept {
    if (!std::is_constant_evaluated() && v.size() >= 8) {
        bool found = has_control(v.data() + v.size() - 8);  // may overlap the one before
        for (std::size_t at = 0; at + 8 < v.size(); at += 8) {
            found = found || has_control(v.data() + at);
        }
        return found ? errc::value_character : errc::none;
    }
    return std::any_of(v.begin(), v.end(), is_control) ? errc::value_character : errc::none;
}

struct key_id_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return refuse_control_characters(v);
    }
};

}  // namespace detail

/// Key ID: at most 128 octets without control characters. [RFC 7515 §4.1.4]
using key_id = text<detail::key_id_tag, 128>;

}  // namespace mcx

#endif
