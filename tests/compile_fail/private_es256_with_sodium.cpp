// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: Signs|ChecksPrivateKeys|no matching function
#include <mcx/backend/sodium.hpp>
#include <mcx/jose/pkcs8.hpp>

// Nobody checks the key, where the backend cannot sign with it.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::es256;
#else
using algorithm = mcx::eddsa;
#endif
bool reads(mcx::byte_view der) {
    return mcx::pkcs8::read<algorithm, mcx::sodium>(der).has_value();
}
