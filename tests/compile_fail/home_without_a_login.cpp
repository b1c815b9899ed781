// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/role/client.hpp>

// The flow begins with the answer to a login, not with a token from anywhere.
using mcx::role::client::dated_token;
using mcx::role::client::home;

#ifdef MUST_NOT_COMPILE
mcx::result<home> start(mcx::https_uri const& primary, dated_token const& token) {
    return home{primary, token};
}
#else
mcx::result<home> start(mcx::https_uri const& primary, mcx::oauth::token_response const& login) {
    return home::from(primary, login, mcx::fixed_clock{});
}
#endif
