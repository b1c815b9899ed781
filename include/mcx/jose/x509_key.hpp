// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_X509_KEY_HPP
#define MCX_JOSE_X509_KEY_HPP

#include <mcx/codec/der.hpp>
#include <mcx/codec/pem.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jose/jwk_certificates.hpp>
#include <mcx/jose/spki.hpp>

#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The public key of one certificate that somebody trusts already, such as that of a primary IdMS
// which an operator has provisioned [TS 33.180 §5.1.4.2], and the leaf of a JWK's `x5c` [RFC 7517
// §4.7]. NOTHING HERE SAYS THAT A CERTIFICATE IS GENUINE: no signature, no path, no name, no
// revocation is looked at, and the period of validity is data for the caller to compare. What is
// read is the frame of RFC 5280 §4.1 in strict DER, versions 1 and 3; of the extensions, only
// whether the key may sign. Unique identifiers, which no CA may write, are refused.

namespace mcx::x509 {

/// The longest certificate that is read, in octets.
inline constexpr std::size_t max_size = jwk::max_certificate_size;

/// What a certificate says of its key.
template <SignatureAlgorithm A>
struct certified_key {
    typename A::public_key key;
    period validity;  ///< both ends included
};

namespace detail {

/// The value of so many decimal digits, or -1.
[[nodiscard]] constexpr int decimal(byte_view digits) noexcept {
    int value = 0;
    for (std::byte const digit : digits) {
        int const d = std::to_integer<int>(digit) - '0';
        if (d < 0 || d > 9) {
            return -1;
        }
        value = value * 10 + d;
    }
    return value;
}

/// Reads a time in one of its two forms, to the second and in UTC. [RFC 5280 §4.1.2.5]
constexpr instant read_time(der::reader& r) noexcept {
    namespace chrono = std::chrono;
    bool const utc = r.next_is(der::tag::utc_time);
    byte_view const text = r.contents(utc ? der::tag::utc_time : der::tag::generalized_time);
    std::size_t const digits_of_year = utc ? 2 : 4;
    if (text.size() != digits_of_year + 11 || text.back() != to_byte('Z')) {
        r.refuse_unless(false, errc::x509_time);
        return {};
    }
    int year = decimal(text.first(digits_of_year));
    if (utc && year >= 0) {
        year += year < 50 ? 2000 : 1900;
    }
    byte_view const rest = text.subspan(digits_of_year);
    int const month = decimal(rest.first(2));
    int const day = decimal(rest.subspan(2, 2));
    int const hour = decimal(rest.subspan(4, 2));
    int const minute = decimal(rest.subspan(6, 2));
    int const second = decimal(rest.subspan(8, 2));
    bool const fine = (utc ? year >= 1950 : year >= 2050) && month > 0 && day > 0 && hour >= 0 &&
                      hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    r.refuse_unless(fine, errc::x509_time);
    if (r.failed()) {
        return {};
    }
    chrono::year_month_day const date{chrono::year{year},
                                      chrono::month{static_cast<unsigned>(month)},
                                      chrono::day{static_cast<unsigned>(day)}};
    r.refuse_unless(date.ok(), errc::x509_time);
    auto const days = std::int64_t{chrono::sys_days{date}.time_since_epoch().count()};
    return {((days * 24 + hour) * 60 + minute) * 60 + second};
}

/// Reads a KeyUsage, which has to allow signatures. Its last bit is a one and what follows that is
/// unused. [RFC 5280 §4.2.1.3, X.690 §11.2]
constexpr void read_key_usage(der::reader& outer, byte_view value) noexcept {
    der::reader r{value};
    byte_view const bits = r.contents(der::tag::bit_string);
    bool const whole = r.finish().has_value() && bits.size() > 1 && bits.back() != std::byte{0} &&
                       std::to_integer<int>(bits[0]) ==
                           std::countr_zero(std::to_integer<std::uint8_t>(bits.back()));
    outer.refuse_unless(whole, errc::x509_shape);
    outer.refuse_unless(whole && (bits[1] & std::byte{0x80}) != std::byte{0}, errc::key_use);
}

/// Reads the extensions; at most 32. [RFC 5280 §4.1.2.9]
constexpr void read_extensions(der::reader& r) noexcept {
    constexpr auto key_usage = der::literal(0x55, 0x1D, 0x0F);
    bool told = false;
    r.open(der::tag::context_3);
    r.open(der::tag::sequence);
    r.refuse_unless(!r.at_end(), errc::x509_shape);
    for (int count = 0; !r.at_end(); ++count) {
        r.refuse_unless(count < 32, errc::x509_shape);
        r.open(der::tag::sequence);
        bool const is_usage = der::same(r.object_identifier(), key_usage);
        if (r.next_is(der::tag::boolean)) {
            r.refuse_unless(r.boolean(), errc::der_value);  // FALSE is what lacks
        }
        byte_view const value = r.contents(der::tag::octet_string);
        r.close();
        if (is_usage && !r.failed()) {
            r.refuse_unless(!told, errc::x509_shape);
            told = true;
            read_key_usage(r, value);
        }
    }
    r.close();
    r.close();
}

/// Reads the first and the last moment of a certificate.
[[nodiscard]] constexpr period read_validity(der::reader& r) noexcept {
    r.open(der::tag::sequence);
    instant const not_before = read_time(r);
    instant const not_after = read_time(r);
    r.refuse_unless(not_before <= not_after, errc::x509_time);
    r.close();
    return {not_before, not_after};
}

}  // namespace detail

/// Reads one certificate, in DER, whose key is one of algorithm A. Verifies nothing.
/// Fails: x509_too_long, x509_shape, x509_time (also a period that ends before it begins), key_use
/// (KeyUsage without digitalSignature), der_*, and as `spki::read`. [RFC 5280 §4.1]
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<certified_key<A>> read(byte_view certificate) noexcept {
    using der::tag;
    if (certificate.size() > max_size) {
        return errc::x509_too_long;
    }
    der::reader r{certificate};
    r.open(tag::sequence);
    r.open(tag::sequence);
    bool const version_3 = r.next_is(tag::context_0);
    if (version_3) {
        r.open(tag::context_0);
        r.refuse_unless(r.number() == 2, errc::x509_shape);
        r.close();
    }
    r.refuse_unless(r.integer().size() <= 20, errc::x509_shape);  // the serial number
    byte_view const signed_by = r.whole(tag::sequence);
    (void)r.contents(tag::sequence);  // the issuer
    period const validity = detail::read_validity(r);
    (void)r.contents(tag::sequence);  // the subject
    std::size_t const at_info = r.at();
    byte_view const info = r.whole(tag::sequence);
    if (version_3 && r.next_is(tag::context_3)) {
        detail::read_extensions(r);
    }
    r.refuse_unless(r.at_end(), errc::x509_shape);
    r.close();
    r.refuse_unless(der::same(r.whole(tag::sequence), signed_by), errc::x509_shape);
    r.refuse_unless(!r.bit_string().empty(), errc::x509_shape);
    r.close();
    if (auto const whole = r.finish(); !whole) {
        return whole.error();
    }
    auto const key = spki::read<A>(info);
    if (!key) {
        return error{key.error().code, 0, mcx::detail::offset32(at_info + key.error().offset)};
    }
    return certified_key<A>{*key, validity};
}

/// The same in PEM, with the label CERTIFICATE. Fails: pem_*, base64_*, and as `read`. [RFC 7468
/// §5]
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<certified_key<A>> read_pem(std::string_view text) noexcept {
    fixed_bytes<max_size> der{};
    auto const size = pem::decode(text, "CERTIFICATE", der);
    if (!size) {
        return size.error().code == errc::buffer_too_small ? errc::x509_too_long : size.error();
    }
    return read<A>(byte_view{der}.first(*size));
}

/// The thumbprint of a certificate, which is that of all its octets: the value of `x5t#S256`.
/// Fails: backend. [RFC 7517 §4.9]
template <Digest D>
    requires(D::size == sha256::size)
[[nodiscard]] constexpr result<fixed_bytes<sha256::size>> thumbprint(
    byte_view certificate) noexcept {
    return digest_of<D>(certificate);
}

/// Compares the first certificate of a JWK's `x5c` with the JWK's key. Fails: key_certificate (a
/// certificate of another key), and as `read`. [RFC 7517 §4.7]
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<void> check_leaf(byte_view certificate,
                                                typename A::public_key const& key) noexcept {
    auto const certified = read<A>(certificate);
    if (!certified) {
        return certified.error();
    }
    return certified->key == key ? result<void>{} : errc::key_certificate;
}

/// Compares the key of a JWK with the first certificate that the JWK states, where it states any.
/// Fails: key_certificate, key_value (no base64), and as `read`. [RFC 7517 §4.7]
template <SignatureAlgorithm A>
[[nodiscard]] result<void> check_leaf(jwk::certificates const& stated,
                                      typename A::public_key const& key) noexcept {
    if (stated.x5c.empty()) {
        return {};
    }
    auto const certificate = jwk::decode(stated.x5c[0]);
    if (!certificate) {
        return error{certificate.error().code, jwk::certificate_fields::number_of("x5c")};
    }
    return check_leaf<A>(certificate->view(), key);
}

}  // namespace mcx::x509

#endif
