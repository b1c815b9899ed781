// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_IDENTITY_HPP
#define MCX_IDM_IDENTITY_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/text.hpp>
#include <mcx/jwt/claims.hpp>

#include <concepts>
#include <optional>

// Who an MC user is to each service, and where an identity management server is. The identities of
// different services are different types: one is never taken for another. [TS 33.180 B.2.1.3,
// B.2.2.3]

namespace mcx::idm {

namespace detail {

struct mcptt_id_tag : mcx::detail::non_empty_tag {};
struct mcvideo_id_tag : mcx::detail::non_empty_tag {};
struct mcdata_id_tag : mcx::detail::non_empty_tag {};
struct mcrec_id_tag : mcx::detail::non_empty_tag {};

}  // namespace detail

/// MC service ID of a user of MCPTT. [TS 33.180 table B.2.1.3-1]
using mcptt_id = text<detail::mcptt_id_tag, 255>;
/// MC service ID of a user of MCVideo. [TS 33.180 table B.2.1.3-1]
using mcvideo_id = text<detail::mcvideo_id_tag, 255>;
/// MC service ID of a user of MCData. [TS 33.180 table B.2.1.3-1]
using mcdata_id = text<detail::mcdata_id_tag, 255>;
/// Identity of a user towards recording servers, which later releases add. [TS 33.180 B.2.1.3]
using mcrec_id = text<detail::mcrec_id_tag, 255>;

/// The MC service IDs of one user, one a service that the user has.
struct identities {
    std::optional<mcptt_id> mcptt;
    std::optional<mcvideo_id> mcvideo;
    std::optional<mcdata_id> mcdata;
    std::optional<mcrec_id> mcrec{};

    friend constexpr bool operator==(identities const&, identities const&) = default;
};

/// An MC service ID of one of the services.
template <class Id>
concept ServiceId = std::same_as<Id, mcptt_id> || std::same_as<Id, mcvideo_id> ||
                    std::same_as<Id, mcdata_id> || std::same_as<Id, mcrec_id>;

/// The MC service ID of one kind.
template <ServiceId Id>
[[nodiscard]] constexpr std::optional<Id> const& id_of(identities const& ids) noexcept {
    if constexpr (std::same_as<Id, mcptt_id>) {
        return ids.mcptt;
    } else if constexpr (std::same_as<Id, mcvideo_id>) {
        return ids.mcvideo;
    } else if constexpr (std::same_as<Id, mcdata_id>) {
        return ids.mcdata;
    } else {
        return ids.mcrec;
    }
}
template <ServiceId Id>
std::optional<Id> const& id_of(identities&&) = delete;

/// The address of an identity management server: the `resource` of a token exchange and the
/// audience of the security token it yields. An absolute URI, compared octet for octet. [TS 33.180
/// B.7.2, B.8]
using idms_address = text<mcx::detail::uri_tag, 255>;

}  // namespace mcx::idm

#endif
