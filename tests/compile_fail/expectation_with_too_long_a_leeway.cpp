// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: leeway_must_not_exceed_30_seconds
#include <mcx/jwt/validate.hpp>

// Clocks may be 30 seconds apart and no more. [TS 33.180 B.2.1.2, B.8]
#ifdef MUST_NOT_COMPILE
constexpr int seconds = 31;
#else
constexpr int seconds = 30;
#endif
mcx::jwt::expectation make() {
    return {.to = "me", .skew = std::chrono::seconds{seconds}};
}
