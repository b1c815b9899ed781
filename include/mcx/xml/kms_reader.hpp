// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_KMS_READER_HPP
#define MCX_XML_KMS_READER_HPP

#include <mcx/core/result.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/wrapped_key.hpp>
#include <mcx/kms/xsd.hpp>
#include <mcx/xml/element.hpp>
#include <mcx/xml/sequence.hpp>
#include <mcx/xml/signature_shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Reads what KMS messages are made of: certificates, key sets, wrapped keys. [TS 33.180 D.3.2,
// D.3.3, D.3.5] The attribute Version is not looked at, since deployed ones differ. Messages are
// read in xml/message_reader.hpp.

namespace mcx::detail {

/// Takes texts into fields, and remembers where each stood, for errors.
template <class Fields, class Name, std::size_t Count>
class field_taker {
    xml::sequence& from_;
    Fields& to_;
    std::array<std::uint32_t, Count> offsets_{};
    std::uint16_t first_;

  public:
    field_taker(xml::sequence& from, Fields& to, Name first) noexcept
        : from_(from), to_(to), first_(static_cast<std::uint16_t>(first)) {}

    void note(Name named) noexcept {
        offsets_[static_cast<std::size_t>(static_cast<std::uint16_t>(named) - first_)] =
            from_.offset();
    }

    [[nodiscard]] result<void> take(Name named, typename Fields::field Fields::* field) {
        auto const text = from_.take_text(named);
        if (!text) {
            return text.error();
        }
        if (*text) {
            note(named);
        }
        to_.*field = *text;
        return {};
    }

    /// Takes all texts of a table, in its order.
    template <std::size_t N>
    [[nodiscard]] result<void> take_all(
        std::pair<Name, typename Fields::field Fields::*> const (&table)[N]) {
        for (auto const& [named, field] : table) {
            if (auto const taken = take(named, field); !taken) {
                return taken;
            }
        }
        return {};
    }

    /// The error, with the offset of the element that it is about; of the parent, where there is
    /// none.
    [[nodiscard]] error placed(error e, xml::element const& parent) const noexcept {
        auto const at = static_cast<std::size_t>(e.where) - first_;
        std::uint32_t const known = at < Count ? offsets_[at] : 0;
        return {e.code, e.where, known != 0 ? known : parent.offset()};
    }
};

inline constexpr std::pair<kms::certificate_element,
                           kms::certificate_fields::field kms::certificate_fields::*>
    certificate_texts[]{
        {kms::certificate_element::certificate_uri, &kms::certificate_fields::cert_uri},
        {kms::certificate_element::domain_uri, &kms::certificate_fields::kms_uri},
        {kms::certificate_element::issuer, &kms::certificate_fields::issuer},
        {kms::certificate_element::valid_from, &kms::certificate_fields::valid_from},
        {kms::certificate_element::valid_to, &kms::certificate_fields::valid_to},
        {kms::certificate_element::revoked, &kms::certificate_fields::revoked},
        {kms::certificate_element::user_id_format, &kms::certificate_fields::user_id_format},
        {kms::certificate_element::user_key_period, &kms::certificate_fields::user_key_period},
        {kms::certificate_element::user_key_offset, &kms::certificate_fields::user_key_offset},
        {kms::certificate_element::pub_enc_key, &kms::certificate_fields::pub_enc_key},
        {kms::certificate_element::pub_auth_key, &kms::certificate_fields::pub_auth_key},
        {kms::certificate_element::parameter_set, &kms::certificate_fields::parameter_set}};

inline constexpr std::pair<kms::key_set_element, kms::key_set_fields::field kms::key_set_fields::*>
    key_set_texts[]{{kms::key_set_element::domain_uri, &kms::key_set_fields::kms_uri},
                    {kms::key_set_element::certificate_uri, &kms::key_set_fields::cert_uri},
                    {kms::key_set_element::issuer, &kms::key_set_fields::issuer},
                    {kms::key_set_element::user_name, &kms::key_set_fields::user_uri},
                    {kms::key_set_element::user_id, &kms::key_set_fields::user_id},
                    {kms::key_set_element::valid_from, &kms::key_set_fields::valid_from},
                    {kms::key_set_element::valid_to, &kms::key_set_fields::valid_to},
                    {kms::key_set_element::key_period_no, &kms::key_set_fields::key_period_no},
                    {kms::key_set_element::revoked, &kms::key_set_fields::revoked}};

[[nodiscard]] inline result<void> take_domains(xml::sequence& from,
                                               list<std::string_view, 17>& to) {
    auto const domains = from.take(kms::certificate_element::kms_domain_list);
    if (!domains || !*domains) {
        return domains ? result<void>{} : domains.error();
    }
    constexpr auto where = static_cast<std::uint16_t>(kms::certificate_element::kms_domain_list);
    if (!domains->has_elements_only()) {
        return domains->fails(errc::xml_text, where);
    }
    for (auto d = domains->first_child(); d; d = d.next()) {
        if (d.space() != domains->space() && !d.space().empty()) {
            continue;
        }
        auto const text =
            d.is(domains->space(), "KmsDomain") ? d.text() : d.fails(errc::xml_element);
        if (!text || !to.push_back(*text)) {
            return d.fails(text ? errc::field_value : text.error().code, where);
        }
    }
    return {};
}

/// Reads the name of a key; tells whether it is one.
[[nodiscard]] inline bool read_key_name(xml::element const& e,
                                        std::optional<kms::key_name>& to) noexcept {
    auto const name = e.text().and_then(trimmed<kms::key_name>);
    to = name ? std::optional{*name} : std::nullopt;
    return name.has_value();
}

/// Takes KeyInfo, if it is the next; tells whether it is none, or one KeyName.
[[nodiscard]] inline bool take_wrapping_name(xml::element& next, kms::wrapped_key& to) noexcept {
    if (!next.is(xml::ns::signature, "KeyInfo")) {
        return true;
    }
    xml::element const info = next;
    auto const name = next.first_child();
    next = next.next();
    return info.has_elements_only() && name.is(xml::ns::signature, "KeyName") && !name.next() &&
           read_key_name(name, to.wrapped_with);
}

/// Takes CipherData, which has to be the next; tells whether it is one CipherValue that fits.
[[nodiscard]] inline bool take_cipher(xml::element& next, kms::wrapped_key& to) noexcept {
    auto const value =
        next.is(xml::ns::encryption, "CipherData") ? next.first_child() : xml::element{};
    if (!value.is(xml::ns::encryption, "CipherValue") || value.next() ||
        !next.has_elements_only()) {
        return false;
    }
    next = next.next();
    fixed_bytes<kms::max_wrapped_key> octets{};
    auto const size = value.text().and_then(
        [&octets](std::string_view text) { return kms::xsd::base64_binary(text, octets); });
    return size && to.octets.assign(byte_view{octets}.first(*size));
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Reads a KmsCertificate. Fails, `where` being the element: as `kms::certificate::from`;
/// xml_element, xml_text, xml_comment. [TS 33.180 D.3.2]
[[nodiscard]] inline result<kms::certificate> read_certificate(element const& e) {
    using name = kms::certificate_element;
    using fields = kms::certificate_fields;
    std::string extensions;
    auto children = sequence::of(e, &extensions);
    if (!children) {
        return children.error();
    }
    fields f;
    mcx::detail::field_taker<fields, name, 17> taker{*children, f, name::certificate_uri};
    if (auto const taken = taker.take_all(mcx::detail::certificate_texts); !taken) {
        return taken.error();
    }
    list<std::string_view, 17> domains;
    result<void> const rest =
        mcx::detail::take_domains(*children, domains).and_then([&] { return children->finish(); });
    if (!rest) {
        return rest.error();
    }
    f.kms_domains = std::span{domains.begin(), domains.size()};
    f.role = e.attribute("Role");
    f.is_security_gateway = e.attribute("IsSecurityGateway");
    if (!extensions.empty()) {
        f.extensions = extensions;
    }
    auto made = kms::certificate::from(f);
    return made ? made : result<kms::certificate>{taker.placed(made.error(), e)};
}

/// Reads an element that holds one EncryptedKey. What it does not state is left out: the profile
/// fixes the algorithm. Fails, at the element given: xml_element, xml_type (another algorithm than
/// AES key wrap of 256 bits), field_value. [TS 33.180 9.3.4.2; XML Encryption §3.5.1]
[[nodiscard]] inline result<kms::wrapped_key> read_wrapped_key(element const& holder,
                                                               std::uint16_t where) {
    auto const key = holder.first_child();
    if (!key.is(ns::encryption, "EncryptedKey") || key.next() || !holder.has_elements_only() ||
        !key.has_elements_only()) {
        return holder.fails(errc::xml_element, where);
    }
    kms::wrapped_key made;
    auto part = key.first_child();
    if (part.is(ns::encryption, "EncryptionMethod")) {
        if (part.attribute("Algorithm") != algorithm_uri::aes_256_wrap) {
            return part.fails(errc::xml_type, where);
        }
        part = part.next();
    }
    bool good = mcx::detail::take_wrapping_name(part, made);
    element const data = part;
    good = good && mcx::detail::take_cipher(part, made);
    if (good && part.is(ns::encryption, "CarriedKeyName")) {
        good = mcx::detail::read_key_name(part, made.carries);
        part = part.next();
    }
    if (!good) {
        return (data ? data : key).fails(errc::field_value, where);
    }
    return part ? result<kms::wrapped_key>{part.fails(errc::xml_element, where)} : made;
}

}  // namespace mcx::xml

namespace mcx::detail {

/// Takes a key: digits, or an EncryptedKey, which goes to `wrapped`. Fails: field_missing is left
/// to the key set; xml_type, and as `read_wrapped_key`.
[[nodiscard]] inline result<void> take_key(xml::sequence& from, kms::key_set_element named,
                                           kms::key_source& to, kms::wrapped_key& wrapped) {
    auto const e = from.take(named);
    if (!e || !*e) {
        return e ? result<void>{} : e.error();
    }
    auto const where = static_cast<std::uint16_t>(named);
    bool const has_elements = static_cast<bool>(e->first_child());
    if (!has_type(*e, has_elements ? "EncKeyContentType" : "KeyContentType")) {
        return e->fails(errc::xml_type, where);
    }
    if (has_elements) {
        auto const read = xml::read_wrapped_key(*e, where);
        if (!read) {
            return read.error();
        }
        wrapped = *read;
        to.wrapped = &wrapped;
        return {};
    }
    auto const text = e->text();
    if (!text) {
        return e->fails(text.error().code, where);
    }
    to.digits = *text;
    return {};
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Reads a KmsKeySet. Fails, `where` being the element: as `kms::key_set::from`; xml_element,
/// xml_text, xml_comment, xml_type. [TS 33.180 D.3.3]
[[nodiscard]] inline result<kms::key_set> read_key_set(element const& e) {
    using name = kms::key_set_element;
    using fields = kms::key_set_fields;
    auto children = sequence::of(e);
    if (!children) {
        return children.error();
    }
    fields f;
    mcx::detail::field_taker<fields, name, 12> taker{*children, f, name::domain_uri};
    if (auto const taken = taker.take_all(mcx::detail::key_set_texts); !taken) {
        return taken.error();
    }
    kms::wrapped_key wrapped[3];
    kms::key_source* const keys[]{&f.user_decrypt_key, &f.user_signing_key_ssk,
                                  &f.user_pub_token_pvt};
    static constexpr name names[]{name::user_decrypt_key, name::user_signing_key_ssk,
                                  name::user_pub_token_pvt};
    for (std::size_t i = 0; i < 3; ++i) {
        auto const taken = mcx::detail::take_key(*children, names[i], *keys[i], wrapped[i]);
        if (!taken) {
            return taken.error();
        }
        taker.note(names[i]);
    }
    if (auto const finished = children->finish(); !finished) {
        return finished.error();
    }
    auto made = kms::key_set::from(f);
    if (!made) {
        return taker.placed(made.error(), e);
    }
    return made;
}

}  // namespace mcx::xml

#endif
