// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of deleted function|call to implicitly-deleted copy constructor)
#include <mcx/jose/mac_jwk.hpp>

#include <utility>

// A MAC secret moves, and is never copied by accident.
mcx::jwk::mac_jwk<mcx::hs256> taken(mcx::jwk::mac_jwk<mcx::hs256>& key) {
#ifdef MUST_NOT_COMPILE
    return key;
#else
    return std::move(key);
#endif
}
