// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: deleted|call to implicitly-deleted copy constructor
#include <mcx/jose/private_jwk.hpp>

#include <utility>

// A private key is moved, never copied by accident.
using key = mcx::jwk::private_jwk<mcx::es256>;

key take(key& from) {
#ifdef MUST_NOT_COMPILE
    return from;
#else
    return std::move(from);
#endif
}
