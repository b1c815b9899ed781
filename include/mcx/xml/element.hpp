// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_ELEMENT_HPP
#define MCX_XML_ELEMENT_HPP

#include <mcx/core/error.hpp>
#include <mcx/core/result.hpp>

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <cstdint>
#include <optional>
#include <string_view>

// One element of a document, looked at. It borrows from the document: xml/document.hpp.

namespace mcx::xml {

/// The namespaces of TS 33.180 and of the standards that it builds on. [TS 33.180 D.3.5, D.4.4]
namespace ns {
inline constexpr std::string_view kms = "urn:3gpp:ns:mcsecKMSInterface:1.0";
inline constexpr std::string_view krr = "urn:3gpp:ns:mcsecKMSKRR:1.0";
inline constexpr std::string_view signature = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view encryption = "http://www.w3.org/2001/04/xmlenc#";
inline constexpr std::string_view instance = "http://www.w3.org/2001/XMLSchema-instance";
}  // namespace ns

}  // namespace mcx::xml

namespace mcx::detail {

[[nodiscard]] inline std::string_view xml_view(xmlChar const* text) noexcept {
    return text == nullptr ? std::string_view{}
                           : std::string_view{reinterpret_cast<char const*>(text)};
}

/// Tells whether libxml2 has lacked memory since its last error was forgotten, which what it
/// returns does not always tell; and forgets it, since its words are of the document.
[[nodiscard]] inline bool xml_lacked_memory() noexcept {
    auto const* const last = xmlGetLastError();
    bool const lacked = last != nullptr && last->code == XML_ERR_NO_MEMORY;
    xmlResetLastError();
    return lacked;
}

/// The text of a list of nodes, which may be one text or none.
[[nodiscard]] inline std::optional<std::string_view> xml_sole_text(xmlNode const* n) noexcept {
    if (n == nullptr) {
        return std::string_view{};
    }
    if (n->next != nullptr || n->type != XML_TEXT_NODE) {
        return std::nullopt;
    }
    return xml_view(n->content);
}

}  // namespace mcx::detail

namespace mcx::xml {

/// An element, or none: what a search returns that has found nothing.
class element {
    xmlNode const* node_ = nullptr;

    [[nodiscard]] static xmlNode const* skip(xmlNode const* n) noexcept {
        while (n != nullptr && n->type != XML_ELEMENT_NODE) {
            n = n->next;
        }
        return n;
    }

  public:
    constexpr element() noexcept = default;
    explicit element(xmlNode const* node) noexcept : node_(node) {}

    [[nodiscard]] explicit operator bool() const noexcept { return node_ != nullptr; }
    [[nodiscard]] xmlNode const* node() const noexcept { return node_; }

    /// The name without its prefix.
    [[nodiscard]] std::string_view name() const noexcept {
        return mcx::detail::xml_view(node_->name);
    }
    /// The namespace; empty where the element is in none.
    [[nodiscard]] std::string_view space() const noexcept {
        return node_->ns == nullptr ? std::string_view{} : mcx::detail::xml_view(node_->ns->href);
    }
    /// Tells whether there is an element, and it is this one.
    [[nodiscard]] bool is(std::string_view in, std::string_view named) const noexcept {
        return node_ != nullptr && name() == named && space() == in;
    }

    /// Where the element begins in the document, in octets.
    [[nodiscard]] std::uint32_t offset() const noexcept {
        return node_ == nullptr
                   ? 0
                   : static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(node_->_private));
    }
    /// An error about this element.
    [[nodiscard]] error fails(errc code, std::uint16_t where = 0) const noexcept {
        return {code, where, offset()};
    }

    [[nodiscard]] element first_child() const noexcept { return element{skip(node_->children)}; }
    [[nodiscard]] element next() const noexcept { return element{skip(node_->next)}; }

    /// The text of an element that has nothing but text. CDATA sections and references are
    /// resolved. Fails: xml_comment (a comment splits it, so that two readers could take it for two
    /// things), xml_element (it has elements).
    [[nodiscard]] result<std::string_view> text() const noexcept {
        if (first_child()) {
            return fails(errc::xml_element);
        }
        auto const sole = mcx::detail::xml_sole_text(node_->children);
        return sole ? result<std::string_view>{*sole} : fails(errc::xml_comment);
    }

    /// Tells whether there is anything but white space and comments between the elements of this
    /// one. Fails: xml_text.
    [[nodiscard]] result<void> has_elements_only() const noexcept {
        for (xmlNode const* n = node_->children; n != nullptr; n = n->next) {
            if (n->type == XML_TEXT_NODE &&
                mcx::detail::xml_view(n->content).find_first_not_of(" \t\n\r") !=
                    std::string_view::npos) {
                return fails(errc::xml_text);
            }
        }
        return {};
    }

    /// The value of an attribute; none where it is not there. Attributes without a prefix are in no
    /// namespace. [Namespaces in XML §6.2]
    [[nodiscard]] std::optional<std::string_view> attribute(
        std::string_view named, std::string_view in = {}) const noexcept {
        for (xmlAttr const* a = node_->properties; a != nullptr; a = a->next) {
            auto const space =
                a->ns == nullptr ? std::string_view{} : mcx::detail::xml_view(a->ns->href);
            if (mcx::detail::xml_view(a->name) == named && space == in) {
                return mcx::detail::xml_sole_text(a->children);
            }
        }
        return std::nullopt;
    }

    /// The namespace that a prefix stands for at this element; the default one for an empty prefix.
    [[nodiscard]] std::string_view space_of(std::string_view prefix) const noexcept {
        for (xmlNode const* n = node_; n != nullptr && n->type == XML_ELEMENT_NODE; n = n->parent) {
            for (xmlNs const* s = n->nsDef; s != nullptr; s = s->next) {
                if (mcx::detail::xml_view(s->prefix) == prefix) {
                    return mcx::detail::xml_view(s->href);
                }
            }
        }
        return {};
    }

    friend bool operator==(element const& a, element const& b) noexcept {
        return a.node_ == b.node_;
    }
};

}  // namespace mcx::xml

#endif
