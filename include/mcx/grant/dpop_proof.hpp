// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_DPOP_PROOF_HPP
#define MCX_GRANT_DPOP_PROOF_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/codec/uri.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/thumbprint.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/dpop.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Making proofs of possession: a client signs each of its requests with the key that its tokens are
// bound to, and the public key stands in the header of the proof [RFC 9449 §4.2]. A proof has no
// `exp`, so that it is of no `jwt::Profile` and can be taken for no token. Checking one is in
// grant/dpop.hpp.

namespace mcx::grant {

namespace detail {

/// A token of HTTP, whose case matters. [RFC 9110 §5.6.2, §9.1]
struct http_method_tag {
    static constexpr errc check(std::string_view v) noexcept {
        auto const stands = [](char c) {
            constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
            return mcx::detail::uri_is_letter(c) || mcx::detail::uri_is_digit(c) ||
                   marks.find(c) != marks.npos;
        };
        bool const clean = std::all_of(v.begin(), v.end(), stands);
        return v.empty() ? errc::value_empty : clean ? errc::none : errc::value_character;
    }
};

[[nodiscard]] constexpr char lower_case(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Writes a path whose triplets are in order: unreserved characters without one, and upper case.
/// Writes no more characters than it reads. [RFC 3986 §6.2.2.1, §6.2.2.2]
[[nodiscard]] constexpr std::size_t write_normal_path(std::string_view path, char* out) noexcept {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view marks = "-._~";
    std::size_t size = 0;
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] != '%') {
            out[size++] = path[at];
            continue;
        }
        unsigned const high = mcx::detail::hex_value(path[++at]);
        unsigned const low = mcx::detail::hex_value(path[++at]);
        char const c = static_cast<char>(static_cast<unsigned char>(high << 4U | low));
        if (mcx::detail::uri_is_letter(c) || mcx::detail::uri_is_digit(c) ||
            marks.find(c) != marks.npos) {
            out[size++] = c;
        } else {
            out[size++] = '%';
            out[size++] = digits[high];
            out[size++] = digits[low];
        }
    }
    return size;
}

}  // namespace detail

/// The method of a request, compared octet for octet. [RFC 9110 §9.1, RFC 9449 §4.3 item 8]
using http_method = text<detail::http_method_tag, 32>;

/// Where a request goes, without query and fragment, which nobody compares. Other URIs of this
/// library are compared as they were written; this one is first brought into one form, as RFC 9449
/// §4.3 asks: scheme and host in lower case, no port where it is 443, "/" for no path, triplets in
/// upper case and none for an unreserved character. Dot segments stay: a request that has any is
/// another one. https only. [RFC 3986 §6.2.2, §6.2.3]
class target_uri {
    https_uri normal_;

  public:
    static constexpr std::size_t max_size = https_uri::max_size;

    constexpr target_uri() = default;

    /// Fails: value_too_long, uri_*.
    [[nodiscard]] static constexpr result<target_uri> from(std::string_view v) noexcept {
        std::string_view const written = v.substr(0, v.find_first_of("?#"));
        if (errc const refused = https_uri::check(written); refused != errc::none) {
            return refused;
        }
        auto const parts = split_uri(written);
        constexpr std::string_view scheme = "https://";
        char normal[max_size + 1]{};
        std::size_t size = scheme.copy(normal, scheme.size());
        for (char const c : parts->host) {
            normal[size++] = detail::lower_case(c);
        }
        if (!parts->port.empty() && parts->port != "443") {
            normal[size++] = ':';
            size += parts->port.copy(normal + size, parts->port.size());
        }
        std::string_view const path = parts->path.empty() ? "/" : parts->path;
        size += detail::write_normal_path(path, normal + size);
        target_uri made;
        if (errc const refused = made.normal_.set({normal, size}); refused != errc::none) {
            return refused;
        }
        return made;
    }

    /// The one form.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return normal_.view(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return normal_.empty(); }

    friend constexpr bool operator==(target_uri const&, target_uri const&) = default;
};

/// What a proof says: of which request it is, and which token goes along with it.
/// [RFC 9449 §4.2]
struct dpop_claims {
    jwt_id jti;
    http_method htm;
    target_uri htu;
    instant iat;
    std::optional<sha256_thumbprint> ath;  ///< of the access token, where one goes along
    std::optional<oauth::dpop_nonce> nonce;

    using fields =
        claim_list<required<"jti", &dpop_claims::jti>, required<"htm", &dpop_claims::htm>,
                   required<"htu", &dpop_claims::htu>, required<"iat", &dpop_claims::iat>,
                   optional<"ath", &dpop_claims::ath>, optional<"nonce", &dpop_claims::nonce>>;

    friend constexpr bool operator==(dpop_claims const&, dpop_claims const&) = default;
};

static_assert(ClaimSet<dpop_claims>);

/// A key that can sign proofs: its algorithm is no MAC, and it shows its public half.
template <class S>
concept ProofSigner =
    TypedSigner<S> && SignatureAlgorithm<typename S::algorithm> && requires(S const& signer) {
        { signer.public_key() } -> std::convertible_to<typename S::algorithm::public_key>;
    };

namespace detail {

inline constexpr std::string_view proof_typ = "dpop+jwt";
inline constexpr std::size_t max_proof_payload = 2048;

/// The octets of a hash in base64url.
[[nodiscard]] constexpr sha256_thumbprint encoded_print(jwk::sha256_print const& octets) noexcept {
    char text[base64url::encoded_size(sha256::size)]{};
    return *sha256_thumbprint::from({text, base64url::encode(octets, text)});
}

}  // namespace detail

/// The hash of an access token, the claim `ath`. Fails: backend. [RFC 9449 §4.2]
template <Digest D>
    requires(D::size == sha256::size)
[[nodiscard]] result<sha256_thumbprint> token_hash_for_proof(std::string_view token) noexcept {
    return digest_of<D>(as_bytes(token)).transform(detail::encoded_print);
}

/// Signs a proof; `signer`'s public key stands in its header, in the form of a thumbprint's input.
/// Fails: claim_value (a claim that is empty), backend, random_unavailable.
/// Cost: one allocation, of the proof. [RFC 9449 §4.2]
template <ProofSigner S>
[[nodiscard]] result<std::string> make_proof(dpop_claims const& claims, S& signer,
                                             Random auto& random) {
    using algorithm = typename S::algorithm;
    using key = typename algorithm::public_key;
    char text[detail::max_proof_payload];
    json::writer payload{text};
    json::write_object(payload, claims);
    auto const size = payload.finish();
    if (!size || !json::parse_object<dpop_claims>({text, *size}, {}, jwt::claim_errors)) {
        return errc::claim_value;
    }
    char head[base64url::encoded_size(sizeof(key)) + 192];
    json::writer header{head};
    header.begin_object();
    header.name("typ");
    header.string(detail::proof_typ);
    header.name("alg");
    header.string(algorithm::name);
    header.name("jwk");
    jwk::detail::write_required<algorithm>(header, signer.public_key());
    header.end_object();
    auto const head_size = header.finish();
    if (!head_size) {
        return head_size.error();
    }
    return jws::detail::sign_under(as_bytes({head, *head_size}), as_bytes({text, *size}), signer,
                                   random);
}

}  // namespace mcx::grant

#endif
