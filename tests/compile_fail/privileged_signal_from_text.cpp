// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/idm/authorised_identity.hpp>

// A name is no authorised identity: it signals nothing that is intrusive. [TS 33.180 3.1]
using id = mcx::idm::mcptt_id;
using signal = mcx::idm::privileged_signal<id>;
#ifdef MUST_NOT_COMPILE
using source = id;
#else
using source = mcx::idm::authorised_identity<id>;
#endif
mcx::result<signal> listen(source const& who, id const& target, mcx::fixed_clock clock) {
    return signal::to(who, target, mcx::idm::actions::ambient_listening, clock);
}
