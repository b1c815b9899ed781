// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/error_text.hpp>

#include "support/check.hpp"
#include "support/kms_xml.hpp"

#include <mcx/xml/signature_shape.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

// Every code of stage xml has a case here that brings it about: integration/every_errc.cpp has the
// others.

using mcx::errc;
using mcx::error;
using mcx::test::good_init_xml;
using mcx::test::replaced;
using mcx::test::response_error;
namespace xml = mcx::xml;

namespace {

error init(std::string_view from, std::string_view by) {
    return response_error(replaced(good_init_xml(), from, by));
}

struct row {
    errc code;
    error (*brings_about)();
};

constexpr row rows[]{
    {errc::xml_too_long, [] { return response_error(std::string(2'000'000, ' ')); }},
    {errc::xml_encoding, [] { return response_error("\xFF"); }},
    {errc::xml_character, [] { return response_error("\x01"); }},
    {errc::xml_syntax, [] { return response_error(""); }},
    {errc::xml_doctype, [] { return response_error("<!DOCTYPE a><a/>"); }},
    {errc::xml_entity, [] { return response_error("<a>&b;</a>"); }},
    {errc::xml_instruction, [] { return response_error("<?b?><a/>"); }},
    {errc::xml_depth,
     [] {
         std::string deep;
         for (int i = 0; i < 33; ++i) {
             deep += "<a>";
         }
         return response_error(deep);
     }},
    {errc::xml_elements, [] { return xml::scan("<a><b/></a>", {.elements = 1}).error(); }},
    {errc::xml_attributes, [] { return xml::scan("<a b=''/>", {.attributes = 0}).error(); }},
    {errc::xml_root, [] { return response_error("<a/>"); }},
    {errc::xml_element, [] { return init("<UserIdFormat>", "<New/><UserIdFormat>"); }},
    {errc::xml_text, [] { return init("<UserIdFormat>", "x<UserIdFormat>"); }},
    {errc::xml_comment, [] { return init("2592000", "25<!-- -->92000"); }},
    {errc::xml_type, [] { return init("<KmsInit", "<KmsInit xsi:type='x'"); }},
    {errc::xml_id,
     [] {
         auto const d = xml::document::parse("<a Id='1'><b Id='1'/></a>");
         return mcx::detail::check_ids(d->root()).error();
     }},
    {errc::xml_signature,
     [] {
         auto const d = xml::document::parse("<SignedA><A/><b/></SignedA>");
         return mcx::detail::signature_reader{xml::algorithm_uri::hmac_sha256}
             .read(d->root())
             .error();
     }},
};

}  // namespace

TEST_CASE("every code of XML is brought about by a document") {
    for (row const& r : rows) {
        CAPTURE(mcx::name_of(r.code));
        CHECK(mcx::name_of(r.brings_about().code) == mcx::name_of(r.code));
    }
    auto const of_xml = std::count_if(mcx::all_errors.begin(), mcx::all_errors.end(),
                                      [](errc e) { return mcx::stage_of(e) == mcx::stage::xml; });
    CHECK(static_cast<std::size_t>(of_xml) == std::size(rows));
}
