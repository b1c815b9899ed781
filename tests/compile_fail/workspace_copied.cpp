// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include "../support/mock.hpp"

// A workspace belongs to one thread.
mcx::workspace<mcx::test::credulous> mine;
#ifdef MUST_NOT_COMPILE
auto yours = mine;
#else
auto& still_mine = mine;
#endif
