// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/jwt/replay.hpp>

// Only a replay memory that has just remembered a token makes the proof of its first use.
mcx::result<mcx::jwt::spent> proof_of(mcx::jwt::first_use const& use) {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::spent{use, {}};
#else
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> memory{mcx::fixed_clock{}};
    return mcx::jwt::consume(memory, use);
#endif
}
