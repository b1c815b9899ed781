// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/document.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using mcx::errc;
using mcx::xml::document;

namespace {

errc refusal(std::string_view text) {
    return document::parse(text).error().code;
}

extern "C" {
void count_word(void* to, char const*, ...) {
    ++*static_cast<int*>(to);
}
}

/// Counts what libxml2 says, to whoever listens, about a text.
template <class Read>
int words_about(std::string_view text, Read const& read) {
    int said = 0;
    xmlSetGenericErrorFunc(&said, count_word);
    read(text);
    xmlSetGenericErrorFunc(nullptr, nullptr);
    return said;
}

}  // namespace

TEST_CASE("a document is well-formed") {
    CHECK(refusal("<a b='c'>d</a>") == errc::none);
    for (std::string_view const text :
         {"<a></b>", "<a/><b/>", "<a/>x", "x<a/>", "<a b='' b=''/>", "<a b/>", "<a b=c/>", "<1/>",
          "<a>]]></a>", "<a>&#0;</a>", "<a>&#xFFFF;</a>", "<a>&#x110000;</a>", "<a>&#;</a>",
          "<a><!-- -- --></a>", "<p:a/>", "<a p:b=''/>", "<a xmlns:p=''/>",
          "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='' q:b=''/>", "<a>\xEF\xBF\xBF</a>"}) {
        CAPTURE(text);
        CHECK(refusal(text) == errc::xml_syntax);
    }
}

TEST_CASE("namespaces are absolute") {
    CHECK(refusal("<a xmlns='x'/>") == errc::xml_syntax);
    CHECK(refusal("<a xmlns:p='/x'/>") == errc::xml_syntax);
    CHECK(refusal("<a><b xmlns:p='../x'/></a>") == errc::xml_syntax);
    CHECK(refusal("<a xmlns='urn:x'><b xmlns=''/></a>") == errc::none);
}

TEST_CASE("an element has no more namespaces around it than there is room for") {
    constexpr std::string_view two =
        "<a xmlns='urn:1'><b xmlns:p='urn:2'/><b xmlns:p='urn:2'/></a>";
    CHECK(document::parse(two, {.namespaces = 2}));
    auto const many = document::parse(two, {.namespaces = 1}).error();
    CHECK((many.code == errc::xml_attributes && many.offset == 17));
    CHECK(document::parse(two, {.namespace_octets = 11}));
    CHECK(document::parse(two, {.namespace_octets = 10}).error().code == errc::xml_attributes);
}

TEST_CASE("what the scan refuses is refused") {
    CHECK(refusal("<!DOCTYPE a><a/>") == errc::xml_doctype);
    CHECK(refusal("<a>&b;</a>") == errc::xml_entity);
    CHECK(document::parse("<a/>", {.octets = 3}).error().code == errc::xml_too_long);
}

TEST_CASE("a tree is what the scan has seen, and has nothing that the scan refuses") {
    auto const numbered = [](std::string_view text, std::vector<std::uint32_t> const& starts) {
        auto const tree = mcx::detail::xml_parse(text);
        return tree ? mcx::detail::xml_number(tree->get(), starts, {}).error().code : errc::none;
    };
    CHECK(numbered("<a><b/></a>", {0, 3}) == errc::none);
    CHECK(numbered("<a><b/></a>", {0}) == errc::xml_syntax);
    CHECK(numbered("<a><b/></a>", {0, 3, 7}) == errc::xml_syntax);
    CHECK(numbered("<a><?b?></a>", {0}) == errc::xml_syntax);
    CHECK(numbered("<!DOCTYPE a><a/>", {12}) == errc::xml_syntax);
    CHECK(numbered("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", {30}) == errc::xml_syntax);
}

TEST_CASE("a document moves, and is never copied") {
    CHECK_BOTH(!std::is_copy_constructible_v<document>);
    auto d = document::parse("<a/>");
    CHECK(d);
    document const moved = *std::move(d);
    CHECK(moved.root().name() == "a");
}

TEST_CASE("the text of a document is wiped before its memory is given back") {
    std::string const secret(200, 's');
    auto const text = "<a>" + secret + "<b/><![CDATA[" + secret + "]]></a>";
    auto tree = mcx::detail::xml_parse(text);
    CHECK(tree);
    if (!tree) {
        return;
    }
    // The deleter wipes first: what it does is done here on a tree that is then still there.
    xmlNode* const root = xmlDocGetRootElement(tree->get());
    int texts = 0;
    for (xmlNode* n = root; n != nullptr; n = mcx::detail::xml_next(n, root)) {
        texts += n->type == XML_TEXT_NODE ? 1 : 0;
    }
    CHECK(texts == 2);
    mcx::detail::xml_wipe(tree->get());
    for (xmlNode* n = root; n != nullptr; n = mcx::detail::xml_next(n, root)) {
        CHECK((n->type != XML_TEXT_NODE || *n->content == 0));
        CHECK((n->type != XML_TEXT_NODE || n->content[199] == 0));
    }
}

TEST_CASE("nothing of a document goes to the standard error output") {
    auto const naive = [](std::string_view text) {
        xmlFreeDoc(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                 XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    };
    auto const ours = [](std::string_view text) { (void)mcx::detail::xml_parse(text); };
    constexpr std::string_view id = "<a xml:id='1 secret'/>";
    CHECK(words_about(id, naive) > 0);
    for (std::string_view const text :
         {id, std::string_view{"<a xml:id='b'><a xml:id='b'/></a>"}, std::string_view{"<a"},
          std::string_view{"<!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]><a>&b;&d;</a>"},
          std::string_view{"<a xmlns='x' xml:lang='!'/>"}}) {
        CAPTURE(text);
        CHECK(words_about(text, ours) == 0);
    }
}

TEST_CASE("what a program has set for its own parsers is not for ours") {
    int told = 0;
    xmlSetStructuredErrorFunc(&told, [](void* to, auto*) { ++*static_cast<int*>(to); });
    for (std::string_view const text :
         {"<a xml:id='1 secret'/>", "<a xml:id='b'><a xml:id='b'/></a>", "<secret></b>",
          "<a xmlns='x'/>"}) {
        (void)mcx::detail::xml_parse(text);
    }
    CHECK(told == 0);
    (void)xmlReadMemory("<a", 2, nullptr, nullptr, 0);
    CHECK(told != 0);
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    int const kept = xmlKeepBlanksDefault(0);
    auto const d = document::parse("<a> <b/> </a>");
    (void)xmlKeepBlanksDefault(kept);
    CHECK((d && d->root().node()->children->type == XML_TEXT_NODE));
}
