// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/jose/verify.hpp>

#include <string>

// A JWS borrows the text it was read from.
std::string received();

bool reads() {
#ifdef MUST_NOT_COMPILE
    return mcx::jws::parse(received(), 4096).has_value();
#else
    std::string const text = received();
    return mcx::jws::parse(text, 4096).has_value();
#endif
}
