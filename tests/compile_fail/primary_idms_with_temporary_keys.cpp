// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/role/primary_idms.hpp>

#include "../support/mock.hpp"

// A server borrows its keys.
using keys = mcx::trust<mcx::test::credulous>;
keys make_keys();

#ifdef MUST_NOT_COMPILE
mcx::role::primary_idms<mcx::test::credulous> idms{mcx::idm::domain{}, make_keys()};
#else
keys const kept = make_keys();
mcx::role::primary_idms<mcx::test::credulous> idms{mcx::idm::domain{}, kept};
#endif
