// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include "../support/mock.hpp"

// Scratch of one backend is no use to another.
using key = mcx::verifying_key<mcx::eddsa, mcx::test::credulous>;

#ifdef MUST_NOT_COMPILE
using work = mcx::workspace<mcx::test::incredulous>;
#else
using work = mcx::workspace<mcx::test::credulous>;
#endif
mcx::verdict verdict_of(key const& k, mcx::eddsa::signature const& s, work& w) {
    return k.verify({}, s, w);
}
