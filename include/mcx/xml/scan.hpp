// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_SCAN_HPP
#define MCX_XML_SCAN_HPP

#include <mcx/codec/utf8.hpp>
#include <mcx/core/error.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// What is refused of an XML document before any parser sees it: other encodings, document types,
// entities, processing instructions, and more of anything than there is room for. [XML 1.0] It is
// no parser: whether the document is well-formed is for xml/document.hpp to say, which compares the
// elements that its parser found with those that were found here.

namespace mcx::xml {

/// How much a document may have of everything.
struct limits {
    std::size_t octets = std::size_t{1} << 20U;
    std::size_t depth = 32;               ///< of elements in one another
    std::size_t elements = 8192;          ///< in the whole document
    std::size_t attributes = 32;          ///< of an element
    std::size_t tag_octets = 8192;        ///< from < to >
    std::size_t namespaces = 64;          ///< declared by an element and those around it
    std::size_t namespace_octets = 4096;  ///< of the names of these
};

}  // namespace mcx::xml

namespace mcx::detail {

/// Goes through a document once, from tag to tag.
class xml_scanner {
    std::string_view text_;
    xml::limits const& limits_;
    std::vector<std::uint32_t>& starts_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;

    [[nodiscard]] error here(errc code) const noexcept { return {code, 0, offset32(at_)}; }
    [[nodiscard]] bool next_is(std::string_view s) const noexcept {
        return text_.substr(at_).starts_with(s);
    }

    /// Goes past the next occurrence of a text.
    [[nodiscard]] result<void> skip_to(std::string_view end) noexcept {
        auto const found = text_.find(end, at_);
        if (found == std::string_view::npos) {
            return here(errc::xml_syntax);
        }
        at_ = found + end.size();
        return {};
    }

    static constexpr bool is_white(char c) noexcept {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /// The value of a part of the XML declaration; empty where it is not there.
    [[nodiscard]] static std::string_view declared(std::string_view declaration,
                                                   std::string_view name) noexcept {
        auto const at = declaration.find(name);
        if (at == std::string_view::npos) {
            return {};
        }
        auto const opening = declaration.find_first_of("\"'", at);
        if (opening == std::string_view::npos) {
            return {};
        }
        auto const closing = declaration.find(declaration[opening], opening + 1);
        return declaration.substr(opening + 1,
                                  closing == std::string_view::npos ? 0 : closing - opening - 1);
    }

    /// The declaration says XML 1.0, and UTF-8 if it says anything of the encoding.
    [[nodiscard]] result<void> declaration() noexcept {
        std::size_t const start = at_;
        if (auto const ended = skip_to("?>"); !ended) {
            return ended;
        }
        auto const said = text_.substr(start, at_ - start);
        auto const encoding = declared(said, "encoding");
        constexpr std::string_view utf_8 = "utf-8";
        bool const is_utf_8 =
            std::equal(encoding.begin(), encoding.end(), utf_8.begin(), utf_8.end(),
                       [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
        bool const says = said.find("encoding") != std::string_view::npos;
        if (declared(said, "version") != "1.0" || (says && !is_utf_8)) {
            at_ = start;
            return here(errc::xml_encoding);
        }
        return {};
    }

    /// A reference is to a character, or to one of the five that XML has by itself.
    [[nodiscard]] result<void> reference() const noexcept {
        auto const rest = text_.substr(at_ + 1, 8);
        for (std::string_view const known : {"amp;", "lt;", "gt;", "quot;", "apos;", "#"}) {
            if (rest.starts_with(known)) {
                return {};
            }
        }
        return here(errc::xml_entity);
    }

    [[nodiscard]] result<void> text() noexcept {
        for (; at_ < text_.size() && text_[at_] != '<'; ++at_) {
            if (text_[at_] == '&') {
                if (auto const known = reference(); !known) {
                    return known;
                }
            }
        }
        return {};
    }

    /// The rest of a start tag, to its >; tells whether it ends the element too.
    [[nodiscard]] result<bool> attributes() noexcept {
        std::size_t const start = at_;
        std::size_t count = 0;
        char quote = '\0';
        for (; at_ < text_.size(); ++at_) {
            char const c = text_[at_];
            if (at_ - start > limits_.tag_octets) {
                return here(errc::xml_attributes);
            }
            if (c == '&') {
                if (auto const known = reference(); !known) {
                    return known.error();
                }
            } else if (c == '<') {
                return here(errc::xml_syntax);
            } else if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
                if (++count > limits_.attributes) {
                    return here(errc::xml_attributes);
                }
            } else if (c == '>') {
                ++at_;
                return text_[at_ - 2] == '/';
            }
        }
        return here(errc::xml_syntax);
    }

    [[nodiscard]] result<void> start_tag() noexcept {
        if (depth_ == limits_.depth) {
            return here(errc::xml_depth);
        }
        if (starts_.size() == limits_.elements) {
            return here(errc::xml_elements);
        }
        starts_.push_back(offset32(at_));
        ++at_;
        auto const empty = attributes();
        if (!empty) {
            return empty.error();
        }
        depth_ += *empty ? 0U : 1U;
        return {};
    }

    [[nodiscard]] result<void> end_tag() noexcept {
        if (depth_ == 0) {
            return here(errc::xml_syntax);
        }
        --depth_;
        return skip_to(">");
    }

    [[nodiscard]] result<void> markup() noexcept {
        if (next_is("<!--")) {
            at_ += 4;
            return skip_to("-->");
        }
        if (next_is("<![CDATA[")) {
            at_ += 9;
            return skip_to("]]>");
        }
        if (next_is("<!")) {
            return here(errc::xml_doctype);
        }
        if (next_is("<?")) {
            return here(errc::xml_instruction);
        }
        return next_is("</") ? end_tag() : start_tag();
    }

    /// Every octet is of a character that XML has.
    [[nodiscard]] result<void> characters() noexcept {
        auto const bad = [](char c) {
            return static_cast<unsigned char>(c) < 0x20 && !is_white(c);
        };
        at_ =
            static_cast<std::size_t>(std::find_if(text_.begin(), text_.end(), bad) - text_.begin());
        if (at_ != text_.size()) {
            return here(errc::xml_character);
        }
        at_ = 0;
        auto const utf_8 = utf8::check(text_);
        return utf_8 ? result<void>{} : error{errc::xml_encoding, 0, utf_8.error().offset};
    }

  public:
    xml_scanner(std::string_view text, xml::limits const& l,
                std::vector<std::uint32_t>& starts) noexcept
        : text_(text), limits_(l), starts_(starts) {}

    [[nodiscard]] result<void> run() noexcept {
        if (text_.size() > limits_.octets) {
            return here(errc::xml_too_long);
        }
        if (auto const known = characters(); !known) {
            return known;
        }
        at_ = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        if (next_is("<?xml") && at_ + 5 < text_.size() && is_white(text_[at_ + 5])) {
            if (auto const fine = declaration(); !fine) {
                return fine;
            }
        }
        while (at_ < text_.size()) {
            if (auto const done = text_[at_] == '<' ? markup() : text(); !done) {
                return done;
            }
        }
        return depth_ == 0 && !starts_.empty() ? result<void>{} : here(errc::xml_syntax);
    }
};

}  // namespace mcx::detail

namespace mcx::xml {

/// Goes through a document and returns where each element begins, in the order of the document.
/// Fails, with the offset: xml_too_long, xml_character, xml_encoding, xml_doctype, xml_entity,
/// xml_instruction, xml_depth, xml_elements, xml_attributes, xml_syntax (what it cannot get past).
/// Cost: three times through the text, and four octets an element.
[[nodiscard]] inline result<std::vector<std::uint32_t>> scan(std::string_view text,
                                                             limits const& l = {}) {
    std::vector<std::uint32_t> starts;
    if (auto const done = mcx::detail::xml_scanner{text, l, starts}.run(); !done) {
        return done.error();
    }
    return starts;
}

}  // namespace mcx::xml

#endif
