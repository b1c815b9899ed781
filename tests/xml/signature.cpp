// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: all
#include <mcx/xml/signature.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/rfc_keys.hpp"
#include "support/sha256.hpp"
#include "support/toy_mac.hpp"
#include "support/xml_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

using mcx::botan;
using mcx::errc;
using mcx::sodium;
using mcx::test::ink_of;
using mcx::test::read_signed;
using mcx::test::replaced;
using mcx::test::signed_init_xml;
using mcx::xml::document;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

template <>
struct mcx::hashing<mcx::test::toy, mcx::sha256> : mcx::test::sha256 {};

TEST_CASE_TEMPLATE("a message that was signed verifies, and says by which key", B, sodium, botan) {
    auto const key = ink_of<B>();
    auto const text = signed_init_xml(key);
    CHECK(
        text.starts_with("<SignedKmsResponse xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">"
                         "<KmsResponse xmlns="));
    CHECK(text == signed_init_xml(key));
    auto const got = read_signed(text, key);
    CHECK(got);
    CHECK((got && got->signed_by() == key.name));
    CHECK((got && got->message().user == test::kms_user));
}

TEST_CASE("the backends sign alike, and verify each other's signatures") {
    auto const text = signed_init_xml(ink_of<sodium>());
    CHECK(text == signed_init_xml(ink_of<botan>()));
    CHECK(read_signed(text, ink_of<botan>()));
}

TEST_CASE("a request is signed too") {
    kms::request r;
    r.user = test::kms_user;
    r.kms = test::kms_home;
    r.url = "https://kms.example.org/keymanagement/identity/v1/init";
    auto const key = ink_of<botan>();
    auto const d = document::parse(test::certain(xml::write_signed(r, key)));
    CHECK(d);
    auto const c = xml::verify(*d, key);
    CHECK(c);
    auto const got = xml::read_request(*c);
    CHECK((got && got->message() == r && got->signed_by() == key.name));
}

TEST_CASE("another key, or another secret of its name, is refused") {
    auto const text = signed_init_xml(ink_of<botan>());
    CHECK(read_signed(text, ink_of<botan>(2)).error().code == errc::signature);
    CHECK(read_signed(text, ink_of<botan>(1, "ink.13.user@example.org")).error().code ==
          errc::no_such_key);
    auto const d = document::parse(text);
    CHECK(d);
    xml::integrity_key<botan> const keys[]{ink_of<botan>(2, "trk.1"), ink_of<botan>()};
    CHECK(xml::verify<botan>(*d, std::span{keys}));
    xml::integrity_key<botan> const twice[]{ink_of<botan>(), ink_of<botan>()};
    CHECK(xml::verify<botan>(*d, std::span{twice}).error().code == errc::ambiguous_key);
    CHECK(xml::verify<botan>(*d, std::span<xml::integrity_key<botan> const>{}).error().code ==
          errc::no_such_key);
}

TEST_CASE("the key that a message names is told, without saying that it signed") {
    auto const d = document::parse(signed_init_xml(ink_of<botan>(1, "trk.7")));
    CHECK(d);
    CHECK((d && xml::untrusted_key_name(*d)->view() == "trk.7"));
    auto const bare = document::parse(test::good_init_xml());
    CHECK((bare && xml::untrusted_key_name(*bare).error().code == errc::xml_root));
}

TEST_CASE("a changed message, digest or signature is refused") {
    auto const key = ink_of<botan>();
    auto const text = signed_init_xml(key);
    auto const changed = [&](std::string_view from, std::string_view by) {
        return read_signed(replaced(text, from, by), key).error().code;
    };
    CHECK(changed("sip:user", "sip:fser") == errc::signature);
    CHECK(changed("<KmsResponse ", "<KmsResponse a='' ") == errc::signature);
    CHECK(changed("</Time>", "</Time> ") == errc::signature);
    CHECK(changed(" Id=\"xmldoc\"", "") == errc::xml_signature);
    // The digest of another message, without a signature that covers it.
    auto const other = signed_init_xml(ink_of<botan>(2));
    auto const value_of = [](std::string const& s, std::string_view name) {
        auto const from = s.find(name) + name.size();
        return s.substr(from, 44);
    };
    CHECK(changed(value_of(text, "<SignatureValue>"), value_of(other, "<SignatureValue>")) ==
          errc::signature);
    CHECK(changed(value_of(text, "<DigestValue>"),
                  "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=") == errc::signature);
}

TEST_CASE("what canonicalisation takes away may change") {
    auto const key = ink_of<botan>();
    auto const text = signed_init_xml(key);
    CHECK(read_signed("<?xml version='1.0' encoding='UTF-8'?>\n" + text + "\n", key));
    CHECK(read_signed(replaced(text, "</Time>", "</Time><!-- a comment -->"), key));
    CHECK(read_signed(replaced(text, "sip:user", "<![CDATA[sip:]]>&#117;ser"), key));
    CHECK(read_signed(replaced(text, "</SignedInfo>", "</SignedInfo >"), key));
}

TEST_CASE("an Id that is there twice is refused, even where the signature is good") {
    auto const key = ink_of<botan>();
    auto const text = replaced(signed_init_xml(key), "<KeyInfo>", "<KeyInfo Id=\"xmldoc\">");
    CHECK(read_signed(text, key).error().code == errc::xml_id);
}

TEST_CASE("a document that is not signed is told from one that is badly signed") {
    auto const key = ink_of<botan>();
    CHECK(read_signed(test::good_init_xml(), key).error().code == errc::xml_root);
    CHECK(read_signed("<SignedKmsResponse xmlns='urn:3gpp:ns:mcsecKMSInterface:1.0'>" +
                          test::good_init_xml() + "</SignedKmsResponse>",
                      key)
              .error()
              .code == errc::message_unsigned);
}

TEST_CASE("a message that does not have its Id is not signed") {
    auto const key = ink_of<botan>();
    CHECK(xml::sign("KmsResponse", test::good_init_xml(), "xmldoc", key).error().code ==
          errc::xml_signature);
    CHECK(xml::sign("KmsRequest", test::good_init_xml(), "xmldoc", key).error().code ==
          errc::xml_root);
    CHECK(xml::sign("KmsRequest", "<", "xmldoc", key).error().code == errc::xml_syntax);
    auto const twice =
        replaced(replaced(test::good_init_xml(), "<KmsResponse", "<KmsResponse Id='x'"),
                 "<KmsInit>", "<KmsInit Id='x'>");
    CHECK(xml::sign("KmsResponse", twice, "x", key).error().code == errc::xml_id);
}

TEST_CASE("a redirect response is signed with ECDSA by the key that is known") {
    using es256 = mcx::es256;
    auto const numbers = test::rfc_example<es256>::private_key();
    auto const signer = mcx::signing_key<es256, botan>::from(numbers, "gms");
    auto const key = mcx::verifying_key<es256, botan>::from(test::rfc_example<es256>::public_key());
    CHECK((signer && key));
    botan::random random;
    constexpr std::string_view krr =
        "<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" Id=\"k\"><x/>"
        "</KmsRedirectResponse>";
    auto const text = xml::sign_redirect(krr, "k", *signer, random);
    CHECK(text);
    auto const d = document::parse(text.value_or(std::string{}));
    CHECK(d);
    constexpr kms::key_name gms{"gms"};
    auto const c = xml::verify_redirect(*d, *key, gms);
    CHECK(c);
    CHECK((c && c->top().is(xml::ns::krr, "KmsRedirectResponse") && c->signed_by() == gms));
    auto const changed = document::parse(replaced(*text, "<x/>", "<y/>"));
    CHECK((changed && xml::verify_redirect(*changed, *key, gms).error().code == errc::signature));
    auto const other = document::parse(signed_init_xml(ink_of<botan>()));
    CHECK((other && xml::verify_redirect(*other, *key, gms).error().code == errc::xml_root));
    CHECK((d && xml::verify(*d, ink_of<botan>()).error().code == errc::xml_root));
}

TEST_CASE("a backend that fails is no bad signature") {
    auto const key = ink_of<test::toy>();
    auto const text = signed_init_xml(key);
    CHECK(read_signed(text, key));
    test::toy::works = false;
    CHECK(read_signed(text, key).error().code == errc::backend);
    test::toy::works = true;
    auto const response = test::certain(read_signed(text, key));
    test::toy::works = false;
    CHECK(xml::write_signed(response.message(), key).error().code == errc::backend);
    test::toy::works = true;
}

namespace {

/// How often libxml2 gets memory before there is none.
std::size_t allocations_left = 0;

bool has_memory() noexcept {
    return allocations_left != 0 && allocations_left-- != 0;
}

extern "C" {
void* scarce_malloc(std::size_t size) {
    return has_memory() ? std::malloc(size) : nullptr;  // NOLINT(*-no-malloc): for libxml2
}
void* scarce_realloc(void* old, std::size_t size) {
    return has_memory() ? std::realloc(old, size) : nullptr;  // NOLINT(*-no-malloc): for libxml2
}
char* scarce_strdup(char const* text) {
    return has_memory() ? strdup(text) : nullptr;
}
void say_nothing(void*, char const*, ...) {}
}

}  // namespace

TEST_CASE("a lack of memory is no fault of the message") {
    auto const key = ink_of<sodium>();
    auto const text = signed_init_xml(key);
    xmlFreeFunc given_back = nullptr;
    xmlMallocFunc given = nullptr;
    xmlReallocFunc again = nullptr;
    xmlStrdupFunc copied = nullptr;
    CHECK(xmlMemGet(&given_back, &given, &again, &copied) == 0);
    xmlSetGenericErrorFunc(nullptr, say_nothing);
    std::size_t enough = 0;
    std::size_t strange = 0;
    for (bool good = false; !good && enough < 100'000; ++enough) {
        allocations_left = enough;
        CHECK(xmlMemSetup(std::free, scarce_malloc, scarce_realloc, scarce_strdup) == 0);
        auto const got = read_signed(text, key);
        (void)xmlMemSetup(given_back, given, again, copied);
        good = got.has_value();
        strange += good || got.error().code == errc::backend ? 0U : 1U;
    }
    xmlSetGenericErrorFunc(nullptr, nullptr);
    CHECK(strange == 0);
    CHECK(enough > 100);
    CHECK(enough < 100'000);
}

TEST_CASE("a MAC signs nothing but messages of the KMS interface") {
    auto const key = ink_of<botan>();
    constexpr std::string_view krr =
        "<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" Id=\"k\"/>";
    auto const method = xml::algorithm_uri::hmac_sha256;
    auto const text =
        mcx::detail::signature_frame::around<32>(
            "KmsRedirectResponse", xml::ns::krr, krr, "k", method,
            "<KeyInfo><KeyName>ink.12.user@example.org</KeyName></KeyInfo>")
            .complete<botan>(method,
                             [&key](mcx::byte_view o) -> mcx::result<mcx::hs256::signature> {
                                 mcx::hs256::signature tag{};
                                 mcx::detail::no_random none;
                                 return key.key.sign(o, none, tag).transform([&tag](std::size_t) {
                                     return tag;
                                 });
                             });
    CHECK(text);
    auto const d = document::parse(text.value_or(std::string{}));
    CHECK(
        (d && xml::untrusted_key_name(*d) && xml::verify(*d, key).error().code == errc::xml_root));
}

TEST_CASE("a signature that is refused is told by its name and place") {
    auto const key = ink_of<botan>();
    auto const text = signed_init_xml(key);
    auto const is = [](mcx::error e, errc code, std::size_t offset) {
        return e.code == code && kms::element_of(e) == "Signature" && e.offset == offset;
    };
    auto const info = text.find("<SignedInfo");
    CHECK(is(read_signed(text, ink_of<botan>(2)).error(), errc::signature, info));
    CHECK(is(read_signed(text, ink_of<botan>(1, "x")).error(), errc::no_such_key, info));
    CHECK(is(read_signed(replaced(text, "hmac-sha256", "hmac-sha1"), key).error(),
             errc::xml_signature, text.find("<Signature")));
}

namespace {

template <class D>
concept Verifiable = requires(D&& d, xml::integrity_key<botan> const& key) {
    xml::verify(std::forward<D>(d), key);
    xml::verify(std::forward<D>(d), std::span{&key, 1});
};
template <class D>
concept Redirecting =
    requires(D&& d, mcx::verifying_key<mcx::es256, botan> const& key, kms::key_name const& name) {
        xml::verify_redirect(std::forward<D>(d), key, name);
    };

}  // namespace

TEST_CASE("no content is left of a document that is gone") {
    CHECK_BOTH(Verifiable<document const&>);
    CHECK_BOTH(!Verifiable<document>);
    CHECK_BOTH(Redirecting<document const&>);
    CHECK_BOTH(!Redirecting<document>);
}
