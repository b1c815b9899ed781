// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|constructor)
#include <mcx/role/resource_server.hpp>

// Nobody is admitted by claims that have been decoded and not validated.
#ifdef MUST_NOT_COMPILE
using token = mcx::jwt::decoded<mcx::idm::access_token_profile>;
#else
using token = mcx::jwt::validated<mcx::idm::access_token_profile>;
#endif
mcx::role::admission admitted_by(token const& t) {
    return mcx::role::admission{t};
}
