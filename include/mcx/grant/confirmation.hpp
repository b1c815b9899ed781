// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_CONFIRMATION_HPP
#define MCX_GRANT_CONFIRMATION_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/grant/dpop.hpp>
#include <mcx/jose/thumbprint.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/jwt/validate.hpp>

#include <cstddef>
#include <optional>

// Whether a token is bound to what its sender has: a key, proven by DPoP [RFC 9449 §6, §7], or the
// certificate of its TLS connection [RFC 8705 §3]. A token that is bound in a way that is not known
// here is refused, and so is a bound one that comes as a bearer token. Whether the certificate is
// genuine, and whether the client has its key, is what TLS has found out.

namespace mcx::grant {

/// The certificate with which a client came by TLS, by name. [RFC 8705 §3.1]
class client_certificate {
    sha256_thumbprint print_;

    constexpr explicit client_certificate(sha256_thumbprint const& print) noexcept
        : print_(print) {}

  public:
    /// Takes the SHA-256 of the certificate's DER.
    [[nodiscard]] static constexpr client_certificate of_print(
        jwk::sha256_print const& print) noexcept {
        return client_certificate{detail::encoded_print(print)};
    }

    /// Takes the certificate in DER, which is not read. Fails: backend.
    template <class B>
        requires Digests<B, sha256>
    [[nodiscard]] static result<client_certificate> of(byte_view der) noexcept {
        return digest_of<hashing<B, sha256>>(der).transform(of_print);
    }

    /// The value of `x5t#S256`.
    [[nodiscard]] constexpr sha256_thumbprint const& print() const noexcept { return print_; }
};

/// The claim that binds a token to the key of a proof. [RFC 9449 §6.1]
[[nodiscard]] constexpr confirmation confirmation_of(checked_proof const& proof) noexcept {
    confirmation made;
    made.jkt = proof.jkt();
    return made;
}

/// The claim that binds a token to a certificate. [RFC 8705 §3.1]
[[nodiscard]] constexpr confirmation confirmation_of(
    client_certificate const& certificate) noexcept {
    confirmation made;
    made.x5t_s256 = certificate.print();
    return made;
}

namespace detail {

using print = std::optional<sha256_thumbprint>;

/// Compares what a token is bound to with what its sender has.
[[nodiscard]] constexpr errc compare(confirmation const& bound, print const& key,
                                     print const& certificate) noexcept {
    bool const known = bound.jkt || bound.x5t_s256;
    if (!known || (bound.jkt && !key) || (bound.x5t_s256 && !certificate)) {
        return errc::proof_missing;
    }
    bool const same =
        (!key || key == bound.jkt) && (!bound.x5t_s256 || certificate == bound.x5t_s256);
    return same ? errc::none : errc::confirmation_mismatch;
}

template <jwt::Profile P>
[[nodiscard]] constexpr result<void> confirm(jwt::validated<P> const& token, print const& key,
                                             print const& certificate) noexcept {
    static_assert(P::claims::fields::number_of("cnf") != 0, "this kind of token has no cnf");
    auto const* bound = jwt::detail::find_claim<confirmation>(token.claims(), "cnf");
    errc const unbound = key ? errc::confirmation_mismatch : errc::none;
    errc const found = bound == nullptr ? unbound : compare(*bound, key, certificate);
    if (found != errc::none) {
        return error{found, P::claims::fields::number_of("cnf")};
    }
    return {};
}

}  // namespace detail

/// Checks that a token which came as a bearer token is bound to nothing.
/// Fails: proof_missing. [RFC 9449 §7.2]
template <jwt::Profile P>
[[nodiscard]] constexpr result<void> confirm(jwt::validated<P> const& token) noexcept {
    return detail::confirm(token, {}, {});
}

/// Checks that a token is bound to the key of the proof that came with it, the second half of RFC
/// 9449 §4.3 item 12. Fails: confirmation_mismatch (also a token bound to no key), proof_missing
/// (bound to a certificate too). [RFC 9449 §7.1]
template <jwt::Profile P>
[[nodiscard]] constexpr result<void> confirm(jwt::validated<P> const& token,
                                             checked_token_proof const& proof) noexcept {
    return detail::confirm(token, proof.jkt(), {});
}

/// Checks that a token is bound to the certificate of its sender, or to nothing.
/// Fails: confirmation_mismatch, proof_missing (bound to a key). [RFC 8705 §3]
template <jwt::Profile P>
[[nodiscard]] constexpr result<void> confirm(jwt::validated<P> const& token,
                                             client_certificate const& certificate) noexcept {
    return detail::confirm(token, {}, certificate.print());
}

/// The same where the sender has both.
template <jwt::Profile P>
[[nodiscard]] constexpr result<void> confirm(jwt::validated<P> const& token,
                                             checked_token_proof const& proof,
                                             client_certificate const& certificate) noexcept {
    return detail::confirm(token, proof.jkt(), certificate.print());
}

}  // namespace mcx::grant

#endif
