// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_DPOP_HPP
#define MCX_GRANT_DPOP_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_borrowed.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/grant/dpop_proof.hpp>
#include <mcx/jose/compact.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jose/jwk.hpp>
#include <mcx/jose/signature_check.hpp>
#include <mcx/jose/thumbprint.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/replay.hpp>
#include <mcx/oauth/dpop.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

// Checking proofs of possession [RFC 9449 §4.3]. Here, and nowhere else in the library, the `jwk`
// of a header chooses the key; that is no identity: it says that whoever sent the request holds
// some key, and which. What comes of a check is of a type of its own that becomes no `verified` and
// no `validated`. Whether a token is bound to that key is in grant/confirmation.hpp.

namespace mcx::grant {

/// What a server knows of the request that a proof came with, and how old the proof may be. Where
/// there are nonces, the proof has to have one of them; where there are none, any will do.
struct proof_expectation {
    http_method method;
    target_uri target;
    std::span<oauth::dpop_nonce const> nonces{};
    leeway skew{};
    lifetime age = lifetime(std::chrono::seconds{60});
};

/// The longest proof that is read, in octets: keys and signatures of ML-DSA-87 fit.
inline constexpr std::size_t max_proof_size = 16384;

namespace detail {

template <class B, class Set>
inline constexpr bool verifies_signatures = false;
template <class B, class A, class... As>
inline constexpr bool verifies_signatures<B, algorithm_set<A, As...>> =
    Verifies<B, A> && (... && Verifies<B, As>);

}  // namespace detail

/// Backend B checks proofs that are signed with one of these algorithms; none of them is a MAC.
template <class B, class As>
concept ChecksProofs = AlgorithmSet<As> && detail::verifies_signatures<B, As> && Digests<B, sha256>;

/// The names of algorithms for a challenge.
template <AlgorithmSet As>
[[nodiscard]] constexpr oauth::algorithm_names names_for_challenge() noexcept {
    return []<class... Each>(algorithm_set<Each...>) {
        char text[oauth::algorithm_names::max_size]{};
        std::size_t size = 0;
        auto const append = [&](std::string_view name) {
            contract(name.size() + 1 <= sizeof text - size);
            text[size] = ' ';
            size += (size == 0 ? 0U : 1U);
            size += name.copy(text + size, name.size());
        };
        (..., append(Each::name));
        return *oauth::algorithm_names::from({text, size});
    }(As{});
}

namespace detail {

/// The header of a proof; the number of `jwk` follows those of RFC 7515's own.
struct proof_header : jws::protected_header {
    json::borrowed_object jwk;

    using fields =
        field_list<required<"alg", &proof_header::alg>, optional<"kid", &proof_header::kid>,
                   optional<"typ", &proof_header::typ>, optional<"cty", &proof_header::cty>,
                   optional<"crit", &proof_header::crit>, prohibited<"b64">, prohibited<"enc">,
                   required<"jwk", &proof_header::jwk>>;
};

struct proof_check;

// Carries what a checked proof is made from.
class proof_passkey {
    friend struct proof_check;
    sha256_thumbprint const& jkt_;
    jwt::first_use const& use_;
    constexpr proof_passkey(sha256_thumbprint const& jkt, jwt::first_use const& use) noexcept
        : jkt_(jkt), use_(use) {}

  public:
    [[nodiscard]] constexpr sha256_thumbprint const& jkt() const noexcept { return jkt_; }
    [[nodiscard]] constexpr jwt::first_use const& use() const noexcept { return use_; }
};

}  // namespace detail

/// Says that whoever sent this request holds a key: never who that is.
class checked_proof {
    sha256_thumbprint jkt_;
    jwt::first_use replay_;

  public:
    constexpr explicit checked_proof(detail::proof_passkey const& key) noexcept
        : jkt_(key.jkt()), replay_(key.use()) {}

    /// The thumbprint of the key. [RFC 7638, RFC 9449 §6.1]
    [[nodiscard]] constexpr sha256_thumbprint const& jkt() const noexcept { return jkt_; }

    /// What has to be remembered for the proof to be used once, see `jwt::consume`: the key, as a
    /// thumbprint URI, its `jti`, and the instant from which on the proof is too old. The target is
    /// not in it, so that a `jti` is good for one target only. [RFC 9449 §11.1, RFC 9278]
    [[nodiscard]] constexpr jwt::first_use const& replay() const noexcept { return replay_; }
};

/// Says so of a request that brings an access token, and that the proof was made for that token.
class checked_token_proof : public checked_proof {
  public:
    constexpr explicit checked_token_proof(detail::proof_passkey const& key) noexcept
        : checked_proof(key) {}
};

namespace detail {

/// A proof whose signature is good: the key's thumbprint and the claims.
struct signed_claims {
    sha256_thumbprint jkt;
    dpop_claims claims;
};

struct proof_check {
    [[nodiscard]] static constexpr error refused(errc code, std::string_view claim) noexcept {
        return {code, dpop_claims::fields::number_of(claim)};
    }

    /// Verifies with the key in the header, whose work space nobody keeps: anyone can make a key.
    template <class B, class A>
    [[nodiscard]] static result<sha256_thumbprint> with(jws::compact_parts const& parts,
                                                        jwk::members const& members) noexcept {
        auto const numbers = jwk::read<A>(members);
        if (!numbers) {
            return numbers.error();
        }
        typename A::signature signature{};
        auto const decoded = jws::detail::decode_signature(parts.signature, signature);
        if (!decoded) {
            auto const place = parts.signing_input.size() + 1 + decoded.error().offset;
            return error{decoded.error().code, 0, mcx::detail::offset32(place)};
        }
        if (!*decoded) {
            return errc::signature;
        }
        auto const key = verifying_key<A, B>::from(*numbers);
        if (!key) {
            return key.error();
        }
        switch (key->verify(as_bytes(parts.signing_input), signature)) {
            case verdict::good:
                return jwk::thumbprint<A, hashing<B, sha256>>(*numbers).transform(encoded_print);
            case verdict::bad:
                return errc::signature;
            case verdict::unavailable:
                break;
        }
        return errc::backend;
    }

    /// Items 4 to 7: the header, the algorithm, the key and the signature.
    template <class B, class... As>
    [[nodiscard]] static result<sha256_thumbprint> key_of(jws::compact_parts const& parts,
                                                          algorithm_set<As...> accepted) noexcept {
        using fields = proof_header::fields;
        char text[4096];
        if (base64url::max_decoded_size(parts.header.size()) > sizeof text) {
            return errc::header_too_long;
        }
        auto const object = base64url::decode_text(parts.header, text);
        if (!object) {
            return object.error();
        }
        auto const header = jws::detail::read_header<proof_header, jws::critical_names<>>(*object);
        if (!header) {
            return header.error();
        }
        if (!header->typ || !jwt::typ_is<"dpop+jwt">::accepts(header->typ->view())) {
            return error{errc::token_type_refused, fields::number_of("typ")};
        }
        std::string_view const alg = header->alg.view();
        if (!accepted.names(alg)) {
            return error{errc::algorithm_refused, fields::number_of("alg")};
        }
        auto const members = jwk::parse(header->jwk.text);
        if (!members) {
            return members.error();
        }
        result<sha256_thumbprint> checked = errc::algorithm_refused;
        (void)(... || (answers_to<As>(alg) && (checked = with<B, As>(parts, *members), true)));
        return checked;
    }

    /// Items 2 to 7: whose key it is, and what the holder says.
    template <class B, AlgorithmSet As>
    [[nodiscard]] static result<signed_claims> read(std::string_view proof) noexcept {
        auto const parts = jws::split(proof, max_proof_size);
        if (!parts) {
            return parts.error();
        }
        char text[max_proof_payload];
        if (base64url::max_decoded_size(parts->payload.size()) > sizeof text) {
            return error{errc::payload_too_long, 0,
                         mcx::detail::offset32(parts->header.size() + 1)};
        }
        auto const jkt = key_of<B>(*parts, As{});
        if (!jkt) {
            return jkt.error();
        }
        auto const object = base64url::decode_text(parts->payload, text);
        if (!object) {
            return object.error();
        }
        auto const claims = json::parse_object<dpop_claims>(*object, {}, jwt::claim_errors);
        if (!claims) {
            return claims.error();
        }
        return signed_claims{*jkt, *claims};
    }

    /// Items 8 to 11: the request, the nonce, the time.
    [[nodiscard]] static constexpr result<void> expected(dpop_claims const& claims,
                                                         proof_expectation const& want,
                                                         instant now) noexcept {
        if (claims.htm != want.method) {
            return refused(errc::proof_method_mismatch, "htm");
        }
        if (claims.htu != want.target) {
            return refused(errc::proof_target_mismatch, "htu");
        }
        bool const fresh = want.nonces.empty() ||
                           (claims.nonce && std::find(want.nonces.begin(), want.nonces.end(),
                                                      *claims.nonce) != want.nonces.end());
        if (!fresh) {
            return refused(errc::proof_nonce_due, "nonce");
        }
        if (now.plus(want.skew.value()) < claims.iat) {
            return refused(errc::issued_in_future, "iat");
        }
        return now < over(claims, want) ? result<void>{} : refused(errc::too_old, "iat");
    }

    /// The instant from which on a proof is too old.
    [[nodiscard]] static constexpr instant over(dpop_claims const& claims,
                                                proof_expectation const& want) noexcept {
        return claims.iat.plus(want.age.value()).plus(want.skew.value());
    }

    [[nodiscard]] static jwt::first_use use_of(signed_claims const& made,
                                               proof_expectation const& want) noexcept {
        constexpr std::string_view kind = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";
        char name[kind.size() + sha256_thumbprint::max_size];
        std::size_t const size = kind.copy(name, kind.size());
        std::string_view const jkt = made.jkt.view();
        jwt::first_use use;
        use.from = *issuer::from({name, size + jkt.copy(name + size, jkt.size())});
        use.id = made.claims.jti;
        use.until = over(made.claims, want);
        return use;
    }

    /// The first half of item 12: the access token that goes along.
    template <class B>
    [[nodiscard]] static result<void> goes_with(dpop_claims const& claims,
                                                std::string_view token) noexcept {
        if (!claims.ath) {
            return refused(errc::claim_missing, "ath");
        }
        auto const hash = token_hash_for_proof<hashing<B, sha256>>(token);
        if (!hash) {
            return hash.error();
        }
        return *hash == *claims.ath ? result<void>{} : refused(errc::token_hash_mismatch, "ath");
    }

    template <class B, AlgorithmSet As, class Checked>
    [[nodiscard]] static result<Checked> run(std::string_view proof, proof_expectation const& want,
                                             instant now, std::string_view token) noexcept {
        auto const made = read<B, As>(proof);
        if (!made) {
            return made.error();
        }
        auto passed = expected(made->claims, want, now);
        if constexpr (std::same_as<Checked, checked_token_proof>) {
            passed = passed ? goes_with<B>(made->claims, token) : passed;
        }
        if (!passed) {
            return passed.error();
        }
        return Checked{proof_passkey{made->jkt, use_of(*made, want)}};
    }
};

}  // namespace detail

/// Checks the proof of a request that brings no access token, such as one to a token endpoint.
/// `oauth::answer_to_proof` makes the answer to a failure.
/// Fails: as `jws::split`, `jws::parse_header` (header_missing for `jwk` too), token_type_refused,
/// algorithm_refused, as `jwk::parse` and `jwk::read`, signature, payload_too_long, claim_*,
/// proof_method_mismatch, proof_target_mismatch, proof_nonce_due, issued_in_future, too_old,
/// backend; `where` is the number of the header's, the key's or the proof's member.
/// Cost: that of preparing the key for one use. [RFC 9449 §4.3]
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
    requires ChecksProofs<B, As>
[[nodiscard]] result<checked_proof> check_proof(std::string_view proof,
                                                proof_expectation const& want,
                                                Clock auto const& clock) noexcept {
    return detail::proof_check::run<B, As, checked_proof>(proof, want, clock.now(), {});
}

/// Checks the proof of a request that brings an access token, as it stands in its header.
/// `oauth::dpop_challenge_for_proof` makes the answer to a failure.
/// Fails: as `check_proof`; claim_missing (no `ath`), token_hash_mismatch. [RFC 9449 §4.3, §7]
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
    requires ChecksProofs<B, As>
[[nodiscard]] result<checked_token_proof> check_token_proof(std::string_view proof,
                                                            std::string_view access_token,
                                                            proof_expectation const& want,
                                                            Clock auto const& clock) noexcept {
    return detail::proof_check::run<B, As, checked_token_proof>(proof, want, clock.now(),
                                                                access_token);
}

}  // namespace mcx::grant

#endif
