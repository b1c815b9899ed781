// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: all
#include <mcx/xml/redirect.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/rfc_keys.hpp"
#include "support/xml_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/role/kms_server.hpp>

#include <string>
#include <string_view>
#include <utility>

using mcx::botan;
using mcx::errc;
using mcx::es256;
using mcx::test::replaced;
using mcx::xml::document;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

constexpr kms::key_name gms{"gms.example.org"};

/// What nobody here knows the meaning of.
constexpr std::string_view elements =
    "<A xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" b=\"&quot;c\">kms.example.org</A>"
    "<p:A xmlns:p=\"urn:x\">&lt;</p:A>";

kms::redirect_response redirect() {
    return test::certain(xml::make_redirect(elements, "k1"));
}

std::string signed_redirect() {
    auto const numbers = test::rfc_example<es256>::private_key();
    auto const signer = test::certain(mcx::signing_key<es256, botan>::from(numbers, "gms"));
    botan::random random;
    return test::certain(xml::write_signed(redirect(), signer, random));
}

/// Verifies and reads a redirect response.
mcx::result<kms::received<kms::redirect_response>> read(std::string_view text) {
    auto const key = test::certain(
        mcx::verifying_key<es256, botan>::from(test::rfc_example<es256>::public_key()));
    auto const d = document::parse(text);
    if (!d) {
        return d.error();
    }
    auto const c = xml::verify_redirect(*d, key, gms);
    return c ? xml::read_redirect(*c)
             : mcx::result<kms::received<kms::redirect_response>>{c.error()};
}

mcx::result<kms::received<kms::redirect_response>> read_unsigned(std::string_view text) {
    auto const d = document::parse(text);
    auto const c = d ? xml::content::unsigned_of(*d) : mcx::result<xml::content>{d.error()};
    return c ? xml::read_redirect(*c)
             : mcx::result<kms::received<kms::redirect_response>>{c.error()};
}

}  // namespace

TEST_CASE("a redirect response is read as it was written, and its contents are kept") {
    auto const text = test::certain(xml::write(redirect()));
    CHECK(text ==
          "<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" Id=\"k1\">"
          "<A b=\"&quot;c\">kms.example.org</A><p:A xmlns:p=\"urn:x\">&lt;</p:A>"
          "</KmsRedirectResponse>");
    auto const got = read_unsigned(text);
    CHECK((got && got->message() == redirect() && !got->signed_by()));
    CHECK((got && xml::write(got->message()).value_or(std::string{}) == text));
}

TEST_CASE("a signed redirect response says by whose key it was verified") {
    auto const text = signed_redirect();
    auto const got = read(text);
    CHECK((got && got->message() == redirect() && got->signed_by() == gms));
    CHECK(read(replaced(text, "kms.example.org", "kms.example.com")).error().code ==
          errc::signature);
    CHECK(read(test::certain(xml::write(redirect()))).error().code == errc::xml_root);
    CHECK(read_unsigned(text).error().code == errc::xml_root);
}

TEST_CASE("an Id is signed whatever characters are in it") {
    auto const r = test::certain(xml::make_redirect(elements, "a&b\"c<d\n"));
    auto const signer = test::certain(
        mcx::signing_key<es256, botan>::from(test::rfc_example<es256>::private_key(), "gms"));
    botan::random random;
    auto const text = xml::write_signed(r, signer, random);
    CHECK(text);
    auto const got = read(text.value_or(std::string{}));
    CHECK((got && got->message() == r));
}

TEST_CASE("a redirect response embeds the one before it, signature and all") {
    auto const outer = test::certain(xml::make_redirect(signed_redirect(), "k2"));
    CHECK(outer.xml.find("<SignedKmsRedirectResponse>") != std::string::npos);
    CHECK(outer.xml.find("kms.example.org") != std::string::npos);
    auto const got = read_unsigned(outer.xml);
    CHECK((got && got->message() == outer));
}

TEST_CASE("what is no redirect response is not read, made or written") {
    CHECK(read_unsigned(test::good_init_xml()).error().code == errc::xml_root);
    CHECK(read_unsigned("<KmsRedirectResponse/>").error().code == errc::xml_root);
    CHECK(xml::write(kms::redirect_response{.xml = "<a/>"}).error().code == errc::xml_root);
    CHECK(xml::write(kms::redirect_response{}).error().code == errc::xml_syntax);
    CHECK(xml::make_redirect("", "k").error().code == errc::field_value);
    CHECK(xml::make_redirect("x", "k").error().code == errc::field_value);
    CHECK(xml::make_redirect("<a/>x", "k").error().code == errc::field_value);
    CHECK(xml::make_redirect("<a xmlns=''/>", "k").error().code == errc::xml_element);
    CHECK(xml::make_redirect("</KmsRedirectResponse><b/>", "k").error().code == errc::xml_syntax);
}

TEST_CASE("a redirect response without an Id is not signed") {
    auto const signer = test::certain(
        mcx::signing_key<es256, botan>::from(test::rfc_example<es256>::private_key(), "gms"));
    botan::random random;
    kms::redirect_response const bare{replaced(redirect().xml, " Id=\"k1\"", "")};
    CHECK(xml::write_signed(bare, signer, random).error().code == errc::xml_signature);
}

TEST_CASE("a redirect response goes to a KMS in the list of a request") {
    auto const list = test::certain(xml::krr_list_of(redirect()));
    CHECK(list ==
          "<KrrList xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" Id=\"k1\">"
          "<A xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" b=\"&quot;c\">kms.example.org</A>"
          "<p:A xmlns:p=\"urn:x\">&lt;</p:A></KrrList>");
}

TEST_CASE("the attributes of a redirect response are the same in a list") {
    auto const spaced = replaced(redirect().xml, "\"k1\"", "\"a&#xA;b&#x9;c&#xD;\"");
    auto const d = document::parse(test::certain(xml::krr_list_of({spaced})));
    CHECK((d && d->root().attribute("Id") == "a\nb\tc\r"));
}

TEST_CASE("a request that uploads a redirect response is read by the KMS") {
    kms::request r;
    r.user = test::kms_user;
    r.kms = test::kms_home;
    r.time = test::kms_clock.at;
    r.url = *kms::write_request_url("https://kms.example.org", kms::redirect_request{});
    r.krr_list = test::certain(xml::krr_list_of(redirect()));
    auto const got = test::read_request(test::certain(xml::write(r)));
    CHECK((got && got->message() == r));
    constexpr mcx::role::kms_server server{test::kms_home, "https://kms.example.org"};
    CHECK((got && server.receive(*got, r.url.view(), test::kms_user, test::kms_clock)));
}

TEST_CASE("a redirect response that would not stay the same is put into no list") {
    kms::redirect_response const spaced{
        replaced(redirect().xml, " Id=", " xmlns:q=\"urn:q\" q:a=\"\" Id=")};
    CHECK(xml::krr_list_of(spaced).error().code == errc::xml_element);
    CHECK(xml::krr_list_of({replaced(redirect().xml, "<A", "x<A")}).error().code == errc::xml_text);
}
