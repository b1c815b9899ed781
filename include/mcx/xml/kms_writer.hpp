// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_KMS_WRITER_HPP
#define MCX_XML_KMS_WRITER_HPP

#include <mcx/core/result.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/date_time.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/response.hpp>
#include <mcx/kms/wrapped_key.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>
#include <mcx/xml/sequence.hpp>
#include <mcx/xml/signature.hpp>
#include <mcx/xml/writer.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// Writes KmsRequest and KmsResponse, with the attributes that the schema fixes, in the order of the
// schema, every time in UTC. [TS 33.180 D.2.2, D.3, 9.3.4.2] A response that is written holds the
// keys that it hands out: the caller wipes the text.

namespace mcx::detail {

/// Writes what may be absent, and what can go wrong: the first error stays.
class kms_out {
    xml::writer out_;
    error failed_;

    static std::string_view name(kms::certificate_element e) noexcept { return kms::name_of(e); }

    void fail(error e) noexcept {
        if (failed_.code == errc::none) {
            failed_ = e;
        }
    }

    template <class Octets>
    void hex_leaf(std::string_view named, Octets const& octets) {
        std::string digits(hex::encoded_size(octets.size()), '\0');
        hex::encode(octets, digits);
        out_.leaf(named, digits);
    }

    void wrapped(kms::wrapped_key const& key) {
        std::string text(base64::encoded_size(key.octets.size()), '\0');
        base64::encode(key.octets.view(), text);
        out_.open("EncryptedKey").attribute("xmlns", xml::ns::encryption);
        out_.open("EncryptionMethod").attribute("Algorithm", xml::algorithm_uri::aes_256_wrap);
        out_.close();
        if (key.wrapped_with) {
            out_.open("KeyInfo").attribute("xmlns", xml::ns::signature);
            out_.leaf("KeyName", key.wrapped_with->view()).close();
        }
        out_.open("CipherData").leaf("CipherValue", text).close();
        if (key.carries) {
            out_.leaf("CarriedKeyName", key.carries->view());
        }
        out_.close();
    }

    template <std::size_t N>
    void key(kms::key_set_element named, kms::key_material<N> const& material) {
        bool const hidden = material.is_wrapped();
        out_.open(name_of(named));
        out_.attribute("xsi:type", hidden ? "EncKeyContentType" : "KeyContentType");
        if (hidden) {
            wrapped(*material.wrapped());
        } else {
            out_.secret_hex(material.plain().reveal());
        }
        out_.close();
    }

  public:
    /// Begins a message: the outermost element of the namespace.
    void root(std::string_view named, std::string_view version, std::string_view id) {
        out_.open(named).attribute("xmlns", xml::ns::kms).attribute("xmlns:xsi", xml::ns::instance);
        if (!id.empty()) {
            out_.attribute("Id", id);
        }
        out_.attribute("Version", version);
    }

    template <class Name, class Text>
    void leaf(Name named, Text const& text) {
        out_.leaf(name_of(named), text.view());
    }
    template <class Name, class Text>
    void leaf(Name named, std::optional<Text> const& text) {
        if (text) {
            leaf(named, *text);
        }
    }
    template <class Name>
    void number(Name named, std::string const& digits) {
        out_.leaf(name_of(named), digits);
    }
    template <class Name>
    void time(Name named, std::optional<instant> const& at) {
        if (at) {
            auto const written = kms::date_time::encode(*at);
            if (!written) {
                fail(at_element(named, written.error().code));
            } else {
                out_.leaf(name_of(named), written->view());
            }
        }
    }

    /// XML that somebody else made: extensions, or the one element of a name, in a form that is its
    /// own canonical one. Fails: field_value.
    void raw(kms::message_element where, std::string_view elements) {
        bool const extensions = where == kms::message_element::kms_certificate;
        std::string const held =
            std::string{"<x xmlns=\"urn:mcx\">"}.append(elements).append("</x>");
        auto const d = xml::document::parse(held);
        bool good = d && d->root().has_elements_only() && d->root().first_child();
        for (auto e = good ? d->root().first_child() : xml::element{}; e; e = e.next()) {
            auto const form = xml_raw(e);
            bool const fits = extensions ? e.space() != xml::ns::kms
                                         : e.is(xml::ns::kms, name_of(where)) && !e.next();
            good = good && form && fits && e.space() != "urn:mcx";
            out_.raw(form.value_or(std::string{}));
        }
        if (!good) {
            fail(at_element(where, errc::field_value));
        }
    }

    void report(kms::message_element named, std::optional<kms::error_report> const& e) {
        if (e) {
            out_.open(name_of(named)).attribute("Version", "1.0.0");
            number(kms::message_element::error_code, std::to_string(e->code));
            leaf(kms::message_element::error_msg, e->message);
            out_.close();
        }
    }

    void certificate(kms::certificate const& c) {
        using e = kms::certificate_element;
        bool const root = c.role() == kms::certificate_role::root;
        out_.open("KmsCertificate").attribute("Version", "1.1.0");
        out_.attribute("Role", root ? "Root" : "External");
        if (c.is_security_gateway()) {
            out_.attribute("IsSecurityGateway", "true");
        }
        leaf(e::certificate_uri, c.cert_uri());
        leaf(e::domain_uri, c.kms_uri());
        leaf(e::issuer, c.issuer());
        time(e::valid_from, c.valid_from());
        time(e::valid_to, c.valid_to());
        if (c.revoked()) {
            number(e::revoked, "true");
        }
        number(e::user_id_format, "2");
        number(e::user_key_period, std::to_string(c.key_period().length()));
        number(e::user_key_offset, std::to_string(c.key_period().offset()));
        hex_leaf(name(e::pub_enc_key), c.public_encryption_key());
        hex_leaf(name(e::pub_auth_key), c.public_authentication_key());
        number(e::parameter_set, "1");
        if (!c.domains().empty()) {
            out_.open(name(e::kms_domain_list));
            for (auto const& domain : c.domains()) {
                out_.leaf("KmsDomain", domain.view());
            }
            out_.close();
        }
        if (!c.extensions().empty()) {
            raw(kms::message_element::kms_certificate, c.extensions().view());
        }
        out_.close();
    }

    void key_set(kms::key_set const& set) {
        using e = kms::key_set_element;
        auto const& labels = set.labels();
        out_.open("KmsKeySet").attribute("Version", "1.1.0");
        leaf(e::domain_uri, labels.kms_uri);
        leaf(e::certificate_uri, labels.cert_uri);
        leaf(e::issuer, labels.issuer);
        leaf(e::user_name, labels.user_uri);
        leaf(e::user_id, labels.user_id.encode());
        time(e::valid_from, labels.valid_from);
        time(e::valid_to, labels.valid_to);
        number(e::key_period_no, std::to_string(labels.key_period_no));
        if (labels.revoked) {
            number(e::revoked, "true");
        }
        key(e::user_decrypt_key, set.decrypt_key());
        key(e::user_signing_key_ssk, set.signing_key());
        key(e::user_pub_token_pvt, set.public_token());
        out_.close();
    }

    void keys(kms::new_keys const& k) {
        auto const each = [this](std::string_view named, auto const& list) {
            for (kms::wrapped_key const& key : list) {
                out_.open(named).attribute("xsi:type", "EncKeyContentType");
                wrapped(key);
                out_.close();
            }
        };
        each("NewTransportKey", k.transport);
        each("NewIntegrityKey", k.integrity);
    }

    void message(kms::init const& m) {
        out_.open("KmsInit").attribute("Version", "1.0.0");
        out_.attribute("xsi:type", m.keys.empty() ? "KmsInitType" : "KmsInitTkIkType");
        certificate(m.certificate);
        keys(m.keys);
        out_.close();
    }
    void message(kms::key_prov const& m) {
        out_.open("KmsKeyProv").attribute("Version", "1.0.0");
        out_.attribute("xsi:type", m.keys.empty() ? "KmsKeyProvType" : "KmsKeyProvTkIkType");
        for (auto const& set : m.sets) {
            key_set(set);
        }
        keys(m.keys);
        out_.close();
    }
    void message(kms::cert_cache const& m) {
        out_.open("KmsCertCache").attribute("Version", "1.0.0");
        if (m.number) {
            out_.attribute("CacheNum", std::to_string(*m.number));
        }
        for (auto const& c : m.certificates) {
            certificate(c);
        }
        out_.close();
    }
    void message(kms::lookup const& m) { raw(kms::message_element::kms_lookup, m.xml); }
    void message(std::monostate) noexcept {}

    void message_of(kms::kms_message const& m) {
        if (m.index() != 0) {
            out_.open("KmsMessage");
            std::visit([this](auto const& one) { message(one); }, m);
            out_.close();
        }
    }

    [[nodiscard]] result<std::string> finish() && {
        auto text = std::move(out_).finish();
        if (failed_.code != errc::none) {
            wipe(std::as_writable_bytes(std::span{text}));
            return failed_;
        }
        return text;
    }
};

}  // namespace mcx::detail

namespace mcx::xml {

/// Writes a request, with an Id where one is given. Fails, `where` being the element: out_of_range
/// (a time), field_value (raw XML that is none). [TS 33.180 D.2.2]
[[nodiscard]] inline result<std::string> write(kms::request const& r, std::string_view id = {}) {
    using e = kms::message_element;
    mcx::detail::kms_out out;
    out.root("KmsRequest", "1.1.0", id);
    out.leaf(e::user_name, r.user);
    out.leaf(e::domain_uri, r.kms);
    out.time(e::time, r.time);
    out.leaf(e::client_id, r.client);
    out.leaf(e::device_id, r.device);
    out.leaf(e::client_req_url, r.url);
    if (!r.krr_list.empty()) {
        out.raw(e::krr_list, r.krr_list);
    }
    out.report(e::client_error, r.client_error);
    out.leaf(e::trk_id, r.trk_id);
    out.leaf(e::signature_id, r.signature_id);
    return std::move(out).finish();
}

/// Writes a response, with an Id where one is given. Fails, `where` being the element: out_of_range
/// (a time), field_value (raw XML that is none), field_missing (neither message nor error).
/// [TS 33.180 D.3.1]
[[nodiscard]] inline result<std::string> write(kms::response const& r, std::string_view id = {}) {
    using e = kms::message_element;
    if (r.message.index() == 0 && !r.error) {
        return mcx::detail::at_element(e::kms_message, errc::field_missing);
    }
    mcx::detail::kms_out out;
    out.root("KmsResponse", "1.0.0", id);
    out.leaf(e::user_name, r.user);
    out.leaf(e::domain_uri, r.kms);
    out.time(e::time, r.time);
    out.leaf(e::kms_id, r.kms_id);
    out.leaf(e::client_req_url, r.url);
    out.message_of(r.message);
    out.report(e::kms_error, r.error);
    out.leaf(e::trk_id, r.trk_id);
    out.leaf(e::signature_id, r.signature_id);
    return std::move(out).finish();
}

/// Writes a request or a response in its wrapper and signs it with an InK or TrK. Fails: as
/// `write`, and as `sign`. [TS 33.180 9.3.5]
template <XmlMac B>
[[nodiscard]] result<std::string> write_signed(kms::request const& r, integrity_key<B> const& key) {
    constexpr std::string_view id = "xmldoc";
    auto const text = write(r, id);
    return text ? sign("KmsRequest", *text, id, key) : text;
}
template <XmlMac B>
[[nodiscard]] result<std::string> write_signed(kms::response const& r,
                                               integrity_key<B> const& key) {
    constexpr std::string_view id = "xmldoc";
    auto text = write(r, id);
    if (!text) {
        return text;
    }
    auto made = sign("KmsResponse", *text, id, key);
    wipe(std::as_writable_bytes(std::span{*text}));
    return made;
}

}  // namespace mcx::xml

#endif
