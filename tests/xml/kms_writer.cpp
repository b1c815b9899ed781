// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/kms_writer.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/kms_xml.hpp"

#include <string>
#include <string_view>
#include <utility>

using mcx::errc;
using mcx::kms::element_of;
using mcx::test::read_request;
using mcx::test::read_response;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

constexpr kms::request_url url{"https://kms.example.org/keymanagement/identity/v1/init"};

kms::response response_with(kms::kms_message message) {
    auto r = test::response_to(url);
    r.message = std::move(message);
    return r;
}

kms::request good_request() {
    kms::request r;
    r.user = test::kms_user;
    r.kms = test::kms_home;
    r.time = test::kms_clock.at;
    r.url = url;
    return r;
}

std::string text_of(kms::request const& r) {
    return xml::write(r).value_or(std::string{"refused"});
}
std::string text_of(kms::response const& r) {
    return xml::write(r).value_or(std::string{"refused"});
}

}  // namespace

TEST_CASE("a request is written with what the schema fixes") {
    CHECK(text_of(good_request()) ==
          "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" Version=\"1.1.0\">"
          "<UserUri>sip:user@example.org</UserUri><KmsUri>kms.example.org</KmsUri>"
          "<Time>2014-01-26T10:07:14Z</Time><ClientReqUrl>https://kms.example.org/"
          "keymanagement/identity/v1/init</ClientReqUrl></KmsRequest>");
    CHECK(xml::write(good_request(), "i")->find(" Id=\"i\" Version=\"1.1.0\">") !=
          std::string::npos);
}

TEST_CASE("a request with everything in it is read as it was written") {
    auto r = good_request();
    r.client = kms::client_name("<a & b>");
    r.device = kms::device_name("\"d\"");
    r.krr_list = "<KrrList xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"></KrrList>";
    r.client_error = kms::error_report{-1, "]]>"};
    r.trk_id = kms::key_name("trk&1");
    r.signature_id = kms::key_name("ink<1");
    auto const again = read_request(text_of(r));
    CHECK((again && again->message() == r));
}

TEST_CASE("every kind of response is read as it was written") {
    auto f = test::good_certificate();
    f.cert_uri = "cert&1";
    f.issuer = "<i>";
    f.valid_from = "2014-01-01T00:00:00";
    f.valid_to = "2015-01-01T00:00:00+01:00";
    f.revoked = "1";
    f.is_security_gateway = "true";
    f.extensions = "<o:x xmlns:o=\"urn:o\">y</o:x><z xmlns=\"urn:z\"></z>";
    std::string_view const domains[]{"a.example", "b.example"};
    f.kms_domains = domains;
    kms::init init{*kms::certificate::from(f), {}};
    init.keys.transport.push_back(test::wrapped_of(40));
    init.keys.transport[0].carries = kms::key_name("trk.13");
    init.keys.integrity = {test::wrapped_of(41), test::wrapped_of(0)};
    init.keys.integrity[1].wrapped_with.reset();
    auto keys = test::keys_of();
    test::key_set_text text;
    auto const rsk = test::wrapped_of(265);
    text.fields.user_decrypt_key = {std::nullopt, &rsk};
    text.fields.cert_uri = "c";
    text.fields.issuer = "i";
    text.fields.revoked = "1";
    text.fields.valid_from = "2014-01-01T00:00:00";
    text.fields.valid_to = "2015-01-01T00:00:00";
    keys.sets.push_back(*text.made());
    keys.keys = init.keys;
    kms::cert_cache cache;
    cache.number = 9;
    cache.certificates = {test::partner_certificate(), test::home_certificate()};
    kms::lookup const lookup{"<KmsLookup xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"></KmsLookup>"};

    auto const same = [](kms::response const& r) {
        auto const written = text_of(r);
        auto const again = read_response(written);
        CHECK(again.error() == mcx::error{});
        CHECK((again && again->message() == r && text_of(again->message()) == written));
    };
    same(response_with(std::move(init)));
    same(response_with(std::move(keys)));
    same(response_with(std::move(cache)));
    same(response_with(kms::cert_cache{}));
    same(response_with(lookup));
    auto error = test::response_to(url);
    error.error = kms::error_report{3, "no"};
    error.kms_id = kms::kms_name("k");
    error.trk_id = kms::key_name("t");
    error.signature_id = kms::key_name("s");
    same(error);
}

TEST_CASE("types are stated by what they hold") {
    auto const init = [](kms::new_keys keys) {
        return text_of(response_with(kms::init{test::home_certificate(), std::move(keys)}));
    };
    CHECK(init({}).find("<KmsInit Version=\"1.0.0\" xsi:type=\"KmsInitType\">") !=
          std::string::npos);
    CHECK(init({{test::wrapped_of(40)}, {}}).find("xsi:type=\"KmsInitTkIkType\"") !=
          std::string::npos);
    CHECK(text_of(response_with(test::keys_of()))
              .find("<UserDecryptKey xsi:type=\"KeyContentType\">0453fc") != std::string::npos);
}

TEST_CASE("what cannot be written is refused by the element's name") {
    auto r = good_request();
    r.time = {253'402'300'800};
    CHECK(xml::write(r).error().code == errc::out_of_range);
    CHECK(element_of(xml::write(r).error()) == "Time");
    CHECK(element_of(xml::write(test::response_to(url)).error()) == "KmsMessage");
}

TEST_CASE("raw XML that is none, or ends its element, is refused") {
    auto const krr = [](std::string_view raw) {
        auto r = good_request();
        r.krr_list = raw;
        return xml::write(r).error().code;
    };
    constexpr std::string_view list =
        "<KrrList xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"></KrrList>";
    CHECK(krr(list) == errc::none);
    CHECK(krr(std::string{list}.append(list)) == errc::field_value);
    CHECK(krr("<KrrList/>") == errc::field_value);
    CHECK(krr("x") == errc::field_value);
    CHECK(krr("</x><x>") == errc::field_value);
    CHECK(krr("</KmsRequest><KmsRequest>") == errc::field_value);
    CHECK(krr("<TrK-ID xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">t</TrK-ID>") ==
          errc::field_value);
    auto const extension = [](std::string_view raw) {
        auto f = test::good_certificate();
        f.extensions = raw;
        return xml::write(response_with(kms::init{*kms::certificate::from(f), {}})).error().code;
    };
    CHECK(extension("<x xmlns=\"urn:x\"/>") == errc::none);
    CHECK(extension("<x/>") == errc::field_value);
    CHECK(extension("<x xmlns=\"urn:x\"/>y") == errc::field_value);
    CHECK(extension("<Revoked xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">1</Revoked>") ==
          errc::field_value);
}
