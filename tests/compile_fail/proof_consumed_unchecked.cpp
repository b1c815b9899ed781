// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no member named .(replay|'replay)|has no member named .replay
#include <mcx/grant/dpop.hpp>

// What a proof claims is not worth remembering before it has been checked.
#ifdef MUST_NOT_COMPILE
using proof = mcx::grant::dpop_claims;
#else
using proof = mcx::grant::checked_proof;
#endif
bool is_new(proof const& shown) {
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> memory{mcx::fixed_clock{}};
    return mcx::jwt::consume(memory, shown.replay()).has_value();
}
