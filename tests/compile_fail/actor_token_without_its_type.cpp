// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no match|no viable|could not convert|cannot convert
#include <mcx/oauth/token_exchange.hpp>

#include <utility>

// An actor's token and what it is are one value: no request has one without the other. [RFC 8693
// §2.1]
mcx::oauth::token_exchange_request with(mcx::oauth::token actor) {
    mcx::oauth::token_exchange_request made;
#ifdef MUST_NOT_COMPILE
    made.actor = std::move(actor);
#else
    made.actor = mcx::oauth::typed_token{std::move(actor), mcx::oauth::token_types::jwt};
#endif
    return made;
}
