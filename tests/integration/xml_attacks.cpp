// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/message_reader.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/xml_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

// Attacks on readers of XML and of signatures in it. Each has a control: a naive reading, of the
// kind that is easily written with the same XML library, which falls for it.

using mcx::botan;
using mcx::errc;
using mcx::test::good_init_xml;
using mcx::test::ink_of;
using mcx::test::read_response;
using mcx::test::read_signed;
using mcx::test::replaced;
using mcx::test::response_error;
using mcx::test::signed_init_xml;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

// The naive reader: whatever the parser can do, the first text of the first element of a name, and
// whatever element has the Id.

using naive_tree = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

naive_tree naive(std::string const& text, int options = XML_PARSE_NOENT | XML_PARSE_DTDLOAD) {
    return {xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                          options | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
            &xmlFreeDoc};
}

xmlNode* find(xmlNode* in, std::function<bool(xmlNode*)> const& fits) {
    for (xmlNode* n = in; n != nullptr; n = mcx::detail::xml_next(n, in)) {
        if (n->type == XML_ELEMENT_NODE && fits(n)) {
            return n;
        }
    }
    return nullptr;
}

xmlNode* named(naive_tree const& d, std::string_view name) {
    return find(xmlDocGetRootElement(d.get()),
                [name](xmlNode* n) { return mcx::detail::xml_view(n->name) == name; });
}

xmlNode* with_id(naive_tree const& d, std::string_view id) {
    return find(xmlDocGetRootElement(d.get()),
                [id](xmlNode* n) { return xml::element{n}.attribute("Id") == id; });
}

std::string first_text(xmlNode const* n) {
    return n == nullptr || n->children == nullptr
               ? std::string{}
               : std::string{mcx::detail::xml_view(n->children->content)};
}

/// Verifies as XML Signature has it in general: whatever the reference leads to.
template <class B>
bool naive_verify(naive_tree const& d, xml::integrity_key<B> const& key) {
    xmlNode* const info = named(d, "SignedInfo");
    xmlNode* const reference = named(d, "Reference");
    std::string const uri{*xml::element{reference}.attribute("URI")};
    xmlNode* const target = with_id(d, uri.substr(1));
    if (info == nullptr || target == nullptr) {
        return false;
    }
    mcx::fixed_bytes<32> digest{};
    mcx::hs256::signature tag{};
    (void)kms::xsd::base64_binary(first_text(named(d, "DigestValue")), digest);
    (void)kms::xsd::base64_binary(first_text(named(d, "SignatureValue")), tag);
    auto const form = xml::canonical_form::inclusive;
    auto const right = xml::with_canonical(xml::element{target}, form, [](mcx::byte_view o) {
        return mcx::digest_of<mcx::hashing<B, mcx::sha256>>(o);
    });
    auto const good = xml::with_canonical(xml::element{info}, form, [&](mcx::byte_view o) {
        return mcx::result<mcx::verdict>{key.key.verify(o, tag)};
    });
    return right && *right == digest && good && *good == mcx::verdict::good;
}

constexpr std::string_view kms_space = "xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"";

/// Tells whether a text is refused before the XML library sees it, in one go through the text and
/// with four octets for each tag.
bool refused_unparsed(std::string const& text, errc due) {
    return xml::scan(text).error().code == due && response_error(text).code == due;
}

/// What the attacker wants the user to be.
constexpr std::string_view mallory = "sip:mallory@example.org";

/// A document of a signed message, taken apart.
struct parts {
    std::string text = signed_init_xml(ink_of<botan>());
    std::string message = between("<KmsResponse ", "</KmsResponse>");
    std::string signature = between("<Signature ", "</Signature>");
    std::string evil = replaced(message, "sip:user@example.org", mallory);

    [[nodiscard]] std::string between(std::string_view from, std::string_view to) const {
        auto const at = text.find(from);
        return text.substr(at, text.find(to) + to.size() - at);
    }
    [[nodiscard]] static std::string wrapped(std::string_view inside) {
        return std::string{"<SignedKmsResponse "}
            .append(kms_space)
            .append(">")
            .append(inside)
            .append("</SignedKmsResponse>");
    }
    [[nodiscard]] static std::string without_id(std::string const& m) {
        return replaced(m, " Id=\"xmldoc\"", "");
    }
    [[nodiscard]] static std::string other_id(std::string const& m) {
        return replaced(m, "\"xmldoc\"", "\"other\"");
    }
};

std::string with_doctype(std::string_view doctype, std::string_view reference) {
    return std::string{doctype}.append(
        replaced(good_init_xml(), "sip:user@example.org", reference));
}

}  // namespace

TEST_CASE("entities do not expand") {
    std::string doctype = "<!DOCTYPE x [<!ENTITY e0 \"sip:a\">";
    for (int i = 1; i < 6; ++i) {
        doctype += "<!ENTITY e" + std::to_string(i) + " \"";
        for (int j = 0; j < 8; ++j) {
            doctype += "&e" + std::to_string(i - 1) + ";";
        }
        doctype += "\">";
    }
    std::string const attack = with_doctype(doctype + "]>", "&e5;");
    auto const control = naive(attack, XML_PARSE_NOENT | XML_PARSE_HUGE);
    CHECK((control && first_text(named(control, "UserUri")).size() == 5U * 8 * 8 * 8 * 8 * 8));
    CHECK(refused_unparsed(attack, errc::xml_doctype));
    CHECK(response_error(with_doctype("", "&e5;")).code == errc::xml_entity);
}

TEST_CASE("no file is read") {
    std::error_code none;
    std::string name = std::filesystem::temp_directory_path(none) / "mcx_attack_XXXXXX";
    int const file = mkstemp(name.data());
    CHECK(file >= 0);
    std::ofstream{name} << "secret";
    std::string const attack = with_doctype(
        std::string{"<!DOCTYPE x [<!ENTITY e SYSTEM \"file://"}.append(name).append("\">]>"),
        "&e;");
    auto const control = naive(attack);
    CHECK((control && first_text(named(control, "UserUri")) == "secret"));
    CHECK(refused_unparsed(attack, errc::xml_doctype));
    CHECK(std::remove(name.c_str()) == 0);
}

TEST_CASE("attributes are not completed from a document type") {
    std::string const attack =
        std::string{"<!DOCTYPE x [<!ATTLIST KmsCertificate IsSecurityGateway CDATA \"true\">]>"} +
        good_init_xml();
    auto const control = naive(attack, XML_PARSE_DTDATTR);
    CHECK((control && xml::element{named(control, "KmsCertificate")}.attribute(
                          "IsSecurityGateway") == "true"));
    CHECK(refused_unparsed(attack, errc::xml_doctype));
}

TEST_CASE("a signature does not vouch for a message that is elsewhere") {
    parts const p;
    auto const key = ink_of<botan>();
    CHECK(read_signed(p.text, key));
    struct shape {
        std::string_view name;
        std::string text;
        errc due;
    };
    shape const shapes[]{
        // The evil message is the first, and the signed one hides in or after the signature.
        {"signed one in an Object",
         parts::wrapped(parts::without_id(p.evil) +
                        replaced(p.signature, "</Signature>",
                                 "<Object>" + p.message + "</Object></Signature>")),
         errc::xml_signature},
        {"signed one after the signature",
         parts::wrapped(parts::other_id(p.evil) + p.signature + p.message), errc::xml_signature},
        {"signed one between", parts::wrapped(parts::other_id(p.evil) + p.message + p.signature),
         errc::xml_signature},
        // The signed one is an extension of the evil one, or of something around.
        {"signed one inside the evil one",
         parts::wrapped(replaced(parts::other_id(p.evil), "</KmsResponse>",
                                 "<x xmlns=\"urn:o\">" + p.message + "</x></KmsResponse>") +
                        p.signature),
         errc::xml_signature},
        {"signed one in an extension",
         parts::wrapped(parts::without_id(p.evil) + p.signature + "<x xmlns=\"urn:o\">" +
                        p.message + "</x>"),
         errc::xml_signature},
        {"a wrapper in the wrapper",
         parts::wrapped(parts::without_id(p.evil) + "<x xmlns=\"urn:o\">" + p.text + "</x>"),
         errc::xml_signature},
        // Both have the Id.
        {"the same Id, evil one first", parts::wrapped(p.evil + p.signature + p.message),
         errc::xml_signature},
    };
    for (shape const& s : shapes) {
        CAPTURE(s.name);
        auto const control = naive(s.text);
        CHECK(control);
        // The naive reader takes what is read first for what was verified.
        CHECK((s.name == "the same Id, evil one first" || naive_verify(control, key)));
        CHECK(first_text(named(control, "UserUri")) == mallory);
        CHECK(read_signed(s.text, key).error().code == s.due);
    }
}

TEST_CASE("a certificate's signature does not vouch for another certificate") {
    auto const key = ink_of<botan>();
    auto const certificate = [](std::string_view id, std::string_view uri) {
        std::string const head =
            std::string{"<KmsCertificate "}.append(kms_space).append(" Id=\"").append(id).append(
                "\" ");
        return replaced(
            replaced(test::certificate_xml(test::certificate_elements()), "kms.example.org", uri),
            "<KmsCertificate ", head);
    };
    std::string const good = certificate("c1", "kms.example.org");
    std::string const evil = certificate("c2", "kms.evil.example");
    std::string const whole = test::certain(xml::sign("KmsCertificate", good, "c1", key));
    auto const at = whole.find("<Signature ");
    std::string const signature = whole.substr(at, whole.find("</SignedKmsCertificate>") - at);
    auto const wrapped = [&signature](std::string const& c) {
        return "<SignedKmsCertificate>" + c + signature + "</SignedKmsCertificate>";
    };
    auto const response = [](std::string const& certificates) {
        return replaced(test::response_xml("<KmsMessage><KmsCertCache>" + certificates +
                                           "</KmsCertCache></KmsMessage>"),
                        std::string{" xmlns:xsi=\""}.append(xml::ns::instance).append("\""), "");
    };
    auto const outcome = [&key](std::string const& text) {
        auto const d = xml::document::parse(text);
        auto const c = d ? xml::content::unsigned_of(*d) : mcx::result<xml::content>{d.error()};
        return c ? xml::verify_certificates(*c, key).error().code : c.error().code;
    };
    CHECK(outcome(response(wrapped(good))) == errc::none);
    struct shape {
        std::string_view name;
        std::string text;
        errc due;
    };
    shape const shapes[]{
        {"signed one is elsewhere", response(wrapped(evil) + good), errc::xml_signature},
        {"signed one is in the evil one",
         response(wrapped(replaced(evil, "</KmsCertificate>",
                                   "<x xmlns=\"urn:o\">" + good + "</x></KmsCertificate>"))),
         errc::xml_signature},
        {"signed one is in its signature",
         response(
             replaced(wrapped(evil), "</Signature>", "<Object>" + good + "</Object></Signature>")),
         errc::xml_signature},
        {"evil one is first", response(wrapped(evil + good)), errc::xml_signature},
    };
    for (shape const& s : shapes) {
        CAPTURE(s.name);
        auto const control = naive(s.text);
        CHECK((control && naive_verify(control, key)));
        CHECK(first_text(find(named(control, "KmsCertificate"), [](xmlNode* n) {
                  return mcx::detail::xml_view(n->name) == "KmsUri";
              })) == "kms.evil.example");
        CHECK(outcome(s.text) == s.due);
    }
    // With the Id of the signed one, the evil one is what is looked at, or there are two of them.
    std::string const posing = replaced(evil, "\"c2\"", "\"c1\"");
    CHECK(outcome(response(wrapped(posing))) == errc::signature);
    CHECK(outcome(response(wrapped(posing) + wrapped(good))) == errc::xml_id);
    // Nor does it vouch for a message.
    parts const p;
    std::string const message = replaced(p.evil, "\"xmldoc\"", "\"c1\"");
    CHECK(read_signed(parts::wrapped(message + signature), key).error().code == errc::signature);
}

TEST_CASE("an Id that is there twice is no way to have one verified and another read") {
    parts const p;
    auto const key = ink_of<botan>();
    // The signed one first, for whoever looks for the Id; the evil one in a place of its own.
    std::string const attack =
        parts::wrapped(p.message + replaced(p.signature, "<KeyInfo>",
                                            "<KeyInfo xmlns:o=\"urn:o\" o:Id=\"xmldoc\">"));
    auto const control = naive(attack);
    CHECK((control && naive_verify(control, key)));
    CHECK(read_signed(attack, key).error().code == errc::xml_id);
}

TEST_CASE("a comment does not split a value") {
    auto const key = ink_of<botan>();
    auto const text = signed_init_xml(key);
    std::string const attack =
        replaced(text, "sip:user@example.org", "sip:user<!-- -->@example.org");
    auto const control = naive(attack);
    CHECK((control && naive_verify(control, key)));  // comments are not signed
    CHECK(first_text(named(control, "UserUri")) == "sip:user");
    CHECK(read_signed(attack, key).error().code == errc::xml_comment);
}

TEST_CASE("a CDATA section does not split a value") {
    auto const key = ink_of<botan>();
    auto const text = signed_init_xml(key);
    std::string const attack =
        replaced(text, "sip:user@example.org", "sip:user<![CDATA[@example.org]]>");
    auto const control = naive(attack);
    CHECK((control && naive_verify(control, key)));
    CHECK(first_text(named(control, "UserUri")) == "sip:user");
    auto const got = read_signed(attack, key);
    CHECK((got && got->message().user == test::kms_user));
}

TEST_CASE("a shortened MAC is refused") {
    parts const p;
    auto const key = ink_of<botan>();
    std::string const attack =
        replaced(p.text, "hmac-sha256\"/>",
                 "hmac-sha256\"><HMACOutputLength>0</HMACOutputLength></SignatureMethod>");
    auto const control = naive(attack);
    CHECK(
        (control && first_text(named(control, "HMACOutputLength")) == "0"));  // no bits to compare
    CHECK(read_signed(attack, key).error().code == errc::xml_signature);
}

TEST_CASE("a document is not nested deeply, whatever the parser could take") {
    std::string attack;
    for (int i = 0; i < 200; ++i) {
        attack += "<a>";
    }
    std::string const opened = attack;
    for (int i = 0; i < 200; ++i) {
        attack += "</a>";
    }
    CHECK(naive(attack));
    CHECK(refused_unparsed(attack, errc::xml_depth));
    std::string const endless(std::size_t{1} << 20U, '<');
    CHECK(refused_unparsed(endless, errc::xml_syntax));
}

TEST_CASE("an attribute is not huge, and there are not many") {
    std::string const huge =
        replaced(good_init_xml(), " Version=", " a=\"" + std::string(500'000, 'x') + "\" Version=");
    CHECK(naive(huge));
    CHECK(refused_unparsed(huge, errc::xml_attributes));
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += " a" + std::to_string(i) + "=\"\"";
    }
    std::string const crowded = replaced(good_init_xml(), " Version=", many + " Version=");
    CHECK(naive(crowded));
    CHECK(refused_unparsed(crowded, errc::xml_attributes));
}

TEST_CASE("a canonical form is not much longer than its document") {
    // Names of namespaces stand once in the document, and in the exclusive form wherever they are
    // used first; the inclusive form compares all of them with all, in every element.
    std::string attack = "<a xmlns='urn:o'";
    for (int i = 0; i < 10; ++i) {
        attack += " xmlns:p" + std::to_string(i) + "='urn:" + std::string(500, 'x') + "'";
    }
    attack += ">";
    for (int i = 0; i < 1000; ++i) {
        attack += "<p" + std::to_string(i % 10) + ":a/>";
    }
    attack += "</a>";
    auto const control = naive(attack);
    xmlChar* form = nullptr;
    int const size = control ? xmlC14NDocDumpMemory(control.get(), nullptr, XML_C14N_EXCLUSIVE_1_0,
                                                    nullptr, 0, &form)
                             : 0;
    xmlFree(form);
    CHECK(size > static_cast<int>(attack.size()) * 30);
    CHECK(response_error(attack).code == errc::xml_attributes);
    std::string many = "<a";
    for (int i = 0; i < 80; ++i) {
        many += " xmlns:p" + std::to_string(i) + "='u:'" + (i % 20 == 19 ? "><a" : "");
    }
    many += "/></a></a></a></a>";
    CHECK(naive(many));
    CHECK(response_error(many).code == errc::xml_attributes);
}

TEST_CASE("a document of too many elements, or too many octets, is refused before it is parsed") {
    std::string many = "<a>";
    for (int i = 0; i < 10'000; ++i) {
        many += "<b/>";
    }
    many += "</a>";
    CHECK(naive(many));
    CHECK(refused_unparsed(many, errc::xml_elements));
    std::string const big = "<a>" + std::string(std::size_t{1} << 20U, ' ') + "</a>";
    CHECK(naive(big));
    CHECK(refused_unparsed(big, errc::xml_too_long));
}

TEST_CASE("another encoding is no way around the scan") {
    std::string const utf_7 =
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADwAYgA+ADwALwBiAD4-</a>";
    CHECK(refused_unparsed(utf_7, errc::xml_encoding));
    std::string utf_16{"\xFF\xFE"};
    for (char const c : good_init_xml()) {
        utf_16 += c;
        utf_16 += '\0';
    }
    CHECK(naive(utf_16));
    CHECK(refused_unparsed(utf_16, errc::xml_character));
}
