// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/parse.hpp>

#include <string>

// A token borrows the text it was read from.
std::string received();

bool reads() {
#ifdef MUST_NOT_COMPILE
    return mcx::jwt::parse<mcx::idm::id_token_profile>(received()).has_value();
#else
    std::string const text = received();
    return mcx::jwt::parse<mcx::idm::id_token_profile>(text).has_value();
#endif
}
