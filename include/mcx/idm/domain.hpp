// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_DOMAIN_HPP
#define MCX_IDM_DOMAIN_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/audience.hpp>

#include <cstdint>

// Identity Management Domains: everything that shares one identity management server. They have
// nothing to do with security domains, which share a KMS: those are in kms/, and neither type
// converts into the other. [TS 33.180 clauses 3.1, 5.1.4]

namespace mcx::idm {

/// An Identity Management Domain as its server is known to others.
struct domain {
    issuer iss;                ///< the `iss` of its tokens
    idms_address address;      ///< how a token exchange names it
    https_uri token_endpoint;  ///< where it takes token requests [TS 33.180 B.7.2, CSC-1]

    friend constexpr bool operator==(domain const&, domain const&) = default;
};

/// Why a user needs a service of another domain. On the wire both look alike; a server that cannot
/// tell says `unstated`. Interconnected systems are not among them: their servers talk to each
/// other, and inter-domain authorization is not used. [TS 33.180 5.1.4.1]
enum class relation : std::uint8_t { unstated, group, migration };

/// An address as the party that a token is meant for; none where there is no address.
[[nodiscard]] constexpr recipient recipient_of(idms_address const& address) noexcept {
    static_assert(idms_address::max_size <= recipient::max_size);
    return recipient::from(address.view()).value_or(recipient{});
}

}  // namespace mcx::idm

#endif
