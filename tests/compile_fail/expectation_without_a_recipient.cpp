// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert .*expectation|no matching constructor
#include <mcx/jwt/validate.hpp>

// Who asks has to be said: it decides whether the token is meant for them.
mcx::jwt::expectation make() {
#ifdef MUST_NOT_COMPILE
    return {.skew = std::chrono::seconds{5}};
#else
    return {.to = "me", .skew = std::chrono::seconds{5}};
#endif
}
