// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_SIGNATURE_HPP
#define MCX_XML_SIGNATURE_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/xml/canonical.hpp>
#include <mcx/xml/content.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/signature_shape.hpp>
#include <mcx/xml/writer.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Signatures of KMS messages, verified on the tree that is read and made on the tree that is
// written: HMAC-SHA256 with an InK or TrK for requests and responses, ECDSA-SHA256 for redirect
// responses. [TS 33.180 9.3.5, D.4.2; XML Signature 1.1, RFC 4051 §2.2.1, §2.3.6] Certificates in a
// redirect response are not looked at: the caller says which key has to have signed.

namespace mcx::xml {

/// What signing and verifying with shared keys takes of a backend.
template <class B>
concept XmlMac = Digests<B, sha256> && Authenticates<B, hs256>;

/// An InK or TrK, by its name. It moves and is never copied. [TS 33.180 9.3.5]
template <class B>
struct integrity_key {
    kms::key_name name;
    mac_key<hs256, B> key;
};

}  // namespace mcx::xml

namespace mcx::detail {

/// Makes contents that have been verified.
class xml_verifier {
  public:
    /// Verifies digest and signature, the latter by a function from octets to a verdict.
    /// Fails: signature, backend.
    template <class B, class Check>
    [[nodiscard]] static result<void> check(xml::signature_parts const& parts,
                                            Check const& verdict_of) {
        auto const digest = xml::with_canonical(
            parts.content, xml::canonical_form::inclusive,
            [](byte_view octets) { return digest_of<hashing<B, sha256>>(octets); });
        if (!digest) {
            return digest.error();
        }
        auto const said = xml::with_canonical(
            parts.signed_info, xml::canonical_form::inclusive,
            [&verdict_of](byte_view octets) { return result<verdict>{verdict_of(octets)}; });
        if (!said) {
            return said.error();
        }
        if (*said == verdict::unavailable) {
            return errc::backend;
        }
        bool const good = *said == verdict::good && constant_time_equal(*digest, parts.digest);
        return good ? result<void>{} : parts.signed_info.fails(errc::signature, signature_where);
    }

    /// The same with the one key that is named. Fails: no_such_key, ambiguous_key, and as `check`.
    template <class B>
    [[nodiscard]] static result<void> check_mac(xml::signature_parts const& parts,
                                                std::span<xml::integrity_key<B> const> keys) {
        auto const named = [&parts](auto const& k) { return k.name == *parts.key; };
        auto const key = std::find_if(keys.begin(), keys.end(), named);
        if (key == keys.end()) {
            return parts.signed_info.fails(errc::no_such_key, signature_where);
        }
        if (std::find_if(key + 1, keys.end(), named) != keys.end()) {
            return parts.signed_info.fails(errc::ambiguous_key, signature_where);
        }
        return check<B>(parts, [&](byte_view octets) {
            hs256::signature tag{};
            std::copy_n(parts.value.view().begin(), tag.size(), tag.begin());
            return key->key.verify(octets, tag);
        });
    }

    /// The content of a document, if a check of its signature passes and no Id is there twice.
    template <class Check>
    [[nodiscard]] static result<xml::content> verified(xml::document const& d,
                                                       xml::signature_parts const& parts,
                                                       Check const& checked) {
        auto const once = check_ids(d.root());
        auto const fine = once ? checked(parts) : once;
        return fine ? result<xml::content>{xml::content{parts.content, parts.key}} : fine.error();
    }

    /// The same content, if a check of every certificate's signature passes.
    template <class Check>
    [[nodiscard]] static result<xml::content> with_certificates(xml::content const& c,
                                                                Check const& checked) {
        xml::element const root{xmlDocGetRootElement(c.top().node()->doc)};
        auto const once = check_ids(root);
        auto const fine = once ? for_each_certificate(c.top(), checked) : once;
        if (!fine) {
            return fine.error();
        }
        auto made = c;
        made.certificates_verified_ = true;
        return made;
    }
};

/// A MAC draws nothing.
struct no_random {
    [[nodiscard]] static bool fill(byte_span) noexcept { return false; }
};

/// Standard base64 of public octets. [RFC 4648 §4]
template <std::size_t N>
[[nodiscard]] std::string base64_text(fixed_bytes<N> const& octets) {
    std::string text(base64::encoded_size(N), '\0');
    base64::encode(octets, text);
    return text;
}

/// A wrapper and a signature around a message that has its Id, with zeros for both values.
struct signature_frame {
    std::string text;
    std::size_t digest_at = 0;
    std::size_t value_at = 0;

    template <std::size_t ValueSize>
    [[nodiscard]] static signature_frame around(std::string_view name, std::string_view space,
                                                std::string_view message, std::string_view id,
                                                std::string_view method,
                                                std::string_view key_info) {
        signature_frame f;
        auto const algorithm = [&f](std::string_view named, std::string_view uri) {
            f.text.append("<").append(named).append(" Algorithm=\"").append(uri).append("\"/>");
        };
        f.text.append("<Signed").append(name).append(" xmlns=\"").append(space).append("\">");
        f.text.append(message).append("<Signature xmlns=\"").append(xml::ns::signature);
        f.text.append("\"><SignedInfo>");
        algorithm("CanonicalizationMethod", xml::algorithm_uri::c14n);
        algorithm("SignatureMethod", method);
        f.text.append("<Reference URI=\"#").append(xml::escaped(id)).append("\">");
        algorithm("DigestMethod", xml::algorithm_uri::sha_256);
        f.text.append("<DigestValue>");
        f.digest_at = f.text.size();
        f.text.append(base64_text(fixed_bytes<32>{}));
        f.text.append("</DigestValue></Reference></SignedInfo><SignatureValue>");
        f.value_at = f.text.size();
        f.text.append(base64_text(fixed_bytes<ValueSize>{})).append("</SignatureValue>");
        f.text.append(key_info).append("</Signature></Signed").append(name).append(">");
        return f;
    }

    /// Fills in both values, each from the tree of the text so far; the second by a function from
    /// octets to a result of octets.
    template <class B, class Sign>
    [[nodiscard]] result<std::string> complete(std::string_view method, Sign const& sign) && {
        auto const fill = [&](std::size_t at, bool content, auto const& f) -> result<void> {
            auto const d = xml::document::parse(text);
            auto const parts = d ? signature_reader{method}.read(d->root())
                                 : result<xml::signature_parts>{d.error()};
            if (!parts) {
                return parts.error();
            }
            if (auto const once = check_ids(d->root()); !once) {
                return once;  // nobody would verify it
            }
            auto const made = xml::with_canonical(content ? parts->content : parts->signed_info,
                                                  xml::canonical_form::inclusive, f);
            if (!made) {
                return made.error();
            }
            auto const written = base64_text(*made);
            text.replace(at, written.size(), written);
            return {};
        };
        if (auto const done = fill(digest_at, true, digest_of<hashing<B, sha256>>); !done) {
            return done.error();
        }
        if (auto const done = fill(value_at, false, sign); !done) {
            return done.error();
        }
        return std::move(text);
    }
};

}  // namespace mcx::detail

namespace mcx::xml {

/// The key that a message says it is signed with: for choosing a key, and for nothing else. Fails:
/// xml_root, message_unsigned, xml_signature.
[[nodiscard]] inline result<kms::key_name> untrusted_key_name(document const& d) {
    return mcx::detail::signature_reader{algorithm_uri::hmac_sha256}.read(d.root()).transform(
        [](signature_parts const& parts) { return *parts.key; });
}

/// Verifies the signature of a KMS message with one of the keys, chosen by name. Fails: xml_root
/// (no wrapper in the namespace of the KMS interface), message_unsigned (a wrapper without a
/// signature), xml_signature (not of the profile), no_such_key, ambiguous_key (several have this
/// name), xml_id, signature, backend.
template <XmlMac B>
[[nodiscard]] result<content> verify(document const& d, std::span<integrity_key<B> const> keys) {
    if (d.root().space() != ns::kms) {
        return d.root().fails(errc::xml_root);
    }
    auto const parts = mcx::detail::signature_reader{algorithm_uri::hmac_sha256}.read(d.root());
    if (!parts) {
        return parts.error();
    }
    return mcx::detail::xml_verifier::verified(d, *parts, [&keys](signature_parts const& p) {
        return mcx::detail::xml_verifier::check_mac<B>(p, keys);
    });
}
template <XmlMac B>
[[nodiscard]] result<content> verify(document const& d, integrity_key<B> const& key) {
    return verify<B>(d, std::span{&key, 1});
}
template <XmlMac B>
result<content> verify(document&&, std::span<integrity_key<B> const>) = delete;
template <XmlMac B>
result<content> verify(document&&, integrity_key<B> const&) = delete;

/// Verifies the signatures that the certificates in a response have of their own, whether or not
/// the response has one, and says so of what is returned. The TS leaves open whose they are; they
/// are taken for those of a KMS whose InK or TrK the caller has, since the profile knows no other.
/// Fails: message_unsigned (a certificate has no signature), xml_signature, no_such_key,
/// ambiguous_key, xml_id, signature, backend. [TS 33.180 9.3.5, D.3.5]
template <XmlMac B>
[[nodiscard]] result<content> verify_certificates(content const& c,
                                                  std::span<integrity_key<B> const> keys) {
    auto const checked = [&keys](element const& e) -> result<void> {
        auto const parts = e.name() == "KmsCertificate"
                               ? result<signature_parts>{e.fails(errc::message_unsigned)}
                               : mcx::detail::signature_reader{algorithm_uri::hmac_sha256}.read(e);
        return parts ? mcx::detail::xml_verifier::check_mac<B>(*parts, keys) : parts.error();
    };
    return mcx::detail::xml_verifier::with_certificates(c, checked);
}
template <XmlMac B>
[[nodiscard]] result<content> verify_certificates(content const& c, integrity_key<B> const& key) {
    return verify_certificates<B>(c, std::span{&key, 1});
}

/// Verifies the signature of a redirect response with the key that its sender has to have; the name
/// is what the caller calls that key, and goes to the content. Fails:
/// xml_root (no wrapper in the namespace of redirect responses), message_unsigned, xml_signature,
/// xml_id, signature, backend. [TS 33.180 D.4.2]
template <class B>
    requires(Digests<B, sha256> && Verifies<B, es256>)
[[nodiscard]] result<content> verify_redirect(document const& d, verifying_key<es256, B> const& key,
                                              kms::key_name const& name) {
    if (!d.root().is(ns::krr, "SignedKmsRedirectResponse")) {
        return d.root().fails(errc::xml_root);
    }
    auto parts = mcx::detail::signature_reader{algorithm_uri::ecdsa_sha256}.read(d.root());
    if (!parts) {
        return parts.error();
    }
    parts->key = name;
    return mcx::detail::xml_verifier::verified(d, *parts, [&key](signature_parts const& p) {
        return mcx::detail::xml_verifier::check<B>(p, [&](byte_view octets) {
            es256::signature signature{};
            std::copy_n(p.value.view().begin(), signature.size(), signature.begin());
            return key.verify(octets, signature);
        });
    });
}
template <class B>
result<content> verify_redirect(document&&, verifying_key<es256, B> const&,
                                kms::key_name const&) = delete;

/// Wraps and signs a message: an element named `name` in a namespace, which declares that namespace
/// and has this Id. Fails: as `document::parse`, xml_root or xml_signature (the message is not such
/// an element), xml_id (an Id is in it twice), backend.
template <XmlMac B>
[[nodiscard]] result<std::string> sign(std::string_view name, std::string_view message,
                                       std::string_view id, integrity_key<B> const& key) {
    auto const method = algorithm_uri::hmac_sha256;
    std::string const info =
        "<KeyInfo><KeyName>" + escaped(key.name.view()) + "</KeyName></KeyInfo>";
    return mcx::detail::signature_frame::around<32>(name, ns::kms, message, id, method, info)
        .template complete<B>(method, [&key](byte_view octets) -> result<hs256::signature> {
            hs256::signature tag{};
            mcx::detail::no_random none;
            auto const size = key.key.sign(octets, none, tag);
            return size ? result<hs256::signature>{tag} : size.error();
        });
}

/// The same for a redirect response, with ECDSA. Fails: the same, and random_unavailable.
/// [TS 33.180 D.4.2]
template <class B>
    requires(Digests<B, sha256> && Signs<B, es256>)
[[nodiscard]] result<std::string> sign_redirect(std::string_view message, std::string_view id,
                                                signing_key<es256, B> const& key,
                                                Random auto& random) {
    auto const method = algorithm_uri::ecdsa_sha256;
    return mcx::detail::signature_frame::around<64>("KmsRedirectResponse", ns::krr, message, id,
                                                    method, {})
        .template complete<B>(method, [&](byte_view octets) -> result<es256::signature> {
            es256::signature made{};
            auto const size = key.sign(octets, random, made);
            return size ? result<es256::signature>{made} : size.error();
        });
}

}  // namespace mcx::xml

#endif
