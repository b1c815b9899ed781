// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/uri.hpp>

#include "support/check.hpp"

#include <concepts>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::kms::cert_uri;
using mcx::kms::kms_uri;
using mcx::kms::user_uri;

TEST_CASE("a KMS URI keeps its octets as they are") {
    CHECK_BOTH(kms_uri{"kms.example.org"}.view() == "kms.example.org");
    CHECK_BOTH(kms_uri::from("KMS.Example.org")->view() == "KMS.Example.org");
    CHECK_BOTH(*kms_uri::from("kms.example.org") != *kms_uri::from("kms.example.org/"));
    CHECK_BOTH(*kms_uri::from("kms.example.org") != *kms_uri::from("KMS.example.org"));
    CHECK_BOTH(*user_uri::from("sip:a%2Fb@example.org") !=
               *user_uri::from("sip:a%2fb@example.org"));
}

TEST_CASE("a URI is not empty, and has visible ASCII characters only") {
    CHECK_BOTH(kms_uri::from("").error().code == errc::value_empty);
    CHECK_BOTH(cert_uri::from("").error().code == errc::value_empty);
    CHECK_BOTH(user_uri::from("").error().code == errc::value_empty);
    for (int octet = 0; octet < 256; ++octet) {
        CAPTURE(octet);
        std::string const text{'a', static_cast<char>(octet)};
        errc const due = octet > 0x20 && octet < 0x7F ? errc::none : errc::value_character;
        CHECK(kms_uri::check(text) == due);
        CHECK(cert_uri::check(text) == due);
        CHECK(user_uri::check(text) == due);
    }
}

TEST_CASE("a URI has at most 255 octets") {
    CHECK(kms_uri::from(std::string(255, 'k')).has_value());
    CHECK(kms_uri::from(std::string(256, 'k')).error().code == errc::value_too_long);
    CHECK(cert_uri::from(std::string(255, 'c')).has_value());
    CHECK(cert_uri::from(std::string(256, 'c')).error().code == errc::value_too_long);
    CHECK(user_uri::from(std::string(255, 'u')).has_value());
    CHECK(user_uri::from(std::string(256, 'u')).error().code == errc::value_too_long);
}

TEST_CASE("the three kinds of URI do not convert into one another") {
    CHECK_BOTH(!std::convertible_to<kms_uri, user_uri>);
    CHECK_BOTH(!std::convertible_to<user_uri, kms_uri>);
    CHECK_BOTH(!std::constructible_from<cert_uri, kms_uri>);
    CHECK_BOTH(!std::equality_comparable_with<kms_uri, cert_uri>);
}
