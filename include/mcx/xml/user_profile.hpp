// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_USER_PROFILE_HPP
#define MCX_XML_USER_PROFILE_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/uri.hpp>
#include <mcx/kms/xsd.hpp>
#include <mcx/mc/user_profile.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// Reads GroupServerInfo and PrivateCallKMSURI out of an MC user profile, and nothing else of it.
// [TS 24.484 8.3, 9.3, 10.3] Both may stand anywhere, in the namespace of the document's root,
// which is that of a service's user profile. An address stands in the element itself, in its
// uri-entry, or in the uri-entry of its entry.

namespace mcx::detail {

/// The text of an address. Fails: xml_element, xml_comment.
[[nodiscard]] inline result<std::string_view> profile_address(xml::element e) noexcept {
    for (std::string_view const inner : {"entry", "uri-entry"}) {
        if (e.first_child().is(e.space(), inner)) {
            e = e.first_child();
        }
    }
    return e.text().transform(kms::xsd::trim);
}

/// Reads an address into a value, once. Fails, about `where`: field_value, xml_element (it is there
/// already), and as `profile_address`.
template <class T>
[[nodiscard]] result<void> read_address(xml::element const& e, std::optional<T>& to,
                                        kms::message_element where) noexcept {
    auto const number = static_cast<std::uint16_t>(where);
    auto const text = profile_address(e);
    if (!text || to) {
        return e.fails(text ? errc::xml_element : text.error().code, number);
    }
    auto const made = T::from(*text);
    if (!made) {
        return e.fails(errc::field_value, number);
    }
    to = *made;
    return {};
}

[[nodiscard]] inline result<mc::group_server> read_group_server(xml::element const& e) noexcept {
    constexpr auto where = kms::message_element::group_server_info;
    mc::group_server made;
    for (auto child = e.first_child(); child; child = child.next()) {
        result<void> read;
        if (child.is(e.space(), "GMS-Serv-Id")) {
            read = read_address(child, made.management_server, where);
        } else if (child.is(e.space(), "IDMS-token-endpoint")) {
            read = read_address(child, made.token_endpoint, where);
        } else if (child.is(e.space(), "KMS-URI")) {
            read = read_address(child, made.kms, where);
        }
        if (!read) {
            return read.error();
        }
    }
    return made;
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Reads a user profile. Fails, `where` being the element: xml_root (the root is in no namespace of
/// 3GPP's), field_value, xml_element (an address twice, or none in its element), xml_comment,
/// value_too_long (more than 256 of either).
[[nodiscard]] inline result<mc::user_profile> read_user_profile(document const& d) {
    using name = kms::message_element;
    constexpr std::size_t most = 256;
    element const root = d.root();
    if (!root.space().starts_with("urn:3gpp:")) {
        return root.fails(errc::xml_root);
    }
    mc::user_profile made;
    auto* const top = const_cast<xmlNode*>(root.node());  // NOLINT(*-const-cast): only read
    for (xmlNode* n = top; n != nullptr; n = mcx::detail::xml_next(n, top)) {
        element const e{n};
        if (n->type != XML_ELEMENT_NODE || e.space() != root.space()) {
            continue;
        }
        if (e.name() == kms::name_of(name::group_server_info)) {
            auto const server = mcx::detail::read_group_server(e);
            if (!server || made.group_servers.size() == most) {
                return server ? e.fails(errc::value_too_long) : server.error();
            }
            made.group_servers.push_back(*server);
        } else if (e.name() == kms::name_of(name::private_call_kms_uri)) {
            std::optional<kms::kms_uri> kms;
            auto const read = mcx::detail::read_address(e, kms, name::private_call_kms_uri);
            if (!read || made.private_call_kms.size() == most) {
                return read ? e.fails(errc::value_too_long) : read.error();
            }
            made.private_call_kms.push_back(*kms);
        }
    }
    return made;
}

}  // namespace mcx::xml

#endif
