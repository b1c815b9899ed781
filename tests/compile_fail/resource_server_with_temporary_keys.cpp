// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/role/resource_server.hpp>

#include "../support/mock.hpp"

// A server borrows its keys.
using keys = mcx::trust<mcx::test::credulous>;
keys make_keys();

#ifdef MUST_NOT_COMPILE
mcx::role::resource_server<mcx::test::credulous> server{"https://gms.a.example", make_keys()};
#else
keys const kept = make_keys();
mcx::role::resource_server<mcx::test::credulous> server{"https://gms.a.example", kept};
#endif
