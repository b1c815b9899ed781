// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)|too few arguments
#include <mcx/role/primary_token.hpp>

#include "../support/mock.hpp"

// Without the proof of who sends it, no request for tokens is received. [TS 33.180 B.4.2.4]
using server = mcx::role::primary_token<mcx::test::credulous>;

bool redeems(server const& idms, std::string_view body, mcx::role::checked_client const& by) {
#ifdef MUST_NOT_COMPILE
    static_cast<void>(by);
    return idms.receive_code(body).has_value();
#else
    return idms.receive_code(body, by).has_value();
#endif
}
