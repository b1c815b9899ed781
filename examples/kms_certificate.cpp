// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shows what a KMS has sent: kms_certificate FILE [--user URI] [--verify-key HEX]
//
// Prints the certificates of a KMS response as a person would want to read them, the UID of a user
// now, and what key sets there are, without their keys. With a key, the signature is verified
// first. Exit status: 0 good, 1 refused, 2 cannot tell.

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>
#include <mcx/xml/message_reader.hpp>
#include <mcx/xml/signature.hpp>

#include "print.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace {

using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
namespace kms = mcx::kms;
namespace xml = mcx::xml;

std::string text_of(mcx::instant at) {
    auto const written = kms::date_time::encode(at);
    return written ? std::string{written->view()} : std::string{"at a time that has no name"};
}

void line(std::string_view name, std::string_view value) {
    std::printf("  %-22.*s %.*s\n", static_cast<int>(name.size()), name.data(),
                static_cast<int>(value.size()), value.data());
}

std::string validity(std::optional<mcx::instant> const& from, std::optional<mcx::instant> const& to,
                     mcx::result<void> const& usable) {
    std::string text = from ? "from " + text_of(*from) : "from ever";
    text += to ? " to " + text_of(*to) : " for ever";
    return text + (usable ? ": may be used now"
                          : ": " + std::string{mcx::message_of(usable.error().code)});
}

std::string period(kms::key_period const& p, mcx::instant now) {
    std::string text = std::to_string(p.length()) + " s, offset " + std::to_string(p.offset());
    auto const number = p.number_at(now);
    if (number) {
        text += ": number " + std::to_string(*number) + " until ";
        auto const end = p.end_of(*number);
        text += end ? text_of(*end) : "the end of time";
    }
    return text;
}

void show(kms::certificate const& c, kms::user_uri const& user, mcx::instant now) {
    bool const root = c.role() == kms::certificate_role::root;
    std::printf("\nKMS certificate\n");
    line("security domain", c.kms_uri().view());
    for (auto const& domain : c.domains()) {
        line("also for", domain.view());
    }
    line("role", root ? "Root: of the user's own KMS" : "External: of another KMS");
    if (c.cert_uri()) {
        line("name", c.cert_uri()->view());
    }
    if (c.issuer()) {
        line("issuer", c.issuer()->view());
    }
    line("valid", validity(c.valid_from(), c.valid_to(), c.usable_at(now)));
    line("key period", period(c.key_period(), now));
    line("encryption key", "a point of the SAKKE curve, parameter set 1");
    line("authentication key", "a point of P-256");
    if (c.is_security_gateway()) {
        line("security gateway", "yes");
    }
    auto const number = c.key_period().number_at(now);
    if (number) {
        auto const uid = kms::make_uid<mcx::hashing<crypto, mcx::sha256>>(user, c.kms_uri(),
                                                                          c.key_period(), *number);
        line("UID of the user now", demo::must(uid).encode().view());
    }
}

void show(kms::key_set const& set, mcx::instant now) {
    auto const& labels = set.labels();
    std::printf("\nKey set\n");
    line("security domain", labels.kms_uri.view());
    line("user", labels.user_uri.view());
    line("UID", labels.user_id.encode().view());
    line("period", std::to_string(labels.key_period_no));
    line("valid", validity(labels.valid_from, labels.valid_to, set.usable_at(now)));
    line("decryption key", set.decrypt_key().is_wrapped() ? "wrapped" : "there, on its curve");
    line("signing key", set.signing_key().is_wrapped() ? "wrapped" : "there, in its range");
    line("validation token", set.public_token().is_wrapped() ? "wrapped" : "there, on its curve");
}

void show(kms::kms_message const& message, kms::user_uri const& user, mcx::instant now) {
    if (auto const* const own = std::get_if<kms::init>(&message)) {
        show(own->certificate, user, now);
    } else if (auto const* const keys = std::get_if<kms::key_prov>(&message)) {
        for (auto const& set : keys->sets) {
            show(set, now);
        }
    } else if (auto const* const cache = std::get_if<kms::cert_cache>(&message)) {
        for (auto const& c : cache->certificates) {
            show(c, user, now);
        }
    } else if (std::holds_alternative<kms::lookup>(message)) {
        std::printf("\nAn answer about other KMSs\n");
    }
}

int refused(mcx::error e) {
    std::printf("refused at octet %u: ", static_cast<unsigned>(e.offset));
    demo::print_error(e, kms::element_of(e));
    return mcx::blame_of(e) == mcx::blame::backend ? 2 : 1;
}

/// Verifies with a key that goes by whatever name the document gives it.
mcx::result<xml::content> verified(xml::document const& d, mcx::byte_view octets) {
    auto const name = xml::untrusted_key_name(d);
    if (!name) {
        return name.error();
    }
    auto const secret = mcx::mac_secret<mcx::hs256>::from(octets);
    if (!secret) {
        return secret.error();
    }
    auto key = mcx::mac_key<mcx::hs256, crypto>::from(*secret);
    if (!key) {
        return key.error();
    }
    return xml::verify(d, xml::integrity_key<crypto>{*name, *std::move(key)});
}

int show_file(std::string const& text, std::optional<kms::user_uri> const& user,
              std::optional<mcx::fixed_bytes<32>> const& key) {
    auto const d = xml::document::parse(text);
    if (!d) {
        return refused(d.error());
    }
    auto const content = key ? verified(*d, *key) : xml::content::unverified_of(*d);
    if (!content) {
        return refused(content.error());
    }
    auto const got = xml::read_response(*content);
    if (!got) {
        return refused(got.error());
    }
    kms::response const& r = got->message();
    std::printf("KMS response\n");
    line("from", r.kms.view());
    line("to", r.user.view());
    line("written", text_of(r.time));
    line("signature", got->signed_by() ? "good, by " + std::string{got->signed_by()->view()}
                                       : std::string{"not verified"});
    if (got->inner() == kms::inner_signatures::unchecked) {
        line("certificates", "signed by themselves too; those signatures were not looked at");
    }
    if (r.error) {
        line("error", std::to_string(r.error->code) + " " + std::string{r.error->message.view()});
    }
    show(r.message, user.value_or(r.user), mcx::system_clock{}.now());
    return 0;
}

int usage() {
    std::printf("usage: kms_certificate FILE [--user URI] [--verify-key HEX]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc % 2 != 0) {
        return usage();
    }
    std::optional<kms::user_uri> user;
    std::optional<mcx::fixed_bytes<32>> key;
    for (int i = 2; i < argc; i += 2) {
        std::string_view const option = argv[i];
        std::string_view const value = argv[i + 1];
        auto const uri = kms::user_uri::from(value);
        mcx::fixed_bytes<32> octets{};
        if (option == "--user" && uri) {
            user = *uri;
        } else if (option == "--verify-key" &&
                   mcx::hex::decode_secret(value, octets).value_or(0U) == 32) {
            key = octets;
        } else {
            return usage();
        }
    }
    std::ifstream file{argv[1], std::ios::binary};
    if (!file) {
        std::printf("cannot tell: the file cannot be read\n");
        return 2;
    }
    return show_file({std::istreambuf_iterator<char>{file}, {}}, user, key);
}
