// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (CarriesScope|constraints not satisfied|no matching (member )?function)
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/client.hpp>

// A security token of MC services has no scope, so that none is asked for. [TS 33.180 B.7.2, B.8]
#ifdef MUST_NOT_COMPILE
using profile = mcx::idm::mc_exchange;
#else
using profile = mcx::grant::id_jag;
#endif
auto asks(mcx::role::client::exchanging_by<profile> const& state) {
    return state.with_scope("3gpp:mc:ptt_service");
}
