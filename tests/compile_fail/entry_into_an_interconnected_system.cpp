// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: enter_by_interconnection
#include <mcx/role/client.hpp>

// Across interconnected systems the client stays on its own servers: there is no entry. [TS 33.180
// 5.1.4.1]
auto heads_for(mcx::role::client::home const& home, mcx::role::client::partner const& to,
               mcx::fixed_clock clock) {
#ifdef MUST_NOT_COMPILE
    return home.enter_by_interconnection(to, clock);
#else
    return home.enter_by_migration(to, clock);
#endif
}
