// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/kms_reader.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/kms_xml.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::kms::element_of;
using mcx::test::certificate_elements;
using mcx::test::certificate_xml;
using mcx::test::key_set_xml;
using mcx::test::replaced;
using mcx::xml::document;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

constexpr std::string_view head =
    "<x xmlns='urn:3gpp:ns:mcsecKMSInterface:1.0' xmlns:o='urn:o' "
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>";

mcx::result<document> in(std::string_view element) {
    return document::parse(std::string{head}.append(element).append("</x>"));
}

mcx::result<kms::certificate> certificate(std::string_view element) {
    auto const d = in(element);
    return d ? xml::read_certificate(d->root().first_child()) : d.error();
}
mcx::result<kms::key_set> key_set(std::string_view element) {
    auto const d = in(element);
    if (!d) {
        return d.error();
    }
    return xml::read_key_set(d->root().first_child());
}

constexpr std::string_view encrypted =
    "<EncryptedKey xmlns='http://www.w3.org/2001/04/xmlenc#'>"
    "<EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#kw-aes256'/>"
    "<KeyInfo xmlns='http://www.w3.org/2000/09/xmldsig#'><KeyName>trk.1</KeyName></KeyInfo>"
    "<CipherData><CipherValue>AAEC</CipherValue></CipherData>"
    "<CarriedKeyName>trk.2</CarriedKeyName></EncryptedKey>";

mcx::result<kms::wrapped_key> wrapped(std::string_view key) {
    auto const d = in(std::string{"<h>"}.append(key).append("</h>"));
    return d ? xml::read_wrapped_key(d->root().first_child(), 92) : d.error();
}

bool is(error e, errc code, std::string_view element) {
    return e.code == code && element_of(e) == element;
}

}  // namespace

TEST_CASE("a certificate is read, with everything that it may have") {
    auto const c = certificate(certificate_xml(
        "<CertUri>cert.1</CertUri>" +
            replaced(certificate_elements(), "<UserIdFormat>",
                     "<Issuer> x </Issuer><ValidFrom>2020-01-01T00:00:00</ValidFrom>"
                     "<ValidTo>2030-01-01T00:00:00Z</ValidTo><Revoked>true</Revoked>"
                     "<UserIdFormat>") +
            "<ParameterSet>1</ParameterSet><KmsDomainList><KmsDomain>a.example</KmsDomain>"
            "<o:x/><KmsDomain>b.example</KmsDomain></KmsDomainList><o:y>z</o:y>",
        "External"));
    CHECK(c);
    if (!c) {
        return;
    }
    CHECK(c->cert_uri()->view() == "cert.1");
    CHECK(c->issuer()->view() == " x ");
    CHECK(c->valid_from() == mcx::instant{1'577'836'800});
    CHECK(c->valid_to() == mcx::instant{1'893'456'000});
    CHECK(c->revoked());
    CHECK(c->role() == kms::certificate_role::external);
    CHECK(c->domains().size() == 2);
    CHECK(c->extensions().view() == "<o:y xmlns:o=\"urn:o\">z</o:y>");
    CHECK_FALSE(c->is_security_gateway());
    auto const gateway =
        replaced(certificate_xml(certificate_elements()), " Role", " IsSecurityGateway='1' Role");
    CHECK(certificate(gateway)->is_security_gateway());
}

TEST_CASE("a refused certificate is refused by the element's name and place") {
    std::string const good = certificate_xml(certificate_elements());
    CHECK(certificate(good));
    auto const missing = certificate(replaced(good, "<UserKeyPeriod>2592000</UserKeyPeriod>", ""));
    CHECK(is(missing.error(), errc::field_missing, "UserKeyPeriod"));
    CHECK(missing.error().offset == head.size());
    auto const wrong = certificate(replaced(good, ">2592000<", ">0<"));
    CHECK(is(wrong.error(), errc::key_period_zero, "UserKeyPeriod"));
    CHECK(wrong.error().offset == head.size() + good.find("<UserKeyPeriod"));
    CHECK(is(certificate(replaced(good, "Root", "root")).error(), errc::field_value, "Role"));
    CHECK(
        certificate(replaced(good, "<UserIdFormat>2<", "<UserIdFormat>2<!-- -->2<")).error().code ==
        errc::xml_comment);
    CHECK(
        certificate(replaced(good, "</KmsCertificate>", "<New/></KmsCertificate>")).error().code ==
        errc::xml_element);
    CHECK(certificate(replaced(good, "<UserKeyPeriod>", "x<UserKeyPeriod>")).error().code ==
          errc::xml_text);
}

TEST_CASE("elements out of their order, or twice, are refused") {
    std::string const good = certificate_elements();
    std::string const moved = replaced(good, "<UserIdFormat>2</UserIdFormat>", "");
    CHECK(certificate(certificate_xml("<UserIdFormat>2</UserIdFormat>" + moved)).error().code ==
          errc::xml_element);
    CHECK(certificate(certificate_xml("<KmsUri>a.example</KmsUri>" + good)).error().code ==
          errc::xml_element);
}

TEST_CASE("a list of domains has domains, and not too many") {
    auto const list = [](std::string_view inside) {
        return certificate(certificate_xml(certificate_elements() + "<KmsDomainList>" +
                                           std::string{inside} + "</KmsDomainList>"))
            .error();
    };
    CHECK(is(list("<x/>"), errc::xml_element, "KmsDomainList"));
    CHECK(is(list("<KmsDomain xmlns=''>a</KmsDomain>"), errc::xml_element, "KmsDomainList"));
    CHECK(is(list("x"), errc::xml_text, "KmsDomainList"));
    CHECK(is(list("<KmsDomain>a<!-- --></KmsDomain>"), errc::xml_comment, "KmsDomainList"));
    CHECK(list("<KmsDomain>a<b/></KmsDomain>").code == errc::xml_element);
    std::string many;
    for (int i = 0; i < 16; ++i) {
        many += "<KmsDomain>a</KmsDomain>";
    }
    CHECK(list(many).code == errc::none);
    CHECK(is(list(many + "<KmsDomain>a</KmsDomain>"), errc::field_value, "KmsDomainList"));
    CHECK(is(list(many + many), errc::field_value, "KmsDomainList"));
}

TEST_CASE("more extensions than a certificate keeps are refused") {
    auto const c = certificate(
        certificate_xml(certificate_elements() + "<o:y>" + std::string(2048, 'z') + "</o:y>"));
    CHECK(c.error().code == errc::field_value);
    CHECK(element_of(c.error()) == "*");
}

TEST_CASE("a key set is read, its keys plain or wrapped") {
    auto const set = key_set(key_set_xml());
    CHECK((set && *set == test::key_set_of()));
    auto const typed = key_set(
        replaced(key_set_xml(), "<UserDecryptKey>", "<UserDecryptKey xsi:type='KeyContentType'>"));
    CHECK((typed && *typed == test::key_set_of()));
    std::string const pvt = std::string{"<UserPubTokenPVT>"} + test::p256_base_point;
    auto const hidden = key_set(
        replaced(key_set_xml(), pvt,
                 "<UserPubTokenPVT xsi:type='EncKeyContentType'>" + std::string{encrypted}));
    CHECK((hidden && hidden->public_token().is_wrapped()));
}

TEST_CASE("a refused key set is refused by the element's name") {
    std::string const good = key_set_xml();
    auto const wrong = key_set(replaced(good, ">1388<", ">x<")).error();
    CHECK(is(wrong, errc::field_value, "KeyPeriodNo"));
    CHECK(wrong.offset == head.size() + good.find("<KeyPeriodNo"));
    CHECK(is(key_set(replaced(good, "000012345", "00001234")).error(), errc::field_value,
             "UserSigningKeySSK"));
    CHECK(is(
        key_set(replaced(good, "<UserDecryptKey>", "<UserDecryptKey xsi:type='EncKeyContentType'>"))
            .error(),
        errc::xml_type, "UserDecryptKey"));
    CHECK(is(key_set(replaced(good, "<UserDecryptKey>", "<UserDecryptKey><x/>")).error(),
             errc::xml_element, "UserDecryptKey"));
    CHECK(is(key_set(replaced(good, "<UserDecryptKey>", "<UserDecryptKey><!-- -->")).error(),
             errc::xml_comment, "UserDecryptKey"));
    CHECK(key_set(replaced(good, "</KmsKeySet>", "<Revoked>true</Revoked></KmsKeySet>"))
              .error()
              .code == errc::xml_element);
    CHECK(key_set(replaced(good, "<UserDecryptKey>",
                           "<Revoked xmlns=''>true</Revoked><UserDecryptKey>"))
              .error()
              .code == errc::xml_element);
    std::string const ssk =
        "<UserSigningKeySSK>0000000000000000000000000000000000000000000000000000000000012345"
        "</UserSigningKeySSK>";
    CHECK(is(key_set(replaced(good, ssk, "")).error(), errc::field_missing, "UserSigningKeySSK"));
}

TEST_CASE("a wrapped key has its algorithm, its octets, and names") {
    auto const key = wrapped(encrypted);
    CHECK(key);
    CHECK((key && key->wrapped_with == kms::key_name("trk.1")));
    CHECK((key && key->carries == kms::key_name("trk.2")));
    CHECK((key && key->octets.size() == 3 && key->octets.view()[2] == std::byte{2}));
    auto const bare = wrapped(
        "<EncryptedKey xmlns='http://www.w3.org/2001/04/xmlenc#'><CipherData><CipherValue/>"
        "</CipherData></EncryptedKey>");
    CHECK((bare && !bare->wrapped_with && !bare->carries && bare->octets.size() == 0));
}

TEST_CASE("a wrapped key of another shape is refused") {
    auto const changed = [](std::string_view from, std::string_view by) {
        return wrapped(replaced(std::string{encrypted}, from, by)).error().code;
    };
    CHECK(wrapped("").error().code == errc::xml_element);
    CHECK(wrapped("x").error().code == errc::xml_element);
    CHECK(wrapped(std::string{encrypted} + "<y/>").error().code == errc::xml_element);
    CHECK(changed("kw-aes256", "kw-aes128") == errc::xml_type);
    CHECK(changed("<CipherValue>AAEC", "<CipherValue>AAE") == errc::field_value);
    CHECK(changed("<CipherValue>AAEC", "<CipherValue>" + std::string(688, 'A')) ==
          errc::field_value);
    CHECK(changed("<CipherData>", "<CipherData><x/>") == errc::field_value);
    CHECK(changed("<CipherData>", "<CipherData>x") == errc::field_value);
    CHECK(changed("<KeyName>trk.1", "x<KeyName>trk.1") == errc::field_value);
    CHECK(changed("<KeyName>trk.1", "<KeyName>") == errc::field_value);
    CHECK(changed("<CarriedKeyName>trk.2", "<CarriedKeyName>a b") == errc::field_value);
    CHECK(changed("</EncryptedKey>", "<x/></EncryptedKey>") == errc::xml_element);
    CHECK(changed("<EncryptionMethod", "x<EncryptionMethod") == errc::xml_element);
    CHECK(changed("<EncryptedKey", "x<EncryptedKey") == errc::xml_element);
    CHECK(changed("</KeyName>", "</KeyName><KeyName>trk.9</KeyName>") == errc::field_value);
    CHECK(changed("</CipherValue>", "</CipherValue><CipherValue>AAEC</CipherValue>") ==
          errc::field_value);
}
