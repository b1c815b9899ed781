// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_AUTHORIZATION_CODE_HPP
#define MCX_OAUTH_AUTHORIZATION_CODE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/oauth/authorization_response.hpp>
#include <mcx/oauth/pkce.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/token.hpp>

// The grant that redeems an authorization code [RFC 6749 §4.1.3, RFC 7636 §4.5, TS 33.180 B.4.2.4]:
// its request. The response is a token_response. That the code was issued to this client, for this
// redirection URI and challenge, and not redeemed before, is for the server's own records.

namespace mcx::oauth {

/// Asks for tokens in exchange for a code. All parameters are required. [TS 33.180 B.4.2.4]
struct access_token_request {
    authorization_code code;
    oauth::client_id client_id;
    oauth::redirect_uri redirect_uri;
    oauth::code_verifier code_verifier;

    using fields = field_list<fixed<"grant_type", "authorization_code">,
                              required<"code", &access_token_request::code>,
                              required<"client_id", &access_token_request::client_id>,
                              required<"redirect_uri", &access_token_request::redirect_uri>,
                              required<"code_verifier", &access_token_request::code_verifier>>;

    friend bool operator==(access_token_request const&, access_token_request const&) = default;
};

}  // namespace mcx::oauth

#endif
