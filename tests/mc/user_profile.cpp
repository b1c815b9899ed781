// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mc/user_profile.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::mc::group_server_info;

namespace {

constexpr std::string_view gms = "gms.county-b.example";
constexpr std::string_view endpoint = "https://idms.county-b.example/token";
constexpr std::string_view kms = "kms.county-b.example";

}  // namespace

TEST_CASE("a profile names a group server, its IdMS and its KMS") {
    CHECK_BOTH(group_server_info::from(gms, endpoint, kms)->gms.view() == gms);
    CHECK_BOTH(group_server_info::from(gms, endpoint, kms)->idms_token_endpoint.view() == endpoint);
    CHECK_BOTH(group_server_info::from(gms, endpoint, kms)->kms.view() == kms);
    CHECK(group_server_info::from(gms, endpoint, kms).value() ==
          group_server_info::from(gms, endpoint, kms).value());
    CHECK_FALSE(group_server_info::from("sip:gms@b.example", endpoint, kms).value() ==
                group_server_info::from(gms, endpoint, kms).value());
}

TEST_CASE("what is refused is named by the number of its element") {
    CHECK_BOTH(group_server_info::from("", endpoint, kms).error() == error{errc::value_empty, 1});
    CHECK_BOTH(group_server_info::from("g s", endpoint, kms).error() ==
               error{errc::value_character, 1});
    CHECK_BOTH(group_server_info::from(gms, "idms.example", kms).error() ==
               error{errc::uri_not_absolute, 2});
    CHECK_BOTH(group_server_info::from(gms, "http://idms.example", kms).error() ==
               error{errc::uri_scheme, 2});
    CHECK_BOTH(group_server_info::from(gms, endpoint, "").error() == error{errc::value_empty, 3});
    CHECK(group_server_info::from(gms, endpoint, std::string(256, 'k')).error() ==
          error{errc::value_too_long, 3});
}

TEST_CASE("without another address that of the token endpoint stands for the IdMS") {
    CHECK_BOTH(group_server_info::from(gms, endpoint, kms)->address()->view() == endpoint);
}

TEST_CASE("an Identity Management Domain and a security domain are never taken for each other") {
    CHECK_BOTH(!std::is_convertible_v<mcx::kms::kms_uri, mcx::idm::idms_address>);
    CHECK_BOTH(!std::is_convertible_v<mcx::idm::idms_address, mcx::kms::kms_uri>);
    CHECK_BOTH(!std::is_convertible_v<mcx::kms::kms_uri, mcx::https_uri>);
    CHECK_BOTH(!std::is_convertible_v<mcx::mc::gms_id, mcx::kms::kms_uri>);
}
