// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/verify.hpp>

#include "../support/mock.hpp"

// Whom to trust is decided once, not for every token.
using trust = mcx::trust<mcx::test::credulous>;
trust make_trust();

bool verifies(mcx::jwt::unverified<mcx::idm::id_token_profile> const& token,
              mcx::workspace<mcx::test::credulous>& work) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::verify(token, make_trust(), work).has_value();
#else
    trust const issuers = make_trust();
    return mcx::jwt::verify(token, issuers, work).has_value();
#endif
}
