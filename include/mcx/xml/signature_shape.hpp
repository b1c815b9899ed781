// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_SIGNATURE_SHAPE_HPP
#define MCX_XML_SIGNATURE_SHAPE_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/xsd.hpp>
#include <mcx/xml/content.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The one shape that a signature of TS 33.180 has. [9.3.5, D.4.2; XML Signature 1.1] Everything
// else that XML Signature can say is refused: other transforms, several references, references to
// other places, shortened MACs, keys inside. The arithmetic is in xml/signature.hpp.

namespace mcx::xml {

/// Identifiers of algorithms. [TS 33.180 9.3.5, D.4.2]
namespace algorithm_uri {
inline constexpr std::string_view c14n = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
inline constexpr std::string_view sha_256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view hmac_sha256 =
    "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
inline constexpr std::string_view ecdsa_sha256 =
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
inline constexpr std::string_view aes_256_wrap = "http://www.w3.org/2001/04/xmlenc#kw-aes256";
}  // namespace algorithm_uri

/// A signature taken apart; it borrows from the document.
struct signature_parts {
    element content;                   ///< what is signed, and is to be read
    element signed_info;               ///< what the signature value is computed of
    fixed_bytes<32> digest{};          ///< of the content
    bounded_bytes<64> value;           ///< the MAC or signature
    std::optional<kms::key_name> key;  ///< KeyName, for a MAC
};

}  // namespace mcx::xml

namespace mcx::detail {

inline constexpr auto signature_where = static_cast<std::uint16_t>(kms::message_element::signature);

/// Takes a signature apart, failing with xml_signature wherever it departs from the profile.
class signature_reader {
    using element = xml::element;
    std::string_view method_;

    [[nodiscard]] static bool names_algorithm(element const& e, std::string_view named,
                                              std::string_view uri) noexcept {
        return e.is(xml::ns::signature, named) && e.attribute("Algorithm") == uri;
    }
    [[nodiscard]] static bool is_bare(element const& e) noexcept {
        return !e.first_child() && e.has_elements_only();
    }

    /// SignatureMethod; a length of the MAC may be stated, as long as it is the whole.
    [[nodiscard]] bool is_method(element const& e) const noexcept {
        if (!names_algorithm(e, "SignatureMethod", method_) || !e.has_elements_only()) {
            return false;
        }
        auto const length = e.first_child();
        if (!length) {
            return true;
        }
        auto const text = length.text();
        return method_ == xml::algorithm_uri::hmac_sha256 && !length.next() &&
               length.is(xml::ns::signature, "HMACOutputLength") && text &&
               kms::xsd::trim(*text) == "256";
    }

    /// Transforms, where there are any, say what goes without saying: Canonical XML 1.0.
    [[nodiscard]] static bool are_transforms(element const& e) noexcept {
        auto const only = e.first_child();
        return only && !only.next() && e.has_elements_only() && is_bare(only) &&
               names_algorithm(only, "Transform", xml::algorithm_uri::c14n);
    }

    [[nodiscard]] static bool read_reference(element const& e, xml::signature_parts& to) {
        auto const id = to.content.attribute("Id");
        auto const uri = e.attribute("URI");
        bool const here =
            id && !id->empty() && uri && uri->starts_with('#') && uri->substr(1) == *id;
        if (!here || !e.is(xml::ns::signature, "Reference") || !e.has_elements_only()) {
            return false;
        }
        auto part = e.first_child();
        if (part.is(xml::ns::signature, "Transforms")) {
            if (!are_transforms(part)) {
                return false;
            }
            part = part.next();
        }
        if (!names_algorithm(part, "DigestMethod", xml::algorithm_uri::sha_256) || !is_bare(part)) {
            return false;
        }
        part = part.next();
        if (!part.is(xml::ns::signature, "DigestValue") || part.next()) {
            return false;
        }
        auto const text = part.text();
        return text && kms::xsd::base64_binary(*text, to.digest).value_or(0U) == to.digest.size();
    }

    [[nodiscard]] bool read_signed_info(element const& e, xml::signature_parts& to) const {
        if (!e.is(xml::ns::signature, "SignedInfo") || !e.has_elements_only()) {
            return false;
        }
        to.signed_info = e;
        auto const form = e.first_child();
        if (!names_algorithm(form, "CanonicalizationMethod", xml::algorithm_uri::c14n) ||
            !is_bare(form)) {
            return false;
        }
        auto const method = form.next();
        if (!method || !is_method(method)) {
            return false;
        }
        auto const reference = method.next();
        return reference && !reference.next() && read_reference(reference, to);
    }

    [[nodiscard]] bool read_value(element const& e, xml::signature_parts& to) const {
        if (!e.is(xml::ns::signature, "SignatureValue")) {
            return false;
        }
        fixed_bytes<64> octets{};
        auto const text = e.text();
        auto const size = text ? kms::xsd::base64_binary(*text, octets) : text.error();
        std::size_t const due = method_ == xml::algorithm_uri::hmac_sha256 ? 32 : 64;
        return size && *size == due && to.value.assign(byte_view{octets}.first(due));
    }

    /// KeyInfo: for a MAC, one KeyName. Certificates in it are for others to look at.
    [[nodiscard]] bool read_key(element const& e, xml::signature_parts& to) const {
        if (method_ != xml::algorithm_uri::hmac_sha256) {
            return !e || (e.is(xml::ns::signature, "KeyInfo") && !e.next());
        }
        if (!e.is(xml::ns::signature, "KeyInfo") || e.next() || !e.has_elements_only()) {
            return false;
        }
        auto const name = e.first_child();
        if (!name.is(xml::ns::signature, "KeyName") || name.next()) {
            return false;
        }
        auto const text = name.text();
        auto const made =
            text ? kms::key_name::from(kms::xsd::trim(*text)) : result<kms::key_name>{text.error()};
        if (made) {
            to.key = *made;
        }
        return made.has_value();
    }

  public:
    explicit signature_reader(std::string_view method) noexcept : method_(method) {}

    [[nodiscard]] result<xml::signature_parts> read(element const& root) const {
        xml::signature_parts parts;
        parts.content = xml_wrapped(root);
        if (!parts.content || !root.has_elements_only()) {
            return root.fails(errc::xml_root);
        }
        auto const signature = parts.content.next();
        if (!signature) {
            return root.fails(errc::message_unsigned, signature_where);
        }
        bool good = signature.is(xml::ns::signature, "Signature") && !signature.next() &&
                    signature.has_elements_only();
        element const info = good ? signature.first_child() : element{};
        good = info && read_signed_info(info, parts);
        element const value = good ? info.next() : element{};
        good = value && read_value(value, parts) && read_key(value.next(), parts);
        return good ? result<xml::signature_parts>{parts}
                    : signature.fails(errc::xml_signature, signature_where);
    }
};

/// Tells whether every Id is there once. Fails: xml_id.
[[nodiscard]] inline result<void> check_ids(xml::element const& root) {
    std::vector<std::string_view> seen;
    auto* const top = const_cast<xmlNode*>(root.node());  // NOLINT(*-const-cast): only read
    for (xmlNode const* n = top; n != nullptr; n = xml_next(const_cast<xmlNode*>(n), top)) {
        if (n->type != XML_ELEMENT_NODE) {
            continue;
        }
        for (xmlAttr const* a = n->properties; a != nullptr; a = a->next) {
            auto const name = xml_view(a->name);
            auto const value = xml_sole_text(a->children);
            if (value && (name == "Id" || name == "ID" || name == "id")) {
                seen.push_back(*value);
            }
        }
    }
    std::sort(seen.begin(), seen.end());
    bool const twice = std::adjacent_find(seen.begin(), seen.end()) != seen.end();
    return twice ? root.fails(errc::xml_id) : result<void>{};
}

}  // namespace mcx::detail

#endif
