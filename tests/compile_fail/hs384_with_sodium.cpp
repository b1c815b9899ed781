// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: Authenticates<(mcx::sodium, mcx::hs384|B, A)>
#include <mcx/backend/sodium.hpp>

// libsodium has no SHA-384.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::hs384;
#else
using algorithm = mcx::hs256;
#endif
bool makes_a_key(mcx::mac_secret<algorithm> const& secret) {
    return mcx::mac_key<algorithm, mcx::sodium>::from(secret).has_value();
}
