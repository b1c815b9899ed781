// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (could not convert|no viable conversion|invalid initialization|no known conversion)
#include <mcx/grant/identity_chaining.hpp>
#include <mcx/role/primary_idms.hpp>

#include "../support/mock.hpp"

// Who asked for an ID-JAG is not given a security token of MC services.
namespace role = mcx::role;
#ifdef MUST_NOT_COMPILE
using petition = role::exchange_petition_by<mcx::grant::id_jag>;
#else
using petition = role::exchange_petition_by<mcx::idm::mc_exchange>;
#endif
role::exchange_petition const& asked_for(petition const& asked) {
    return asked;
}
