// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/idm/authorised_identity.hpp>

#include <string_view>

// What is done to the target is one of the named actions of its service.
using id = mcx::idm::mcptt_id;
using signal = mcx::idm::privileged_signal<id>;
#ifdef MUST_NOT_COMPILE
using action = std::string_view;
#else
using action = mcx::idm::intrusive_action<id>;
#endif
mcx::result<signal> intrude(mcx::idm::authorised_identity<id> const& who, id const& target,
                            action const& what, mcx::fixed_clock clock) {
    return signal::to(who, target, what, clock);
}
