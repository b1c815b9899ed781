// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_JWK_CERTIFICATES_HPP
#define MCX_JOSE_JWK_CERTIFICATES_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/codec/base64url.hpp>
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

// What a JWK says of the certificates of its key: carried from one document to another. A
// thumbprint that is stated has to be that of the first certificate; nothing else is looked at, and
// no certificate ever vouches for a key here. jose/x509_key.hpp compares the certificate's key.
// `x5u` and `x5t` are read past. [RFC 7517 §4.7, §4.9]

namespace mcx::jwk {

/// A certificate as `x5c` has it: DER in base64 (not base64url), at most some 3000 octets.
using certificate_text = text<struct certificate_text_tag, 4096>;

/// Its octets.
using certificate_octets = bounded_bytes<certificate_text::max_size / 4 * 3>;

/// The members of a JWK that concern certificates.
struct certificates {
    std::optional<list<certificate_text, 4>> x5c;
    std::optional<text<struct x5t_tag, 43>> x5t_s256;

    using fields = field_list<optional<"x5c", &certificates::x5c>,
                              optional<"x5t#S256", &certificates::x5t_s256>>;

    friend bool operator==(certificates const&, certificates const&) = default;
};

namespace detail {

inline constexpr json::object_errors certificate_errors{errc::key_set_shape,
                                                        errc::key_missing_member, errc::key_value,
                                                        errc::key_shape, errc::key_value};

}  // namespace detail

/// The octets of a certificate as `x5c` has it. Fails: key_value.
[[nodiscard]] constexpr result<certificate_octets> decode(certificate_text const& text) noexcept {
    auto const size = base64::decoded_size(text.view());
    certificate_octets made;
    if (!size || *size == 0 || !made.resize(*size) || !base64::decode(text.view(), made.octets())) {
        return errc::key_value;
    }
    return made;
}

/// Reads what a JWK says of its certificates. Fails: json_*, key_set_shape, key_shape, key_value
/// (too many or too long, no certificate, or a thumbprint that is none); `where` is the member of
/// `certificates`.
[[nodiscard]] inline result<certificates> read_certificates(std::string_view jwk) noexcept {
    auto made = json::parse_object<certificates>(jwk, {}, detail::certificate_errors);
    if (!made) {
        return made;
    }
    if (made->x5c && made->x5c->empty()) {
        return error{errc::key_value, certificates::fields::number_of("x5c")};
    }
    fixed_bytes<sha256::size> print;
    if (made->x5t_s256) {
        auto const size = base64url::decode(made->x5t_s256->view(), print);
        if (!size || *size != print.size()) {
            return error{errc::key_value, certificates::fields::number_of("x5t#S256")};
        }
    }
    return made;
}

/// Compares the thumbprint that is stated with the first certificate, where both are there, by
/// whatever implementation D of SHA-256. Fails: key_value, key_certificate, backend.
template <Digest D>
    requires(D::size == sha256::size)
[[nodiscard]] result<void> check_certificates(certificates const& stated) noexcept {
    if (!stated.x5c || stated.x5c->empty() || !stated.x5t_s256) {
        return {};
    }
    auto const der = decode((*stated.x5c)[0]);
    if (!der) {
        return error{der.error().code, certificates::fields::number_of("x5c")};
    }
    auto const digest = digest_of<D>(der->view());
    if (!digest) {
        return digest.error();
    }
    char encoded[base64url::encoded_size(sha256::size)];
    std::size_t const length = base64url::encode(*digest, encoded);
    if (stated.x5t_s256->view() != std::string_view{encoded, length}) {
        return error{errc::key_certificate, certificates::fields::number_of("x5t#S256")};
    }
    return {};
}

/// Writes a public key of algorithm A as a JWK with what was said of its certificates.
template <SignatureAlgorithm A>
[[nodiscard]] std::string write(typename A::public_key const& key, key_id const& id,
                                certificates const& carried) {
    std::string made = write<A>(key, id);
    std::string more;
    for (bool const measuring : {true, false}) {
        json::writer w{measuring ? std::span<char>{} : std::span<char>{more}};
        json::write_object(w, carried);
        more.resize(w.size());
    }
    if (more != "{}") {
        made.back() = ',';
        made.append(more, 1);
    }
    return made;
}

}  // namespace mcx::jwk

#endif
