// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_BOUND_ACCESS_TOKEN_HPP
#define MCX_IDM_BOUND_ACCESS_TOKEN_HPP

#include <mcx/idm/access_token.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/registered.hpp>

// Access tokens of MC services that are bound to a key or to a certificate. The TS knows bearer
// tokens only [TS 33.180 B.9, B.10], so this is a kind of its own beside idm/access_token.hpp, and
// what it holds more costs nobody else anything. A server that takes this kind takes no other:
// without `cnf` there is no such token, and with it there is none of the other kind. Whom a token
// is bound to is for grant/confirmation.hpp.

namespace mcx::idm {

/// The claims of an access token, then what it is bound to. [RFC 7800 §3.1, RFC 8705 §3.1,
/// RFC 9449 §6.1]
struct bound_access_token : access_token {
    confirmation cnf;

    using fields =
        extended<access_token::claims_of_b_2_2, required<"cnf", &bound_access_token::cnf>>;

    friend constexpr bool operator==(bound_access_token const&,
                                     bound_access_token const&) = default;
};

/// Bound access tokens as the servers of their domain receive them.
struct bound_access_token_profile : access_token_profile {
    using claims = bound_access_token;
};

static_assert(jwt::Profile<bound_access_token_profile>);

}  // namespace mcx::idm

#endif
