// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_DOCUMENT_HPP
#define MCX_XML_DOCUMENT_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/xml/element.hpp>
#include <mcx/xml/scan.hpp>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

// An XML document as libxml2's tree: the one that is read and the one that signatures are verified
// on. Nothing is expanded, nothing fetched, nothing completed from elsewhere, and the document is
// checked by xml/scan.hpp first.

namespace mcx::detail {

/// The next node in the order of the document, below `top`; null after the last. Not recursive,
/// since the input decides how deep a tree is.
[[nodiscard]] inline xmlNode* xml_next(xmlNode* node, xmlNode const* top) noexcept {
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
        return node->children;
    }
    while (node != top) {
        if (node->next != nullptr) {
            return node->next;
        }
        node = node->parent;
    }
    return nullptr;
}

/// Wipes the text of every element, since some hold keys.
inline void xml_wipe(xmlDoc* tree) noexcept {
    xmlNode* const top = xmlDocGetRootElement(tree);
    for (xmlNode* n = top; n != nullptr; n = xml_next(n, top)) {
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
            n->content != nullptr) {
            auto* const text = reinterpret_cast<char*>(n->content);
            wipe(std::as_writable_bytes(std::span{text, std::strlen(text)}));
        }
    }
}

struct xml_document_deleter {
    void operator()(xmlDoc* tree) const noexcept {
        xml_wipe(tree);
        xmlFreeDoc(tree);
    }
};

struct xml_parser_deleter {
    void operator()(xmlParserCtxt* parser) const noexcept { xmlFreeParserCtxt(parser); }
};

using xml_tree = std::unique_ptr<xmlDoc, xml_document_deleter>;

/// Parses a document that has been scanned. Fails: xml_syntax, backend (no memory).
[[nodiscard]] inline result<xml_tree> xml_parse(std::string_view text) noexcept {
    // Before 2.12, libxml2 leaves it to its user that its first call is alone.
    [[maybe_unused]] static bool const ready = (xmlInitParser(), true);
    std::unique_ptr<xmlParserCtxt, xml_parser_deleter> const parser{xmlNewParserCtxt()};
    if (!parser) {
        return errc::backend;
    }
    // What the program has set for parsers of its own does not hold for this one.
    parser->sax->serror = [](void* of, auto* e) {  // its words are of the document, and not kept
        bool const no_memory = e->code == XML_ERR_NO_MEMORY;
        auto* const known = static_cast<xmlParserCtxt*>(of);
        known->_private = no_memory ? of : known->_private;
    };
    parser->sax->ignorableWhitespace = xmlSAX2Characters;
    constexpr int options =
        XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xml_tree tree{xmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()),
                                    nullptr, nullptr, options)};
    if (parser->_private != nullptr || (!tree && parser->errNo == XML_ERR_OK)) {
        return errc::backend;
    }
    bool const good = tree && parser->wellFormed != 0 && parser->nsWellFormed != 0;
    return good ? result<xml_tree>{std::move(tree)} : errc::xml_syntax;
}

/// Tells whether the namespaces that an element declares are absolute. There is no canonical form
/// with others. [Canonical XML 1.0 §1.3]
[[nodiscard]] inline bool xml_has_absolute_namespaces(xmlNode const* n) noexcept {
    bool good = true;
    for (xmlNs const* s = n->nsDef; s != nullptr; s = s->next) {
        if (s->href != nullptr && *s->href != 0) {
            xmlURI* const uri = xmlParseURI(reinterpret_cast<char const*>(s->href));
            good = good && uri != nullptr && uri->scheme != nullptr;
            xmlFreeURI(uri);
        }
    }
    return good;
}

/// Tells whether an element and those around it declare no more namespaces than there is room for.
/// Its canonical form compares all of them with all, and may have each in full.
[[nodiscard]] inline bool xml_has_few_namespaces(xmlNode const* n, xml::limits const& l) noexcept {
    std::size_t count = 0;
    std::size_t octets = 0;
    for (; n != nullptr && n->type == XML_ELEMENT_NODE; n = n->parent) {
        for (xmlNs const* s = n->nsDef; s != nullptr; s = s->next) {
            ++count;
            octets += xml_view(s->href).size() + xml_view(s->prefix).size();
        }
    }
    return count <= l.namespaces && octets <= l.namespace_octets;
}

/// Hangs the offset of each element on it, and finds what may not be in the tree: anything but
/// elements, text and comments, other elements than the scan has found, relative namespaces, or too
/// many. Fails: xml_syntax, xml_attributes.
[[nodiscard]] inline result<void> xml_number(xmlDoc* tree, std::span<std::uint32_t const> starts,
                                             xml::limits const& l) noexcept {
    xmlNode* const top = xmlDocGetRootElement(tree);
    std::size_t next = 0;
    bool good = top != nullptr && tree->intSubset == nullptr && tree->extSubset == nullptr;
    for (xmlNode* n = top; good && n != nullptr; n = xml_next(n, top)) {
        if (n->type == XML_ELEMENT_NODE) {
            good = next < starts.size() && xml_has_absolute_namespaces(n);
            if (good) {
                std::uintptr_t const offset = starts[next++];
                n->_private = reinterpret_cast<void*>(offset);  // NOLINT(*-int-to-ptr): a number
                if (n->nsDef != nullptr && !xml_has_few_namespaces(n, l)) {
                    return error{errc::xml_attributes, 0, starts[next - 1]};
                }
            }
        } else {
            good = n->type == XML_TEXT_NODE || n->type == XML_COMMENT_NODE;
        }
    }
    return good && next == starts.size() ? result<void>{} : errc::xml_syntax;
}

}  // namespace mcx::detail

namespace mcx::xml {

/// A document, well-formed and within its limits. It moves and is never copied; the text in it is
/// wiped when it dies, though not what libxml2 put elsewhere in passing.
class document {
    mcx::detail::xml_tree tree_;

    explicit document(mcx::detail::xml_tree&& tree) noexcept : tree_(std::move(tree)) {}

  public:
    /// Parses a document. Fails: as `scan`; xml_syntax (not well-formed, or with undeclared or
    /// relative namespaces), xml_attributes (too many namespaces), backend. Cost: the heap of a
    /// tree, some 40 times the text at the most.
    [[nodiscard]] static result<document> parse(std::string_view text, limits const& l = {}) {
        auto const starts = scan(text, l);
        if (!starts) {
            return starts.error();
        }
        xmlResetLastError();
        auto tree = mcx::detail::xml_parse(text);
        auto const same =
            tree ? mcx::detail::xml_number(tree->get(), *starts, l) : result<void>{tree.error()};
        if (mcx::detail::xml_lacked_memory()) {
            return errc::backend;
        }
        return same ? result<document>{document{*std::move(tree)}} : same.error();
    }

    /// The outermost element; it lives as long as the document.
    [[nodiscard]] element root() const noexcept {
        return element{xmlDocGetRootElement(tree_.get())};
    }
};

}  // namespace mcx::xml

#endif
