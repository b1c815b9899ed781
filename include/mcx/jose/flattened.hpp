// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_FLATTENED_HPP
#define MCX_JOSE_FLATTENED_HPP

#include <mcx/codec/json_writer.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/compact.hpp>
#include <mcx/jose/json_serialization.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/signature_check.hpp>
#include <mcx/jose/signing_input.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// The flattened JSON serialization: one signature, and a payload that is encoded, or that the JSON
// string means as it is. The verb says which of the two, never the token. [RFC 7515 §7.2.2, RFC
// 7797 §3]

namespace mcx::jws::flattened {

/// A JWS in flattened JSON whose signature has not been looked at. Borrows its text.
class unverified {
    jws::detail::split_header header_;
    jws::signing_input input_;
    json::borrowed_string signature_;

  public:
    constexpr unverified(jws::detail::split_header const& header, jws::signing_input const& input,
                         json::borrowed_string const& signature) noexcept
        : header_(header), input_(input), signature_(signature) {}

    [[nodiscard]] constexpr protected_header const& header() const noexcept {
        return header_.protected_half;
    }
    /// The key's name, which the unprotected header may give.
    [[nodiscard]] constexpr std::optional<key_id> const& kid() const noexcept {
        return header_.kid;
    }
    /// What was signed; its size is the space that `verify` may need.
    [[nodiscard]] constexpr jws::signing_input const& input() const noexcept { return input_; }

    [[nodiscard]] constexpr jws::detail::stated_signature stated() const noexcept {
        return {header().alg.view(), header_.kid, signature_.token.raw, signature_.offset};
    }
};

/// A JWS in flattened JSON whose signature is good.
class verified {
    unverified token_;

  public:
    constexpr verified(unverified const& token, jws::detail::passkey) noexcept : token_(token) {}

    [[nodiscard]] constexpr protected_header const& header() const noexcept {
        return token_.header();
    }

    /// The payload that was signed, in the caller's octets. Fails: buffer_too_small.
    [[nodiscard]] result<byte_view> payload(byte_span out) const noexcept {
        return token_.input().payload(out);
    }

    /// The digest of the signing input: the same for the same token in compact form. Fails:
    /// backend.
    template <Digest D>
    [[nodiscard]] result<fixed_bytes<D::size>> identity() const noexcept {
        return token_.input().identity<D>();
    }
};

namespace detail {

struct members {
    std::optional<json::borrowed_string> payload;
    std::optional<json::borrowed_string> protected_half;
    std::optional<json::borrowed_object> unprotected_half;
    json::borrowed_string signature;

    using fields = field_list<optional<"payload", &members::payload>,
                              optional<"protected", &members::protected_half>,
                              optional<"header", &members::unprotected_half>,
                              required<"signature", &members::signature>, prohibited<"signatures">>;
};

/// Reads a token whose payload is in its text, or is the one given.
template <bool Unencoded, class Understood>
[[nodiscard]] constexpr result<unverified> read(
    std::string_view text, std::size_t max_size,
    std::optional<payload_chain> elsewhere = std::nullopt) noexcept {
    auto const m = jws::detail::read_members<members>(text, max_size, elsewhere);
    if (!m) {
        return m.error();
    }
    auto const header = jws::detail::read_split_header<Unencoded, Understood>(m->protected_half,
                                                                              m->unprotected_half);
    if (!header) {
        return header.error();
    }
    if (auto const signature = jws::detail::encoded_text(m->signature); !signature) {
        return signature.error();
    }
    auto const payload = jws::detail::payload_input<Unencoded>(m->payload, elsewhere);
    if (!payload) {
        return payload.error();
    }
    return unverified{*header, payload->under(header->encoded), m->signature};
}

}  // namespace detail

/// Reads a JWS in flattened JSON. Fails: token_too_long, compact_serialization,
/// other_json_serialization, jws_member_missing, jws_member_shape, header_unprotected,
/// header_repeated, json_*, base64_*, and as `parse_header`; `where` is the header parameter.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse(std::string_view text,
                                                 std::size_t max_size) noexcept {
    return detail::read<false, Understood>(text, max_size);
}

/// Reads a JWS in flattened JSON whose payload is signed as it is. Fails: as `parse`, and
/// header_b64 where the header does not say so, critically. [RFC 7797 §4.2, §6]
template <class Understood = critical_names<"b64">>
    requires(!EncodesPayload<Understood>)
[[nodiscard]] constexpr result<unverified> parse_unencoded(std::string_view text,
                                                           std::size_t max_size) noexcept {
    return detail::read<true, Understood>(text, max_size);
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse(std::same_as<std::string> auto&&, std::size_t) = delete;
template <class Understood = critical_names<"b64">>
result<unverified> parse_unencoded(std::same_as<std::string> auto&&, std::size_t) = delete;

/// Verifies the signature by one of the `Acceptable` algorithms with a key of the set. An algorithm
/// that needs its message in one place gets a copy in `space`, of `input().size()` octets at most.
/// Fails: algorithm_refused, no_such_key, ambiguous_key, base64_*, buffer_too_small, signature,
/// backend.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As>
[[nodiscard]] result<verified> verify(unverified const& token, key_set<B, As> const& keys,
                                      workspace<B, Ws>& work, byte_span space) noexcept {
    auto const passed = jws::detail::signature_check::run(
        common_algorithms<Acceptable, As>{}, token.stated(), token.input(), keys, space, work);
    if (!passed) {
        return passed.error();
    }
    return verified{token, *passed};
}

/// Verifies by algorithms none of which needs space.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As> &&
             verifies_chains<B, common_algorithms<Acceptable, As>>
[[nodiscard]] result<verified> verify(unverified const& token, key_set<B, As> const& keys,
                                      workspace<B, Ws>& work) noexcept {
    return verify<Acceptable>(token, keys, work, {});
}

/// A temporary key set is a mistake: it is made anew for every token.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
result<verified> verify(unverified const&, key_set<B, As>&&, workspace<B, Ws>&,
                        byte_span = {}) = delete;

namespace detail {

[[nodiscard]] inline std::string write(std::optional<std::string_view> payload,
                                       compact_parts const& parts) {
    std::string made;
    for (bool const measuring : {true, false}) {
        json::writer w{measuring ? std::span<char>{} : std::span<char>{made}};
        w.begin_object();
        if (payload) {
            w.name("payload");
            w.string(*payload);
        }
        w.name("protected");
        w.string(parts.header);
        w.name("signature");
        w.string(parts.signature);
        w.end_object();
        made.resize(w.size());
    }
    return made;
}

}  // namespace detail

/// Signs a payload. The header is all protected. Fails: as `jws::sign`.
template <Signer S>
[[nodiscard]] result<std::string> sign(byte_view payload, std::string_view typ, S& signer,
                                       Random auto& random) {
    auto const compact = jws::sign(payload, typ, signer, random);
    if (!compact) {
        return compact.error();
    }
    auto const parts = split(*compact, compact->size());
    return parts ? result<std::string>{detail::write(parts->payload, *parts)} : parts.error();
}

/// Signs a text as it is. Fails: as `jws::sign`, and utf8_invalid for the payload. [RFC 7797 §3]
template <Signer S>
[[nodiscard]] result<std::string> sign_unencoded(std::string_view payload, std::string_view typ,
                                                 S& signer, Random auto& random) {
    if (auto const text = utf8::check(payload); !text) {
        return text.error().code;
    }
    byte_view const whole = as_bytes(payload);
    auto const parts = jws::detail::sign_detached(payload_chain{&whole, 1}, typ, signer, random,
                                                  jws::detail::payload_is::signed_as_it_is);
    if (!parts) {
        return parts.error();
    }
    return detail::write(payload, {parts->header, {}, parts->signature, {}});
}

}  // namespace mcx::jws::flattened

#endif
