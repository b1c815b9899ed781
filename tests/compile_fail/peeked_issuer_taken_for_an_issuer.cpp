// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert|no viable conversion|conversion from
#include <mcx/jwt/peek.hpp>

// What a token says of itself before anybody has verified it chooses where to look, nothing more.
mcx::issuer name_of(mcx::jwt::peeked const& seen) {
#ifdef MUST_NOT_COMPILE
    return *seen.issuer();
#else
    return seen.issuer()->for_lookup();
#endif
}
