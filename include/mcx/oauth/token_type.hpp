// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_TOKEN_TYPE_HPP
#define MCX_OAUTH_TOKEN_TYPE_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/text.hpp>

// What a token of an exchange is declared to be [RFC 8693 §3]. A declaration only: whoever reads
// the token has to verify it as one of that type.

namespace mcx::oauth {

/// A token type identifier, compared octet for octet; those not named here are kept as they are.
/// [RFC 8693 §3]
using token_type_uri = text<mcx::detail::uri_tag, 128>;

/// The token type identifiers that RFC 8693 defines.
namespace token_types {

inline constexpr token_type_uri access_token{"urn:ietf:params:oauth:token-type:access_token"};
inline constexpr token_type_uri refresh_token{"urn:ietf:params:oauth:token-type:refresh_token"};
inline constexpr token_type_uri id_token{"urn:ietf:params:oauth:token-type:id_token"};
inline constexpr token_type_uri saml1{"urn:ietf:params:oauth:token-type:saml1"};
inline constexpr token_type_uri saml2{"urn:ietf:params:oauth:token-type:saml2"};
inline constexpr token_type_uri jwt{"urn:ietf:params:oauth:token-type:jwt"};

}  // namespace token_types

}  // namespace mcx::oauth

#endif
