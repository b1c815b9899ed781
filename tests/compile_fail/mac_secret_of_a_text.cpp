// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (cannot convert|could not convert|no viable conversion|no matching function)
#include <mcx/crypto/mac.hpp>

#include <string>

// The text of a key must never be taken for a MAC secret.
std::string pem();
bool makes_a_secret(mcx::byte_view octets) {
#ifdef MUST_NOT_COMPILE
    return mcx::mac_secret<mcx::hs256>::from(pem()).has_value() && octets.empty();
#else
    return mcx::mac_secret<mcx::hs256>::from(octets).has_value();
#endif
}
