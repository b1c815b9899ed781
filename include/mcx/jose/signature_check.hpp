// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_SIGNATURE_CHECK_HPP
#define MCX_JOSE_SIGNATURE_CHECK_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jose/key_set.hpp>
#include <mcx/jose/signing_input.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

// The one place where a signature of a JWS is checked, whatever its serialization. [RFC 7515 §5.2]

namespace mcx::jws {

/// Backend B verifies every algorithm of a set over a message in pieces, as it does any MAC, so
/// that nobody has to lend it space for a whole one.
template <class B, class Set>
inline constexpr bool verifies_chains = false;
template <class B, class... As>
inline constexpr bool verifies_chains<B, algorithm_set<As...>> =
    (... && (VerifiesChain<B, As> || Authenticates<B, As>));

namespace detail {

struct signature_check;

/// Only a signature check can make one, and only with one can a `verified` be made.
class passkey {
    friend struct signature_check;
    constexpr passkey() = default;
};

/// A signature as a token states it, and where in the token's text it begins.
struct stated_signature {
    std::string_view alg;
    std::optional<key_id> const& kid;
    std::string_view text;
    std::size_t offset;
};

/// Decodes a signature into its algorithm's type; false where the length is another.
template <std::size_t N>
[[nodiscard]] constexpr result<bool> decode_signature(std::string_view text,
                                                      fixed_bytes<N>& out) noexcept {
    if (text.size() != base64url::encoded_size(N)) {
        return false;
    }
    auto const size = base64url::decode(text, out);
    return size ? result<bool>{*size == N} : size.error();
}
template <std::size_t N>
[[nodiscard]] constexpr result<bool> decode_signature(std::string_view text,
                                                      bounded_bytes<N>& out) noexcept {
    auto const size = base64url::decoded_size(text);
    if (!size) {
        return size.error();
    }
    if (!out.resize(*size)) {
        return false;
    }
    auto const decoded = base64url::decode(text, out.octets());
    return decoded ? result<bool>{true} : decoded.error();
}

struct signature_check {
    /// Asks a key about a message that stands in one place.
    template <class Key, class Signature, class Work>
    [[nodiscard]] static result<verdict> ask(Key const& key, byte_view message,
                                             Signature const& signature, byte_span,
                                             Work& work) noexcept {
        return key.verify(message, signature, work);
    }

    /// Asks a key about a message in pieces: as they are, or put together in `space`.
    template <class Key, class Signature, class Work>
    [[nodiscard]] static result<verdict> ask(Key const& key, signing_input const& message,
                                             Signature const& signature, byte_span space,
                                             Work& work) noexcept {
        if constexpr (requires { key.verify_chain(message, signature, work); }) {
            return key.verify_chain(message, signature, work);
        } else {
            auto const whole = message.gather(space);
            return whole ? result<verdict>{key.verify(*whole, signature, work)} : whole.error();
        }
    }

    /// Verifies with the one key of algorithm A that the header asks for.
    template <class A, class Message, class B, class As, class Ws>
    [[nodiscard]] static result<passkey> with(stated_signature const& stated,
                                              Message const& message, key_set<B, As> const& keys,
                                              byte_span space, workspace<B, Ws>& work) noexcept {
        auto const key = keys.template find<A>(stated.kid);
        if (!key) {
            return error{key.error().code, protected_header::fields::number_of("kid")};
        }
        typename A::signature signature{};
        auto const decoded = decode_signature(stated.text, signature);
        if (!decoded) {
            auto const place = stated.offset + decoded.error().offset;
            return error{decoded.error().code, 0, mcx::detail::offset32(place)};
        }
        if (!*decoded) {
            return errc::signature;
        }
        auto const outcome = ask(key->get(), message, signature, space, work);
        if (!outcome) {
            return outcome.error();
        }
        switch (*outcome) {
            case verdict::good:
                return passkey{};
            case verdict::bad:
                return errc::signature;
            case verdict::unavailable:
                break;
        }
        return errc::backend;
    }

    /// Verifies with the algorithm that the header names, if it is one of `As`.
    template <class... As, class Message, class B, class Keys, class Ws>
    [[nodiscard]] static result<passkey> run(algorithm_set<As...>, stated_signature const& stated,
                                             Message const& message, key_set<B, Keys> const& keys,
                                             byte_span space, workspace<B, Ws>& work) noexcept {
        result<passkey> checked =
            error{errc::algorithm_refused, protected_header::fields::number_of("alg")};
        (void)(... || (answers_to<As>(stated.alg) &&
                       (checked = with<As>(stated, message, keys, space, work), true)));
        return checked;
    }
};

}  // namespace detail

}  // namespace mcx::jws

#endif
