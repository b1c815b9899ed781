// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_REGISTERED_HPP
#define MCX_JWT_REGISTERED_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/jwt/claims.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

// Types for the registered claims that are not in every token: those of OpenID Connect Core, and
// the confirmation of RFC 7800. `iss` is in jose/trust.hpp, `sub` and `jti` in jwt/claims.hpp,
// `aud` in jwt/audience.hpp, `at_hash` and `c_hash` in jwt/token_hash.hpp; `exp`, `nbf`, `iat` and
// `auth_time` are instants. `scope` and `client_id` are OAuth's, in oauth/.

namespace mcx {

namespace detail {

struct authorized_party_tag : non_empty_tag {};
struct nonce_tag : non_empty_tag {};
struct authentication_context_tag : non_empty_tag {};
struct authentication_method_tag : non_empty_tag {};

/// Canonical base64url of exactly so many octets.
template <std::size_t N>
[[nodiscard]] constexpr errc check_encoded(std::string_view v) noexcept {
    fixed_bytes<N> octets{};
    auto const size = base64url::decode(v, octets);
    return size && *size == N ? errc::none : errc::value_character;
}

struct thumbprint_tag {
    static constexpr errc check(std::string_view v) noexcept { return check_encoded<32>(v); }
};

}  // namespace detail

/// Authorized party, `azp`: the client that an ID token was issued to. [OpenID Connect Core §2]
using authorized_party = text<detail::authorized_party_tag, 255>;

/// The value that ties an ID token to the request that it answers. [OpenID Connect Core §2]
using nonce = text<detail::nonce_tag, 128>;

/// Authentication context class, `acr`: how well the login was done. [OpenID Connect Core §2]
using authentication_context = text<detail::authentication_context_tag, 255>;

/// Authentication methods, `amr`: by what the login was done, at most 8. [RFC 8176 §1]
using authentication_methods = list<text<detail::authentication_method_tag, 32>, 8>;

/// The SHA-256 thumbprint of a key or a certificate, in canonical base64url.
using sha256_thumbprint = text<detail::thumbprint_tag, 43>;

/// Confirmation, `cnf`: the key that the bearer of the token has to prove that it holds, by name
/// only; a key that stands in the token itself is read past. [RFC 7800 §3.1, RFC 8705 §3.1,
/// RFC 9449 §6.1]
struct confirmation {
    std::optional<key_id> kid;
    std::optional<sha256_thumbprint> jkt;
    std::optional<sha256_thumbprint> x5t_s256;

    using fields =
        field_list<optional<"kid", &confirmation::kid>, optional<"jkt", &confirmation::jkt>,
                   optional<"x5t#S256", &confirmation::x5t_s256>>;
    friend constexpr bool operator==(confirmation const&, confirmation const&) = default;
};

}  // namespace mcx

#endif
