// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/signature_shape.hpp>

#include "support/check.hpp"
#include "support/kms_xml.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::test::replaced;
using mcx::xml::document;
namespace xml = mcx::xml;

namespace {

constexpr std::string_view good =
    "<SignedA xmlns='urn:a'><A Id='i'/><Signature xmlns='http://www.w3.org/2000/09/xmldsig#'>"
    "<SignedInfo><CanonicalizationMethod "
    "Algorithm='http://www.w3.org/TR/2001/REC-xml-c14n-20010315'/>"
    "<SignatureMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'/>"
    "<Reference URI='#i'><DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/>"
    "<DigestValue>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</DigestValue></Reference>"
    "</SignedInfo><SignatureValue>\nICEiIyQlJico KSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n"
    "</SignatureValue><KeyInfo><KeyName> ink.12.user@example.org </KeyName></KeyInfo>"
    "</Signature></SignedA>";

errc shape(std::string_view text, std::string_view method = xml::algorithm_uri::hmac_sha256) {
    auto const d = document::parse(text);
    CHECK(d);
    return d ? mcx::detail::signature_reader{method}.read(d->root()).error().code : errc::none;
}
errc changed(std::string_view from, std::string_view by) {
    return shape(replaced(std::string{good}, from, by));
}

struct replacement {
    std::string_view from;
    std::string_view by;
};

}  // namespace

TEST_CASE("a signature of the profile is taken apart") {
    auto const d = document::parse(good);
    CHECK(d);
    auto const parts =
        mcx::detail::signature_reader{xml::algorithm_uri::hmac_sha256}.read(d->root());
    CHECK(parts);
    if (!parts) {
        return;
    }
    CHECK(parts->content.is("urn:a", "A"));
    CHECK(parts->signed_info.name() == "SignedInfo");
    CHECK(parts->digest[31] == std::byte{31});
    CHECK(parts->value.size() == 32);
    CHECK(parts->value.view()[0] == std::byte{32});
    CHECK(parts->key->view() == "ink.12.user@example.org");
}

TEST_CASE("what goes without saying may be said") {
    CHECK(changed("hmac-sha256'/>",
                  "hmac-sha256'><HMACOutputLength>256</HMACOutputLength>"
                  "</SignatureMethod>") == errc::none);
    CHECK(changed("'#i'>",
                  "'#i'><Transforms><Transform "
                  "Algorithm='http://www.w3.org/TR/2001/REC-xml-c14n-20010315'/>"
                  "</Transforms>") == errc::none);
    CHECK(changed("<SignedInfo>", "<!-- x --><SignedInfo>") == errc::none);
}

TEST_CASE("every other algorithm and transform is refused") {
    for (replacement const& r :
         {replacement{"REC-xml-c14n-20010315", "REC-xml-c14n-20010315#WithComments"},
          {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
           "http://www.w3.org/2001/10/xml-exc-c14n#"},
          {"hmac-sha256", "hmac-sha512"},
          {"hmac-sha256", "ecdsa-sha256"},
          {"2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"},
          {"hmac-sha256'/>",
           "hmac-sha256'><HMACOutputLength>8</HMACOutputLength></SignatureMethod>"},
          {"hmac-sha256'/>",
           "hmac-sha256'><HMACOutputLength>0</HMACOutputLength></SignatureMethod>"},
          {"hmac-sha256'/>", "hmac-sha256'>x</SignatureMethod>"},
          {"hmac-sha256'/>",
           "hmac-sha256'><HMACOutputLength>256</HMACOutputLength><x/></SignatureMethod>"},
          {"REC-xml-c14n-20010315'/>", "REC-xml-c14n-20010315'><x/></CanonicalizationMethod>"},
          {"xmlenc#sha256'/>", "xmlenc#sha256'><x/></DigestMethod>"},
          {"'#i'>",
           "'#i'><Transforms><Transform Algorithm='http://www.w3.org/TR/2001/"
           "REC-xml-c14n-20010315'><x/></Transform></Transforms>"},
          {"'#i'>",
           "'#i'><Transforms><Transform Algorithm='http://www.w3.org/TR/2001/"
           "REC-xml-c14n-20010315'/><Transform Algorithm='http://www.w3.org/TR/2001/"
           "REC-xml-c14n-20010315'/></Transforms>"},
          {"'#i'>", "'#i'><Transforms/>"},
          {"'#i'>",
           "'#i'><Transforms><Transform Algorithm='http://www.w3.org/TR/1999/"
           "REC-xslt-19991116'/></Transforms>"},
          {"'#i'>",
           "'#i'><Transforms><Transform Algorithm='http://www.w3.org/2000/09/"
           "xmldsig#enveloped-signature'/></Transforms>"}}) {
        CAPTURE(r.by);
        CHECK(changed(r.from, r.by) == errc::xml_signature);
    }
}

TEST_CASE("every other place of what is signed is refused") {
    for (std::string_view const uri : {"", "#", "i", "#j", "##i", "#xpointer(/)", "#i ",
                                       "http://a.example/#i", "file:///etc/passwd"}) {
        CAPTURE(uri);
        CHECK(changed("'#i'", "'" + std::string{uri} + "'") == errc::xml_signature);
    }
    CHECK(changed(" URI='#i'", "") == errc::xml_signature);
    CHECK(changed(" Id='i'", "") == errc::xml_signature);
    CHECK(changed("<A Id='i'/>", "<A Id=''/>") == errc::xml_signature);
    CHECK(shape(replaced(replaced(std::string{good}, "Id='i'", "Id=''"), "'#i'", "'#'")) ==
          errc::xml_signature);
    CHECK(changed("<A Id='i'/>", "x<A Id='i'/>") == errc::xml_root);
    CHECK(changed("<A Id='i'/>", "<B/><A Id='i'/>") == errc::xml_root);
    CHECK(changed("<A Id='i'/>", "<A Id='i'/><A Id='i'/>") == errc::xml_signature);
    CHECK(changed("</SignedA>", "<A/></SignedA>") == errc::xml_signature);
}

TEST_CASE("parts that are missing, too many, or of another size are refused") {
    for (replacement const& r : {replacement{"<SignedInfo>", "<SignedInfo><x/>"},
                                 {"</SignedInfo>", "<x/></SignedInfo>"},
                                 {"</SignedInfo>", "<Reference URI='#i'/></SignedInfo>"},
                                 {"</Reference>", "<x/></Reference>"},
                                 {"</KeyInfo>", "<KeyName>b</KeyName></KeyInfo>"},
                                 {"</KeyInfo>", "<KeyValue/></KeyInfo>"},
                                 {"</KeyInfo>", "</KeyInfo><Object/>"},
                                 {"<KeyName> ink", "<KeyName> i<!-- -->nk"},
                                 {"<KeyName> ink", "<KeyName> i nk"},
                                 {"<DigestValue>AAEC", "<DigestValue>"},
                                 {"<DigestValue>AAEC", "<DigestValue>AAECAAEC"},
                                 {"ICEi", ""},
                                 {"ICEi", "ICEiICEi"},
                                 {"ICEi", "I*Ei"},
                                 {"<SignedInfo>", "x<SignedInfo>"},
                                 {"<SignedInfo>", "<SignedInfo>x"},
                                 {"<DigestMethod", "x<DigestMethod"}}) {
        CAPTURE(r.by);
        CHECK(changed(r.from, r.by) == errc::xml_signature);
    }
    CHECK(shape("<SignedA><A Id='i'/></SignedA>") == errc::message_unsigned);
    CHECK(shape("<A/>") == errc::xml_root);
    CHECK(shape("<SignedA/>") == errc::xml_root);
    auto const no_key = replaced(
        std::string{good}, "<KeyInfo><KeyName> ink.12.user@example.org </KeyName></KeyInfo>", "");
    CHECK(shape(no_key) == errc::xml_signature);
}

TEST_CASE("parts of other names are refused") {
    auto const renamed = [](std::string_view from, std::string_view by) {
        auto const opened =
            replaced(std::string{good}, "<" + std::string{from}, "<" + std::string{by});
        return shape(
            replaced(opened, "</" + std::string{from} + ">", "</" + std::string{by} + ">"));
    };
    for (std::string_view const part :
         {"SignedInfo", "Reference", "DigestValue", "SignatureValue", "KeyInfo", "KeyName"}) {
        CAPTURE(part);
        CHECK(renamed(part, part) == errc::none);
        CHECK(renamed(part, "Other") == errc::xml_signature);
    }
}

TEST_CASE("a signature of 64 octets is due for ECDSA, and its key is not named") {
    auto text = replaced(std::string{good}, "hmac-sha256", "ecdsa-sha256");
    CHECK(shape(text, xml::algorithm_uri::ecdsa_sha256) == errc::xml_signature);
    text = replaced(text,
                    "ICEiIyQlJico KSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=", std::string(85, 'A') + "A==");
    CHECK(shape(text, xml::algorithm_uri::ecdsa_sha256) == errc::none);
    text = replaced(text, "<KeyName> ink.12.user@example.org </KeyName>", "<X509Data/>");
    CHECK(shape(text, xml::algorithm_uri::ecdsa_sha256) == errc::none);
    auto const ecdsa = [&text](std::string_view from, std::string_view by) {
        return shape(replaced(text, from, by), xml::algorithm_uri::ecdsa_sha256);
    };
    CHECK(ecdsa("<KeyInfo><X509Data/></KeyInfo>", "") == errc::none);
    CHECK(ecdsa("<KeyInfo><X509Data/></KeyInfo>", "<Object/>") == errc::xml_signature);
    CHECK(ecdsa("</KeyInfo>", "</KeyInfo><Object/>") == errc::xml_signature);
    CHECK(ecdsa("ecdsa-sha256'/>",
                "ecdsa-sha256'><HMACOutputLength>256</HMACOutputLength></SignatureMethod>") ==
          errc::xml_signature);
}

TEST_CASE("an Id that is there twice is found, however it is spelled") {
    auto const ids = [](std::string_view text) {
        auto const d = document::parse(text);
        return d ? mcx::detail::check_ids(d->root()).error().code : errc::xml_syntax;
    };
    CHECK(ids("<a Id='1'><b Id='2'/><c id='3'/></a>") == errc::none);
    CHECK(ids("<a Id='1'><b><c Id='1'/></b></a>") == errc::xml_id);
    CHECK(ids("<a Id='1'><b ID='1'/></a>") == errc::xml_id);
    CHECK(ids("<a Id='1'><b xml:id='1'/></a>") == errc::xml_id);
}
