// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_SIGN_HPP
#define MCX_JOSE_SIGN_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_writer.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

// Signing a payload into a JWS in compact form. The header holds the signer's `alg` and `kid` and a
// `typ`, in this order and nothing else. [RFC 7515 §5.1]

namespace mcx::jws {

namespace detail {

inline constexpr std::size_t max_written_header = 512;

/// Writes the header of a signature by `signer`; returns the characters used.
template <Signer S>
[[nodiscard]] constexpr result<std::size_t> write_header(S const& signer, std::string_view typ,
                                                         std::span<char> out) noexcept {
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
    w.end_object();
    return w.finish();
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
    byte_view const header_octets = as_bytes({header, *header_size});
    std::size_t const first = base64url::encoded_size(header_octets.size());
    std::size_t const second = first + 1 + base64url::encoded_size(payload.size());

    std::string token(second + 1 + base64url::encoded_size(S::max_size), '.');
    std::span<char> const text{token};
    base64url::encode(header_octets, text.first(first));
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

}  // namespace mcx::jws

#endif
