// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_MAC_HPP
#define MCX_CRYPTO_MAC_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/algorithm.hpp>

#include <string_view>

// MAC algorithms. They are types of their own kind: a set that mixes them with signatures does not
// compile, which is what keeps a public key from being used as a MAC secret.

namespace mcx {

/// HMAC with SHA-256. [RFC 7518 §3.2] Named so that sets can be told apart; no profile of TS 33.180
/// accepts it, and no backend offers it yet.
struct hs256 {
    static constexpr std::string_view name = "HS256";
    static constexpr bool is_mac = true;
    using signature = fixed_bytes<32>;
};

}  // namespace mcx

#endif
