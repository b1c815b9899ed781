// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: Verifies<(mcx::sodium, mcx::ed448|B, A)>
#include <mcx/backend/sodium.hpp>

// A primitive that a backend lacks is a fact of the compilation: the message names the concept that
// says so.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::ed448;
#else
using algorithm = mcx::eddsa;
#endif
mcx::verdict verdict_of(algorithm::public_key const& numbers, algorithm::signature const& s) {
    auto const key = mcx::verifying_key<algorithm, mcx::sodium>::from(numbers);
    return key ? key->verify({}, s) : mcx::verdict::unavailable;
}
