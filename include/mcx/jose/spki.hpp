// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_SPKI_HPP
#define MCX_JOSE_SPKI_HPP

#include <mcx/codec/der.hpp>
#include <mcx/codec/der_writer.hpp>
#include <mcx/codec/pem.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/signatures.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Public keys in DER and PEM: SubjectPublicKeyInfo [RFC 5280 §4.1.2.7] and, for RSA, RSAPublicKey
// [RFC 8017 §A.1.1]. The caller names the algorithm, as for a JWK: nothing is guessed from what the
// octets say, and no MAC secret comes out of them. Curves by name only, points without compression,
// RSA keys as rsaEncryption only, which serves RS256 and PS256 alike. Then the bounds of
// crypto/public_key.hpp apply. Private keys are in jose/private_der.hpp. [RFC 5480 §2, RFC 3279
// §2.3.1, RFC 8410 §3, §4, RFC 9881 §4]

namespace mcx::spki {

/// Room for any key's SubjectPublicKeyInfo.
inline constexpr std::size_t max_size = 2700;

/// A SubjectPublicKeyInfo or RSAPublicKey, in DER.
using encoded = bounded_bytes<max_size>;

/// How a kind of public key stands in DER: the object identifier of its algorithm, the DER of the
/// parameters behind it, `read` and `write` of the octets in the bit string. One specialisation a
/// kind.
template <class Key>
struct shape;

/// The object identifier of a curve, or of a kind of key that needs no other.
/// [RFC 5480 §2.1.1.1, SEC 2 §A.2, RFC 8410 §3]
template <class Curve>
inline constexpr auto curve_identifier = der::literal();
template <>
inline constexpr auto curve_identifier<p256> =
    der::literal(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07);
template <>
inline constexpr auto curve_identifier<p384> = der::literal(0x2B, 0x81, 0x04, 0x00, 0x22);
template <>
inline constexpr auto curve_identifier<p521> = der::literal(0x2B, 0x81, 0x04, 0x00, 0x23);
template <>
inline constexpr auto curve_identifier<secp256k1> = der::literal(0x2B, 0x81, 0x04, 0x00, 0x0A);
template <>
inline constexpr auto curve_identifier<edwards25519> = der::literal(0x2B, 0x65, 0x70);
template <>
inline constexpr auto curve_identifier<edwards448> = der::literal(0x2B, 0x65, 0x71);

template <class Curve>
struct shape<ec_public_key<Curve>> {
    static constexpr auto identifier = der::literal(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01);

    static constexpr void read_parameters(der::reader& r) noexcept {
        r.refuse_unless(r.next_is(der::tag::object_identifier), errc::key_parameters);
        r.refuse_unless(der::same(r.object_identifier(), curve_identifier<Curve>), errc::key_curve);
    }
    static constexpr void write_parameters(der::writer& w) noexcept {
        w.element(der::tag::object_identifier, curve_identifier<Curve>);
    }

    static constexpr result<ec_public_key<Curve>> read(byte_view point) noexcept {
        if (point.size() != 1 + 2 * Curve::size || point[0] != std::byte{4}) {
            return errc::point_encoding;
        }
        return ec_public_key<Curve>::from(point.subspan(1, Curve::size),
                                          point.subspan(1 + Curve::size));
    }
    static constexpr void write(der::writer& w, ec_public_key<Curve> const& key) noexcept {
        w.octets(key.y());
        w.octets(key.x());
        w.octets(der::literal(0x04));
    }
};

/// A kind of key whose octets are the key, and whose algorithm has no parameters.
template <class Key>
struct bare_shape {
    static constexpr void read_parameters(der::reader& r) noexcept {
        r.refuse_unless(r.at_end(), errc::key_parameters);
    }
    static constexpr void write_parameters(der::writer&) noexcept {}

    static constexpr result<Key> read(byte_view octets) noexcept { return Key::from(octets); }
    static constexpr void write(der::writer& w, Key const& key) noexcept { w.octets(key.octets()); }
};

template <class Curve>
struct shape<edwards_public_key<Curve>> : bare_shape<edwards_public_key<Curve>> {
    static constexpr auto identifier = curve_identifier<Curve>;
};
template <>
struct shape<ml_dsa_44::public_key> : bare_shape<ml_dsa_44::public_key> {
    static constexpr auto identifier =
        der::literal(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11);
};
template <>
struct shape<ml_dsa_65::public_key> : bare_shape<ml_dsa_65::public_key> {
    static constexpr auto identifier =
        der::literal(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12);
};
template <>
struct shape<ml_dsa_87::public_key> : bare_shape<ml_dsa_87::public_key> {
    static constexpr auto identifier =
        der::literal(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x13);
};

template <std::size_t MaxBits, std::uint64_t MinExponent>
struct shape<bounded_rsa_public_key<MaxBits, MinExponent>> {
    using key_type = bounded_rsa_public_key<MaxBits, MinExponent>;

    static constexpr auto identifier =
        der::literal(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01);

    static constexpr void read_parameters(der::reader& r) noexcept {
        r.refuse_unless(r.next_is(der::tag::null), errc::key_parameters);
        r.null();
    }
    static constexpr void write_parameters(der::writer& w) noexcept {
        w.element(der::tag::null, {});
    }

    static constexpr result<key_type> read(byte_view rsa_public_key_der) noexcept {
        der::reader r{rsa_public_key_der};
        r.open(der::tag::sequence);
        byte_view const modulus = r.integer();
        std::uint64_t const exponent = r.number();
        r.close();
        auto const read = r.finish();
        return read ? key_type::from(modulus, exponent) : read.error();
    }
    static constexpr void write(der::writer& w, key_type const& key) noexcept {
        std::size_t const since = w.size();
        w.number(key.exponent());
        w.integer(key.modulus());
        w.wrap(der::tag::sequence, since);
    }
};

/// Reads the AlgorithmIdentifier of a kind of key, and refuses any other: key_type, key_parameters,
/// key_curve. [RFC 5280 §4.1.1.2]
template <class Key>
constexpr void read_algorithm(der::reader& r) noexcept {
    r.open(der::tag::sequence);
    r.refuse_unless(der::same(r.object_identifier(), shape<Key>::identifier), errc::key_type);
    shape<Key>::read_parameters(r);
    r.refuse_unless(r.at_end(), errc::key_parameters);
    r.close();
}

/// Writes the AlgorithmIdentifier of a kind of key.
template <class Key>
constexpr void write_algorithm(der::writer& w) noexcept {
    std::size_t const since = w.size();
    shape<Key>::write_parameters(w);
    w.element(der::tag::object_identifier, shape<Key>::identifier);
    w.wrap(der::tag::sequence, since);
}

namespace detail {

/// The octets that a function writes, of which it is known that they fit.
template <class Write>
[[nodiscard]] constexpr encoded written(Write&& write) noexcept {
    encoded made;
    contract(made.resize(max_size));
    der::writer w{made.octets()};
    write(w);
    auto const size = w.finish();
    contract(size.has_value() && made.resize(*size));
    return made;
}

/// Reads one PEM block of this label with a reader of DER.
template <class Read>
[[nodiscard]] constexpr auto from_pem(std::string_view text, std::string_view label,
                                      Read&& read) noexcept -> decltype(read(byte_view{})) {
    fixed_bytes<max_size> der{};
    auto const size = pem::decode(text, label, der);
    if (!size) {
        // A longer one than any key's is nothing that the caller could make room for.
        return size.error().code == errc::buffer_too_small ? errc::pem_too_long : size.error();
    }
    return read(byte_view{der}.first(*size));
}

}  // namespace detail

/// Reads a SubjectPublicKeyInfo as a key of algorithm A. Fails: der_*, key_type, key_parameters,
/// key_curve, and what A's kind of public key refuses (point_*, rsa_*, key_value), with the place
/// of the key.
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<typename A::public_key> read(byte_view der) noexcept {
    using key_type = typename A::public_key;
    der::reader r{der};
    r.open(der::tag::sequence);
    read_algorithm<key_type>(r);
    byte_view const octets = r.bit_string();
    r.close();
    if (auto const whole = r.finish(); !whole) {
        return whole.error();
    }
    auto const key = shape<key_type>::read(octets);
    return key ? key : error{key.error().code, 0, mcx::detail::offset32(r.at() - octets.size())};
}

/// Writes a public key as a SubjectPublicKeyInfo; the algorithm is no more told than in `read`.
template <class Key>
    requires requires { shape<Key>::identifier; }
[[nodiscard]] constexpr encoded write(Key const& key) noexcept {
    return detail::written([&key](der::writer& w) {
        shape<Key>::write(w, key);
        w.wrap_bits(0);
        write_algorithm<Key>(w);
        w.wrap(der::tag::sequence, 0);
    });
}

/// The same in PEM, with the label PUBLIC KEY. Fails: pem_*, base64_*, and as `read`. [RFC 7468
/// §13]
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<typename A::public_key> read_pem(std::string_view text) noexcept {
    return detail::from_pem(text, "PUBLIC KEY", [](byte_view der) { return read<A>(der); });
}

template <class Key>
    requires requires { shape<Key>::identifier; }
[[nodiscard]] std::string write_pem(Key const& key) {
    return pem::text_of(write(key).view(), "PUBLIC KEY");
}

}  // namespace mcx::spki

namespace mcx::pkcs1 {

/// Reads an RSAPublicKey as a key of algorithm A. Fails: der_*, rsa_*. [RFC 8017 §A.1.1]
template <RsaAlgorithm A>
[[nodiscard]] constexpr result<typename A::public_key> read(byte_view der) noexcept {
    return spki::shape<typename A::public_key>::read(der);
}

/// Writes an RSAPublicKey.
[[nodiscard]] constexpr spki::encoded write(rsa_public_key const& key) noexcept {
    return spki::detail::written(
        [&key](der::writer& w) { spki::shape<rsa_public_key>::write(w, key); });
}

/// The same in PEM, with the label RSA PUBLIC KEY. Fails: pem_*, base64_*, der_*, rsa_*.
template <RsaAlgorithm A>
[[nodiscard]] constexpr result<typename A::public_key> read_pem(std::string_view text) noexcept {
    return spki::detail::from_pem(text, "RSA PUBLIC KEY",
                                  [](byte_view der) { return read<A>(der); });
}

[[nodiscard]] inline std::string write_pem(rsa_public_key const& key) {
    return pem::text_of(write(key).view(), "RSA PUBLIC KEY");
}

}  // namespace mcx::pkcs1

#endif
