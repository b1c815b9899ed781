// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no match for .operator==|invalid operands
#include <mcx/jwt/peek.hpp>

// An audience that nobody has vouched for is no ground for a decision.
bool is_for(mcx::jwt::peeked const& seen, mcx::audience const& self) {
#ifdef MUST_NOT_COMPILE
    return *seen.audience() == self;
#else
    return seen.audience()->for_lookup() == self;
#endif
}
