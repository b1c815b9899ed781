// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: SignatureAlgorithm|no matching function
#include <mcx/crypto/mac.hpp>
#include <mcx/jose/spki.hpp>

// No MAC secret comes out of a public key's DER.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::hs256;
#else
using algorithm = mcx::rs256;
#endif
bool reads(mcx::byte_view der) {
    return mcx::spki::read<algorithm>(der).has_value();
}
