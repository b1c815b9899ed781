// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert|no viable conversion
#include <mcx/jwt/verify.hpp>

// What a token says before its signature is checked can be looked up and nothing more.
mcx::issuer name_of(mcx::jwt::untrusted<mcx::issuer> const& claimed) {
#ifdef MUST_NOT_COMPILE
    return claimed;
#else
    return claimed.for_lookup();
#endif
}
