// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/certificate_fields.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::kms::certificate_element;
using mcx::kms::certificate_issuer;
using mcx::kms::name_of;

TEST_CASE("the elements of a certificate are numbered in the order of their table") {
    constexpr std::string_view names[]{
        "CertUri",    "KmsUri",       "Issuer",        "ValidFrom",     "ValidTo",
        "Revoked",    "UserIdFormat", "UserKeyPeriod", "UserKeyOffset", "PubEncKey",
        "PubAuthKey", "ParameterSet", "KmsDomainList", "Role",          "IsSecurityGateway",
        "*"};
    std::uint16_t number = 0;
    for (std::string_view const name : names) {
        CHECK(name_of(static_cast<certificate_element>(++number)) == name);
    }
    CHECK_BOTH(static_cast<int>(certificate_element::kms_domain_list) == 13);
    CHECK_BOTH(name_of(certificate_element{0}).empty());
    CHECK_BOTH(name_of(certificate_element{17}).empty());
}

TEST_CASE("an issuer is a line of UTF-8 of at most 255 octets") {
    CHECK_BOTH(certificate_issuer::check("www.example.org") == errc::none);
    CHECK_BOTH(certificate_issuer::check("") == errc::none);
    CHECK_BOTH(certificate_issuer::check("caf\xC3\xA9 KMS") == errc::none);
    CHECK_BOTH(certificate_issuer::check("caf\xE9") == errc::value_character);
    CHECK_BOTH(certificate_issuer::check("a\nb") == errc::value_character);
    CHECK_BOTH(certificate_issuer::check("a\x7F") == errc::value_character);
    CHECK(certificate_issuer::check(std::string(255, 'i')) == errc::none);
    CHECK(certificate_issuer::check(std::string(256, 'i')) == errc::value_too_long);
}
