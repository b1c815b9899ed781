// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching function|no viable conversion|cannot convert|could not convert
#include <mcx/role/primary_token.hpp>

#include "../support/mock.hpp"

// What a request says of its sender is not a proof of it. [TS 33.180 B.5]
#ifdef MUST_NOT_COMPILE
using sender = mcx::oauth::public_client;
#else
using sender = mcx::role::checked_client;
#endif
bool renews(mcx::role::primary_token<mcx::test::credulous> const& idms, std::string_view body,
            sender const& by) {
    return idms.receive_refresh(body, by).has_value();
}
