// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no match for .operator==.|invalid operands to binary expression)
#include <mcx/core/text.hpp>

using issuer_like = mcx::text<struct issuer_tag, 16>;
using client_like = mcx::text<struct client_tag, 16>;

bool same(issuer_like const& issuer, client_like const& client) {
#ifdef MUST_NOT_COMPILE
    return issuer == client;
#else
    return issuer.view() == client.view();
#endif
}
