// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_KEY_ID_HPP
#define MCX_CRYPTO_KEY_ID_HPP

#include <mcx/core/text.hpp>

#include <string_view>

// The name of a key. It is compared octet for octet and reaches nothing else: no file, no query.

namespace mcx {

namespace detail {

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
