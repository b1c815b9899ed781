// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_DETACHED_HPP
#define MCX_JOSE_DETACHED_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/compact.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/signature_check.hpp>
#include <mcx/jose/signing_input.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

// A compact serialization without its payload, which the caller has in pieces: an HTTP body, say.
// The pieces are never put together where the backend can do with pieces. Whether the payload was
// encoded before it was signed is for the verb to say, never for the token. [RFC 7515 F, RFC 7797]

namespace mcx::jws::detached {

/// A JWS without its payload. Borrows its text.
class unverified {
    compact_parts parts_;
    protected_header header_;
    jws::detail::payload_is how_;

    constexpr unverified(compact_parts const& parts, protected_header const& header,
                         jws::detail::payload_is how) noexcept
        : parts_(parts), header_(header), how_(how) {}

  public:
    /// What the two `parse` verbs call: the only way to one.
    template <jws::detail::payload_is How, class Understood>
    [[nodiscard]] static constexpr result<unverified> read(std::string_view text,
                                                           std::size_t max_size) noexcept {
        auto const parts = split(text, max_size);
        if (!parts) {
            return parts.error();
        }
        if (!parts->payload.empty()) {
            return error{errc::payload_not_detached, 0,
                         mcx::detail::offset32(parts->header.size() + 1)};
        }
        result<protected_header> header = errc::header_missing;
        if constexpr (How == jws::detail::payload_is::encoded) {
            header = parse_header<Understood>(parts->header);
        } else {
            header = parse_unencoded_header<Understood>(parts->header);
        }
        return header ? result<unverified>{unverified{*parts, *header, How}} : header.error();
    }

    [[nodiscard]] constexpr protected_header const& header() const noexcept { return header_; }
    [[nodiscard]] constexpr std::string_view encoded_header() const noexcept {
        return parts_.header;
    }

    /// What was signed if this is the payload; its size is the space that `verify` may need.
    [[nodiscard]] constexpr signing_input input(payload_chain payload) const noexcept {
        return how_ == jws::detail::payload_is::encoded
                   ? signing_input::of_octets(parts_.header, payload)
                   : signing_input::of_unencoded_octets(parts_.header, payload);
    }

    [[nodiscard]] constexpr jws::detail::stated_signature stated() const noexcept {
        return {header_.alg.view(), header_.kid, parts_.signature, parts_.header.size() + 2};
    }
};

/// A payload that somebody vouches for by a JWS apart from it. Borrows the payload and the token.
class verified {
    unverified token_;
    payload_chain payload_;

  public:
    constexpr verified(unverified const& token, payload_chain payload,
                       jws::detail::passkey) noexcept
        : token_(token), payload_(payload) {}

    [[nodiscard]] constexpr protected_header const& header() const noexcept {
        return token_.header();
    }

    /// The JSON text of a parameter of the header, such as a critical one; fails as `parameter_of`.
    [[nodiscard]] result<std::string_view> parameter(std::string_view name,
                                                     std::span<char> space) const noexcept {
        return parameter_of(token_.encoded_header(), name, space);
    }

    /// The payload that was signed.
    [[nodiscard]] constexpr payload_chain payload() const noexcept { return payload_; }

    /// The digest of the signing input. Fails: backend.
    template <Digest D>
    [[nodiscard]] result<fixed_bytes<D::size>> identity() const noexcept {
        return token_.input(payload_).identity<D>();
    }
};

/// Reads a JWS whose payload is elsewhere and was encoded before it was signed.
/// Fails: payload_not_detached, and as `jws::split` and `parse_header`.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse(std::string_view text,
                                                 std::size_t max_size) noexcept {
    return unverified::read<jws::detail::payload_is::encoded, Understood>(text, max_size);
}

/// Reads a JWS whose payload is elsewhere and was signed as it is. Fails: as `parse`, and
/// header_b64 where the header does not say so, critically. [RFC 7797 §3, §6]
template <class Understood = critical_names<"b64">>
    requires(!EncodesPayload<Understood>)
[[nodiscard]] constexpr result<unverified> parse_unencoded(std::string_view text,
                                                           std::size_t max_size) noexcept {
    return unverified::read<jws::detail::payload_is::signed_as_it_is, Understood>(text, max_size);
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse(std::same_as<std::string> auto&&, std::size_t) = delete;
template <class Understood = critical_names<"b64">>
result<unverified> parse_unencoded(std::same_as<std::string> auto&&, std::size_t) = delete;

/// Verifies that a payload is the one that was signed, by one of the `Acceptable` algorithms with a
/// key of the set. An algorithm that needs its message in one place (`VerifiesChain` tells) gets a
/// copy in `space`, of `input(payload).size()` octets. Fails: algorithm_refused, no_such_key,
/// ambiguous_key, base64_*, buffer_too_small, signature, backend.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As>
[[nodiscard]] result<verified> verify(unverified const& token, payload_chain payload,
                                      key_set<B, As> const& keys, workspace<B, Ws>& work,
                                      byte_span space) noexcept {
    auto const passed =
        jws::detail::signature_check::run(common_algorithms<Acceptable, As>{}, token.stated(),
                                          token.input(payload), keys, space, work);
    if (!passed) {
        return passed.error();
    }
    return verified{token, payload, *passed};
}

/// Verifies by algorithms none of which needs space.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As> &&
             verifies_chains<B, common_algorithms<Acceptable, As>>
[[nodiscard]] result<verified> verify(unverified const& token, payload_chain payload,
                                      key_set<B, As> const& keys, workspace<B, Ws>& work) noexcept {
    return verify<Acceptable>(token, payload, keys, work, {});
}

/// A temporary key set is a mistake: it is made anew for every token.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
result<verified> verify(unverified const&, payload_chain, key_set<B, As>&&, workspace<B, Ws>&,
                        byte_span = {}) = delete;

/// Signs a payload and leaves it out of the token. Fails: as `jws::sign`. Cost: no copy of the
/// payload, but for an algorithm that wants it whole (EdDSA), one while it is signed.
template <Signer S>
[[nodiscard]] result<std::string> sign(payload_chain payload, std::string_view typ, S& signer,
                                       Random auto& random) {
    auto const parts =
        jws::detail::sign_detached(payload, typ, signer, random, jws::detail::payload_is::encoded);
    return parts ? result<std::string>{parts->header + ".." + parts->signature} : parts.error();
}

/// Signs a payload as it is, by `b64`, and leaves it out of the token. Fails and costs: as `sign`.
template <Signer S>
[[nodiscard]] result<std::string> sign_unencoded(payload_chain payload, std::string_view typ,
                                                 S& signer, Random auto& random) {
    auto const parts = jws::detail::sign_detached(payload, typ, signer, random,
                                                  jws::detail::payload_is::signed_as_it_is);
    return parts ? result<std::string>{parts->header + ".." + parts->signature} : parts.error();
}

}  // namespace mcx::jws::detached

#endif
