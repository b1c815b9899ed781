// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_COMPACT_HPP
#define MCX_JOSE_COMPACT_HPP

#include <mcx/core/result.hpp>

#include <array>
#include <cstddef>
#include <string_view>

// The JWS compact serialization as text: three parts and two dots. Nothing is decoded here; the
// JSON serializations are other types. [RFC 7515 §3.1, §7.1]

namespace mcx::jws {

/// The parts of a compact serialization, still encoded; all borrow the text that was split.
struct compact_parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signing_input;  ///< header.payload: what is signed [RFC 7515 §5.1 step 5]
};

/// Splits a compact serialization of at most `max_size` characters. The payload may be empty.
/// Fails: token_too_long, json_serialization, encrypted_token (five parts), not_three_parts,
/// empty_part. Cost: one pass that stops at the fifth dot.
[[nodiscard]] constexpr result<compact_parts> split(std::string_view text,
                                                    std::size_t max_size) noexcept {
    if (text.size() > max_size) {
        return errc::token_too_long;
    }
    if (text.starts_with('{')) {
        return errc::json_serialization;
    }
    std::array<std::size_t, 5> dots{};
    std::size_t count = 0;
    for (std::size_t at = text.find('.'); at != std::string_view::npos && count < dots.size();
         at = text.find('.', at + 1)) {
        dots[count++] = at;
    }
    if (count != 2) {
        return count == 4 ? errc::encrypted_token : errc::not_three_parts;
    }
    compact_parts const parts{text.substr(0, dots[0]),
                              text.substr(dots[0] + 1, dots[1] - dots[0] - 1),
                              text.substr(dots[1] + 1), text.substr(0, dots[1])};
    if (parts.header.empty() || parts.signature.empty()) {
        return error{errc::empty_part, 0,
                     mcx::detail::offset32(parts.header.empty() ? 0 : dots[1] + 1)};
    }
    return parts;
}

}  // namespace mcx::jws

#endif
