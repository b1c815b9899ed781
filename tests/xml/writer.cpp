// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/writer.hpp>

#include "support/check.hpp"

#include <mcx/xml/document.hpp>

#include <array>
#include <string>

using mcx::xml::escaped;
using mcx::xml::writer;

TEST_CASE("text is escaped in elements and attributes") {
    CHECK(escaped("a&<>\"'") == "a&amp;&lt;&gt;&quot;'");
    CHECK(escaped("").empty());
}

TEST_CASE("elements are written and closed") {
    writer w;
    w.open("a").attribute("b", "<\"").leaf("c", "1&2").open("d").close();
    w.open("e").raw("<f/>").open("g").text("h");
    auto const text = std::move(w).finish();
    CHECK(text == "<a b=\"&lt;&quot;\"><c>1&amp;2</c><d/><e><f/><g>h</g></e></a>");
    CHECK(mcx::xml::document::parse(text));
}

TEST_CASE("secret octets are written in digits") {
    std::array<std::byte, 3> const octets{std::byte{0}, std::byte{0xAB}, std::byte{0x10}};
    writer w;
    w.open("a").secret_hex(octets);
    CHECK(std::move(w).finish() == "<a>00ab10</a>");
}

TEST_CASE("a value that was written is the one that is read") {
    std::string const value = "]]><!-- &amp; <b c='\"'> \xC3\xA4 \t\n\r a\r\n";
    writer w;
    w.open("a").attribute("b", value).text(value);
    auto const d = mcx::xml::document::parse(std::move(w).finish());
    CHECK((d && *d->root().text() == value && d->root().attribute("b") == value));
}
