// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no member named .(bearer|'bearer)|has no member named .bearer
#include <mcx/role/client.hpp>

// The security token is good for the partner IdMS and for nothing else. [TS 33.180 B.8]
#ifdef MUST_NOT_COMPILE
using state = mcx::role::client::vouched;
#else
using state = mcx::role::client::admitted;
#endif
bool sends(state const& s) {
    return s.bearer(mcx::fixed_clock{}).has_value();
}
