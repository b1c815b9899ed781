// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert|no viable conversion|conversion from|cannot convert
#include <mcx/grant/client_assertion.hpp>
#include <mcx/grant/dpop.hpp>

// Whoever holds a key is not for that reason anybody in particular.
#ifdef MUST_NOT_COMPILE
using shown = mcx::grant::checked_token_proof;
#else
using shown = mcx::grant::authenticated_client;
#endif
mcx::grant::authenticated_client who(shown const& made) {
    return made;
}
