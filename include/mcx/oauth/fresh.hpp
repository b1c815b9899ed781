// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_FRESH_HPP
#define MCX_OAUTH_FRESH_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/text.hpp>

#include <array>
#include <cstddef>
#include <span>

// Values that nobody can guess: states, nonces, authorization codes, opaque tokens.
// [RFC 6749 §10.10]

namespace mcx::oauth {

/// Makes a text of 256 random bits: 43 characters of base64url. Fails: random_unavailable.
template <TextLike T>
[[nodiscard]] result<T> fresh(Random auto& random) {
    fixed_bytes<32> octets{};
    if (!random.fill(octets)) {
        return errc::random_unavailable;
    }
    std::array<char, base64url::encoded_size(octets.size())> characters{};
    static_assert(T::max_size >= characters.size());
    std::size_t const size = base64url::encode_secret(octets, characters);
    auto made = T::from({characters.data(), size});
    wipe(octets);
    wipe(std::as_writable_bytes(std::span{characters}));
    return made;
}

}  // namespace mcx::oauth

#endif
