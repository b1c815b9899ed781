// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_CONTENT_HPP
#define MCX_XML_CONTENT_HPP

#include <mcx/core/error.hpp>
#include <mcx/core/result.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/received.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>

#include <optional>
#include <string_view>

// The part of a document that is the message: the root, or what a root named Signed… wraps.
// [TS 33.180 D.3.5] Who may read it is decided by how one comes by it: only verification makes one
// that has a signer's name, or whose certificates are known to be signed.

namespace mcx::detail {

class xml_verifier;

/// What a wrapper wraps: the first element in it, named as itself without Signed.
[[nodiscard]] inline xml::element xml_wrapped(xml::element const& root) noexcept {
    constexpr std::string_view prefix = "Signed";
    if (!root.name().starts_with(prefix)) {
        return {};
    }
    auto const first = root.first_child();
    bool const fits = first && first.is(root.space(), root.name().substr(prefix.size()));
    return fits ? first : xml::element{};
}

/// The same, if the wrapper has nothing else in it but a signature.
[[nodiscard]] inline xml::element xml_sole_wrapped(xml::element const& root) noexcept {
    auto const first = xml_wrapped(root);
    auto const after = first ? first.next() : xml::element{};
    bool const fits = !after || (after.is(xml::ns::signature, "Signature") && !after.next());
    return fits && root.has_elements_only() ? first : xml::element{};
}

/// The certificates that a response brings, wrapped or not: calls a function with each until one
/// call fails. They stand where the reader of responses finds them.
template <class F>
[[nodiscard]] result<void> for_each_certificate(xml::element const& response, F const& f) {
    auto const in = [&response](xml::element const& parent, std::string_view named) {
        auto e = parent ? parent.first_child() : xml::element{};
        while (e && !e.is(response.space(), named)) {
            e = e.next();
        }
        return e;
    };
    auto const message = in(response, "KmsMessage");
    auto const init = in(message, "KmsInit");
    auto const holder = init ? init : in(message, "KmsCertCache");
    for (auto e = holder ? holder.first_child() : xml::element{}; e; e = e.next()) {
        if (e.is(response.space(), "SignedKmsCertificate") ||
            e.is(response.space(), "KmsCertificate")) {
            if (auto const done = f(e); !done) {
                return done;
            }
        }
    }
    return {};
}

}  // namespace mcx::detail

namespace mcx::xml {

/// The element that holds a message, and the name of the key that its signature was verified with.
/// It borrows from the document.
class content {
    element top_;
    std::optional<kms::key_name> signed_by_;
    bool certificates_verified_ = false;

    friend class mcx::detail::xml_verifier;
    content(element const& top, std::optional<kms::key_name> const& by) noexcept
        : top_(top), signed_by_(by) {}

  public:
    /// The message of a document without a signature: its root. Fails: xml_root (the document is a
    /// wrapper, so there is something to verify).
    [[nodiscard]] static result<content> unsigned_of(document const& d) noexcept {
        element const root = d.root();
        if (root.name().starts_with("Signed")) {
            return root.fails(errc::xml_root);
        }
        return content{root, std::nullopt};
    }
    [[nodiscard]] static result<content> unsigned_of(document&&) = delete;

    /// The message of a document whose signature, if it has one, nobody has looked at: for people
    /// to read, and for those who let another layer vouch. Fails: xml_root (a wrapper of something
    /// else, or of several things).
    [[nodiscard]] static result<content> unverified_of(document const& d) noexcept {
        element const root = d.root();
        if (!root.name().starts_with("Signed")) {
            return content{root, std::nullopt};
        }
        auto const wrapped = mcx::detail::xml_sole_wrapped(root);
        return wrapped ? content{wrapped, std::nullopt}
                       : result<content>{root.fails(errc::xml_root)};
    }
    [[nodiscard]] static result<content> unverified_of(document&&) = delete;

    [[nodiscard]] element const& top() const noexcept { return top_; }
    [[nodiscard]] std::optional<kms::key_name> const& signed_by() const noexcept {
        return signed_by_;
    }
    /// What is known of the signatures that certificates in the message have of their own. They are
    /// verified by `verify_certificates`.
    [[nodiscard]] kms::inner_signatures inner() const {
        using enum kms::inner_signatures;
        auto const bare = [](element const& e) -> result<void> {
            bool const more =
                e.name() != "KmsCertificate" && e.first_child() && e.first_child().next();
            return more ? e.fails(errc::message_unsigned) : result<void>{};
        };
        return certificates_verified_                          ? verified
               : mcx::detail::for_each_certificate(top_, bare) ? none
                                                               : unchecked;
    }
};

}  // namespace mcx::xml

#endif
