// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_WRITER_HPP
#define MCX_XML_WRITER_HPP

#include <mcx/codec/hex.hpp>
#include <mcx/core/bytes.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Writes XML, one element after the other: no white space, no declaration, no comments, so that the
// same values give the same octets. What is well-formed text and what not is for the caller's types
// to say: other control characters are not among the things that they hold.

namespace mcx::xml {

/// Text with the characters replaced that mean something in XML, be it in an element or an
/// attribute.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\t':  // white space that an attribute or a line would not keep
                out += "&#9;";
                break;
            case '\n':
                out += "&#10;";
                break;
            case '\r':
                out += "&#13;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

/// Writes elements; each is closed in the end.
class writer {
    std::string out_;
    std::vector<std::string_view> open_;
    bool in_tag_ = false;

    void end_tag() {
        if (in_tag_) {
            out_ += '>';
            in_tag_ = false;
        }
    }

  public:
    /// Begins an element. Requires: the name outlives the writer.
    writer& open(std::string_view name) {
        end_tag();
        out_.append("<").append(name);
        open_.push_back(name);
        in_tag_ = true;
        return *this;
    }

    /// Gives the element that was just begun an attribute.
    writer& attribute(std::string_view name, std::string_view value) {
        out_.append(" ").append(name).append("=\"").append(escaped(value)).append("\"");
        return *this;
    }

    writer& text(std::string_view value) {
        end_tag();
        out_ += escaped(value);
        return *this;
    }

    /// Secret octets in hexadecimal digits.
    writer& secret_hex(byte_view octets) {
        end_tag();
        auto const at = out_.size();
        out_.resize(at + hex::encoded_size(octets.size()));
        hex::encode_secret(octets, std::span{out_}.subspan(at));
        return *this;
    }

    /// XML that stands by itself.
    writer& raw(std::string_view xml) {
        end_tag();
        out_ += xml;
        return *this;
    }

    writer& close() {
        if (in_tag_) {
            out_ += "/>";
            in_tag_ = false;
        } else {
            out_.append("</").append(open_.back()).append(">");
        }
        open_.pop_back();
        return *this;
    }

    /// A whole element with text in it.
    writer& leaf(std::string_view name, std::string_view value) {
        return open(name).text(value).close();
    }

    /// What has been written, every element closed.
    [[nodiscard]] std::string finish() && {
        while (!open_.empty()) {
            close();
        }
        return std::move(out_);
    }
};

}  // namespace mcx::xml

#endif
