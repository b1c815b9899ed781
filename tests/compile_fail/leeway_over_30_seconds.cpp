// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: leeway_must_not_exceed_30_seconds
#include <mcx/core/time.hpp>

// A leeway is capped at 30 seconds. [TS 33.180 B.2.1.2]
constexpr mcx::leeway most{std::chrono::seconds{30}};

#ifdef MUST_NOT_COMPILE
constexpr mcx::leeway more{std::chrono::seconds{31}};
#endif
