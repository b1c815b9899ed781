// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/verify.hpp>

#include "../support/mock.hpp"

// A verified JWS becomes a verified token of an issuer only with that issuer's keys.
using profile = mcx::idm::id_token_profile;
using backend = mcx::test::credulous;

mcx::result<mcx::jwt::verified<profile>> make(mcx::jwt::unverified<profile> const& token,
                                              [[maybe_unused]] mcx::jws::verified const& jws,
                                              [[maybe_unused]] mcx::trust<backend> const& issuers,
                                              [[maybe_unused]] mcx::workspace<backend>& work) {
#ifdef MUST_NOT_COMPILE
    (void)token;
    return mcx::jwt::verified<profile>{jws, mcx::issuer{}, {}};
#else
    return mcx::jwt::verify(token, issuers, work);
#endif
}
