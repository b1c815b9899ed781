// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/message_reader.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/kms_xml.hpp"

#include <string>
#include <string_view>
#include <variant>

using mcx::errc;
using mcx::error;
using mcx::kms::element_of;
using mcx::test::certificate_elements;
using mcx::test::certificate_xml;
using mcx::test::good_init_xml;
using mcx::test::init_xml;
using mcx::test::key_set_xml;
using mcx::test::read_request;
using mcx::test::read_response;
using mcx::test::replaced;
using mcx::test::response_error;
using mcx::test::response_xml;
namespace kms = mcx::kms;
namespace test = mcx::test;

namespace {

std::string message(std::string_view inside) {
    return response_xml(std::string{"<KmsMessage>"}.append(inside).append("</KmsMessage>"));
}

bool is(error e, errc code, std::string_view element) {
    return e.code == code && element_of(e) == element;
}

constexpr std::string_view request =
    "<KmsRequest xmlns='urn:3gpp:ns:mcsecKMSInterface:1.0' Version='1.0.0'>"
    "<UserUri>sip:user@example.org</UserUri><KmsUri>kms.example.org</KmsUri>"
    "<Time>2014-01-26T10:07:14</Time><ClientId> radio 7 </ClientId><DeviceId>d</DeviceId>"
    "<ClientReqUrl>https://kms.example.org/keymanagement/identity/v1/init</ClientReqUrl>"
    "<KrrList><k:KmsRedirectResponse xmlns:k='urn:3gpp:ns:mcsecKMSKRR:1.0'/></KrrList>"
    "<ClientError Version='1'><ErrorCode>-5</ErrorCode><ErrorMsg>no</ErrorMsg></ClientError>"
    "<TrK-ID>trk.1</TrK-ID><Signature-ID>ink.1</Signature-ID></KmsRequest>";

constexpr std::string_view new_keys =
    "<NewTransportKey><EncryptedKey xmlns='http://www.w3.org/2001/04/xmlenc#'><CipherData>"
    "<CipherValue>AAEC</CipherValue></CipherData></EncryptedKey></NewTransportKey>"
    "<NewIntegrityKey xsi:type='EncKeyContentType'>"
    "<EncryptedKey xmlns='http://www.w3.org/2001/04/xmlenc#'><CipherData><CipherValue>AAED"
    "</CipherValue></CipherData></EncryptedKey></NewIntegrityKey>";

}  // namespace

TEST_CASE("a request is read") {
    auto const got = read_request(request);
    CHECK(got);
    if (!got) {
        return;
    }
    kms::request const& r = got->message();
    CHECK(r.user == test::kms_user);
    CHECK(r.kms == test::kms_home);
    CHECK(r.time == test::kms_clock.at);
    CHECK(r.client->view() == " radio 7 ");
    CHECK(r.device->view() == "d");
    CHECK(r.url.view() == "https://kms.example.org/keymanagement/identity/v1/init");
    CHECK(r.krr_list.starts_with("<KrrList xmlns="));
    CHECK(r.client_error == kms::error_report{-5, "no"});
    CHECK(r.trk_id == kms::key_name("trk.1"));
    CHECK(r.signature_id == kms::key_name("ink.1"));
    CHECK_FALSE(got->signed_by());
}

TEST_CASE("a request that is none is refused by the element's name") {
    auto const changed = [](std::string_view from, std::string_view by) {
        return read_request(replaced(std::string{request}, from, by)).error();
    };
    CHECK(changed("mcsecKMSInterface", "other").code == errc::xml_root);
    CHECK(read_request(good_init_xml()).error().code == errc::xml_root);
    CHECK(
        is(changed("<UserUri>sip:user@example.org</UserUri>", ""), errc::field_missing, "UserUri"));
    CHECK(is(changed(">kms.example.org<", "><"), errc::field_value, "KmsUri"));
    CHECK(is(changed("10:07:14", "10:07:60"), errc::field_value, "Time"));
    for (std::string_view const code :
         {"5.0<", "--5<", "-+5<", "- 5<", "-<", "9223372036854775808<", "-9223372036854775809<"}) {
        CAPTURE(code);
        CHECK(is(changed("-5<", code), errc::field_value, "ErrorCode"));
    }
    CHECK(changed("-5<", "-9223372036854775808<").code == errc::none);
    CHECK(changed("-5<", " +05 <").code == errc::none);
    CHECK(is(changed("<TrK-ID>trk.1", "<TrK-ID>t r k"), errc::field_value, "TrK-ID"));
    CHECK(changed("<DeviceId>d</DeviceId>", "<DeviceId>d</DeviceId><DeviceId>d</DeviceId>").code ==
          errc::field_missing);
    CHECK(changed("</KmsRequest>", "<x/></KmsRequest>").code == errc::xml_element);
    CHECK(is(changed("</KmsRequest>", "<Time/></KmsRequest>"), errc::xml_element, "Time"));
    CHECK(is(changed("</KmsRequest>", "x</KmsRequest>"), errc::xml_text, "KmsRequest"));
    CHECK(is(
        changed("<k:KmsRedirectResponse xmlns:k='urn:3gpp:ns:mcsecKMSKRR:1.0'/>", "<x xmlns=''/>"),
        errc::xml_element, "KrrList"));
}

TEST_CASE("an answer to init is read, wrapped or not, with new keys or without") {
    auto const bare = read_response(good_init_xml());
    CHECK(bare);
    CHECK((bare &&
           std::get<kms::init>(bare->message().message).certificate == test::home_certificate()));
    std::string const c = certificate_xml(certificate_elements());
    CHECK(read_response(
        message("<KmsInit><SignedKmsCertificate>" + c + "</SignedKmsCertificate></KmsInit>")));
    auto const keys = read_response(
        message("<KmsInit xsi:type='KmsInitTkIkType'>" + c + std::string{new_keys} + "</KmsInit>"));
    CHECK(keys);
    if (keys) {
        auto const& got = std::get<kms::init>(keys->message().message).keys;
        CHECK((got.transport.size() == 1 && got.integrity.size() == 1));
        CHECK(got.integrity[0].octets.view()[2] == std::byte{3});
    }
    CHECK(is(response_error(message("<KmsInit xsi:type='KmsKeyProvType'>" + c + "</KmsInit>")),
             errc::xml_type, "KmsInit"));
    CHECK(is(response_error(message("<KmsInit/>")), errc::field_missing, "KmsCertificate"));
    auto const wrapper = [](std::string const& inside) {
        return response_error(message("<KmsInit><SignedKmsCertificate>" + inside +
                                      "</SignedKmsCertificate></KmsInit>"));
    };
    std::string const signature = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>";
    CHECK(wrapper(c + signature).code == errc::none);
    auto const mistyped =
        replaced(message("<KmsInit>" + c + std::string{new_keys} + "</KmsInit>"),
                 "<NewTransportKey>", "<NewTransportKey xsi:type='KeyContentType'>");
    CHECK(is(response_error(mistyped), errc::xml_type, "NewTransportKey"));
    for (std::string const& inside : {std::string{}, c + c, c + signature + signature, c + "x",
                                      "x" + c, c + signature + c, c + "<o:x xmlns:o='urn:o'/>"}) {
        CAPTURE(inside);
        CHECK(is(wrapper(inside), errc::xml_element, "SignedKmsCertificate"));
    }
    CHECK(response_error(message("<KmsInit>" + c + c + "</KmsInit>")).code == errc::xml_element);
}

TEST_CASE("key sets are read, as many as there are up to a bound") {
    auto const keys =
        read_response(message("<KmsKeyProv xsi:type='KmsKeyProvTkIkType'>" + key_set_xml() +
                              key_set_xml() + std::string{new_keys} + "</KmsKeyProv>"));
    CHECK(keys);
    CHECK((keys && std::get<kms::key_prov>(keys->message().message).sets.size() == 2));
    CHECK((keys && std::get<kms::key_prov>(keys->message().message).sets[1] == test::key_set_of()));
    CHECK(read_response(message("<KmsKeyProv/>")));
    CHECK(is(response_error(message("<KmsKeyProv xsi:type='x'/>")), errc::xml_type, "KmsKeyProv"));
    std::string many;
    for (int i = 0; i < 257; ++i) {
        many += key_set_xml();
    }
    CHECK(is(response_error(message("<KmsKeyProv>" + many + "</KmsKeyProv>")), errc::value_too_long,
             "KmsKeySet"));
}

TEST_CASE("a cache of certificates has a number, and certificates wrapped or not") {
    std::string const c = certificate_xml(certificate_elements(), "External");
    auto const cache =
        read_response(message("<KmsCertCache CacheNum='12'><SignedKmsCertificate>" + c +
                              "</SignedKmsCertificate>" + c + "</KmsCertCache>"));
    CHECK(cache);
    if (cache) {
        auto const& got = std::get<kms::cert_cache>(cache->message().message);
        CHECK(got.number == 12);
        CHECK(got.certificates.size() == 2);
    }
    auto const empty = read_response(message("<KmsCertCache/>"));
    CHECK((empty && !std::get<kms::cert_cache>(empty->message().message).number));
    CHECK(
        is(response_error(message("<KmsCertCache CacheNum='x'/>")), errc::field_value, "CacheNum"));
    CHECK(response_error(message("<KmsCertCache>" + c + "<SignedKmsCertificate>" + c +
                                 "</SignedKmsCertificate></KmsCertCache>"))
              .code == errc::xml_element);
}

TEST_CASE("an answer to a discovery request is kept raw") {
    auto const got = read_response(message("<KmsLookup><x y='1'/></KmsLookup>"));
    CHECK(got);
    CHECK((got && std::get<kms::lookup>(got->message().message).xml ==
                      "<KmsLookup xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"><x y=\"1\"></x>"
                      "</KmsLookup>"));
}

TEST_CASE("a response brings one message, or an error") {
    auto const refused = read_response(response_xml(
        "<KmsError><ErrorCode>7</ErrorCode><ErrorMsg>why</ErrorMsg></KmsError><TrK-ID>t</TrK-ID>"));
    CHECK(refused);
    CHECK((refused && refused->message().error == kms::error_report{7, "why"}));
    CHECK((refused && std::holds_alternative<std::monostate>(refused->message().message)));
    CHECK(is(response_error(response_xml("")), errc::field_missing, "KmsMessage"));
    CHECK(is(response_error(message("")), errc::field_missing, "KmsMessage"));
    CHECK(response_error(message("<KmsKeyProv/><KmsKeyProv/>")).code == errc::xml_element);
    CHECK(response_error(message("<o:x xmlns:o='urn:o'/>")).code == errc::field_missing);
    CHECK(response_error(message("<KmsKeyProv/>x")).code == errc::xml_text);
    CHECK(response_error(std::string{request}).code == errc::xml_root);
    CHECK(is(response_error(replaced(good_init_xml(), ">kms.example.org<", ">k k<")),
             errc::field_value, "KmsUri"));
}
