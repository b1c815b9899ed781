// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_IDENTITY_HPP
#define MCX_IDM_IDENTITY_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/text.hpp>
#include <mcx/jwt/claims.hpp>

#include <optional>

// Who an MC user is to each service, and where an identity management server is. The identities of
// different services are different types: one is never taken for another. [TS 33.180 B.2.1.3,
// B.2.2.3]

namespace mcx::idm {

namespace detail {

struct mcptt_id_tag : mcx::detail::non_empty_tag {};
struct mcvideo_id_tag : mcx::detail::non_empty_tag {};
struct mcdata_id_tag : mcx::detail::non_empty_tag {};

}  // namespace detail

/// MC service ID of a user of MCPTT. [TS 33.180 table B.2.1.3-1]
using mcptt_id = text<detail::mcptt_id_tag, 255>;
/// MC service ID of a user of MCVideo. [TS 33.180 table B.2.1.3-1]
using mcvideo_id = text<detail::mcvideo_id_tag, 255>;
/// MC service ID of a user of MCData. [TS 33.180 table B.2.1.3-1]
using mcdata_id = text<detail::mcdata_id_tag, 255>;

/// The MC service IDs of one user, one a service that the user has.
struct identities {
    std::optional<mcptt_id> mcptt;
    std::optional<mcvideo_id> mcvideo;
    std::optional<mcdata_id> mcdata;

    friend constexpr bool operator==(identities const&, identities const&) = default;
};

/// The address of an identity management server: the `resource` of a token exchange and the
/// audience of the security token it yields. An absolute URI, compared octet for octet. [TS 33.180
/// B.7.2, B.8]
using idms_address = text<mcx::detail::uri_tag, 255>;

}  // namespace mcx::idm

#endif
