// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_KEY_WRAP_HPP
#define MCX_BACKEND_BOTAN_KEY_WRAP_HPP

#include <mcx/backend/botan_shim.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/key_wrap.hpp>

#include <botan/block_cipher.h>
#include <botan/exceptn.h>
#include <botan/nist_keywrap.h>

#include <algorithm>
#include <cstddef>
#include <memory>

// AES key wrap by Botan, 2.19 or 3.7 and later. [RFC 3394]

namespace mcx {

namespace botan_detail {

[[nodiscard]] inline std::unique_ptr<Botan::BlockCipher> aes_256(secret<32> const& key) {
    auto cipher = Botan::BlockCipher::create_or_throw("AES-256");
    cipher->set_key(as_c_octets(key.reveal()), key.size());
    return cipher;
}

/// Copies what Botan made, if it has the size that it has to have.
[[nodiscard]] inline result<void> copy_made(byte_view made, byte_span out) noexcept {
    if (made.size() != out.size()) {
        return errc::backend;
    }
    std::copy(made.begin(), made.end(), out.begin());
    return {};
}

}  // namespace botan_detail

template <>
struct key_wrapping<botan> {
    static result<void> wrap(secret<32> const& key, byte_view in, byte_span out) noexcept {
        try {
            auto const cipher = botan_detail::aes_256(key);
            auto const made = Botan::nist_key_wrap(as_c_octets(in), in.size(), *cipher);
            return botan_detail::copy_made(std::as_bytes(std::span{made}), out);
        } catch (...) {
            return errc::backend;
        }
    }

    static result<void> unwrap(secret<32> const& key, byte_view in, byte_span out) noexcept {
        try {
            auto const cipher = botan_detail::aes_256(key);
            try {
                auto const made = Botan::nist_key_unwrap(as_c_octets(in), in.size(), *cipher);
                return botan_detail::copy_made(std::as_bytes(std::span{made}), out);
            } catch (Botan::Integrity_Failure const&) {
                return errc::key_wrap_integrity;
            }
        } catch (...) {
            return errc::backend;
        }
    }
};

static_assert(WrapsKeys<botan>);

}  // namespace mcx

#endif
