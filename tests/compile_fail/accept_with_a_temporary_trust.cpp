// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/accept.hpp>

#include "../support/mock.hpp"

// Whom to trust is decided once, not for every token.
using trust = mcx::trust<mcx::test::credulous>;
trust make_trust();

bool accepts(std::string_view text, mcx::workspace<mcx::test::credulous>& work,
             mcx::jwt::expectation const& expected) {
    using profile = mcx::idm::id_token_profile;
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::accept<profile>(text, make_trust(), work, expected, mcx::fixed_clock{})
        .has_value();
#else
    trust const issuers = make_trust();
    return mcx::jwt::accept<profile>(text, issuers, work, expected, mcx::fixed_clock{}).has_value();
#endif
}
