// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_JWK_CERTIFICATES_HPP
#define MCX_JOSE_JWK_CERTIFICATES_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_borrowed.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/jose/jwk.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a JWK says of the certificates of its key: carried from one document to another. A
// thumbprint that is stated has to be that of the first certificate; no certificate ever vouches
// for a key here. jose/x509_key.hpp compares the certificate's key, and jose/key_set.hpp does both.
// `x5u` and `x5t` are read past. [RFC 7517 §4.7, §4.9]

namespace mcx::jwk {

/// The longest certificate that is read, in octets: one of ML-DSA-87 fits.
inline constexpr std::size_t max_certificate_size = 8192;

/// The octets of a certificate.
using certificate_octets = bounded_bytes<max_certificate_size>;

/// The members of a JWK that concern certificates.
struct certificates {
    static constexpr std::size_t max_count = 4;

    std::vector<std::string> x5c;  ///< DER in base64 (not base64url); empty where there is none
    std::optional<text<struct x5t_tag, 43>> x5t_s256;

    [[nodiscard]] bool empty() const noexcept { return x5c.empty() && !x5t_s256; }

    friend bool operator==(certificates const&, certificates const&) = default;
};

namespace detail {

inline constexpr json::object_errors certificate_errors{errc::key_set_shape,
                                                        errc::key_missing_member, errc::key_value,
                                                        errc::key_shape, errc::key_value};

/// The members as they stand in the text.
struct certificate_members {
    std::optional<list<json::borrowed_string, certificates::max_count>> x5c;
    std::optional<text<struct x5t_tag, 43>> x5t_s256;

    using fields = field_list<optional<"x5c", &certificate_members::x5c>,
                              optional<"x5t#S256", &certificate_members::x5t_s256>>;
};

[[nodiscard]] constexpr error about_certificates(errc code, std::string_view name) noexcept {
    return {code, certificate_members::fields::number_of(name)};
}

}  // namespace detail

/// Names the members that an error of this header concerns: `where` counts them.
using certificate_fields = detail::certificate_members::fields;

/// The octets of a certificate as `x5c` has it. Fails: key_value.
[[nodiscard]] constexpr result<certificate_octets> decode(std::string_view text) noexcept {
    auto const size = base64::decoded_size(text);
    certificate_octets made;
    if (!size || *size == 0 || !made.resize(*size) || !base64::decode(text, made.octets())) {
        return errc::key_value;
    }
    return made;
}

/// Reads what a JWK says of its certificates. Fails: json_*, key_set_shape, key_shape, key_value
/// (more than four, one that is too long or no base64, none in a list, or a thumbprint that is
/// none); `where` is the member of `certificate_fields`.
[[nodiscard]] inline result<certificates> read_certificates(std::string_view jwk) {
    auto const stated =
        json::parse_object<detail::certificate_members>(jwk, {}, detail::certificate_errors);
    if (!stated) {
        return stated.error();
    }
    certificates made{{}, stated->x5t_s256};
    if (stated->x5c && stated->x5c->empty()) {
        return detail::about_certificates(errc::key_value, "x5c");
    }
    for (std::size_t i = 0; stated->x5c && i < stated->x5c->size(); ++i) {
        char unescaped[base64::encoded_size(max_certificate_size)];
        auto const text = json::meaning((*stated->x5c)[i].token, unescaped);
        if (!text || !decode(*text)) {
            return detail::about_certificates(errc::key_value, "x5c");
        }
        made.x5c.emplace_back(*text);
    }
    if (made.x5t_s256) {
        fixed_bytes<sha256::size> print;
        auto const size = base64url::decode(made.x5t_s256->view(), print);
        if (!size || *size != print.size()) {
            return detail::about_certificates(errc::key_value, "x5t#S256");
        }
    }
    return made;
}

/// Compares the thumbprint that is stated with the first certificate, where both are there, by
/// whatever implementation D of SHA-256. Fails: key_value, key_certificate, backend.
template <Digest D>
    requires(D::size == sha256::size)
[[nodiscard]] result<void> check_certificates(certificates const& stated) noexcept {
    if (stated.x5c.empty() || !stated.x5t_s256) {
        return {};
    }
    auto const der = decode(stated.x5c[0]);
    if (!der) {
        return detail::about_certificates(der.error().code, "x5c");
    }
    auto const digest = digest_of<D>(der->view());
    if (!digest) {
        return digest.error();
    }
    char encoded[base64url::encoded_size(sha256::size)];
    std::size_t const length = base64url::encode(*digest, encoded);
    if (stated.x5t_s256->view() != std::string_view{encoded, length}) {
        return detail::about_certificates(errc::key_certificate, "x5t#S256");
    }
    return {};
}

namespace detail {

inline void write_certificates(json::writer& w, certificates const& carried) noexcept {
    w.begin_object();
    if (!carried.x5c.empty()) {
        w.name("x5c");
        w.begin_array();
        for (std::string const& text : carried.x5c) {
            w.string(text);
        }
        w.end_array();
    }
    if (carried.x5t_s256) {
        w.name("x5t#S256");
        w.string(carried.x5t_s256->view());
    }
    w.end_object();
}

}  // namespace detail

/// Writes a public key of algorithm A as a JWK with what was said of its certificates.
template <SignatureAlgorithm A>
[[nodiscard]] std::string write(typename A::public_key const& key, key_id const& id,
                                certificates const& carried) {
    std::string made = write<A>(key, id);
    if (carried.empty()) {
        return made;
    }
    json::writer measure{{}};
    detail::write_certificates(measure, carried);
    std::string more(measure.size(), '\0');
    json::writer w{more};
    detail::write_certificates(w, carried);
    made.back() = ',';
    return made.append(more, 1);
}

}  // namespace mcx::jwk

#endif
