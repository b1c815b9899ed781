// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (CrossDomainProfile|constraints not satisfied|no matching (member )?function)
#include <mcx/role/client.hpp>

#include <mcx/idm/access_token.hpp>

// A token that need not say for whom it is does not lead from domain to domain.
struct careless {
#ifdef MUST_NOT_COMPILE
    using token = mcx::idm::access_token_profile;
#else
    using token = mcx::idm::security_token_profile;
#endif
    static constexpr mcx::grant::exchange_terms terms = mcx::idm::mc_exchange::terms;
};
auto leaves(mcx::role::client::home const& home, mcx::role::client::partner const& to) {
    return home.enter_for_group<careless>(to, mcx::fixed_clock{});
}
