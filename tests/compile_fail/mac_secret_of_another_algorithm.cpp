// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: cannot convert|no (viable|known) conversion|no matching function|invalid initialization
#include "../support/toy_mac.hpp"

// A secret serves one algorithm.
#ifdef MUST_NOT_COMPILE
using secret = mcx::mac_secret<mcx::hs512>;
#else
using secret = mcx::mac_secret<mcx::hs256>;
#endif
bool makes_a_key(secret const& s) {
    return mcx::mac_key<mcx::hs256, mcx::test::toy>::from(s).has_value();
}
