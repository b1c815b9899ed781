// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: static.assert
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/token_exchange.hpp>

// A token exchange request is a form; as a JSON document it has no way to be written.
bool writes(mcx::oauth::token_exchange_request const& request) {
#ifdef MUST_NOT_COMPILE
    return mcx::oauth::write_json(request).has_value();
#else
    return mcx::oauth::write_form(request).has_value();
#endif
}
