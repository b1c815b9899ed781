// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_CHOOSY_HPP
#define MCX_TESTS_SUPPORT_CHOOSY_HPP

#include "tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>

// A backend that tells keys apart, so that a test sees which key was asked: a key finds those EdDSA
// signatures good whose sixth octet is the key's first.

namespace mcx::test {

struct choosy {};

}  // namespace mcx::test

namespace mcx {

template <>
struct verification<test::choosy, eddsa> {
    struct key {
        std::byte number;
    };
    struct scratch {};

    static result<key> prepare(ed25519_public_key const& k) noexcept { return key{k.octets()[0]}; }
    static verdict check(key const& k, scratch&, byte_view, eddsa::signature const& s) noexcept {
        return s[5] == k.number ? verdict::good : verdict::bad;
    }
};

}  // namespace mcx

namespace mcx::test {

/// The key of this number.
inline ed25519_public_key choosy_key(unsigned char number) {
    return numbered_point(number);
}

/// A token that only the key of this number finds good.
inline std::string choosy_token(unsigned char number, std::string_view header,
                                std::string_view payload) {
    auto signature = rfc_example<eddsa>::signature();
    signature[5] = std::byte{number};
    return base64url_text(header) + '.' + base64url_text(payload) + '.' +
           base64url_text(byte_view{signature});
}

}  // namespace mcx::test

#endif
