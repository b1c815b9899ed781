// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/role/partner_idms.hpp>

#include "../support/mock.hpp"

#include <utility>

// A server borrows the primaries that it trusts.
using B = mcx::test::credulous;
mcx::role::partner_idms<B> server(mcx::idm::domain const& self, mcx::idm::primaries<B>& primaries) {
#ifdef MUST_NOT_COMPILE
    return {self, std::move(primaries)};
#else
    return {self, primaries};
#endif
}
