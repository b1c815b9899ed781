// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: deleted
#include <mcx/role/client_check.hpp>

#include "../support/mock.hpp"

// The check borrows the keys of the clients.
using keys = mcx::trust<mcx::test::credulous>;

mcx::role::client_check<mcx::test::credulous> check_with(keys const& known) {
#ifdef MUST_NOT_COMPILE
    static_cast<void>(known);
    return {"https://a.example", {}, {}, keys{}};
#else
    return {"https://a.example", {}, {}, known};
#endif
}
