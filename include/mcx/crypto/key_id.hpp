// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_KEY_ID_HPP
#define MCX_CRYPTO_KEY_ID_HPP

#include <mcx/core/text.hpp>

#include <algorithm>
#include <string_view>

// The name of a key. It is compared octet for octet and reaches nothing else: no file, no query.

namespace mcx {

namespace detail {

/// Refuses control characters, so that an identifier cannot end a line or a C string.
[[nodiscard]] constexpr errc refuse_control_characters(std::string_view v) noexcept {
    bool const clean = std::none_of(v.begin(), v.end(), [](char c) {
        auto const octet = static_cast<unsigned char>(c);
        return octet < 0x20 || octet == 0x7F;
    });
    return clean ? errc::none : errc::value_character;
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
