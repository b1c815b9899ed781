// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include "../support/mock.hpp"

#ifdef MUST_NOT_COMPILE
using work = mcx::workspace<mcx::test::credulous, mcx::algorithm_set<mcx::es256>>;
#else
using work = mcx::workspace<mcx::test::credulous>;
#endif
using key = mcx::verifying_key<mcx::eddsa, mcx::test::credulous>;
mcx::verdict verdict_of(key const& k, mcx::eddsa::signature const& s, work& w) {
    return k.verify({}, s, w);
}
