// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_ISSUE_HPP
#define MCX_JWT_ISSUE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/relaxations.hpp>

#include <string>
#include <string_view>

// Claims become a token in compact form. What the profile would not accept is not issued, but for
// what only a clock or the party that the token is for can tell: whether it is over or too old, and
// whether it is for that party. [RFC 7519 §7.1]

namespace mcx::jwt {

/// A signer that signs with one of the profile's algorithms: checked when the program is compiled
/// where the signer has one algorithm, and by `issue` where it is chosen at run time.
template <class S, class P>
concept SignerFor = Signer<S> && (!TypedSigner<S> || [] {
                        if constexpr (TypedSigner<S>) {
                            return P::algorithms::template contains<typename S::algorithm>;
                        } else {
                            return true;
                        }
                    }());

/// Writes and signs the claims of a token of profile P, members in the order of its list. What was
/// written is read as the profile reads it, and not signed where that fails.
/// Fails: algorithm_refused (the signer's, at run time), claim_value (also for a text that is not
/// UTF-8), json_* (the profile's limits), payload_too_long, lifetime_too_long, token_too_long,
/// header_too_long, and as `jws::sign`; `where` is the claim's number.
/// Cost: one allocation, of the token.
template <Profile P, SignerFor<P> S>
[[nodiscard]] result<std::string> issue(typename P::claims const& claims, S& signer,
                                        Random auto& random) {
    if (!P::algorithms::names(signer.alg())) {
        return errc::algorithm_refused;
    }
    char text[P::limits.payload];
    json::writer w{text};
    json::write_object(w, claims);
    auto const size = w.finish();
    if (!size) {
        return size.error().code == errc::buffer_too_small ? errc::payload_too_long
                                                           : errc::claim_value;
    }
    std::string_view const payload{text, *size};
    auto const read =
        json::parse_object<typename P::claims, way_of<P>>(payload, P::limits.json, claim_errors);
    if (!read) {
        return error{read.error().code, read.error().where};
    }
    auto const* iat = detail::find_claim<instant>(*read, "iat");
    auto const* exp = detail::find_claim<instant>(*read, "exp");
    if (iat != nullptr && detail::outlives_profile<P>(*iat, *exp)) {
        return error{errc::lifetime_too_long, P::claims::fields::number_of("exp")};
    }
    auto token = jws::sign(as_bytes(payload), P::typ::written, signer, random);
    if (token && token->size() > P::limits.token) {
        return errc::token_too_long;
    }
    if (token && base64url::max_decoded_size(token->find('.')) > P::limits.header) {
        return errc::header_too_long;
    }
    return token;
}

}  // namespace mcx::jwt

#endif
