// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mc/user_profile.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::error;
using mcx::mc::group_server;
using mcx::mc::group_server_info;
using mcx::mc::user_profile;

namespace {

constexpr std::string_view gms = "gms.county-b.example";
constexpr char endpoint[] = "https://idms.county-b.example/token";
constexpr char kms[] = "kms.county-b.example";

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

TEST_CASE("what a profile leaves out of a group server keeps it from being whole") {
    group_server read;
    CHECK(read.whole().error() == error{errc::field_missing, 1});
    read.management_server = mcx::mc::gms_id("sip:gms@b.example");
    CHECK(read.whole().error() == error{errc::field_missing, 2});
    read.token_endpoint = mcx::https_uri(endpoint);
    CHECK(read.whole().error() == error{errc::field_missing, 3});
    read.kms = mcx::kms::kms_uri(kms);
    CHECK(read.whole().value() ==
          group_server_info::from("sip:gms@b.example", endpoint, kms).value());
    read.management_server = mcx::mc::gms_id::from(gms).value();
    CHECK(read.whole().value() == group_server_info::from(gms, endpoint, kms).value());
}

TEST_CASE("user profiles are equal where all that is read of them is") {
    user_profile one;
    user_profile other;
    CHECK(one == other);
    one.group_servers.emplace_back();
    CHECK(!(one == other));
    other.group_servers.emplace_back().kms = mcx::kms::kms_uri(kms);
    CHECK(!(one == other));
    one.group_servers[0].kms = mcx::kms::kms_uri(kms);
    CHECK(one == other);
    one.private_call_kms.push_back(*one.group_servers[0].kms);
    CHECK(!(one == other));
}
