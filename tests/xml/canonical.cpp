// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/canonical.hpp>

#include "support/check.hpp"

#include <mcx/xml/document.hpp>

#include <string>
#include <string_view>

using mcx::byte_view;
using mcx::errc;
using mcx::result;
using mcx::xml::canonical_form;
using mcx::xml::document;

namespace {

/// The canonical form of the first element in the root.
std::string form_of(std::string_view text, canonical_form form = canonical_form::inclusive) {
    auto const d = document::parse(text);
    CHECK(d);
    if (!d) {
        return {};
    }
    auto const made = mcx::xml::with_canonical(d->root().first_child(), form, [](byte_view octets) {
        return result<std::string>{std::string{mcx::as_text(octets)}};
    });
    return made.value_or(std::string{"failed"});
}

}  // namespace

TEST_CASE("the canonical form sorts attributes, resolves references, and has no empty tags") {
    CHECK(form_of("<a><b z='1' y = \"2\"><![CDATA[<]]>&#65;&gt;<c/></b></a>") ==
          "<b y=\"2\" z=\"1\">&lt;A&gt;<c></c></b>");
}

TEST_CASE("the canonical form has neither comments nor what is outside of the element") {
    CHECK(form_of("<!-- x --><a>t<b>1<!-- 2 -->3</b>u<c/></a>") == "<b>13</b>");
}

TEST_CASE("Canonical XML 1.0 takes the namespaces and xml: attributes around along") {
    constexpr std::string_view text =
        "<a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q' xml:lang='de'><p:b><c/></p:b></a>";
    CHECK(form_of(text) ==
          "<p:b xmlns=\"urn:d\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" xml:lang=\"de\"><c></c></p:b>");
    CHECK(form_of(text, canonical_form::exclusive) ==
          "<p:b xmlns:p=\"urn:p\"><c xmlns=\"urn:d\"></c></p:b>");
}

TEST_CASE("the function's own error comes back") {
    auto const d = document::parse("<a/>");
    CHECK(d);
    CHECK((d && mcx::xml::with_canonical(d->root(), canonical_form::inclusive,
                                         [](byte_view) -> result<int> { return errc::signature; })
                        .error()
                        .code == errc::signature));
}
