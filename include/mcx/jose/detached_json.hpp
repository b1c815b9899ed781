// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_DETACHED_JSON_HPP
#define MCX_JOSE_DETACHED_JSON_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/flattened.hpp>
#include <mcx/jose/general.hpp>
#include <mcx/jose/json_serialization.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/signing_input.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

// The JSON serializations without their member `payload`: the caller has the payload, in pieces,
// and gives it when the token is read, which borrows it. From there on the token is one like any
// other. A token that brings a payload along, be it an empty one, is refused. The compact form is
// in jose/detached.hpp. [RFC 7515 F, RFC 7797]

namespace mcx::jws::flattened {

/// Reads a JWS in flattened JSON whose payload is elsewhere and was encoded before it was signed.
/// Fails: payload_not_detached, and as `parse`.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse_detached(std::string_view text,
                                                          payload_chain payload,
                                                          std::size_t max_size) noexcept {
    return unverified::read<false, Understood>(text, max_size, payload);
}

/// Reads a JWS in flattened JSON whose payload is elsewhere and was signed as it is. Fails:
/// payload_not_detached, and as `parse_unencoded`. [RFC 7797 §3, §6]
template <class Understood = critical_names<"b64">>
    requires(!EncodesPayload<Understood>)
[[nodiscard]] constexpr result<unverified> parse_detached_unencoded(std::string_view text,
                                                                    payload_chain payload,
                                                                    std::size_t max_size) noexcept {
    return unverified::read<true, Understood>(text, max_size, payload);
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse_detached(std::same_as<std::string> auto&&, payload_chain,
                                  std::size_t) = delete;
template <class Understood = critical_names<"b64">>
result<unverified> parse_detached_unencoded(std::same_as<std::string> auto&&, payload_chain,
                                            std::size_t) = delete;

namespace detail {

[[nodiscard]] inline result<std::string> write_detached(
    result<jws::detail::signed_parts> const& parts) {
    if (!parts) {
        return parts.error();
    }
    return write(std::nullopt, {parts->header, {}, parts->signature, {}});
}

}  // namespace detail

/// Signs a payload and leaves it out of the token. Fails and costs: as `detached::sign`.
template <Signer S>
[[nodiscard]] result<std::string> sign_detached(payload_chain payload, std::string_view typ,
                                                S& signer, Random auto& random) {
    return detail::write_detached(
        jws::detail::sign_detached(payload, typ, signer, random, jws::detail::payload_is::encoded));
}

/// Signs a payload as it is, by `b64`, and leaves it out of the token. Fails and costs: as
/// `detached::sign`.
template <Signer S>
[[nodiscard]] result<std::string> sign_detached_unencoded(payload_chain payload,
                                                          std::string_view typ, S& signer,
                                                          Random auto& random) {
    return detail::write_detached(jws::detail::sign_detached(
        payload, typ, signer, random, jws::detail::payload_is::signed_as_it_is));
}

}  // namespace mcx::jws::flattened

namespace mcx::jws::general {

/// Reads a JWS in general JSON whose payload is elsewhere and was encoded before it was signed.
/// Fails: payload_not_detached, and as `parse`.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse_detached(std::string_view text,
                                                          payload_chain payload,
                                                          std::size_t max_size) noexcept {
    return unverified::read<Understood>(text, max_size, payload);
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse_detached(std::same_as<std::string> auto&&, payload_chain,
                                  std::size_t) = delete;

/// Signs a payload once by each signer and leaves it out of the token. Fails: as `sign`. Cost: as
/// `detached::sign`, for each of them.
template <class... Ss>
    requires SomeSigners<Ss...>
[[nodiscard]] result<std::string> sign_detached(payload_chain payload, std::string_view typ,
                                                Random auto& random, Ss&... signers) {
    return detail::append_signatures("{", payload, typ, random, signers...);
}

}  // namespace mcx::jws::general

#endif
