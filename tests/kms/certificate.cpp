// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/certificate.hpp>

#include "support/certificate_text.hpp"
#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/kms_points.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::instant;
using mcx::kms::certificate;
using mcx::kms::certificate_element;
using mcx::kms::certificate_fields;
using mcx::kms::certificate_role;
using mcx::kms::kms_uri;
using mcx::test::good_certificate;
using mcx::test::hex_octets;

namespace {

using field = std::optional<std::string_view> certificate_fields::*;
using fields = certificate_fields;
using element = certificate_element;

/// A good certificate with one field changed.
constexpr certificate_fields with(field f, std::optional<std::string_view> value) {
    certificate_fields changed = good_certificate();
    changed.*f = value;
    return changed;
}

constexpr error refusal(certificate_fields const& f) {
    return certificate::from(f).error();
}

constexpr error at(element e, errc code) {
    return {code, static_cast<std::uint16_t>(e)};
}

constexpr certificate_fields full_certificate() {
    certificate_fields f = good_certificate();
    f.cert_uri = "cert1.kms.example.org";
    f.issuer = "www.example.org";
    f.valid_from = "2020-01-01T00:00:00";
    f.valid_to = "2040-01-01T00:00:00Z";
    f.revoked = "false";
    f.parameter_set = "1";
    f.is_security_gateway = "true";
    return f;
}

constexpr std::string_view two_domains[]{"sec1.example.org", " sec2.example.org\n"};

}  // namespace

TEST_CASE("a certificate needs no more than eight fields") {
    constexpr certificate made = *certificate::from(good_certificate());
    CHECK_BOTH(made.kms_uri().view() == "kms.example.org");
    CHECK_BOTH(!made.cert_uri() && !made.issuer() && !made.valid_from() && !made.valid_to());
    CHECK_BOTH(!made.revoked() && !made.is_security_gateway() && made.domains().empty());
    CHECK_BOTH(made.role() == certificate_role::root);
    CHECK_BOTH(made.key_period().length() == 2'592'000 && made.key_period().offset() == 0);
    CHECK_BOTH(made.public_encryption_key() == hex_octets(mcx::test::sakke_public_key));
    CHECK_BOTH(made.public_authentication_key() == hex_octets(mcx::test::eccsi_public_key));
}

TEST_CASE("a certificate has whatever fields were given") {
    auto f = full_certificate();
    f.kms_domains = two_domains;
    auto const made = certificate::from(f);
    CHECK(made.has_value());
    if (!made) {
        return;
    }
    CHECK(made->cert_uri()->view() == "cert1.kms.example.org");
    CHECK(made->issuer()->view() == "www.example.org");
    CHECK(*made->valid_from() == instant{1'577'836'800});
    CHECK(*made->valid_to() == instant{2'208'988'800});
    CHECK(made->is_security_gateway());
    CHECK(made->domains().size() == 2);
    CHECK(made->domains()[1].view() == "sec2.example.org");
}

TEST_CASE("a required field that is missing is named") {
    CHECK_BOTH(refusal(with(&fields::kms_uri, {})) == at(element::domain_uri, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::user_id_format, {})) ==
               at(element::user_id_format, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::user_key_period, {})) ==
               at(element::user_key_period, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::user_key_offset, {})) ==
               at(element::user_key_offset, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::pub_enc_key, {})) ==
               at(element::pub_enc_key, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::pub_auth_key, {})) ==
               at(element::pub_auth_key, errc::field_missing));
    CHECK_BOTH(refusal(with(&fields::role, {})) == at(element::role, errc::field_missing));
    CHECK_BOTH(refusal({}) == at(element::domain_uri, errc::field_missing));
}

TEST_CASE("a field with a value that it may not have is named") {
    CHECK(refusal(with(&fields::cert_uri, "")) == at(element::certificate_uri, errc::field_value));
    CHECK(refusal(with(&fields::cert_uri, " ")) == at(element::certificate_uri, errc::field_value));
    CHECK(refusal(with(&fields::kms_uri, "a b")) == at(element::domain_uri, errc::field_value));
    std::string const long_uri(256, 'k');
    CHECK(refusal(with(&fields::kms_uri, long_uri)) == at(element::domain_uri, errc::field_value));
    CHECK(refusal(with(&fields::issuer, "a\nb")) == at(element::issuer, errc::field_value));
    CHECK(refusal(with(&fields::valid_from, "yesterday")) ==
          at(element::valid_from, errc::field_value));
    CHECK(refusal(with(&fields::valid_to, "2030-02-30T00:00:00")) ==
          at(element::valid_to, errc::field_value));
    CHECK(refusal(with(&fields::revoked, "no")) == at(element::revoked, errc::field_value));
    CHECK(refusal(with(&fields::role, "root")) == at(element::role, errc::field_value));
    CHECK(refusal(with(&fields::role, "External ")) == at(element::role, errc::field_value));
    CHECK(refusal(with(&fields::role, "")) == at(element::role, errc::field_value));
    CHECK(refusal(with(&fields::is_security_gateway, "maybe")) ==
          at(element::is_security_gateway, errc::field_value));
}

TEST_CASE("errors of a certificate belong to the KMS stage and are the peer's") {
    auto const e = refusal(with(&fields::revoked, "no"));
    CHECK(mcx::stage_of(e) == mcx::stage::kms);
    CHECK(mcx::blame_of(e) == mcx::blame::peer);
}

TEST_CASE("the fields are checked in the order of the table") {
    auto f = full_certificate();
    f.cert_uri = f.kms_uri = f.user_id_format = f.pub_auth_key = f.role = "\n";
    CHECK(refusal(f) == at(element::certificate_uri, errc::field_value));
    f.cert_uri = "a";
    CHECK(refusal(f) == at(element::domain_uri, errc::field_value));
    f.kms_uri = "a";
    CHECK(refusal(f) == at(element::user_id_format, errc::unsupported_user_id_format));
    f.user_id_format = "2";
    CHECK(refusal(f) == at(element::pub_auth_key, errc::field_value));
    f.pub_auth_key = mcx::test::p256_base_point;
    CHECK(refusal(f) == at(element::role, errc::field_value));
    f.role = "External";
    CHECK(certificate::from(f)->role() == certificate_role::external);
}

TEST_CASE("only user id format 2 is known") {
    for (std::string_view const other : {"1", "two", "", " 2", "2 ", "02", "22"}) {
        CAPTURE(other);
        CHECK(refusal(with(&fields::user_id_format, other)) ==
              at(element::user_id_format, errc::unsupported_user_id_format));
    }
}

TEST_CASE("a key period is a number of seconds larger than its offset") {
    for (std::string_view const other : {"", "1.5", "-1", "a month", "9223372036854775808",
                                         "9999999999999999999999999999999999999999"}) {
        CAPTURE(other);
        CHECK(refusal(with(&fields::user_key_period, other)) ==
              at(element::user_key_period, errc::field_value));
        CHECK(refusal(with(&fields::user_key_offset, other)) ==
              at(element::user_key_offset, errc::field_value));
    }
    CHECK(refusal(with(&fields::user_key_period, "0")) ==
          at(element::user_key_period, errc::key_period_zero));
    CHECK(refusal(with(&fields::user_key_offset, "2592000")) ==
          at(element::user_key_offset, errc::key_period_offset));
    CHECK(certificate::from(with(&fields::user_key_offset, "2591999")).has_value());
    CHECK(certificate::from(with(&fields::user_key_period, "9223372036854775807")).has_value());
    CHECK(certificate::from(with(&fields::user_key_period, "\n +0010 "))->key_period().length() ==
          10);
}

TEST_CASE("only parameter set 1 is known, and taken for granted") {
    CHECK(certificate::from(with(&fields::parameter_set, {})).has_value());
    CHECK(certificate::from(with(&fields::parameter_set, " 1 ")).has_value());
    CHECK(refusal(with(&fields::parameter_set, "2")) ==
          at(element::parameter_set, errc::unsupported_parameter_set));
    CHECK(refusal(with(&fields::parameter_set, "0")) ==
          at(element::parameter_set, errc::unsupported_parameter_set));
    CHECK(refusal(with(&fields::parameter_set, "one")) ==
          at(element::parameter_set, errc::field_value));
    CHECK(refusal(with(&fields::parameter_set, "")) ==
          at(element::parameter_set, errc::field_value));
}

TEST_CASE("the encryption key is a point of parameter set 1 in 257 octets") {
    auto const wrong = at(element::pub_enc_key, errc::field_value);
    std::string const good{mcx::test::sakke_public_key};
    CHECK(certificate::from(with(&fields::pub_enc_key, mcx::test::sakke_base_point)).has_value());
    std::string const padded = "\n  " + good + "\t";
    CHECK(certificate::from(with(&fields::pub_enc_key, padded)).has_value());
    CHECK(refusal(with(&fields::pub_enc_key, "")) == wrong);
    CHECK(refusal(with(&fields::pub_enc_key, "00")) == wrong);
    CHECK(refusal(with(&fields::pub_enc_key, mcx::test::eccsi_public_key)) == wrong);
    CHECK(refusal(with(&fields::pub_enc_key, std::string_view{good}.substr(2))) == wrong);
    std::string changed = good;
    changed.back() = changed.back() == '0' ? '1' : '0';
    CHECK(refusal(with(&fields::pub_enc_key, changed)) == wrong);
    changed = good;
    changed[1] = '6';
    CHECK(refusal(with(&fields::pub_enc_key, changed)) == wrong);
    changed = good;
    changed[100] = ' ';
    CHECK(refusal(with(&fields::pub_enc_key, changed)) == wrong);
}

TEST_CASE("the authentication key is a point of P-256 in 65 octets") {
    auto const wrong = at(element::pub_auth_key, errc::field_value);
    std::string const good{mcx::test::eccsi_public_key};
    CHECK(certificate::from(with(&fields::pub_auth_key, mcx::test::p256_base_point)).has_value());
    CHECK(refusal(with(&fields::pub_auth_key, "")) == wrong);
    CHECK(refusal(with(&fields::pub_auth_key, "00")) == wrong);
    CHECK(refusal(with(&fields::pub_auth_key, mcx::test::sakke_public_key)) == wrong);
    std::string changed = "04" + std::string(128, '0');
    CHECK(refusal(with(&fields::pub_auth_key, changed)) == wrong);
    changed = good;
    changed[0] = 'z';
    CHECK(refusal(with(&fields::pub_auth_key, changed)) == wrong);
    changed = good;
    changed[1] = '2';
    CHECK(refusal(with(&fields::pub_auth_key, changed)) == wrong);
    changed = good;
    changed.back() = changed.back() == '0' ? '1' : '0';
    CHECK(refusal(with(&fields::pub_auth_key, changed)) == wrong);
}

TEST_CASE("a certificate names at most 16 domains besides its own") {
    std::string_view domains[17];
    std::fill(std::begin(domains), std::end(domains), "sec.example.org");
    auto f = good_certificate();
    f.kms_domains = std::span{domains}.first(16);
    CHECK(certificate::from(f)->domains().size() == 16);
    f.kms_domains = domains;
    CHECK(refusal(f) == at(element::kms_domain_list, errc::field_value));
    domains[3] = " ";
    f.kms_domains = std::span{domains}.first(4);
    CHECK(refusal(f) == at(element::kms_domain_list, errc::field_value));
}

TEST_CASE("a certificate is for its own domain and those of its list") {
    auto f = good_certificate();
    f.kms_domains = two_domains;
    auto const made = certificate::from(f);
    CHECK(made->names_domain("kms.example.org"));
    CHECK(made->names_domain("sec1.example.org"));
    CHECK(made->names_domain("sec2.example.org"));
    CHECK(!made->names_domain("KMS.example.org"));
    CHECK(!made->names_domain("sec3.example.org"));
}

TEST_CASE("certificates are told apart by their names, where both have one") {
    auto f = good_certificate();
    auto const nameless = *certificate::from(f);
    f.cert_uri = "a.example.org";
    auto const a = *certificate::from(f);
    f.cert_uri = "A.example.org";
    auto const b = *certificate::from(f);
    CHECK(a.is_other_than(b));
    CHECK(!a.is_other_than(a));
    CHECK(!a.is_other_than(nameless));
    CHECK(!nameless.is_other_than(a));
    CHECK(!nameless.is_other_than(nameless));
}

TEST_CASE("a validity does not end before it begins") {
    auto f = full_certificate();
    f.valid_to = "2019-12-31T23:59:59";
    CHECK(refusal(f) == at(element::valid_to, errc::validity_reversed));
    f.valid_to = f.valid_from;
    CHECK(certificate::from(f).has_value());
    CHECK(!certificate::from(f)->covers(instant{1'577'836'800}));
}

TEST_CASE("a certificate covers the instants from ValidFrom until before ValidTo") {
    constexpr certificate made = *certificate::from(full_certificate());
    CHECK_BOTH(!made.covers({1'577'836'799}));
    CHECK_BOTH(made.covers({1'577'836'800}));
    CHECK_BOTH(made.covers({2'208'988'799}));
    CHECK_BOTH(!made.covers({2'208'988'800}));
    CHECK_BOTH(made.usable_at({1'577'836'799}).error().code == errc::certificate_not_yet_valid);
    CHECK_BOTH(made.usable_at({1'577'836'800}).has_value());
    CHECK_BOTH(made.usable_at({2'208'988'799}).has_value());
    CHECK_BOTH(made.usable_at({2'208'988'800}).error().code == errc::certificate_expired);
}

TEST_CASE("a certificate without a validity covers every instant") {
    constexpr certificate made = *certificate::from(good_certificate());
    CHECK_BOTH(made.covers({std::numeric_limits<std::int64_t>::min()}));
    CHECK_BOTH(made.covers({std::numeric_limits<std::int64_t>::max()}));
    CHECK_BOTH(made.usable_at({0}).has_value());
}

TEST_CASE("a revoked certificate is never usable") {
    auto f = full_certificate();
    f.revoked = "1";
    auto const made = certificate::from(f);
    CHECK(made->revoked());
    for (std::int64_t const s : {0LL, 1'577'836'800LL, 2'208'988'800LL}) {
        CHECK(made->usable_at({s}).error().code == errc::certificate_revoked);
    }
    CHECK(made->covers({1'577'836'800}));
}

TEST_CASE("a certificate made again from its own values is the same") {
    auto f = full_certificate();
    f.kms_domains = two_domains;
    for (auto const& start : {f, good_certificate()}) {
        auto const made = certificate::from(start);
        CHECK(made.has_value());
        if (made) {
            mcx::test::certificate_text const text{*made};
            CHECK(*certificate::from(text.fields()) == *made);
        }
    }
    CHECK(*certificate::from(f) != *certificate::from(good_certificate()));
}

TEST_CASE("extensions are kept as they are, up to a bound") {
    auto f = good_certificate();
    CHECK(certificate::from(f)->extensions().empty());
    f.extensions = "<x xmlns=\"urn:x\"> </x>";
    CHECK(certificate::from(f)->extensions().view() == "<x xmlns=\"urn:x\"> </x>");
    CHECK(*certificate::from(f) != *certificate::from(good_certificate()));
    std::string const most(2048, 'x');
    f.extensions = most;
    CHECK(certificate::from(f));
    std::string const more(2049, 'x');
    f.extensions = more;
    CHECK(certificate::from(f).error() ==
          error{errc::field_value, static_cast<std::uint16_t>(element::extensions)});
    f.extensions = "\xFF";
    CHECK(certificate::from(f).error().code == errc::field_value);
}
