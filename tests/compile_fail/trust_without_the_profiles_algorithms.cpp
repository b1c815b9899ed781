// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (ShareAnAlgorithm|constraints not satisfied|no matching function)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/accept.hpp>

#include "../support/mock.hpp"

// A profile that accepts none of the algorithms of the trusted keys is refused when compiled.
struct narrow_profile : mcx::idm::id_token_profile {
    using algorithms = mcx::algorithm_set<mcx::es256>;
};

#ifdef MUST_NOT_COMPILE
using trusted = mcx::algorithm_set<mcx::eddsa>;
#else
using trusted = mcx::algorithm_set<mcx::eddsa, mcx::es256>;
#endif
bool accepts(std::string_view text, mcx::trust<mcx::test::credulous, trusted> const& issuers,
             mcx::workspace<mcx::test::credulous>& work, mcx::jwt::expectation const& expected) {
    return mcx::jwt::accept<narrow_profile>(text, issuers, work, expected, mcx::fixed_clock{})
        .has_value();
}
