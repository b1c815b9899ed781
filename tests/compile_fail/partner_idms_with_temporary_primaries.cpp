// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/role/partner_idms.hpp>

#include "../support/mock.hpp"

// A server borrows the primaries that it trusts.
using primaries = mcx::trust<mcx::test::credulous>;
primaries make_primaries();

#ifdef MUST_NOT_COMPILE
mcx::role::partner_idms<mcx::test::credulous> idms{mcx::idm::domain{}, make_primaries()};
#else
primaries const kept = make_primaries();
mcx::role::partner_idms<mcx::test::credulous> idms{mcx::idm::domain{}, kept};
#endif
