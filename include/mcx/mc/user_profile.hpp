// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_MC_USER_PROFILE_HPP
#define MCX_MC_USER_PROFILE_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/kms/uri.hpp>

#include <string_view>

// What a user profile says of a group server in a partner domain: where its IdMS takes tokens, and
// which KMS its security domain has. The one place where the two partitions meet: an Identity
// Management Domain and a security domain are told in one element, and nothing else ties them. The
// XML is not read here. [TS 24.484 GroupServerInfo, TS 33.180 5.1.4.2, C.2 step 5]

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

}  // namespace mcx::mc

#endif
