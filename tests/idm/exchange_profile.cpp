// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/exchange_profile.hpp>

#include "support/check.hpp"

#include <concepts>

namespace grant = mcx::grant;
using mcx::idm::mc_exchange;

TEST_CASE("MC services exchange a JWT for a JWT, for a partner that is named by its address") {
    constexpr auto terms = mc_exchange::terms;
    CHECK_BOTH(terms.exchanges(mcx::oauth::token_types::jwt));
    CHECK_BOTH(!terms.exchanges(mcx::oauth::token_types::access_token));
    CHECK_BOTH(!terms.exchanges(mcx::oauth::token_types::id_token));
    CHECK_BOTH(terms.issued_token_type == mcx::oauth::token_types::jwt);
    CHECK_BOTH(terms.partner == grant::partner_name::address);
    CHECK_BOTH(!terms.has_to_be_requested);
    CHECK_BOTH(terms.may_be_called_bearer);
}

TEST_CASE("a security token is for partner and client, and is spent with a scope [B.7.4, B.8]") {
    CHECK_BOTH(mc_exchange::terms.audience_names_client);
    CHECK_BOTH(mc_exchange::terms.is_spent_with_a_scope);
    CHECK_BOTH(std::same_as<mc_exchange::token, mcx::idm::security_token_profile>);
}
