// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: Signs<(mcx::sodium, mcx::es256|B, A)>
#include <mcx/backend/sodium.hpp>

#ifdef MUST_NOT_COMPILE
using algorithm = mcx::es256;
#else
using algorithm = mcx::eddsa;
#endif
bool makes_a_key(mcx::sodium::random& random) {
    return mcx::signing_key<algorithm, mcx::sodium>::generate(random, "k").has_value();
}
