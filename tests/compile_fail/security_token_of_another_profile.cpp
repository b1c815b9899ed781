// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (could not convert|no viable conversion)
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/client.hpp>

// What a primary gave for an ID-JAG is not spent as a security token of MC services.
namespace client = mcx::role::client;
#ifdef MUST_NOT_COMPILE
using state = client::vouched_by<mcx::grant::id_jag>;
#else
using state = client::vouched_by<mcx::idm::mc_exchange>;
#endif
client::vouched held_as(state const& held) {
    return held;
}
