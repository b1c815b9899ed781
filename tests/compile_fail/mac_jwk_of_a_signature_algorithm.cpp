// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (MacAlgorithm|constraints not satisfied for class template .mac_jwk)
#include <mcx/jose/mac_jwk.hpp>

#include <string_view>

// No JWK gives a secret to an algorithm whose keys are public.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::es256;
#else
using algorithm = mcx::hs256;
#endif
bool read(std::string_view text) {
    return mcx::jwk::read_mac<algorithm>(text).has_value();
}
