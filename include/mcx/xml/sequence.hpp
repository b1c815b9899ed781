// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_SEQUENCE_HPP
#define MCX_XML_SEQUENCE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/xsd.hpp>
#include <mcx/xml/canonical.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/element.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The children of an element in the order that a schema gives them. [TS 33.180 D.3.5, D.1] Elements
// of other namespaces are extensions: they are passed over wherever they stand, or kept raw by who
// asks for them. Those of the namespace of the KMS interface have to be where the schema wants
// them; one without a namespace is neither. [XML Schema part 1 §3.10.1 ##other]

namespace mcx::detail {

/// The number that an element of the KMS interface has in errors, among those of its parent if that
/// is a certificate or a key set; 0 where there is none.
[[nodiscard]] inline std::uint16_t where_of(xml::element const& e,
                                            std::string_view parent = {}) noexcept {
    constexpr auto last = static_cast<std::uint16_t>(kms::message_element::private_call_kms_uri);
    std::uint16_t where = parent == "KmsCertificate" ? 32 : parent == "KmsKeySet" ? 64 : last;
    while (where != 0 && !e.is(xml::ns::kms, kms::element_of({errc::xml_element, where}))) {
        --where;
    }
    return where;
}

/// An element as XML that means the same in any surroundings: its exclusive canonical form. A
/// prefix that only a text or an attribute's value uses is not declared in it. [§1.3] Fails:
/// xml_element (an element in it is in no namespace, which would not stay so), and as
/// `with_canonical`.
[[nodiscard]] inline result<std::string> xml_raw(xml::element const& e) {
    auto* const top = const_cast<xmlNode*>(e.node());  // NOLINT(*-const-cast): only read
    for (xmlNode* n = top; n != nullptr; n = xml_next(n, top)) {
        if (n->type == XML_ELEMENT_NODE && xml::element{n}.space().empty()) {
            return e.fails(errc::xml_element, where_of(e));
        }
    }
    return xml::with_canonical(e, xml::canonical_form::exclusive, [](byte_view octets) {
        return result<std::string>{std::string{as_text(octets)}};
    });
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Takes children one after another.
class sequence {
    element parent_;
    element next_;
    element last_;
    std::string* extensions_ = nullptr;

    /// Passes over elements of other namespaces.
    [[nodiscard]] result<void> pass() {
        while (next_ && next_.space() != parent_.space()) {
            if (next_.space().empty()) {
                return next_.fails(errc::xml_element);
            }
            if (extensions_ != nullptr) {
                auto const kept = mcx::detail::xml_raw(next_);
                if (!kept) {
                    return kept.error();
                }
                extensions_->append(*kept);
            }
            next_ = next_.next();
        }
        return {};
    }

    sequence(element const& parent, std::string* extensions) noexcept
        : parent_(parent), next_(parent.first_child()), extensions_(extensions) {}

  public:
    /// Begins with the first child. Where extensions are wanted they are appended in their
    /// exclusive canonical form. Fails: xml_text (there is text between the children).
    [[nodiscard]] static result<sequence> of(element const& parent,
                                             std::string* extensions = nullptr) {
        if (!parent.has_elements_only()) {
            return parent.fails(errc::xml_text, mcx::detail::where_of(parent));
        }
        return sequence{parent, extensions};
    }

    /// The next child, if it is the one that a schema has here. Fails: xml_element (an element in
    /// no namespace, or an extension that cannot be kept), backend.
    template <class Name>
    [[nodiscard]] result<element> take(Name named) {
        if (auto const passed = pass(); !passed) {
            return passed.error();
        }
        if (!next_.is(parent_.space(), kms::name_of(named))) {
            return element{};
        }
        last_ = next_;
        next_ = next_.next();
        return last_;
    }

    /// The next child, which has to be this one. Fails: field_missing, at the parent.
    template <class Name>
    [[nodiscard]] result<element> require(Name named) {
        auto const taken = take(named);
        if (taken && !*taken) {
            return parent_.fails(errc::field_missing, static_cast<std::uint16_t>(named));
        }
        return taken;
    }

    /// The text of the next child, if it is this one. Fails: as `element::text`.
    template <class Name>
    [[nodiscard]] result<std::optional<std::string_view>> take_text(Name named) {
        auto const taken = take(named);
        if (!taken) {
            return taken.error();
        }
        if (!*taken) {
            return std::optional<std::string_view>{};
        }
        auto const text = taken->text();
        if (!text) {
            return taken->fails(text.error().code, static_cast<std::uint16_t>(named));
        }
        return std::optional<std::string_view>{*text};
    }

    /// Where the child that was taken last begins, or else the parent.
    [[nodiscard]] std::uint32_t offset() const noexcept {
        return last_ ? last_.offset() : parent_.offset();
    }

    /// Nothing may follow but extensions. Fails: xml_element, `where` being what follows.
    [[nodiscard]] result<void> finish() {
        if (auto const passed = pass(); !passed) {
            return passed;
        }
        return next_ ? next_.fails(errc::xml_element, mcx::detail::where_of(next_, parent_.name()))
                     : result<void>{};
    }
};

}  // namespace mcx::xml

namespace mcx::detail {

/// Makes a name of a text, without the white space around it.
template <class Text>
[[nodiscard]] constexpr result<Text> trimmed(std::string_view text) noexcept {
    return Text::from(kms::xsd::trim(text));
}

/// Reads a child by a function from its text to a result, into a value or an optional one.
/// Fails: field_missing, field_value, and as the sequence.
template <class T, class Name, class Read>
[[nodiscard]] result<void> take_value(xml::sequence& from, Name named, T& to, Read const& read) {
    auto const text = from.take_text(named);
    if (!text) {
        return text.error();
    }
    std::uint32_t const offset = from.offset();
    if (!*text) {
        if constexpr (is_optional<T>) {
            return {};
        } else {
            return error{errc::field_missing, static_cast<std::uint16_t>(named), offset};
        }
    }
    auto const value = read(**text);
    if (!value) {
        return error{errc::field_value, static_cast<std::uint16_t>(named), offset};
    }
    to = *value;
    return {};
}

/// Tells whether an element is of one of the types given, or of none that it names. The name of the
/// type is a qualified one of the namespace of the KMS interface. [XML Schema part 1 §2.6.1]
[[nodiscard]] inline bool has_type(xml::element const& e, std::string_view one,
                                   std::string_view other = {}) noexcept {
    auto const said = e.attribute("type", xml::ns::instance);
    if (!said) {
        return true;
    }
    auto const name = kms::xsd::trim(*said);
    auto const colon = name.find(':');
    bool const bare = colon == std::string_view::npos;
    auto const local = bare ? name : name.substr(colon + 1);
    auto const space = e.space_of(bare ? std::string_view{} : name.substr(0, colon));
    return space == xml::ns::kms && (local == one || (!other.empty() && local == other));
}

}  // namespace mcx::detail

#endif
