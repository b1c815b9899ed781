// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: deleted (function|copy constructor)
#include <mcx/crypto/private_key.hpp>

#include <utility>

mcx::p256_private_key passed_on(mcx::p256_private_key& key) {
#ifdef MUST_NOT_COMPILE
    return key;
#else
    return std::move(key);
#endif
}
