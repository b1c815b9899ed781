// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_MC_USER_PROFILE_HPP
#define MCX_MC_USER_PROFILE_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/kms/uri.hpp>

#include <optional>
#include <vector>

// What an MC user profile says of other domains: where the groups of a partner are managed, which
// IdMS lets the user in there, and which KMS keeps its keys. [TS 24.484 8.3; TS 33.180 C.2, 5.2.7]
// This is the one place where a domain of identity management and a security domain are named side
// by side; neither follows from the other. The profile's XML is read in xml/user_profile.hpp.

namespace mcx::mc {

/// The servers of groups of one domain. [TS 24.484 GroupServerInfo]
struct group_server {
    std::optional<uri> management_server;     ///< GMS-Serv-Id
    std::optional<https_uri> token_endpoint;  ///< IDMS-token-endpoint
    std::optional<kms::kms_uri> kms;          ///< KMS-URI

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
