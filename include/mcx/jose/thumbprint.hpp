// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_THUMBPRINT_HPP
#define MCX_JOSE_THUMBPRINT_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_writer.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/jose/jwk.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

// The thumbprint of a public key: the digest of the members that make the key, in the order of
// their names and without white space. It names the numbers, whatever else a JWK says of them.
// [RFC 7638, RFC 9278]

namespace mcx::jwk {

/// A thumbprint by SHA-256.
using sha256_print = fixed_bytes<sha256::size>;

namespace detail {

/// Writes the members that make a key. Kinds with x and y, an octet string, or n and e are known.
template <SignatureAlgorithm A>
constexpr void write_required(json::writer& w, typename A::public_key const& key) noexcept {
    using key_type = typename A::public_key;
    using shape_type = shape<key_type>;
    constexpr bool is_akp = shape_type::kty == std::string_view{"AKP"};  // [RFC 9964 §3]
    auto const member = [&w](std::string_view name, std::string_view text) {
        w.name(name);
        w.string(text);
    };
    w.begin_object();
    if constexpr (requires { key.modulus(); }) {
        write_octets<8>(w, "e", exponent_octets(key.exponent()).view());
        member("kty", shape_type::kty);
        write_octets<key_type::max_bits / 8>(w, "n", key.modulus());
    } else if constexpr (is_akp) {
        member("alg", A::name);
        member("kty", shape_type::kty);
        write_octets<sizeof(key_type)>(w, "pub", key.octets());
    } else {
        member("crv", shape_type::crv);
        member("kty", shape_type::kty);
        if constexpr (requires { key.x(); }) {
            write_octets<sizeof(key_type)>(w, "x", key.x());
            write_octets<sizeof(key_type)>(w, "y", key.y());
        } else {
            write_octets<sizeof(key_type)>(w, "x", key.octets());
        }
    }
    w.end_object();
}

/// Digests text, in constant expressions too.
template <Digest D>
[[nodiscard]] constexpr result<fixed_bytes<D::size>> digest_of_text(
    std::string_view text) noexcept {
    D digest;
    if (std::is_constant_evaluated()) {
        for (char const c : text) {
            fixed_bytes<1> const octet{to_byte(c)};
            digest.update(octet);
        }
    } else {
        digest.update(as_bytes(text));
    }
    return digest.finish();
}

}  // namespace detail

/// The digest, by whatever implementation D of a hash function, that names a public key of
/// algorithm A. Fails: backend. [RFC 7638 §3]
template <SignatureAlgorithm A, Digest D>
[[nodiscard]] constexpr result<fixed_bytes<D::size>> thumbprint(
    typename A::public_key const& key) noexcept {
    // A key holds its octets, so its size bounds what is written of them; names come on top.
    char text[base64url::encoded_size(sizeof(typename A::public_key)) + 128];
    if (std::is_constant_evaluated()) {
        std::fill_n(text, sizeof text, '\0');
    }
    json::writer w{text};
    detail::write_required<A>(w, key);
    auto const size = w.finish();
    if (!size) {
        return size.error();
    }
    return detail::digest_of_text<D>({text, *size});
}

/// A thumbprint by hash function H as a URI. [RFC 9278 §3]
template <class H>
[[nodiscard]] std::string thumbprint_uri(fixed_bytes<H::size> const& print) {
    std::string made = "urn:ietf:params:oauth:jwk-thumbprint:";
    for (char const c : H::name) {
        made += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    made += ':';
    std::size_t const at = made.size();
    made.resize(at + base64url::encoded_size(print.size()));
    base64url::encode(print, std::span<char>{made}.subspan(at));
    return made;
}

}  // namespace mcx::jwk

#endif
