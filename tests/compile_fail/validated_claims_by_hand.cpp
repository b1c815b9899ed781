// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/validate.hpp>

// Only `validate` says that claims hold.
using profile = mcx::idm::id_token_profile;

mcx::result<mcx::jwt::validated<profile>> make(
    mcx::jwt::decoded<profile> const& token,
    [[maybe_unused]] mcx::jwt::expectation const& expected) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::validated<profile>{token, {}};
#else
    return mcx::jwt::validate(token, expected, mcx::fixed_clock{});
#endif
}
