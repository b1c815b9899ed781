// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include "../support/mock.hpp"

// A signature has the length of its algorithm before it is one.
#ifdef MUST_NOT_COMPILE
using signature = mcx::fixed_bytes<65>;
#else
using signature = mcx::fixed_bytes<64>;
#endif
using key = mcx::verifying_key<mcx::eddsa, mcx::test::credulous>;
mcx::verdict verdict_of(key const& k, signature const& s) {
    return k.verify({}, s);
}
