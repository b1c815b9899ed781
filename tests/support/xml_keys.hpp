// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_XML_KEYS_HPP
#define MCX_TESTS_SUPPORT_XML_KEYS_HPP

#include <mcx/xml/signature.hpp>

#include "kms_xml.hpp"
#include "mock.hpp"

#include <string>
#include <string_view>

// Integrity keys for tests, and messages that are signed with them.

namespace mcx::test {

/// An InK of octets of one value.
template <class B>
xml::integrity_key<B> ink_of(unsigned value = 1,
                             std::string_view name = "ink.12.user@example.org") {
    fixed_bytes<32> octets{};
    octets.fill(static_cast<std::byte>(value));
    auto const secret = certain(mac_secret<hs256>::from(octets));
    return {*kms::key_name::from(name), certain(mac_key<hs256, B>::from(secret))};
}

/// A good response to `init`, signed.
template <class B>
std::string signed_init_xml(xml::integrity_key<B> const& key) {
    auto const r = certain(read_response(good_init_xml()));
    return certain(xml::write_signed(r.message(), key));
}

/// Verifies and reads a response.
template <class B>
result<kms::received<kms::response>> read_signed(std::string_view text,
                                                 xml::integrity_key<B> const& key) {
    auto const d = xml::document::parse(text);
    if (!d) {
        return d.error();
    }
    auto const c = xml::verify(*d, key);
    if (!c) {
        return c.error();
    }
    return xml::read_response(*c);
}

}  // namespace mcx::test

#endif
