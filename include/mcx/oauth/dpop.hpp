// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_DPOP_HPP
#define MCX_OAUTH_DPOP_HPP

#include <mcx/core/error_text.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/bearer.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

#include <algorithm>
#include <concepts>
#include <span>
#include <string>
#include <string_view>

// Tokens that take a proof of possession, in HTTP: the Authorization header, the header fields of
// the proof and of its nonce, the challenge in a refusal [RFC 9449 §4.1, §7.1, §8]. The proof
// itself is in grant/dpop.hpp. Where nobody includes this, nothing but bearer tokens is used.

namespace mcx::oauth {

/// The name of the field of a request that brings the proof. [RFC 9449 §4.1]
inline constexpr std::string_view dpop_field = "DPoP";

/// The name of the field of a response that brings the nonce for the next proofs. [RFC 9449 §8.1]
inline constexpr std::string_view dpop_nonce_field = "DPoP-Nonce";

namespace detail {

struct dpop_nonce_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.find(' ') == v.npos ? error_text_tag::check(v) : errc::value_character;
    }
};

struct algorithm_names_tag {
    static constexpr errc check(std::string_view v) noexcept { return error_text_tag::check(v); }
};

}  // namespace detail

/// The value that a server wants to see in proofs for some time, 1 to 255 visible characters.
/// [RFC 9449 §8.1]
using dpop_nonce = text<detail::dpop_nonce_tag, 255>;

/// The names of algorithms, with a space between two. [RFC 9449 §7.1]
using algorithm_names = text<detail::algorithm_names_tag, 255>;

/// Finds the token in the value of an Authorization header of this scheme, which it borrows.
/// Fails: bearer_missing (no value, or another scheme), bearer_malformed. [RFC 9449 §7.1]
[[nodiscard]] constexpr result<std::string_view> parse_dpop_authorization(
    std::string_view value) noexcept {
    return detail::parse_credentials(value, "dpop");
}
result<std::string_view> parse_dpop_authorization(std::same_as<std::string> auto&&) = delete;

/// Writes the value of an Authorization header of this scheme.
/// Fails: value_empty, value_character (no token can be written like that).
[[nodiscard]] inline result<std::string> dpop_authorization(token const& access) {
    return detail::write_credentials("DPoP", access);
}

/// The proof of a request that has these fields of the name `dpop_field`.
/// Fails: proof_missing, proof_repeated. [RFC 9449 §4.3 item 1]
[[nodiscard]] constexpr result<std::string_view> sole_proof(
    std::span<std::string_view const> fields) noexcept {
    if (fields.empty()) {
        return errc::proof_missing;
    }
    return fields.size() == 1 ? result<std::string_view>{fields[0]} : errc::proof_repeated;
}

/// What a resource server says in WWW-Authenticate where tokens take a proof. [RFC 9449 §7.1]
struct dpop_challenge : challenge {
    algorithm_names algs;  // with which a proof may be signed; empty: absent

    /// The status of the response: 400, 401 or 403; 401 where the proof is what is wrong.
    [[nodiscard]] constexpr int status() const noexcept {
        bool const of_proof =
            code == error_code::invalid_dpop_proof || code == error_code::use_dpop_nonce;
        return of_proof ? 401 : challenge::status();
    }
};

/// Writes the value of a WWW-Authenticate header. [RFC 9449 §7.1]
[[nodiscard]] inline std::string www_authenticate(dpop_challenge const& refusal) {
    return detail::write_challenge("DPoP", refusal, refusal.algs.view());
}

/// The challenge with which a resource server answers a peer's error in the access token, its
/// scheme or what it is bound to: as `challenge_for`. Fails: as `challenge_for`. [RFC 9449 §7.1]
[[nodiscard]] constexpr result<dpop_challenge> dpop_challenge_for(
    error refused, algorithm_names const& algs, scope const& needed = {}) noexcept {
    auto const as_bearer = challenge_for(refused, needed);
    if (!as_bearer) {
        return as_bearer.error();
    }
    dpop_challenge answer;
    static_cast<challenge&>(answer) = *as_bearer;
    answer.algs = algs;
    return answer;
}

/// The challenge with which a resource server answers a peer's error in the proof: use_dpop_nonce
/// for proof_nonce_due, and the response then has to bring a nonce; else invalid_dpop_proof.
/// Fails: the same error where the peer is not to blame; no_such_answer where it is of another kind
/// than a proof can be. [RFC 9449 §7.1, §9]
[[nodiscard]] constexpr result<dpop_challenge> dpop_challenge_for_proof(
    error refused, algorithm_names const& algs) noexcept {
    if (blame_of(refused) != blame::peer) {
        return refused.code == errc::none ? error{errc::no_such_answer} : refused;
    }
    if (stage_of(refused) >= stage::message && refused.code != errc::proof_repeated) {
        return errc::no_such_answer;
    }
    dpop_challenge answer;
    answer.code = refused.code == errc::proof_nonce_due ? error_code::use_dpop_nonce
                                                        : error_code::invalid_dpop_proof;
    answer.description = *error_description::from(message_of(refused.code));
    answer.algs = algs;
    return answer;
}

}  // namespace mcx::oauth

#endif
