// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_EXCHANGE_PROFILE_HPP
#define MCX_IDM_EXCHANGE_PROFILE_HPP

#include <mcx/grant/cross_domain.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/oauth/token_type.hpp>

// Inter-domain authorization as MC services have it: a JWT access token is exchanged for a security
// token, which the partner takes from a client that says its name and the scope it wants.
// [TS 33.180 5.1.4.2, B.7]

namespace mcx::idm {

/// The way from domain to domain of MC services, which the roles take unless told otherwise.
/// [TS 33.180 B.7.2, B.7.3, B.7.4, B.8]
struct mc_exchange {
    using token = security_token_profile;
    static constexpr grant::exchange_terms terms{
        .subject_token_types = {oauth::token_types::jwt},
        .issued_token_type = oauth::token_types::jwt,
        .may_be_called_bearer = true,  // table B.7.3-1 leaves it open
        .audience_names_client = true,
        .is_spent_with_a_scope = true,
    };
};

static_assert(grant::CrossDomainProfile<mc_exchange>);

}  // namespace mcx::idm

#endif
