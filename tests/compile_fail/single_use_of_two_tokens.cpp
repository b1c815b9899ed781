// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/replay.hpp>

#include "../support/mock.hpp"

// The claims of one token and the first use of another do not come together.
using profile = mcx::idm::id_token_profile;

mcx::result<mcx::jwt::single_use<profile>> make(
    [[maybe_unused]] mcx::jwt::verified<profile> const& token,
    [[maybe_unused]] mcx::jwt::validated<profile> const& claims,
    [[maybe_unused]] mcx::jwt::first_use const& of_another,
    [[maybe_unused]] mcx::jwt::expectation const& expected) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::single_use<profile>{claims, of_another, {}};
#else
    return mcx::jwt::validate_once<mcx::test::sha256>(token, expected, mcx::fixed_clock{});
#endif
}
