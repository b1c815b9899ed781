// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_MC_USER_PROFILE_HPP
#define MCX_MC_USER_PROFILE_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/kms/uri.hpp>

#include <optional>
#include <string_view>
#include <vector>

// What a user profile says of other domains: where the groups of a partner are managed, where its
// IdMS takes tokens, and which KMS its security domain has. The one place where the two partitions
// meet: an Identity Management Domain and a security domain are told in one element, and nothing
// else ties them. The profile's XML is read in xml/user_profile.hpp. [TS 24.484 8.3, TS 33.180
// 5.1.4.2, 5.2.7, C.2 step 5]

namespace mcx::mc {

namespace detail {

struct gms_id_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};

}  // namespace detail

/// The identity of a group management server: a public service identity or a host name, of which
/// the octets count. [TS 24.484 GMS-Serv-Id]
using gms_id = text<detail::gms_id_tag, 255>;

/// `GroupServerInfo` of a user profile, its elements in order. [TS 24.484]
struct group_server_info {
    gms_id gms;
    https_uri idms_token_endpoint;
    kms::kms_uri kms;

    /// Takes the three elements as the profile has them. Fails: value_empty, value_too_long,
    /// value_character, uri_*; `where` is the number of the element.
    [[nodiscard]] static constexpr result<group_server_info> from(
        std::string_view gms_serv_id, std::string_view idms_token_endpoint,
        std::string_view kms_uri) noexcept {
        auto const gms = gms_id::from(gms_serv_id);
        if (!gms) {
            return error{gms.error().code, 1};
        }
        auto const endpoint = https_uri::from(idms_token_endpoint);
        if (!endpoint) {
            return error{endpoint.error().code, 2};
        }
        auto const kms = kms::kms_uri::from(kms_uri);
        if (!kms) {
            return error{kms.error().code, 3};
        }
        return group_server_info{*gms, *endpoint, *kms};
    }

    /// The address that stands for the IdMS in an exchange, where the operator has told no other:
    /// that of the token endpoint.
    [[nodiscard]] constexpr result<idm::idms_address> address() const noexcept {
        return idm::idms_address::from(idms_token_endpoint.view());
    }

    friend constexpr bool operator==(group_server_info const&, group_server_info const&) = default;
};

/// `GroupServerInfo` as a profile has it: each element may be missing.
struct group_server {
    std::optional<gms_id> management_server;  ///< GMS-Serv-Id
    std::optional<https_uri> token_endpoint;  ///< IDMS-token-endpoint
    std::optional<kms::kms_uri> kms;          ///< KMS-URI

    /// The same where it is whole. Fails: field_missing, and as `group_server_info::from`; `where`
    /// is the number of the element.
    [[nodiscard]] constexpr result<group_server_info> whole() const noexcept {
        if (!management_server) {
            return error{errc::field_missing, 1};
        }
        if (!token_endpoint) {
            return error{errc::field_missing, 2};
        }
        if (!kms) {
            return error{errc::field_missing, 3};
        }
        return group_server_info::from(management_server->view(), token_endpoint->view(),
                                       kms->view());
    }

    friend bool operator==(group_server const&, group_server const&) = default;
};

/// What is read of a user profile.
struct user_profile {
    std::vector<group_server> group_servers;
    std::vector<kms::kms_uri> private_call_kms;  ///< PrivateCallKMSURI, one a user to call

    friend bool operator==(user_profile const&, user_profile const&) = default;
};

}  // namespace mcx::mc

#endif
