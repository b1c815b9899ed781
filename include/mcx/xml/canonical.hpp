// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_CANONICAL_HPP
#define MCX_XML_CANONICAL_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/xml/element.hpp>

#include <libxml/c14n.h>
#include <libxml/tree.h>
#include <libxml/xmlIO.h>

#include <memory>
#include <span>

// The canonical form of an element: what signatures are made of. [Canonical XML 1.0, as TS 33.180
// 9.3.5 has it; Exclusive XML Canonicalization 1.0] Always without comments.

namespace mcx::xml {

/// Canonical XML 1.0 takes along the namespaces that surround the element; the exclusive form, only
/// those that the element's own names use, so that it reads the same in any surroundings.
enum class canonical_form { inclusive, exclusive };

}  // namespace mcx::xml

namespace mcx::detail {

struct xml_output_closer {
    void operator()(xmlOutputBuffer* out) const noexcept { (void)xmlOutputBufferClose(out); }
};

/// Tells libxml2 that everything is to be written but what is around the element, whose attributes
/// are taken along therefore.
inline int xml_is_inside(void* around, xmlNode* node, xmlNode*) noexcept {
    return node == around ? 0 : 1;
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Calls a function with the canonical form of an element, which is wiped afterwards, and returns
/// what that returns: a result. Fails: backend (no memory). Cost: that of the element, wherever it
/// is in its document.
template <class F>
[[nodiscard]] auto with_canonical(element const& e, canonical_form form, F const& f)
    -> decltype(f(byte_view{})) {
    xmlResetLastError();
    std::unique_ptr<xmlOutputBuffer, mcx::detail::xml_output_closer> const out{
        xmlAllocOutputBuffer(nullptr)};
    // libxml2 goes through a whole document: that is the element here, copied to have no siblings.
    xmlDoc whole = *e.node()->doc;
    xmlNode top = *e.node();
    top.next = nullptr;
    whole.children = &top;
    xmlNode* const around = top.parent->type == XML_ELEMENT_NODE ? top.parent : nullptr;
    int const mode = form == canonical_form::inclusive ? XML_C14N_1_0 : XML_C14N_EXCLUSIVE_1_0;
    bool const done = out && xmlC14NExecute(&whole, mcx::detail::xml_is_inside, around, mode,
                                            nullptr, 0, out.get()) >= 0;
    if (mcx::detail::xml_lacked_memory() || !done) {
        return errc::backend;
    }
    auto const* const content = reinterpret_cast<char const*>(xmlOutputBufferGetContent(out.get()));
    std::span const made{content, xmlOutputBufferGetSize(out.get())};
    auto answer = f(std::as_bytes(made));
    auto* const wiped = const_cast<char*>(content);  // NOLINT(*-const-cast): the buffer is ours
    wipe(std::as_writable_bytes(std::span{wiped, made.size()}));
    return answer;
}

}  // namespace mcx::xml

#endif
