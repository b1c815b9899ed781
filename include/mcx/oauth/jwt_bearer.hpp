// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_JWT_BEARER_HPP
#define MCX_OAUTH_JWT_BEARER_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

// The grant that spends a JWT as an authorization [RFC 7523 §2.1, RFC 7521 §4.1]: its request. The
// response is a token_response. That the assertion is one JWT, and whose, is for jwt/ to say; that
// client_id and scope have to be there at a partner IdMS [TS 33.180 B.7.4] is for idm/.

namespace mcx::oauth {

/// Asks for an access token in exchange for an assertion. [RFC 7523 §2.1]
struct jwt_bearer_request {
    token assertion;
    oauth::client_id client_id;  // empty: absent
    oauth::scope scope;          // empty: absent

    using fields = field_list<fixed<"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer">,
                              required<"assertion", &jwt_bearer_request::assertion>,
                              optional<"client_id", &jwt_bearer_request::client_id>,
                              optional<"scope", &jwt_bearer_request::scope>>;

    friend bool operator==(jwt_bearer_request const&, jwt_bearer_request const&) = default;
};

}  // namespace mcx::oauth

#endif
