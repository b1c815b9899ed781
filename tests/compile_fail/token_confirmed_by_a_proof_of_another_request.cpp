// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching function|could not convert
#include <mcx/grant/at_jwt.hpp>
#include <mcx/grant/confirmation.hpp>

// A proof that was checked without an access token may go along with any.
#ifdef MUST_NOT_COMPILE
using proof = mcx::grant::checked_proof;
#else
using proof = mcx::grant::checked_token_proof;
#endif
bool confirmed(mcx::jwt::validated<mcx::grant::bound_at_jwt_profile> const& token,
               proof const& shown) {
    return mcx::grant::confirm(token, shown).has_value();
}
