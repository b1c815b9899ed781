// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_SIGN_HPP
#define MCX_JOSE_SIGN_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_writer.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/signing_input.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

// Signing a payload into a JWS in compact form. The header holds the signer's `alg` and `kid` and a
// `typ`, in this order and nothing else. [RFC 7515 §5.1]

namespace mcx::jws {

namespace detail {

inline constexpr std::size_t max_written_header = 512;

/// How a payload enters the signing input. [RFC 7797 §3]
enum class payload_is : bool { encoded, signed_as_it_is };

/// Writes the header of a signature by `signer`; returns the characters used.
template <Signer S>
[[nodiscard]] constexpr result<std::size_t> write_header(
    S const& signer, std::string_view typ, std::span<char> out,
    payload_is how = payload_is::encoded) noexcept {
    json::writer w{out};
    w.begin_object();
    w.name("alg");
    w.string(signer.alg());
    if (!signer.id().empty()) {
        w.name("kid");
        w.string(signer.id().view());
    }
    if (!typ.empty()) {
        w.name("typ");
        w.string(typ);
    }
    if (how == payload_is::signed_as_it_is) {
        w.name("b64");
        w.boolean(false);
        w.name("crit");
        w.begin_array();
        w.string("b64");
        w.end_array();
    }
    w.end_object();
    return w.finish();
}

/// A header and a signature, both encoded.
struct signed_parts {
    std::string header;
    std::string signature;
};

/// Signs a payload that stays where it is, in pieces; `sign_pieces` says when it is copied.
template <Signer S>
[[nodiscard]] result<signed_parts> sign_detached(payload_chain payload, std::string_view typ,
                                                 S& signer, Random auto& random, payload_is how) {
    char header[max_written_header];
    auto const header_size = write_header(signer, typ, header, how);
    if (!header_size) {
        return header_size.error();
    }
    signed_parts made;
    made.header.resize(base64url::encoded_size(*header_size));
    base64url::encode(as_bytes({header, *header_size}), made.header);
    auto const input = how == payload_is::encoded
                           ? signing_input::of_octets(made.header, payload)
                           : signing_input::of_unencoded_octets(made.header, payload);
    fixed_bytes<S::max_size> signature;
    auto const size = mcx::detail::sign_pieces(signer, input, random, byte_span{signature});
    if (!size) {
        return size.error();
    }
    made.signature.resize(base64url::encoded_size(*size));
    base64url::encode(byte_view{signature}.first(*size), made.signature);
    return made;
}

/// Signs a payload under a header that has been written.
template <Signer S>
[[nodiscard]] result<std::string> sign_under(byte_view header, byte_view payload, S& signer,
                                             Random auto& random) {
    std::size_t const first = base64url::encoded_size(header.size());
    std::size_t const second = first + 1 + base64url::encoded_size(payload.size());

    std::string token(second + 1 + base64url::encoded_size(S::max_size), '.');
    std::span<char> const text{token};
    base64url::encode(header, text.first(first));
    base64url::encode(payload, text.subspan(first + 1, second - first - 1));

    fixed_bytes<S::max_size> signature;
    auto const size = signer.sign(as_bytes(std::string_view{token}.substr(0, second)), random,
                                  byte_span{signature});
    if (!size) {
        return size.error();
    }
    token.resize(second + 1 + base64url::encoded_size(*size));
    base64url::encode(byte_view{signature}.first(*size), std::span{token}.subspan(second + 1));
    return token;
}

}  // namespace detail

/// Signs a payload; `typ` is left out of the header where it is empty. On failure nothing of a
/// signature is released. Fails: buffer_too_small (a header over 512 octets), utf8_invalid (the key
/// id or `typ`), backend, random_unavailable. Cost: one allocation, of the token.
template <Signer S>
[[nodiscard]] result<std::string> sign(byte_view payload, std::string_view typ, S& signer,
                                       Random auto& random) {
    char header[detail::max_written_header];
    auto const header_size = detail::write_header(signer, typ, header);
    if (!header_size) {
        return header_size.error();
    }
    return detail::sign_under(as_bytes({header, *header_size}), payload, signer, random);
}

}  // namespace mcx::jws

#endif
