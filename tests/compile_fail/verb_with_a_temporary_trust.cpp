// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/verify.hpp>

#include "../support/mock.hpp"

// The verb for chains borrows whom to trust.
using trust = mcx::trust<mcx::test::credulous>;
trust make_trust();

bool verifies(mcx::jwt::unverified<mcx::idm::id_token_profile> const& token,
              mcx::workspace<mcx::test::credulous>& work) {
#ifdef MUST_NOT_COMPILE
    auto const verb = mcx::jwt::verify(make_trust(), work);
#else
    trust const issuers = make_trust();
    auto const verb = mcx::jwt::verify(issuers, work);
#endif
    return verb(token).has_value();
}
