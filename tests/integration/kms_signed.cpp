// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/signature.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/xml_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/role/kms_client.hpp>
#include <mcx/role/kms_server.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// What the checks and the roles of the KMS protocol make of signatures that were verified, which
// there is no other way to come by; and signatures within messages.

using mcx::botan;
using mcx::errc;
using mcx::sodium;
using mcx::test::ink_of;
using mcx::test::kms_clock;
using mcx::test::replaced;
namespace client = mcx::role::kms_client;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

constexpr std::string_view ink = "ink.12.user@example.org";

client::account account() {
    client::account a;
    a.user = test::kms_user;
    a.kms = test::kms_home;
    a.server = "https://kms.example.org";
    a.signing_key = kms::key_name("ink.12.user@example.org");
    a.signed_only = true;
    return a;
}

client::starting starting() {
    return test::certain(client::starting::from(account()));
}

/// Signs a request and reads it, as the KMS does.
mcx::result<kms::received<kms::request>> sent(kms::request const& r, std::string_view by) {
    auto const key = ink_of<botan>(1, by);
    auto const d = xml::document::parse(test::certain(xml::write_signed(r, key)));
    auto const c = d ? xml::verify(*d, key) : mcx::result<xml::content>{d.error()};
    return c ? xml::read_request(*c) : mcx::result<kms::received<kms::request>>{c.error()};
}

/// The KMS's answer to `init`, signed with a key and saying so of another.
mcx::result<kms::received<kms::response>> answered(std::string_view by, std::string_view said) {
    kms::response r = test::response_to(starting().message(kms_clock).url);
    r.message = kms::init{test::home_certificate(), {}};
    r.signature_id = *kms::key_name::from(said);
    auto const key = ink_of<botan>(1, by);
    return test::read_signed(test::certain(xml::write_signed(r, key)), key);
}

mcx::errc received_by_client(std::string_view by, std::string_view said) {
    return starting().receive(test::certain(answered(by, said)), kms_clock).error().code;
}

/// A certificate in its wrapper, with a signature of its own.
template <class B>
std::string signed_certificate(xml::integrity_key<B> const& key, std::string_view id = "c1",
                               std::string_view role = "Root") {
    auto const bare = test::certificate_xml(test::certificate_elements(), role);
    auto const with_id = replaced(bare, "<KmsCertificate ",
                                  std::string{"<KmsCertificate xmlns=\""}
                                      .append(xml::ns::kms)
                                      .append("\" Id=\"")
                                      .append(id)
                                      .append("\" "));
    return test::certain(xml::sign("KmsCertificate", with_id, id, key));
}

/// A response that brings certificates. It declares nothing that they do not, since what surrounds
/// a signed element is signed with it.
std::string bringing(std::string_view holder, std::string_view certificates) {
    std::string const message = std::string{"<KmsMessage><"}
                                    .append(holder)
                                    .append(">")
                                    .append(certificates)
                                    .append("</")
                                    .append(holder)
                                    .append("></KmsMessage>");
    return replaced(test::response_xml(message),
                    std::string{" xmlns:xsi=\""}.append(xml::ns::instance).append("\""), "");
}

struct outcome {
    errc code = errc::none;
    std::optional<kms::inner_signatures> inner;

    friend bool operator==(outcome const&, outcome const&) = default;
};

/// Reads a response, after its certificates' signatures were verified where there are keys.
template <class... Keys>
outcome inner_of(std::string const& text, Keys const&... keys) {
    auto const d = xml::document::parse(text);
    if (!d) {
        return {d.error().code, {}};
    }
    auto c = xml::content::unsigned_of(*d);
    if constexpr (sizeof...(Keys) == 1) {
        c = xml::verify_certificates(*c, keys...);
    }
    auto const got =
        c ? xml::read_response(*c) : mcx::result<kms::received<kms::response>>{c.error()};
    return got ? outcome{errc::none, got->inner()} : outcome{got.error().code, {}};
}

}  // namespace

TEST_CASE("a client that wants signed answers takes one whose signature was verified") {
    CHECK(received_by_client(ink, ink) == errc::none);
    CHECK(received_by_client("trk.1", ink) == errc::no_such_key);
}

TEST_CASE("a KMS that wants signed requests takes one whose signature was verified") {
    auto const server =
        mcx::role::kms_server{test::kms_home, "https://kms.example.org"}.with({}, true);
    auto const asked = starting().message(kms_clock);
    auto const received = [&](kms::received<kms::request> const& r) {
        return server.receive(r, asked.url.view(), test::kms_user, kms_clock).error();
    };
    auto const good = test::certain(sent(asked, ink));
    CHECK(good.signed_by() == kms::key_name("ink.12.user@example.org"));
    CHECK(received(good).code == errc::none);
    auto const petition = server.receive(good, asked.url.view(), test::kms_user, kms_clock);
    CHECK((petition && petition->signed_by() == good.signed_by()));
    CHECK(received(test::certain(sent(asked, "trk.1"))) ==
          mcx::detail::at_element(kms::message_element::signature_id, errc::no_such_key));
    CHECK(received(kms::received{asked}).code == errc::message_unsigned);
}

TEST_CASE("a message taken out of its signature is one that nobody has signed") {
    auto got = test::certain(answered(ink, ink));
    CHECK(got.signed_by());
    kms::received<kms::response> const again{std::move(got).message()};
    CHECK_FALSE(again.signed_by());
}

TEST_CASE_TEMPLATE("a certificate's own signature is verified where there is a key", B, sodium,
                   botan) {
    using enum kms::inner_signatures;
    auto const key = ink_of<B>(9, "kms.1");
    auto const text = bringing("KmsInit", signed_certificate(key));
    CHECK(inner_of(text) == outcome{errc::none, unchecked});
    CHECK(inner_of(text, key) == outcome{errc::none, verified});
    CHECK(inner_of(text, ink_of<B>(8, "kms.1")).code == errc::signature);
    CHECK(inner_of(text, ink_of<B>(9, "kms.2")).code == errc::no_such_key);
    CHECK(inner_of(replaced(text, "2592000", "2592001"), key).code == errc::signature);
    // Without a key the change is not seen, and that is said.
    CHECK(inner_of(replaced(text, "2592000", "2592001")) == outcome{errc::none, unchecked});
}

TEST_CASE("certificates are said to be verified where all of them are") {
    using enum kms::inner_signatures;
    auto const key = ink_of<botan>(9, "kms.1");
    auto const one = signed_certificate(key, "c1", "External");
    auto const two = signed_certificate(key, "c2", "External");
    auto const bare = test::certificate_xml(test::certificate_elements(), "External");
    CHECK(inner_of(bringing("KmsCertCache", one + two), key) == outcome{errc::none, verified});
    CHECK(inner_of(bringing("KmsCertCache", one + one), key).code == errc::xml_id);
    CHECK(inner_of(bringing("KmsCertCache", one + bare), key).code == errc::message_unsigned);
    CHECK(inner_of(bringing("KmsCertCache", one + bare)) == outcome{errc::none, unchecked});
    CHECK(inner_of(bringing("KmsCertCache", bare)) == outcome{errc::none, none});
    auto const empty = "<SignedKmsCertificate>" + bare + "</SignedKmsCertificate>";
    CHECK(inner_of(bringing("KmsCertCache", empty)) == outcome{errc::none, none});
    CHECK(inner_of(bringing("KmsCertCache", empty), key).code == errc::message_unsigned);
    auto const of_other = signed_certificate(ink_of<botan>(8, "kms.1"), "c2", "External");
    CHECK(inner_of(bringing("KmsCertCache", one + of_other), key).code == errc::signature);
}

TEST_CASE("a response's signature says nothing of those in it") {
    auto const key = ink_of<botan>();
    auto const inner = bringing("KmsInit", signed_certificate(ink_of<botan>(9, "kms.1")));
    auto const with_id = replaced(inner, "<KmsResponse ", "<KmsResponse Id=\"r\" ");
    auto const got =
        test::read_signed(test::certain(xml::sign("KmsResponse", with_id, "r", key)), key);
    CHECK((got && got->signed_by() == key.name));
    CHECK((got && got->inner() == kms::inner_signatures::unchecked));
}
