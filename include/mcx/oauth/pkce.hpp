// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_PKCE_HPP
#define MCX_OAUTH_PKCE_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/secret_text.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/digest.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

// Proof key for code exchange: the client that redeems a code is the one that asked for it
// [RFC 7636]. S256 only: there is no `plain`, and no request without a challenge.

namespace mcx::oauth {

namespace detail {

[[nodiscard]] constexpr bool is_unreserved(char c) noexcept {
    constexpr std::string_view marks = "-._~";
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           marks.find(c) != marks.npos;
}

struct code_challenge_tag {
    static constexpr errc check(std::string_view v) noexcept {
        fixed_bytes<32> octets{};
        auto const size = base64url::decode(v, octets);
        return v.empty()                        ? errc::value_empty
               : size && *size == octets.size() ? errc::none
                                                : errc::value_character;
    }
};

struct code_verifier_tag {
    static constexpr errc check(std::string_view v) noexcept {
        if (v.empty()) {
            return errc::value_empty;
        }
        bool const stands = v.size() >= 43 && std::all_of(v.begin(), v.end(), is_unreserved);
        return stands ? errc::none : errc::value_character;
    }
};

}  // namespace detail

/// The digest of a code verifier in base64url: 43 characters. [RFC 7636 §4.2]
using code_challenge = text<detail::code_challenge_tag, 43>;

/// The secret that a client keeps between its two requests: 43 to 128 unreserved characters.
/// `fresh<code_verifier>` makes one. [RFC 7636 §4.1]
using code_verifier = secret_text<detail::code_verifier_tag, 128>;

/// The challenge of a verifier; H is an implementation of SHA-256. Fails: backend.
/// [RFC 7636 §4.2]
template <Digest H>
    requires(H::size == sha256::size)
[[nodiscard]] result<code_challenge> challenge_of(code_verifier const& verifier) noexcept {
    auto const digest = digest_of<H>(as_bytes(verifier.view()));
    if (!digest) {
        return digest.error();
    }
    std::array<char, code_challenge::max_size> characters{};
    std::size_t const size = base64url::encode(*digest, characters);
    return code_challenge::from({characters.data(), size});
}

/// Checks that a verifier is the one of the challenge that came with the authentication request.
/// Fails: code_verifier_mismatch, also where either is missing; backend. [RFC 7636 §4.6]
template <Digest H>
    requires(H::size == sha256::size)
[[nodiscard]] result<void> check_verifier(code_challenge const& challenge,
                                          code_verifier const& verifier) noexcept {
    if (challenge.empty() || verifier.empty()) {
        return errc::code_verifier_mismatch;
    }
    auto const own = challenge_of<H>(verifier);
    if (!own) {
        return own.error();
    }
    bool const same = constant_time_equal(as_bytes(own->view()), as_bytes(challenge.view()));
    return same ? result<void>{} : errc::code_verifier_mismatch;
}

}  // namespace mcx::oauth

#endif
