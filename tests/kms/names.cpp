// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/names.hpp>

#include "support/check.hpp"

#include <type_traits>

using mcx::errc;
namespace kms = mcx::kms;

TEST_CASE("names of keys and URLs are visible characters") {
    CHECK_BOTH(kms::key_name::from("ink.12.user@example.org").has_value());
    CHECK_BOTH(kms::key_name::from("ink 12").error().code == errc::value_character);
    CHECK_BOTH(kms::key_name::from("").error().code == errc::value_empty);
    CHECK_BOTH(kms::request_url::from("https://a.example/\n").error().code ==
               errc::value_character);
    CHECK_BOTH(kms::server_url::from("").error().code == errc::value_empty);
    CHECK_BOTH(kms::server_url::from("https://kms.example.org:8443/mc").has_value());
    CHECK_BOTH(kms::server_url::from("http://kms.example.org").error().code == errc::uri_scheme);
    CHECK_BOTH(kms::server_url::from("kms.example.org").error().code == errc::uri_not_absolute);
    CHECK_BOTH(kms::server_url::from("https://kms.example.org/").error().code ==
               errc::value_character);
    CHECK_BOTH(kms::server_url::from("https://kms.example.org?a").error().code ==
               errc::value_character);
}

TEST_CASE("names for people are printable UTF-8") {
    CHECK_BOTH(kms::client_name::from("Funkger\xC3\xA4t 7").has_value());
    CHECK_BOTH(kms::device_name::from("\xC3").error().code == errc::value_character);
    CHECK_BOTH(kms::kms_name::from("a\nb").error().code == errc::value_character);
    CHECK_BOTH(kms::error_text::from("a\x7F").error().code == errc::value_character);
    CHECK_BOTH(kms::error_text::from("").has_value());
}

TEST_CASE("no name is taken for another") {
    CHECK_BOTH(!std::is_convertible_v<kms::client_name, kms::device_name>);
    CHECK_BOTH(!std::is_convertible_v<kms::key_name, kms::client_name>);
    CHECK_BOTH(!std::is_constructible_v<kms::kms_name, kms::device_name>);
}
