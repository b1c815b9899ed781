// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: (Signs<(mcx::sodium, mcx::ed25519_by_either_name|B, A)>|HasOneName)
#include <mcx/backend/sodium.hpp>

// The relaxation is for verifiers: whoever signs decides on one name.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::ed25519_by_either_name;
#else
using algorithm = mcx::ed25519;
#endif
bool signs(algorithm::private_key const& numbers) {
    return mcx::signing_key<algorithm, mcx::sodium>::from(numbers, "k").has_value();
}
