// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/kms_writer.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"
#include "support/mutation.hpp"
#include "support/rfc_keys.hpp"
#include "support/xml_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/xml/redirect.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

// KMS messages of random contents, written and read again: ten thousand of every kind. And signed
// messages with an octet changed: each is refused, or says what it said before.

using mcx::errc;
using mcx::error;
using mcx::sodium;
using mcx::test::ink_of;
using mcx::test::numbers;
using mcx::test::read_request;
using mcx::test::read_response;
using mcx::test::read_signed;
namespace kms = mcx::kms;
namespace test = mcx::test;
namespace xml = mcx::xml;

namespace {

constexpr std::size_t rounds = 10'000;

/// Makes messages of whatever their types can hold.
class maker {
    numbers random_;

    [[nodiscard]] bool coin() { return random_.below(2) == 0; }

    /// Visible characters, those that mean something in XML among them.
    [[nodiscard]] std::string visible(std::size_t most) {
        constexpr std::string_view telling = "&<>\"'%;]]>?!-/:#abcXYZ019._~@";
        std::string made(1 + random_.below(most), '\0');
        for (char& c : made) {
            c = coin() ? telling[random_.below(telling.size())]
                       : static_cast<char>('!' + random_.below('~' - '!' + 1));
        }
        return made;
    }
    [[nodiscard]] std::string printable(std::size_t most) {
        constexpr std::string_view pieces[]{" ",
                                            "&",
                                            "<",
                                            ">",
                                            "\"",
                                            "]]>",
                                            "<!--",
                                            "&#0;",
                                            "\xC3\xA4",
                                            "\xE2\x82\xAC",
                                            "\xF0\x9F\x9A\x92"};
        std::string made;
        while (random_.below(6) != 0 && made.size() + 4 <= most) {
            made += pieces[random_.below(std::size(pieces))];
        }
        return made;
    }

    template <class Text>
    [[nodiscard]] Text uri() {
        return *Text::from(visible(std::min<std::size_t>(40, Text::max_size)));
    }
    template <class Text>
    [[nodiscard]] std::optional<Text> maybe_uri() {
        return coin() ? std::optional<Text>{uri<Text>()} : std::nullopt;
    }
    template <class Text>
    [[nodiscard]] std::optional<Text> maybe_text() {
        return coin() ? std::optional<Text>{*Text::from(printable(100))} : std::nullopt;
    }

    /// A time whose year has four digits.
    [[nodiscard]] mcx::instant time() {
        auto const first = mcx::detail::date_time_first.seconds;
        auto const span = static_cast<std::uint64_t>(mcx::instant::max_numeric_date - first);
        auto const off =
            (std::uint64_t{random_.below(1U << 30U)} << 30U | random_.below(1U << 30U)) %
            (span + 1);
        return {first + static_cast<std::int64_t>(off)};
    }

    [[nodiscard]] std::optional<kms::error_report> maybe_report() {
        if (coin()) {
            return std::nullopt;
        }
        using limits = std::numeric_limits<std::int64_t>;
        auto const code = random_.below(9) != 0
                              ? static_cast<std::int64_t>(random_.below(2'000'000)) - 1'000'000
                          : coin() ? limits::min()
                                   : limits::max();
        return kms::error_report{code, *kms::error_text::from(printable(200))};
    }

    [[nodiscard]] kms::wrapped_key wrapped() {
        auto made = test::wrapped_of(random_.below(kms::max_wrapped_key + 1));
        for (auto& octet : made.octets.octets()) {
            octet = static_cast<std::byte>(random_.below(256));
        }
        made.wrapped_with = maybe_uri<kms::key_name>();
        made.carries = maybe_uri<kms::key_name>();
        return made;
    }

    [[nodiscard]] kms::new_keys new_keys() {
        kms::new_keys made;
        for (auto* const list : {&made.transport, &made.integrity}) {
            for (std::size_t left = random_.below(3); left != 0; --left) {
                list->push_back(wrapped());
            }
        }
        return made;
    }

    [[nodiscard]] kms::certificate certificate() {
        auto f = test::good_certificate();
        std::string const names[]{visible(60), visible(60), printable(60)};
        auto const from = time();
        auto const to = time();
        auto const first = mcx::kms::date_time::encode(std::min(from, to));
        auto const last = mcx::kms::date_time::encode(std::max(from, to));
        std::size_t const length = 1 + random_.below(1'000'000'000);
        std::string const period = std::to_string(length);
        std::string const offset = std::to_string(random_.below(length));
        std::string const domains[]{visible(30), visible(30), visible(30)};
        std::string_view const views[]{domains[0], domains[1], domains[2]};
        f.kms_uri = names[0];
        f.user_key_period = period;
        f.user_key_offset = offset;
        if (coin()) {
            f.cert_uri = names[1];
        }
        if (coin()) {
            f.issuer = names[2];
        }
        if (coin()) {
            f.valid_from = first->view();
        }
        if (coin()) {
            f.valid_to = last->view();
        }
        f.revoked = coin() ? "true" : "false";
        f.is_security_gateway = coin() ? "1" : "0";
        f.role = coin() ? "Root" : "External";
        f.pub_enc_key = coin() ? test::sakke_base_point : test::sakke_public_key;
        f.pub_auth_key = coin() ? test::p256_base_point : test::eccsi_public_key;
        f.kms_domains = std::span{views}.first(random_.below(4));
        if (random_.below(4) == 0) {
            f.extensions = "<o:x xmlns:o=\"urn:o\" a=\"&lt;\">&amp;</o:x><y xmlns=\"urn:y\"></y>";
        }
        return test::certain(kms::certificate::from(f));
    }

    [[nodiscard]] kms::key_set key_set() {
        auto const user = uri<kms::user_uri>();
        test::key_set_text text{random_.below(1'000'000), user};
        std::string const names[]{visible(60), visible(60), printable(60)};
        auto const at = mcx::kms::date_time::encode(time());
        std::string scalar(64, '0');
        for (char& c : scalar) {
            c = "0123456789abcdef"[random_.below(16)];
        }
        scalar[0] = '1';
        auto const hidden = wrapped();
        auto& f = text.fields;
        f.kms_uri = names[0];
        if (coin()) {
            f.cert_uri = names[1];
        }
        if (coin()) {
            f.issuer = names[2];
        }
        if (coin()) {
            f.valid_from = at->view();
        } else {
            f.valid_to = at->view();
        }
        f.revoked = coin() ? "true" : "false";
        f.user_decrypt_key.digits = coin() ? test::sakke_base_point : test::sakke_public_key;
        f.user_signing_key_ssk.digits = scalar;
        f.user_pub_token_pvt.digits = coin() ? test::p256_base_point : test::eccsi_public_key;
        for (auto* const key :
             {&f.user_decrypt_key, &f.user_signing_key_ssk, &f.user_pub_token_pvt}) {
            if (random_.below(4) == 0) {
                *key = {std::nullopt, &hidden};
            }
        }
        return test::certain(text.made());
    }

  public:
    explicit maker(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] kms::request request() {
        kms::request r;
        r.user = uri<kms::user_uri>();
        r.kms = uri<kms::kms_uri>();
        r.time = time();
        r.client = maybe_text<kms::client_name>();
        r.device = maybe_text<kms::device_name>();
        r.url = uri<kms::request_url>();
        if (random_.below(4) == 0) {
            r.krr_list =
                "<KrrList xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"><k:KmsRedirectResponse "
                "xmlns:k=\"urn:3gpp:ns:mcsecKMSKRR:1.0\"></k:KmsRedirectResponse></KrrList>";
        }
        r.client_error = maybe_report();
        r.trk_id = maybe_uri<kms::key_name>();
        r.signature_id = maybe_uri<kms::key_name>();
        return r;
    }

    [[nodiscard]] kms::response response(kms::kms_message message) {
        kms::response r;
        r.user = uri<kms::user_uri>();
        r.kms = uri<kms::kms_uri>();
        r.time = time();
        r.kms_id = maybe_text<kms::kms_name>();
        r.url = uri<kms::request_url>();
        r.error = maybe_report();
        if (message.index() == 0 && !r.error) {
            r.error = kms::error_report{1, "no"};
        }
        r.message = std::move(message);
        r.trk_id = maybe_uri<kms::key_name>();
        r.signature_id = maybe_uri<kms::key_name>();
        return r;
    }

    [[nodiscard]] kms::init init() { return {certificate(), new_keys()}; }
    [[nodiscard]] kms::key_prov key_prov() {
        kms::key_prov made;
        for (std::size_t left = random_.below(3); left != 0; --left) {
            made.sets.push_back(key_set());
        }
        made.keys = new_keys();
        return made;
    }
    [[nodiscard]] kms::cert_cache cert_cache() {
        kms::cert_cache made;
        if (coin()) {
            made.number = random_.below(1'000'000);
        }
        for (std::size_t left = random_.below(3); left != 0; --left) {
            made.certificates.push_back(certificate());
        }
        return made;
    }
    [[nodiscard]] kms::lookup lookup() {
        return {"<KmsLookup xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"><x>" +
                xml::escaped(std::to_string(random_.below(1000))) + "</x></KmsLookup>"};
    }
    [[nodiscard]] kms::redirect_response redirect() {
        std::string elements;
        for (std::size_t left = 1 + random_.below(4); left != 0; --left) {
            elements += std::string{"<a xmlns=\""}
                            .append(coin() ? xml::ns::krr : "urn:x")
                            .append("\" b=\"")
                            .append(xml::escaped(visible(30)))
                            .append("\">")
                            .append(xml::escaped(printable(60)))
                            .append(coin() ? "<b/>" : "<!--b--><b>c</b>")
                            .append("</a>");
        }
        return test::certain(xml::make_redirect(elements, "k" + std::to_string(random_.below(9))));
    }
};

/// Tells whether a message is read as it was written, and then written with the same octets.
bool survives(kms::request const& r) {
    auto const text = xml::write(r);
    auto const again = read_request(text.value_or(std::string{}));
    return again && again->message() == r &&
           xml::write(again->message()).value_or(std::string{}) == *text;
}
bool survives(kms::redirect_response const& r) {
    auto const text = xml::write(r);
    auto const d = xml::document::parse(text.value_or(std::string{}));
    auto const c = d ? xml::content::unsigned_of(*d) : mcx::result<xml::content>{d.error()};
    auto const again =
        c ? xml::read_redirect(*c) : mcx::result<kms::received<kms::redirect_response>>{c.error()};
    kms::request asked;
    asked.krr_list = xml::krr_list_of(r).value_or(std::string{});
    return again && again->message() == r && !asked.krr_list.empty() &&
           xml::write(again->message()).value_or(std::string{}) == *text && xml::write(asked);
}
bool survives(kms::response const& r) {
    auto const text = xml::write(r);
    auto const again = read_response(text.value_or(std::string{}));
    return again && again->message() == r &&
           xml::write(again->message()).value_or(std::string{}) == *text;
}

template <class Make>
void check_survival(std::uint64_t seed, Make make) {
    maker m{seed};
    std::size_t lost = 0;
    for (std::size_t i = 0; i < rounds; ++i) {
        lost += survives(make(m)) ? 0U : 1U;
    }
    CHECK(lost == 0);
}

/// What becomes of a signed text when each octet of it is replaced by others, left out or doubled.
struct changes {
    std::size_t made = 0;
    std::size_t refused = 0;
    std::size_t same = 0;     ///< accepted, and it says what it said
    std::size_t other = 0;    ///< accepted, and it says something else: never
    std::size_t strange = 0;  ///< refused without a reason that a document can have
};

template <class Read>
changes change_each(std::string text, std::string_view by, Read const& read) {
    changes done;
    auto const note = [&] {
        ++done.made;
        auto const [e, same] = read(text);
        done.refused += e.code != errc::none ? 1U : 0U;
        done.same += e.code == errc::none && same ? 1U : 0U;
        done.other += e.code == errc::none && !same ? 1U : 0U;
        done.strange +=
            e.code != errc::none && (blame_of(e) != mcx::blame::peer || e.offset > text.size())
                ? 1U
                : 0U;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const was = text[at];
        for (char const other : by) {
            if (other != was) {
                text[at] = other;
                note();
            }
        }
        text.erase(at, 1);
        note();
        text.insert(at, 2, was);
        note();
        text.erase(at, 1);
    }
    return done;
}

void check_changes(changes const& done) {
    MESSAGE(done.made << " changes, " << done.refused << " refused, " << done.same
                      << " without a meaning");
    CHECK(done.other == 0);
    CHECK(done.strange == 0);
    CHECK(done.same != 0);  // white space in a tag, quotes and the like: the reader is not deaf
    CHECK(done.refused > done.made / 10 * 9);
}

/// Every value that an octet can have.
std::string every_octet() {
    std::string all;
    for (int i = 0; i < 256; ++i) {
        all += static_cast<char>(i);
    }
    return all;
}

}  // namespace

TEST_CASE("requests are read as they were written") {
    check_survival(1, [](maker& m) { return m.request(); });
}

TEST_CASE("responses of every kind are read as they were written") {
    check_survival(2, [](maker& m) { return m.response(m.init()); });
    check_survival(3, [](maker& m) { return m.response(m.key_prov()); });
    check_survival(4, [](maker& m) { return m.response(m.cert_cache()); });
    check_survival(5, [](maker& m) { return m.response(m.lookup()); });
    check_survival(6, [](maker& m) { return m.response({}); });
}

TEST_CASE("redirect responses are read as they were written") {
    check_survival(8, [](maker& m) { return m.redirect(); });
}

TEST_CASE("signed messages of random contents verify, and say what they said") {
    maker m{7};
    auto const key = ink_of<sodium>();
    auto const other = ink_of<mcx::botan>();
    std::size_t lost = 0;
    for (std::size_t i = 0; i < rounds / 10; ++i) {
        auto const r = m.response(m.init());
        auto const text = xml::write_signed(r, key);
        auto const again = read_signed(text.value_or(std::string{}), other);
        lost += again && again->message() == r && again->signed_by() == key.name ? 0U : 1U;
    }
    CHECK(lost == 0);
}

TEST_CASE("a signed request with any octet changed to any other is refused, or the same") {
    auto const key = ink_of<sodium>();
    kms::request r;
    r.user = test::kms_user;
    r.kms = test::kms_home;
    r.time = test::kms_clock.at;
    r.client = kms::client_name("radio 7");
    r.url = "https://kms.example.org/keymanagement/identity/v1/init";
    auto const text = test::certain(xml::write_signed(r, key));
    auto const read = [&](std::string const& changed) -> std::pair<error, bool> {
        auto const d = xml::document::parse(changed);
        auto const c = d ? xml::verify(*d, key) : mcx::result<xml::content>{d.error()};
        if (!c) {
            return {c.error(), false};
        }
        auto const got = xml::read_request(*c);
        return {got.error(), got && got->message() == r && got->signed_by() == key.name};
    };
    CHECK(read(text) == std::pair{error{}, true});
    check_changes(change_each(text, every_octet(), read));
}

TEST_CASE("a signed response with any octet changed to any other is refused, or the same") {
    auto const key = ink_of<sodium>();
    auto r = test::response_to("https://kms.example.org/keymanagement/identity/v1/keyprov");
    r.message = test::keys_of();
    auto const text = test::certain(xml::write_signed(r, key));
    auto const read = [&](std::string const& changed) -> std::pair<error, bool> {
        auto const got = read_signed(changed, key);
        return {got.error(), got && got->message() == r && got->signed_by() == key.name};
    };
    CHECK(read(text) == std::pair{error{}, true});
    check_changes(change_each(text, every_octet(), read));
}

TEST_CASE("a signed redirect response with any octet changed is refused, or the same") {
    using es256 = mcx::es256;
    auto const signer = test::certain(
        mcx::signing_key<es256, mcx::botan>::from(test::rfc_example<es256>::private_key(), "gms"));
    auto const key = test::certain(
        mcx::verifying_key<es256, mcx::botan>::from(test::rfc_example<es256>::public_key()));
    constexpr kms::key_name gms{"gms"};
    auto const r = test::certain(xml::make_redirect(
        "<a xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" b=\"&lt;\">kms.example.org</a>", "k1"));
    mcx::botan::random random;
    auto const text = test::certain(xml::write_signed(r, signer, random));
    auto const read = [&](std::string const& changed) -> std::pair<error, bool> {
        auto const d = xml::document::parse(changed);
        auto const c =
            d ? xml::verify_redirect(*d, key, gms) : mcx::result<xml::content>{d.error()};
        if (!c) {
            return {c.error(), false};
        }
        auto const got = xml::read_redirect(*c);
        return {got.error(), got && got->message() == r && got->signed_by() == gms};
    };
    CHECK(read(text) == std::pair{error{}, true});
    // What an octet may become to be another letter, or to mean something.
    check_changes(change_each(text, "aZ0 \t\n<>&;\"'=#:/!-[]\x7F\xC3", read));
}
