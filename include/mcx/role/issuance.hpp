// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_ISSUANCE_HPP
#define MCX_ROLE_ISSUANCE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/issue.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

// What a server needs to issue a token: with which key, from which randomness, for how long; and
// the response that brings the token.

namespace mcx::role {

/// With what a token is issued. Borrows the signer and the random source.
template <Signer S, Random R>
struct issuance {
    S& signer;
    R& random;
    lifetime valid;

    constexpr issuance(S& s, R& r, lifetime l) noexcept : signer(s), random(r), valid(l) {}

    /// A fresh token id: 128 random bits in base64url. Fails: random_unavailable.
    [[nodiscard]] result<jwt_id> fresh_id() const noexcept {
        fixed_bytes<16> octets{};
        if (!random.fill(octets)) {
            return errc::random_unavailable;
        }
        char text[base64url::encoded_size(octets.size())];
        std::size_t const size = base64url::encode(octets, text);
        return jwt_id::from({text, size});
    }
};

/// Some `issuance`.
template <class T>
concept Issuance = requires(T const& with) {
    { with.valid } -> std::convertible_to<lifetime>;
    { with.fresh_id() } -> std::same_as<result<jwt_id>>;
    with.signer;
    with.random;
};

/// Signs the claims of a token of profile P. That they are not as the profile wants them is the
/// fault of the server, not of the peer that asks for the token.
/// Fails: token_not_issued (`where` is the claim's number), random_unavailable, backend.
template <jwt::Profile P>
[[nodiscard]] result<oauth::token> issue_token(typename P::claims const& claims,
                                               Issuance auto const& with) {
    auto const issued = jwt::issue<P>(claims, with.signer, with.random);
    auto token = issued.and_then([](auto const& text) { return oauth::token::from(text); });
    if (!token && blame_of(token.error()) == blame::peer) {
        return error{errc::token_not_issued, token.error().where};
    }
    return token;
}

/// Signs the claims of a token of profile P and puts it into a response, as a bearer token that is
/// valid as long as the issuance says. Fails: as `issue_token`.
template <jwt::Profile P>
[[nodiscard]] result<oauth::token_response> issue_response(typename P::claims const& claims,
                                                           Issuance auto const& with) {
    auto token = issue_token<P>(claims, with);
    if (!token) {
        return token.error();
    }
    oauth::token_response response;
    response.access_token = *std::move(token);
    response.token_type = oauth::response_token_type::bearer;
    response.expires_in = oauth::seconds_left{with.valid};
    return response;
}

}  // namespace mcx::role

#endif
