// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_REFRESH_HPP
#define MCX_OAUTH_REFRESH_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

// The grant that renews tokens [RFC 6749 §6, TS 33.180 B.5]: its request. The response is a
// token_response. Refresh tokens exist for the authorization code grant only, hence not for the
// access tokens of partner domains.

namespace mcx::oauth {

/// Asks for tokens like those that came with the refresh token. [RFC 6749 §6, TS 33.180 B.5]
struct refresh_request {
    token refresh_token;
    oauth::scope scope;          // of what was granted at first; empty: all of it
    oauth::client_id client_id;  // of a client that says who it is here only; empty: absent

    using fields = field_list<fixed<"grant_type", "refresh_token">,
                              required<"refresh_token", &refresh_request::refresh_token>,
                              optional<"scope", &refresh_request::scope>,
                              optional<"client_id", &refresh_request::client_id>>;

    friend bool operator==(refresh_request const&, refresh_request const&) = default;
};

}  // namespace mcx::oauth

#endif
