// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"
#include "support/kms_xml.hpp"

#include <mcx/core/error_text.hpp>

#include <map>
#include <string>
#include <string_view>
#include <variant>

// The KMS documents of the vectors: what is refused is refused for its reason, and what is accepted
// is the same after it was written and read again.

using mcx::errc;
using mcx::test::read_response;
using mcx::test::string_in;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

/// How each case comes out, by its name without the prefix.
std::map<std::string_view, errc> const outcomes{
    {"ok", errc::none},
    {"ok_lower_case_hex", errc::none},
    {"ok_whitespace", errc::none},
    {"ok_prefix", errc::none},
    {"ok_comment", errc::none},
    {"ok_cdata", errc::none},
    {"ok_char_ref", errc::none},
    {"valid_to_offset", errc::none},
    {"xxe_http", errc::xml_doctype},
    {"entity_expansion", errc::xml_doctype},
    {"parameter_entity", errc::xml_doctype},
    {"xinclude", errc::none},
    {"wrong_namespace", errc::xml_root},
    {"truncated", errc::xml_syntax},
    {"two_roots", errc::xml_syntax},
    {"empty", errc::xml_syntax},
    {"undeclared_entity", errc::xml_entity},
    {"nul_reference", errc::xml_syntax},
    {"latin1_undeclared", errc::xml_encoding},
    {"role_unknown", errc::field_value},
    {"pubauthkey_missing", errc::field_missing},
    {"pubenckey_missing", errc::field_missing},
    {"period_missing", errc::field_missing},
    {"pubauthkey_twice", errc::xml_element},
    {"pubauthkey_not_hex", errc::field_value},
    {"pubauthkey_off_curve", errc::field_value},
    {"pubauthkey_infinity", errc::field_value},
    {"pubauthkey_zero", errc::field_value},
    {"pubauthkey_empty", errc::field_value},
    {"pubenckey_short", errc::field_value},
    {"pubenckey_off_curve", errc::field_value},
    {"pubenckey_is_pubauthkey", errc::field_value},
    {"period_float", errc::field_value},
    {"period_huge", errc::field_value},
    {"offset_negative", errc::field_value},
    {"valid_to_before_from", errc::validity_reversed},
    {"valid_from_text", errc::field_value},
    {"valid_to_feb_30", errc::field_value},
    {"user_id_format_text", errc::unsupported_user_id_format},
};

std::string text_of(test::json_members const& c) {
    if (c.contains("xml")) {
        return string_in(c.at("xml"));
    }
    std::string octets = string_in(c.at("xml_b64"));
    std::string out(octets.size(), '\0');
    auto const size =
        kms::xsd::base64_binary(octets, std::as_writable_bytes(std::span{out.data(), out.size()}));
    out.resize(size.value_or(0U));
    return out;
}

void check_same_after_writing(kms::response const& r) {
    auto const text = xml::write(r);
    CHECK(text);
    auto const again = read_response(text.value_or(std::string{}));
    CHECK(again);
    CHECK((again && again->message() == r));
    CHECK((again && xml::write(again->message()).value_or(std::string{}) == *text));
}

}  // namespace

TEST_CASE("every KMS document of the vectors comes out as it has to") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = test::members_in(test::vectors_file("kms/kms_xml_cases.json"));
    CHECK(file.contains("cases"));
    std::size_t seen = 0;
    for (auto const& written :
         test::elements_in(file.contains("cases") ? file.at("cases") : "[]")) {
        auto const c = test::members_in(written);
        std::string const id = string_in(c.at("id"));
        CAPTURE(id);
        auto const due = outcomes.find(std::string_view{id}.substr(8));
        CHECK(due != outcomes.end());
        if (due == outcomes.end()) {
            continue;
        }
        ++seen;
        std::string const text = text_of(c);
        auto const read = read_response(text);
        CHECK(mcx::name_of(read.error().code) == mcx::name_of(due->second));
        CHECK(read.error().offset <= text.size());
        bool const open = string_in(c.at("expect")) == "either";  // an extension, which is kept raw
        CHECK((open || (string_in(c.at("expect")) == "valid") == read.has_value()));
        if (read) {
            mcx::fixed_clock const now{{std::stoll(c.at("now"))}};
            auto const& own = std::get<kms::init>(read->message().message).certificate;
            CHECK(kms::check(own, read->message().kms, now));
            check_same_after_writing(read->message());
        }
    }
    CHECK(seen == outcomes.size());
    MESSAGE(seen << " documents");
}

TEST_CASE("the samples of a client in the field are read, and are the same when written") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const init = read_response(test::vectors_file("kms/streamwide_init_response.xml"));
    CHECK(init);
    auto const keys = read_response(test::vectors_file("kms/streamwide_key_prov_response.xml"));
    CHECK(keys);
    if (!init || !keys) {
        return;
    }
    check_same_after_writing(init->message());
    check_same_after_writing(keys->message());
    CHECK(std::get<kms::init>(init->message().message).certificate.kms_uri().view() ==
          "localhost:8080");
    CHECK(std::get<kms::key_prov>(keys->message().message).sets.at(0).labels().key_period_no ==
          625);
}
