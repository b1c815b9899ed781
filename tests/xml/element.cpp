// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/element.hpp>

#include "support/check.hpp"

#include <mcx/xml/document.hpp>

#include <string_view>

using mcx::errc;
using mcx::xml::document;
using mcx::xml::element;

namespace {

document parsed(std::string_view text) {
    auto d = document::parse(text);
    CHECK(d);
    return d ? *std::move(d) : *document::parse("<failed/>");
}

}  // namespace

TEST_CASE("an element has a name, a namespace and a place") {
    auto const d = parsed("<k:a xmlns:k='urn:k'><b/> <k:c xmlns='urn:x'><d/></k:c></k:a>");
    auto const root = d.root();
    CHECK(root.name() == "a");
    CHECK(root.space() == "urn:k");
    CHECK(root.is("urn:k", "a"));
    CHECK_FALSE(root.is("", "a"));
    CHECK_FALSE(root.is("urn:k", "k:a"));
    auto const b = root.first_child();
    CHECK(b.is("", "b"));
    CHECK(b.offset() == 21);
    auto const c = b.next();
    CHECK(c.is("urn:k", "c"));
    CHECK(c.offset() == 26);
    CHECK(c.first_child().is("urn:x", "d"));
    CHECK_FALSE(c.next());
    CHECK_FALSE(element{}.is("", ""));
    CHECK(element{} == c.next());
    CHECK_FALSE(b == c);
}

TEST_CASE("text is all of an element's text, or nothing") {
    CHECK(*parsed("<a> b </a>").root().text() == " b ");
    CHECK(*parsed("<a/>").root().text() == "");
    CHECK(*parsed("<a></a>").root().text() == "");
    auto const mixed = parsed("<a>b&amp;<![CDATA[&<]]>&#65;c</a>");
    CHECK(*mixed.root().text() == "b&&<Ac");
    auto const cdata = parsed("<a><![CDATA[x]]><![CDATA[y]]></a>");
    CHECK(*cdata.root().text() == "xy");
    CHECK(parsed("<a>b<!-- c -->d</a>").root().text().error().code == errc::xml_comment);
    CHECK(parsed("<a><!-- c --></a>").root().text().error().code == errc::xml_comment);
    CHECK(parsed("<a>b<c/></a>").root().text().error().code == errc::xml_element);
}

TEST_CASE("text between elements is seen, white space and comments are not") {
    CHECK(parsed("<a> <b/>\n<!-- c --> </a>").root().has_elements_only());
    CHECK(parsed("<a><b/>x</a>").root().has_elements_only().error().code == errc::xml_text);
    CHECK(parsed("<a><![CDATA[x]]><b/></a>").root().has_elements_only().error().code ==
          errc::xml_text);
}

TEST_CASE("an attribute has a name and a namespace, and its references are resolved") {
    auto const d = parsed("<a xmlns:p='urn:p' b='1' p:b='2' c='R&#111;ot&amp;' e=''/>");
    CHECK(d.root().attribute("b") == "1");
    CHECK(d.root().attribute("b", "urn:p") == "2");
    CHECK(d.root().attribute("c") == "Root&");
    CHECK(d.root().attribute("e") == "");
    CHECK_FALSE(d.root().attribute("x"));
    CHECK_FALSE(d.root().attribute("c", "urn:p"));
}

TEST_CASE("a prefix stands for what the nearest element says") {
    auto const d = parsed("<a xmlns='urn:1' xmlns:p='urn:2'><b xmlns='urn:3'/></a>");
    auto const b = d.root().first_child();
    CHECK(b.space_of("") == "urn:3");
    CHECK(b.space_of("p") == "urn:2");
    CHECK(d.root().space_of("") == "urn:1");
    CHECK(d.root().space_of("q").empty());
}

TEST_CASE("an error about an element says where it is") {
    auto const d = parsed("<a><b/></a>");
    CHECK(d.root().first_child().fails(errc::xml_element, 7) ==
          mcx::error{errc::xml_element, 7, 3});
}
