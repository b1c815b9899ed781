// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: Verifies<(mcx::sodium, mcx::es256|B, A)>
#include <mcx/backend/sodium.hpp>

// libsodium has no P-256: the message names the concept that says so.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::es256;
#else
using algorithm = mcx::eddsa;
#endif
mcx::verdict verdict_of(algorithm::public_key const& numbers, algorithm::signature const& s) {
    auto const key = mcx::verifying_key<algorithm, mcx::sodium>::from(numbers);
    return key ? key->verify({}, s) : mcx::verdict::unavailable;
}
