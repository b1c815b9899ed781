// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/content.hpp>

#include "support/check.hpp"

#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::xml::content;
using mcx::xml::document;

namespace {

constexpr std::string_view wrapped =
    "<SignedA xmlns='urn:x'><!-- --><A Id='i'/>"
    "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>"
    "</SignedA>";

}  // namespace

TEST_CASE("the message of a document without a wrapper is its root") {
    auto const d = document::parse("<A/>");
    CHECK(d);
    if (!d) {
        return;
    }
    CHECK(content::unsigned_of(*d)->top() == d->root());
    CHECK(content::unverified_of(*d)->top() == d->root());
    CHECK_FALSE(content::unsigned_of(*d)->signed_by());
}

TEST_CASE("what a wrapper wraps is read only by who asks for what is not verified") {
    auto const d = document::parse(wrapped);
    CHECK(d);
    if (!d) {
        return;
    }
    CHECK(content::unsigned_of(*d).error().code == errc::xml_root);
    auto const inner = content::unverified_of(*d);
    CHECK((inner && inner->top().is("urn:x", "A") && !inner->signed_by()));
}

TEST_CASE("a wrapper of something else, or of nothing, has no message") {
    for (std::string_view const text :
         {"<SignedA/>", "<SignedA><B/><A/></SignedA>",
          "<SignedA xmlns='urn:x'><A xmlns='urn:y'/></SignedA>", "<Signed><x/></Signed>",
          "<SignedA><SignedA/></SignedA>", "<SignedA><A/><A/></SignedA>",
          "<SignedA><A/>x</SignedA>", "<SignedA><A/><Signature/></SignedA>"}) {
        CAPTURE(text);
        auto const d = document::parse(text);
        CHECK((d && content::unverified_of(*d).error().code == errc::xml_root));
    }
}

TEST_CASE("contents are made by their two ways and by verification only") {
    CHECK_BOTH(!std::is_default_constructible_v<content>);
    CHECK_BOTH(!std::is_constructible_v<content, mcx::xml::element>);
}
