// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_PKCS8_HPP
#define MCX_JOSE_PKCS8_HPP

#include <mcx/codec/der.hpp>
#include <mcx/codec/der_writer.hpp>
#include <mcx/codec/pem.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jose/private_der.hpp>
#include <mcx/jose/spki.hpp>

#include <string_view>
#include <utility>

// One's own private keys from and to DER and PEM, not encrypted: PKCS #8 of version 1 and without
// attributes [RFC 5958 §2], and the older forms of one algorithm each, SEC 1 for EC keys [RFC 5915]
// and PKCS #1 for RSA [RFC 8017 §A.1.2]. The caller names the algorithm and the backend that checks
// the key. PEM is decoded in constant time and what secrets pass through is wiped; the octets or
// the text that were read are the caller's to wipe. No MAC secret is read.

namespace mcx::pkcs8 {

namespace detail {

template <class Read>
[[nodiscard]] auto from_pem(std::string_view text, std::string_view label, Read&& read) noexcept
    -> decltype(read(byte_view{})) {
    auto const der = pem::decode_secret<private_der::encoded::max_size>(text, label);
    if (!der) {
        return der.error().code == errc::value_too_long ? errc::pem_too_long : der.error();
    }
    return read(der->reveal());
}

[[nodiscard]] inline result<private_der::encoded_text> to_pem(
    result<private_der::encoded> const& der, std::string_view label) noexcept {
    return der ? pem::secret_text_of<private_der::encoded_text::max_size>(der->reveal(), label)
               : der.error();
}

}  // namespace detail

/// Reads a PrivateKeyInfo as a key of algorithm A. Fails: der_*, key_type, key_parameters,
/// key_curve, key_value (a version, a length or a number that it may not have), what A's kind of
/// public key refuses, key_mismatch (its parts do not belong together), key_missing_member (an
/// ML-DSA key without its seed), backend.
template <class A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read(byte_view der) noexcept {
    der::reader r{der};
    r.open(der::tag::sequence);
    r.refuse_unless(r.number() == 0, errc::key_value);
    spki::read_algorithm<typename A::public_key>(r);
    byte_view const key = r.contents(der::tag::octet_string);
    r.close();
    auto const whole = r.finish();
    return whole ? private_der::shape<A, B>::read(key, true) : whole.error();
}

/// Writes a private key as a PrivateKeyInfo. Fails: key_value (it is none), backend.
template <class A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded> write(typename A::private_key const& key) noexcept {
    return private_der::written([&key](der::writer& w) {
        auto const done = private_der::shape<A, B>::write(w, key, true);
        w.wrap(der::tag::octet_string, 0);
        spki::write_algorithm<typename A::public_key>(w);
        w.number(0);
        w.wrap(der::tag::sequence, 0);
        return done;
    });
}

/// The same in PEM, with the label PRIVATE KEY. Fails: pem_*, base64_*, and as `read`. [RFC 7468
/// §10]
template <class A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read_pem(std::string_view text) noexcept {
    return detail::from_pem(text, "PRIVATE KEY", [](byte_view der) { return read<A, B>(der); });
}

template <class A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded_text> write_pem(
    typename A::private_key const& key) noexcept {
    return detail::to_pem(write<A, B>(key), "PRIVATE KEY");
}

}  // namespace mcx::pkcs8

namespace mcx::sec1 {

/// Reads an ECPrivateKey that names its curve as a key of algorithm A. Fails: as `pkcs8::read`, but
/// for key_type. [RFC 5915 §3]
template <EcdsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read_private(byte_view der) noexcept {
    return private_der::shape<A, B>::read(der, false);
}

/// Writes an ECPrivateKey that names its curve. Fails: key_value (it is none), backend.
template <EcdsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded> write_private(
    typename A::private_key const& key) noexcept {
    return private_der::written(
        [&key](der::writer& w) { return private_der::shape<A, B>::write(w, key, false); });
}

/// The same in PEM, with the label EC PRIVATE KEY. Fails: pem_*, base64_*, and as `read_private`.
template <EcdsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read_private_pem(std::string_view text) noexcept {
    return pkcs8::detail::from_pem(text, "EC PRIVATE KEY",
                                   [](byte_view der) { return read_private<A, B>(der); });
}

template <EcdsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded_text> write_private_pem(
    typename A::private_key const& key) noexcept {
    return pkcs8::detail::to_pem(write_private<A, B>(key), "EC PRIVATE KEY");
}

}  // namespace mcx::sec1

namespace mcx::pkcs1 {

/// Reads an RSAPrivateKey as a key of algorithm A. Fails: as `pkcs8::read`, but for key_type. [RFC
/// 8017 §A.1.2]
template <RsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read_private(byte_view der) noexcept {
    return private_der::shape<A, B>::read(der, false);
}

/// Writes an RSAPrivateKey. Fails: key_value (it is none), backend.
template <RsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded> write_private(
    typename A::private_key const& key) noexcept {
    return private_der::written(
        [&key](der::writer& w) { return private_der::shape<A, B>::write(w, key, false); });
}

/// The same in PEM, with the label RSA PRIVATE KEY. Fails: pem_*, base64_*, and as `read_private`.
template <RsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<typename A::private_key> read_private_pem(std::string_view text) noexcept {
    return pkcs8::detail::from_pem(text, "RSA PRIVATE KEY",
                                   [](byte_view der) { return read_private<A, B>(der); });
}

template <RsaAlgorithm A, class B>
    requires private_der::ChecksPrivateKeys<B, A>
[[nodiscard]] result<private_der::encoded_text> write_private_pem(
    typename A::private_key const& key) noexcept {
    return pkcs8::detail::to_pem(write_private<A, B>(key), "RSA PRIVATE KEY");
}

}  // namespace mcx::pkcs1

#endif
