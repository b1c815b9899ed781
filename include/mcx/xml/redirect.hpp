// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_REDIRECT_HPP
#define MCX_XML_REDIRECT_HPP

#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/received.hpp>
#include <mcx/kms/redirect.hpp>
#include <mcx/xml/content.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>
#include <mcx/xml/sequence.hpp>
#include <mcx/xml/signature.hpp>
#include <mcx/xml/writer.hpp>

#include <string>
#include <string_view>
#include <utility>

// Reads and writes KMS redirect responses as far as they are known: their name, namespace and
// signature, and that KrrList of a request is of their type. [TS 33.180 D.2.2, D.3.5, D.4] What is
// in them is kept, and not looked at: which KMSs they name, and where one embeds another. They are
// uploaded in a request whose path is `kms::redirect_request`.

namespace mcx::xml {

result<kms::received<kms::redirect_response>> read_redirect(content const& c);

}  // namespace mcx::xml

namespace mcx::detail {

/// Makes redirect responses that were received, for who has read them from that content.
class redirect_maker {
    [[nodiscard]] static kms::received<kms::redirect_response> make(kms::redirect_response&& r,
                                                                    xml::content const& from) {
        return {std::move(r), from.signed_by(), kms::inner_signatures::none};
    }
    friend result<kms::received<kms::redirect_response>> xml::read_redirect(xml::content const&);
};

/// Calls a function with the element of a redirect response. Fails: xml_root (it is none), and as
/// `document::parse` and the function.
template <class F>
[[nodiscard]] auto with_redirect(kms::redirect_response const& r, F const& f)
    -> decltype(f(xml::element{})) {
    auto const d = xml::document::parse(r.xml);
    if (!d) {
        return d.error();
    }
    bool const fits = d->root().is(xml::ns::krr, "KmsRedirectResponse");
    return fits ? f(d->root()) : d->root().fails(errc::xml_root);
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Reads a redirect response. Fails: xml_root, xml_element (an element in it is in no namespace),
/// backend. [TS 33.180 D.4]
[[nodiscard]] inline result<kms::received<kms::redirect_response>> read_redirect(content const& c) {
    if (!c.top().is(ns::krr, "KmsRedirectResponse")) {
        return c.top().fails(errc::xml_root);
    }
    auto raw = mcx::detail::xml_raw(c.top());
    if (!raw) {
        return raw.error();
    }
    return mcx::detail::redirect_maker::make({*std::move(raw)}, c);
}

/// Makes a redirect response of elements that stand by themselves, with an Id for a signature.
/// Fails: as `document::parse` and `read_redirect`; field_value (the elements are none).
[[nodiscard]] inline result<kms::redirect_response> make_redirect(std::string_view elements,
                                                                  std::string_view id) {
    writer out;
    out.open("KmsRedirectResponse").attribute("xmlns", ns::krr).attribute("Id", id);
    auto const text = std::move(out.raw(elements)).finish();
    return mcx::detail::with_redirect({text},
                                      [](element const& e) -> result<std::string> {
                                          auto const only = e.has_elements_only();
                                          return only && e.first_child() && !e.next()
                                                     ? mcx::detail::xml_raw(e)
                                                     : e.fails(errc::field_value);
                                      })
        .transform([](std::string const& xml) { return kms::redirect_response{xml}; });
}

/// Writes a redirect response. Fails: xml_root (it is none), and as `document::parse` and
/// `read_redirect`. [TS 33.180 D.4]
[[nodiscard]] inline result<std::string> write(kms::redirect_response const& r) {
    return mcx::detail::with_redirect(
        r, [](element const& e) -> result<std::string> { return mcx::detail::xml_raw(e); });
}

/// Writes a redirect response in its wrapper and signs it. Fails: as `write`; xml_signature (it has
/// no Id), backend, random_unavailable. [TS 33.180 D.4.2]
template <class B>
    requires(Digests<B, sha256> && Signs<B, es256>)
[[nodiscard]] result<std::string> write_signed(kms::redirect_response const& r,
                                               signing_key<es256, B> const& key,
                                               Random auto& random) {
    return mcx::detail::with_redirect(r, [&](element const& e) -> result<std::string> {
        auto const id = e.attribute("Id");
        auto const raw = mcx::detail::xml_raw(e);
        if (!id || !raw) {
            return raw ? e.fails(errc::xml_signature) : raw.error();
        }
        return sign_redirect(*raw, *id, key, random);
    });
}

/// A redirect response as KrrList of a request, which is of its type: the same content under
/// another name. Fails: as `write`; xml_text, xml_element (an attribute is of a namespace).
/// [TS 33.180 D.2.2, D.3.5]
[[nodiscard]] inline result<std::string> krr_list_of(kms::redirect_response const& r) {
    return mcx::detail::with_redirect(r, [](element const& e) -> result<std::string> {
        if (auto const only = e.has_elements_only(); !only) {
            return only.error();
        }
        writer out;
        out.open("KrrList").attribute("xmlns", ns::kms);
        for (xmlAttr const* a = e.node()->properties; a != nullptr; a = a->next) {
            auto const value = mcx::detail::xml_sole_text(a->children);
            if (a->ns != nullptr || !value) {
                return e.fails(errc::xml_element);
            }
            out.attribute(mcx::detail::xml_view(a->name), *value);
        }
        for (auto child = e.first_child(); child; child = child.next()) {
            auto const raw = mcx::detail::xml_raw(child);
            if (!raw) {
                return raw.error();
            }
            out.raw(*raw);
        }
        return std::move(out).finish();
    });
}

}  // namespace mcx::xml

#endif
