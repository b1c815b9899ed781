// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/scan.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using mcx::errc;
using mcx::error;
using mcx::xml::limits;
using mcx::xml::scan;
using namespace std::string_view_literals;

namespace {

error refusal(std::string_view text, limits const& l = {}) {
    return scan(text, l).error();
}
bool is(error e, errc code, std::uint32_t offset) {
    return e.code == code && e.offset == offset;
}

std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += "<a>";
    }
    for (std::size_t i = 0; i < depth; ++i) {
        text += "</a>";
    }
    return text;
}

}  // namespace

TEST_CASE("the scan finds where each element begins") {
    auto const starts = scan("<a>\n<!-- <x> --><b c='>' d=\"<![CDATA[\"/><![CDATA[<y>]]></a>");
    CHECK_FALSE(starts);  // < in an attribute
    auto const good = scan("<a>\n<!-- <x> --><b c='>' d=\"/\"/><![CDATA[<y>&z;]]></a>");
    CHECK((good && *good == std::vector<std::uint32_t>{0, 16}));
}

TEST_CASE("a document is XML 1.0 in UTF-8, and says nothing else") {
    CHECK(scan("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>"));
    CHECK(scan("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<a/>"));
    CHECK(scan("<?xml version='1.0'?><a/>"));
    CHECK(scan("\xEF\xBB\xBF<a/>"));
    CHECK(scan("\xEF\xBB\xBF<?xml version='1.0'?><a/>"));
    CHECK(scan("<a>\xC3\xA4</a>"));
    CHECK(is(refusal("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), errc::xml_encoding, 0));
    CHECK(is(refusal("<?xml version='1.0' encoding=''?><a/>"), errc::xml_encoding, 0));
    CHECK(is(refusal("<?xml version='1.0' encoding?><a/>"), errc::xml_encoding, 0));
    CHECK(is(refusal("<?xml version='1.1'?><a/>"), errc::xml_encoding, 0));
    CHECK(is(refusal("<?xml encoding='UTF-8'?><a/>"), errc::xml_encoding, 0));
    CHECK(is(refusal("<a>\xE4</a>"), errc::xml_encoding, 3));
    CHECK(is(refusal("\xFF\xFE<\0a\0/\0>\0"sv), errc::xml_character, 3));
    CHECK(is(refusal("<?xml version='1.0'"), errc::xml_syntax, 0));
}

TEST_CASE("characters that XML does not have are refused") {
    CHECK(is(refusal("<a>\0</a>"sv), errc::xml_character, 3));
    CHECK(is(refusal("<a>\x1F</a>"), errc::xml_character, 3));
    CHECK(is(refusal("<a/>\v"), errc::xml_character, 4));
    CHECK(scan("<a>\t\r\n</a>"));
}

TEST_CASE("no document type, entity or processing instruction gets through") {
    CHECK(is(refusal("<!DOCTYPE a><a/>"), errc::xml_doctype, 0));
    CHECK(is(refusal("<a/><!DOCTYPE a>"), errc::xml_doctype, 4));
    CHECK(is(refusal("<a><!ENTITY b 'c'></a>"), errc::xml_doctype, 3));
    CHECK(is(refusal("<a>&b;</a>"), errc::xml_entity, 3));
    CHECK(is(refusal("<a b='&c;'/>"), errc::xml_entity, 6));
    CHECK(is(refusal("<a>& </a>"), errc::xml_entity, 3));
    CHECK(is(refusal("<a>&"), errc::xml_entity, 3));
    CHECK(scan("<a b='&quot;&apos;'>&amp;&lt;&gt;&#65;&#x41;</a>"));
    CHECK(is(refusal("<a><?b?></a>"), errc::xml_instruction, 3));
    CHECK(is(refusal("<?xml-stylesheet href='x'?><a/>"), errc::xml_instruction, 0));
    CHECK(is(refusal("<a/><?xml version='1.0'?>"), errc::xml_instruction, 4));
    CHECK(is(refusal(" <?xml version='1.0'?><a/>"), errc::xml_instruction, 1));
}

TEST_CASE("a document has no more of anything than its limits say") {
    CHECK(scan(nested(32)));
    CHECK(is(refusal(nested(33)), errc::xml_depth, 32 * 3));
    CHECK(scan("<a/>", {.octets = 4}));
    CHECK(is(refusal("<a/>", {.octets = 3}), errc::xml_too_long, 0));
    CHECK(scan("<a><b/><b/></a>", {.elements = 3}));
    CHECK(is(refusal("<a><b/><b/></a>", {.elements = 2}), errc::xml_elements, 7));
    CHECK(scan("<a b='' c=''/>", {.attributes = 2}));
    CHECK(is(refusal("<a b='' c='' d=''/>", {.attributes = 2}), errc::xml_attributes, 15));
    CHECK(scan("<a b='12345'/>", {.tag_octets = 13}));
    CHECK(is(refusal("<a b='12345678'/>", {.tag_octets = 13}), errc::xml_attributes, 15));
}

TEST_CASE("what the scan cannot get past is not well-formed") {
    for (std::string_view const text :
         {"", " ", "x", "<a>", "</a>", "<a></a></a>", "<a", "<a b='", "<a b='>", "<a></a",
          "<!-- <a/>", "<a><![CDATA[</a>", "<a <b/>", "<"}) {
        CAPTURE(text);
        CHECK(refusal(text).code == errc::xml_syntax);
    }
}
