// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no member named .(request|'request)|has no member named .request
#include <mcx/role/client.hpp>

// A client that has not exchanged its access token has nothing to show to a partner.
#ifdef MUST_NOT_COMPILE
using state = mcx::role::client::exchanging;
#else
using state = mcx::role::client::vouched;
#endif
bool asks(state const& s) {
    return s.request("3gpp:mc:ptt_service", mcx::fixed_clock{}).has_value();
}
