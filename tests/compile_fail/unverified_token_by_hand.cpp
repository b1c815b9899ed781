// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/idm/id_token.hpp>
#include <mcx/jwt/parse.hpp>

#include <string_view>

// A JWS of any kind and size becomes a token of a profile only where the profile has been asked.
using profile = mcx::idm::id_token_profile;

mcx::result<mcx::jwt::unverified<profile>> make(std::string_view text,
                                                [[maybe_unused]] mcx::jws::unverified const& jws) {
#ifdef MUST_NOT_COMPILE
    (void)text;
    return mcx::jwt::unverified<profile>{jws, {}};
#else
    return mcx::jwt::parse<profile>(text);
#endif
}
