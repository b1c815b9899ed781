// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_VERIFY_HPP
#define MCX_JOSE_VERIFY_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/jose/compact.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jose/key_set.hpp>
#include <mcx/jose/signature_check.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// Verifying a JWS in compact form. `unverified` has been read, `verified` has been checked, and
// only `verify` turns the one into the other. Both borrow the token's text. [RFC 7515 §5.2]

namespace mcx::jws {

/// A JWS whose form and header have been read and whose signature has not been looked at.
class unverified {
    compact_parts parts_;
    protected_header header_;

  public:
    constexpr unverified(compact_parts const& parts, protected_header const& header) noexcept
        : parts_(parts), header_(header) {}

    [[nodiscard]] constexpr protected_header const& header() const noexcept { return header_; }
    [[nodiscard]] constexpr compact_parts const& parts() const noexcept { return parts_; }
};

/// A JWS whose signature is good.
class verified {
    unverified token_;

  public:
    constexpr verified(unverified const& token, detail::passkey) noexcept : token_(token) {}

    [[nodiscard]] constexpr protected_header const& header() const noexcept {
        return token_.header();
    }

    /// The length of the payload, in octets.
    [[nodiscard]] constexpr std::size_t payload_size() const noexcept {
        return base64url::max_decoded_size(token_.parts().payload.size());
    }

    /// Decodes the payload into the caller's octets and shows them. Fails: buffer_too_small.
    [[nodiscard]] constexpr result<byte_view> payload(byte_span out) const noexcept {
        auto const size = base64url::decode(token_.parts().payload, out);
        if (!size) {
            return size.error();
        }
        return byte_view{out.first(*size)};
    }

    /// The payload as it stands in the token.
    [[nodiscard]] constexpr std::string_view encoded_payload() const noexcept {
        return token_.parts().payload;
    }

    /// The digest of the signing input, which names the token: its signature can be respelled by
    /// anyone, its signing input cannot. Fails: backend.
    template <Digest D>
    [[nodiscard]] result<fixed_bytes<D::size>> identity() const noexcept {
        return digest_of<D>(as_bytes(token_.parts().signing_input));
    }
};

/// Reads a JWS in compact form, which it borrows. `Understood` are the `critical_names` of the
/// program. Fails: as `split`, `parse_header` and, for the payload, `base64url::check`.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse(std::string_view text,
                                                 std::size_t max_size) noexcept {
    auto const parts = split(text, max_size);
    if (!parts) {
        return parts.error();
    }
    auto const header = parse_header<Understood>(parts->header);
    if (!header) {
        return header.error();
    }
    if (auto const payload = base64url::check(parts->payload); !payload) {
        error const e = payload.error();
        return error{e.code, 0, mcx::detail::offset32(parts->header.size() + 1 + e.offset)};
    }
    return result<unverified>{std::in_place, *parts, *header};
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse(std::same_as<std::string> auto&&, std::size_t) = delete;

/// Verifies a signature by one of the `Acceptable` algorithms with a key of the set.
/// Fails: algorithm_refused, no_such_key, ambiguous_key, base64_*, signature, backend.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As>
[[nodiscard]] result<verified> verify(unverified const& token, key_set<B, As> const& keys,
                                      workspace<B, Ws>& work) noexcept {
    std::string_view const input = token.parts().signing_input;
    detail::stated_signature const stated{token.header().alg.view(), token.header().kid,
                                          token.parts().signature, input.size() + 1};
    auto const passed = detail::signature_check::run(common_algorithms<Acceptable, As>{}, stated,
                                                     as_bytes(input), keys, {}, work);
    if (!passed) {
        return passed.error();
    }
    return result<verified>{std::in_place, token, *passed};
}

/// Verifies with work space for this one call; `verifying_key::verify` says what that costs.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As>
    requires ShareAnAlgorithm<Acceptable, As>
[[nodiscard]] result<verified> verify(unverified const& token,
                                      key_set<B, As> const& keys) noexcept {
    workspace<B, As> work;
    return verify<Acceptable>(token, keys, work);
}

/// A temporary key set is a mistake: it is made anew for every token.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
result<verified> verify(unverified const&, key_set<B, As>&&, workspace<B, Ws>&) = delete;
template <AlgorithmSet Acceptable, class B, AlgorithmSet As>
result<verified> verify(unverified const&, key_set<B, As>&&) = delete;

}  // namespace mcx::jws

#endif
