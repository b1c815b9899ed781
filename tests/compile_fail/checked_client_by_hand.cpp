// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|could not convert|cannot convert|no matching|no viable
#include <mcx/role/client_check.hpp>

#include "../support/mock.hpp"

#include <span>

// Only the check makes the proof that a client is who it says.
using check = mcx::role::client_check<mcx::test::credulous>;

mcx::result<mcx::role::checked_client> believe(
    check const& senders, std::string_view body, mcx::issuer const& server,
    std::span<mcx::role::registered_client const> known) {
#ifdef MUST_NOT_COMPILE
    static_cast<void>(senders);
    static_cast<void>(body);
    return mcx::role::checked_client{server, known, "radio", {}};
#else
    static_cast<void>(known);
    static_cast<void>(server);
    mcx::workspace<mcx::test::credulous> work;
    mcx::jwt::bounded_memory<1, mcx::fixed_clock> used{mcx::fixed_clock{}};
    return senders.of({}, body, work, used, mcx::fixed_clock{});
#endif
}
