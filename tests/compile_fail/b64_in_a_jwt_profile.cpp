// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: EncodesPayload
#include <mcx/idm/access_token.hpp>
#include <mcx/jwt/parse.hpp>

// No JWT has an unencoded payload. [RFC 7797 §7]
struct profile : mcx::idm::access_token_profile {
#ifdef MUST_NOT_COMPILE
    using understood = mcx::jws::critical_names<"b64">;
#endif
};

bool accepted = mcx::jwt::parse<profile>(std::string_view{"e30.e30.AA"}).has_value();
