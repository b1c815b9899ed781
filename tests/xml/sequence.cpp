// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/sequence.hpp>

#include "support/check.hpp"

#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::kms::message_element;
using mcx::xml::document;
using mcx::xml::sequence;

namespace {

constexpr std::string_view head = "<a xmlns='urn:k' xmlns:o='urn:o'>";

mcx::result<document> in(std::string_view children) {
    return document::parse(std::string{head}.append(children).append("</a>"));
}

}  // namespace

TEST_CASE("children are taken in their order, and others passed over") {
    auto const d = in("<o:x/><UserUri>u</UserUri><o:x/><!-- --><Time>t</Time><o:x/>");
    CHECK(d);
    auto s = sequence::of(d->root());
    CHECK(s);
    CHECK(*s->take_text(message_element::user_name) == "u");
    CHECK(s->offset() == head.size() + 6);
    CHECK_FALSE(s->take_text(message_element::kms_id)->has_value());
    CHECK(s->require(message_element::time)->name() == "Time");
    CHECK(s->finish());
}

TEST_CASE("children that are missing or too many are told of") {
    auto const d = in("<Time/><Time/>");
    CHECK(d);
    auto s = sequence::of(d->root());
    auto const missing = s->require(message_element::user_name).error();
    CHECK(missing ==
          error{errc::field_missing, static_cast<std::uint16_t>(message_element::user_name), 0});
    CHECK(s->take(message_element::time));
    CHECK(s->finish().error() == error{errc::xml_element, 0, head.size() + 7});
}

TEST_CASE("an element in no namespace is no extension") {
    auto const d = in("<o:x/><Revoked xmlns=''>true</Revoked><Time/>");
    CHECK(d);
    auto s = sequence::of(d->root());
    CHECK(s->take(message_element::time).error() == error{errc::xml_element, 0, head.size() + 6});
    CHECK(s->finish().error().code == errc::xml_element);
}

TEST_CASE("an element in a wrong place is told by its name") {
    auto const left_over = [](std::string_view parent, std::string_view child) {
        auto const d =
            document::parse(std::string{"<k:"}
                                .append(parent)
                                .append(" xmlns:k='urn:3gpp:ns:mcsecKMSInterface:1.0'><k:")
                                .append(child)
                                .append("/></k:")
                                .append(parent)
                                .append(">"));
        return d ? sequence::of(d->root())->finish().error() : d.error();
    };
    auto const where = [&](std::string_view parent, std::string_view child) {
        auto const e = left_over(parent, child);
        CHECK(e.code == errc::xml_element);
        return e.where;
    };
    CHECK(where("KmsRequest", "KmsUri") == static_cast<unsigned>(message_element::domain_uri));
    CHECK(where("KmsKeySet", "KmsUri") ==
          static_cast<unsigned>(mcx::kms::key_set_element::domain_uri));
    CHECK(where("KmsCertificate", "KmsUri") ==
          static_cast<unsigned>(mcx::kms::certificate_element::domain_uri));
    CHECK(where("KmsCertificate", "Other") == 0);
}

TEST_CASE("an element without a namespace is no extension that can be kept") {
    auto const d = in("<o:x><y xmlns=''/></o:x>");
    CHECK(d);
    std::string kept;
    CHECK(sequence::of(d->root())->finish());
    CHECK(sequence::of(d->root(), &kept)->finish().error().code == errc::xml_element);
}

TEST_CASE("extensions are kept so that they mean the same anywhere") {
    auto const d = in("<o:x b='1'><o:y/></o:x><Time/><z xmlns='urn:z'>&amp;</z>");
    CHECK(d);
    std::string kept;
    auto s = sequence::of(d->root(), &kept);
    CHECK(s->take(message_element::time));
    CHECK(s->finish());
    CHECK(kept == "<o:x xmlns:o=\"urn:o\" b=\"1\"><o:y></o:y></o:x><z xmlns=\"urn:z\">&amp;</z>");
}

TEST_CASE("text between children is refused") {
    auto const d = in("<Time/>x");
    CHECK((d && sequence::of(d->root()).error().code == errc::xml_text));
}

TEST_CASE("a value is read, absent where it may be, and refused where it is wrong") {
    auto const d = in("<UserUri>u</UserUri><Time>x</Time>");
    CHECK(d);
    auto const read = [](std::string_view t) {
        return t == "u" ? mcx::result<int>{1} : mcx::result<int>{errc::out_of_range};
    };
    auto s = sequence::of(d->root());
    int value = 0;
    std::optional<int> absent;
    CHECK(mcx::detail::take_value(*s, message_element::user_name, value, read));
    CHECK(value == 1);
    CHECK(mcx::detail::take_value(*s, message_element::kms_id, absent, read));
    CHECK_FALSE(absent);
    CHECK(mcx::detail::take_value(*s, message_element::kms_id, value, read).error().code ==
          errc::field_missing);
    auto const wrong = mcx::detail::take_value(*s, message_element::time, absent, read).error();
    CHECK(wrong == error{errc::field_value, static_cast<std::uint16_t>(message_element::time),
                         head.size() + 20});
}

TEST_CASE("the type of an element is a name of the KMS interface's namespace") {
    auto const typed = [](std::string_view attributes) {
        auto const d =
            document::parse(std::string{"<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "}
                                .append(attributes)
                                .append("/>"));
        return d && mcx::detail::has_type(d->root(), "T", "U");
    };
    constexpr std::string_view kms = "urn:3gpp:ns:mcsecKMSInterface:1.0";
    std::string const as_default = "xmlns='" + std::string{kms} + "' ";
    std::string const as_prefix = "xmlns:k='" + std::string{kms} + "' ";
    CHECK(typed(""));
    CHECK(typed("type='X'"));
    CHECK(typed(as_default + "xsi:type='T'"));
    CHECK(typed(as_default + "xsi:type=' U '"));
    CHECK(typed(as_prefix + "xsi:type='k:T'"));
    CHECK_FALSE(typed(as_default + "xsi:type='V'"));
    CHECK_FALSE(typed(as_default + "xsi:type=''"));
    CHECK_FALSE(typed("xsi:type='T'"));
    CHECK_FALSE(typed(as_prefix + "xsi:type='T'"));
    CHECK_FALSE(typed(as_prefix + "xsi:type='p:T'"));
}
