// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_CERTIFICATE_FIELDS_HPP
#define MCX_KMS_CERTIFICATE_FIELDS_HPP

#include <mcx/codec/utf8.hpp>
#include <mcx/core/text.hpp>
#include <mcx/kms/names.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// What a KMS certificate consists of, as text and unchecked. [TS 33.180 D.3.2.2] Whoever reads a
// document fills these fields; kms/certificate.hpp checks them.

namespace mcx::detail {

struct certificate_issuer_tag {
    static constexpr errc check(std::string_view v) noexcept { return check_printable(v); }
};

struct certificate_extensions_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return utf8::check(v) ? errc::none : errc::value_character;
    }
};

}  // namespace mcx::detail

namespace mcx::kms {

/// The elements of a certificate in the order of Table D.3.2.2-1, and then its attributes: what
/// `where` of an error means. [TS 33.180 D.3.2.2]
enum class certificate_element : std::uint16_t {
    certificate_uri = 1,
    domain_uri,
    issuer,
    valid_from,
    valid_to,
    revoked,
    user_id_format,
    user_key_period,
    user_key_offset,
    pub_enc_key,
    pub_auth_key,
    parameter_set,
    kms_domain_list,
    role,
    is_security_gateway,
    extensions,  ///< whatever elements of other namespaces follow
};

/// The name that an element or attribute has in XML.
[[nodiscard]] constexpr std::string_view name_of(certificate_element e) noexcept {
    switch (e) {
        case certificate_element::certificate_uri:
            return "CertUri";
        case certificate_element::domain_uri:
            return "KmsUri";
        case certificate_element::issuer:
            return "Issuer";
        case certificate_element::valid_from:
            return "ValidFrom";
        case certificate_element::valid_to:
            return "ValidTo";
        case certificate_element::revoked:
            return "Revoked";
        case certificate_element::user_id_format:
            return "UserIdFormat";
        case certificate_element::user_key_period:
            return "UserKeyPeriod";
        case certificate_element::user_key_offset:
            return "UserKeyOffset";
        case certificate_element::pub_enc_key:
            return "PubEncKey";
        case certificate_element::pub_auth_key:
            return "PubAuthKey";
        case certificate_element::parameter_set:
            return "ParameterSet";
        case certificate_element::kms_domain_list:
            return "KmsDomainList";
        case certificate_element::role:
            return "Role";
        case certificate_element::is_security_gateway:
            return "IsSecurityGateway";
        case certificate_element::extensions:
            return "*";
    }
    return {};
}

/// The fields of a certificate as somebody has read them: the text of each element and attribute
/// that is there.
struct certificate_fields {
    using field = std::optional<std::string_view>;

    field cert_uri, kms_uri, issuer, valid_from, valid_to, revoked, user_id_format;
    field user_key_period, user_key_offset, pub_enc_key, pub_auth_key, parameter_set;
    std::span<std::string_view const> kms_domains;  ///< the KmsDomain elements of KmsDomainList
    field role, is_security_gateway;
    field extensions;  ///< elements of other namespaces, as XML that can stand anywhere
};

/// Where a certificate comes from: Root from the KMS of a domain that the user belongs to,
/// External from the certificate cache. [TS 33.180 D.3.2]
enum class certificate_role : std::uint8_t { root, external };

/// Whoever issued a certificate, by a name for people to read. [TS 33.180 D.3.2.2 Issuer]
using certificate_issuer = text<detail::certificate_issuer_tag, 255>;

/// The elements of other namespaces in a certificate, as XML and otherwise unread.
using certificate_extensions = text<detail::certificate_extensions_tag, 2048>;

}  // namespace mcx::kms

#endif
