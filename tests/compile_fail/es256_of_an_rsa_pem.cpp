// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: RsaAlgorithm|no matching function
#include <mcx/jose/spki.hpp>

#include <string_view>

// RSA PUBLIC KEY is a label of RSA keys.
#ifdef MUST_NOT_COMPILE
using algorithm = mcx::es256;
#else
using algorithm = mcx::ps256;
#endif
bool reads(std::string_view text) {
    return mcx::pkcs1::read_pem<algorithm>(text).has_value();
}
