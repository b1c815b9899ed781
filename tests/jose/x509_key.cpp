// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/x509_key.hpp>

#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/hex_octets.hpp"
#include "support/sha256.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using mcx::as_bytes;
using mcx::byte_view;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::instant;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace jwk = mcx::jwk;
namespace test = mcx::test;
namespace x509 = mcx::x509;

namespace {

/// When OpenSSL made the certificates, and when they end.
constexpr instant begins{1795591404};
constexpr instant ends{2110951404};

template <class A>
constexpr bool reads(byte_view der) {
    auto const read = x509::read<A>(der);
    return read && read->key == rfc_example<A>::public_key() &&
           read->validity == mcx::period{begins, ends};
}

template <class A = es256>
error refusal(std::string_view der) {
    return x509::read<A>(as_bytes(der)).error();
}

std::string element(unsigned tag, std::string_view contents) {
    std::string made{static_cast<char>(tag)};
    std::size_t const size = contents.size();
    if (size >= 0x100) {
        made += "\x82";
        made += static_cast<char>(size >> 8U);
    } else if (size >= 0x80) {
        made += "\x81";
    }
    made += static_cast<char>(size & 0xFFU);
    return made.append(contents);
}

template <std::size_t N>
std::string hex(char const (&digits)[N]) {
    return std::string(mcx::as_text(hex_octets(digits)));
}

/// A certificate in parts, which a test changes.
struct parts {
    std::string version = hex("a003020102");
    std::string serial = hex("02021001");
    std::string algorithm = hex("300a06082a8648ce3d040302");
    std::string issuer = hex("3000");
    std::string not_before = element(0x17, "261125072324Z");
    std::string not_after = element(0x17, "361122072324Z");
    std::string subject = hex("3000");
    std::string info{mcx::as_text(test::der_example<es256>::spki)};
    std::string unique_id;
    std::string extensions;
    std::string signed_by = algorithm;
    std::string signature = hex("030200aa");
    std::string more;

    std::string der() const {
        std::string const signed_part = element(0x30, version + serial + algorithm + issuer +
                                                          element(0x30, not_before + not_after) +
                                                          subject + info + unique_id + extensions);
        return element(0x30, signed_part + signed_by + signature + more);
    }
};

error with(std::string parts::* part, std::string_view value) {
    parts made;
    made.*part = value;
    return refusal(made.der());
}

error with_time(unsigned tag, std::string_view text) {
    return with(&parts::not_after, element(tag, text));
}
instant time_of(unsigned tag, std::string_view text) {
    parts made;
    made.not_before = element(0x17, "500101000000Z");
    made.not_after = element(tag, text);
    auto const read = x509::read<es256>(as_bytes(made.der()));
    CHECK(read.has_value());
    return read ? read->validity.until : instant{};
}

std::string extension(std::string_view identifier, std::string_view value, bool critical = false) {
    return element(
        0x30, element(0x06, identifier) + (critical ? hex("0101ff") : "") + element(0x04, value));
}
std::string key_usage(std::string_view bits, bool critical = false) {
    return extension("\x55\x1D\x0F", bits, critical);
}
error with_extensions(std::string_view list) {
    return with(&parts::extensions, element(0xA3, element(0x30, list)));
}

/// The octets in base64, without ends of lines.
std::string base64_of(byte_view octets) {
    std::string text = mcx::pem::text_of(octets, "X");
    text = text.substr(18, text.size() - 34);
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    return text;
}

/// What a JWK with these certificates says of them.
jwk::certificates x5c_of(std::initializer_list<std::string_view> certificates) {
    jwk::certificates made;
    for (auto const text : certificates) {
        made.x5c.emplace_back(text);
    }
    return made;
}

/// No truncation and no octet more is read, and no changed octet crashes the reader.
template <class A>
void withstands_mutants(byte_view der) {
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(x509::read<A>(der.first(size)));
    }
    std::vector<std::byte> mutant(der.begin(), der.end());
    mutant.push_back(std::byte{0});
    CHECK(x509::read<A>(mutant).error().code == errc::der_trailing);
    mutant.pop_back();
    std::size_t refused = 0;
    for (std::size_t at = 0; at < der.size(); ++at) {
        for (unsigned value = 0; value < 256; value += 3) {
            mutant[at] = static_cast<std::byte>(value);
            refused += x509::read<A>(mutant) ? 0U : 1U;
        }
        mutant[at] = der[at];
    }
    CHECK(refused > der.size());
}

}  // namespace

TEST_CASE("certificates of OpenSSL give their key and their period") {
    CHECK_BOTH(reads<es256>(test::certificate_es256));
    CHECK_BOTH(reads<mcx::eddsa>(test::certificate_eddsa));
    CHECK(reads<mcx::rs256>(test::certificate_rs256));
    CHECK(refusal(parts{}.der()).code == errc::none);
}

TEST_CASE("a period has both its ends, and is for the caller to look at") {
    constexpr auto read = x509::read<es256>(test::certificate_es256);
    CHECK_BOTH(read->validity.covers(begins));
    CHECK_BOTH(read->validity.covers(ends));
    CHECK_BOTH(!read->validity.covers(instant{begins.seconds - 1}));
    CHECK_BOTH(!read->validity.covers(instant{ends.seconds + 1}));
}

TEST_CASE("the key is of the algorithm that is named") {
    CHECK(x509::read<mcx::rs256>(test::certificate_es256).error() == error{errc::key_type, 0, 128});
    CHECK(x509::read<mcx::es384>(test::certificate_es256).error().code == errc::key_curve);
    CHECK(x509::read<es256>(test::certificate_eddsa).error().code == errc::key_type);
}

TEST_CASE("a key that is not for signatures is refused") {
    CHECK(x509::read<es256>(test::certificate_es256_for_agreement).error().code == errc::key_use);
    CHECK(with_extensions(key_usage(hex("03020780"))).code == errc::none);
    CHECK(with_extensions(key_usage(hex("03020780"), true)).code == errc::none);
    CHECK(with_extensions(key_usage(hex("03020640"))).code == errc::key_use);
    CHECK(with_extensions(key_usage(hex("0303070080"))).code == errc::key_use);
    CHECK(with_extensions(key_usage(hex("030100"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("03020880"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("0302078000"))).code == errc::x509_shape);
    // Zeros at the end that count, and unused bits that are set.
    CHECK(with_extensions(key_usage(hex("03020080"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("030207ff"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("0303008000"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("03020700"))).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("030204f0"))).code == errc::none);
    CHECK(with_extensions(key_usage(hex("0303078080"))).code == errc::none);
    CHECK(with_extensions(key_usage("")).code == errc::x509_shape);
    CHECK(with_extensions(key_usage(hex("03020780")) + key_usage(hex("03020780"))).code ==
          errc::x509_shape);
}

TEST_CASE("extensions have their frame, and are no more than 32") {
    auto const one = extension("\x55\x1D\x0E", hex("0400"));
    std::string many;
    for (int i = 0; i < 32; ++i) {
        many += one;
    }
    CHECK(with_extensions(many).code == errc::none);
    CHECK(with_extensions(many + one).code == errc::x509_shape);
    CHECK(with_extensions("").code == errc::x509_shape);
    CHECK(with_extensions(hex("3000")).code == errc::der_truncated);
    CHECK(with_extensions(hex("0500")).code == errc::der_tag);
    CHECK(with_extensions(element(0x30, hex("0603551d0e"
                                            "010100"
                                            "0400")))
              .code == errc::der_value);
    CHECK(with_extensions(element(0x30, hex("0603551d0e"
                                            "0400"
                                            "0500")))
              .code == errc::der_trailing);
    CHECK(with(&parts::extensions, element(0xA3, element(0x30, one) + hex("0500"))).code ==
          errc::der_trailing);
}

TEST_CASE("certificates are of version 1 or 3, without unique identifiers") {
    CHECK(with(&parts::version, "").code == errc::none);
    CHECK(with(&parts::version, hex("a003020100")).code == errc::x509_shape);
    CHECK(with(&parts::version, hex("a003020101")).code == errc::x509_shape);
    CHECK(with(&parts::version, hex("a003020103")).code == errc::x509_shape);
    CHECK(with(&parts::version, hex("a0050201020500")).code == errc::der_trailing);
    CHECK(with(&parts::unique_id, hex("810200aa")).code == errc::x509_shape);
    CHECK(with(&parts::unique_id, hex("820200aa")).code == errc::x509_shape);
    parts old;
    old.version.clear();
    old.extensions = element(0xA3, element(0x30, key_usage(hex("03020780"))));
    CHECK(refusal(old.der()).code == errc::x509_shape);
}

TEST_CASE("a serial number has at most 20 octets and is not negative") {
    CHECK(with(&parts::serial, element(2, std::string(20, 'a'))).code == errc::none);
    CHECK(with(&parts::serial, element(2, std::string(21, 'a'))).code == errc::x509_shape);
    CHECK(with(&parts::serial, hex("0201ff")).code == errc::der_value);
    CHECK(with(&parts::serial, hex("02020001")).code == errc::der_value);
}

TEST_CASE("what is signed names the algorithm that the certificate names") {
    CHECK(with(&parts::signed_by, hex("300a06082a8648ce3d040303")).code == errc::x509_shape);
    CHECK(with(&parts::algorithm, hex("300506032b6570")).code == errc::x509_shape);
    CHECK(with(&parts::signature, hex("030100")).code == errc::x509_shape);
    CHECK(with(&parts::signature, hex("030204aa")).code == errc::der_value);
    CHECK(with(&parts::signature, hex("0402aaaa")).code == errc::der_tag);
    CHECK(with(&parts::more, hex("0500")).code == errc::der_trailing);
}

TEST_CASE("times are in one of two forms, as the year demands") {
    CHECK(time_of(0x17, "500101000000Z") == instant{-631152000});
    CHECK(time_of(0x17, "700101000000Z") == instant{0});
    CHECK(time_of(0x17, "000229235959Z") == instant{951868799});
    CHECK(time_of(0x17, "491231235959Z") == instant{2524607999});
    CHECK(time_of(0x18, "20500101000000Z") == instant{2524608000});
    CHECK(time_of(0x18, "99991231235959Z") == instant{instant::max_numeric_date});
    CHECK(with_time(0x18, "20491231235959Z").code == errc::x509_time);
    CHECK(with_time(0x17, "20361122072324Z").code == errc::x509_time);
    CHECK(with_time(0x18, "500101000000Z").code == errc::x509_time);
    CHECK(with_time(0x04, "361122072324Z").code == errc::der_tag);
}

TEST_CASE("times are to the second, in UTC, and there are such times") {
    for (char const* text :
         {"", "Z", "3611220723Z", "361122072324", "361122072324z", "361122072324+0000",
          "36112207232.Z", "36112207232-Z", "3611220723 4Z", "361322072324Z", "360022072324Z",
          "361100072324Z", "361131072324Z", "370229072324Z", "361122240000Z", "361122236000Z",
          "361122235960Z", "3x1122072324Z", "-61122072324Z"}) {
        CHECK(with_time(0x17, text).code == errc::x509_time);
    }
    for (char const* text : {"20500101000000.0Z", "20500229000000Z", "-0500101000000Z", "2050Z"}) {
        CHECK(with_time(0x18, text).code == errc::x509_time);
    }
}

TEST_CASE("a period does not end before it begins") {
    CHECK(with_time(0x17, "261125072324Z").code == errc::none);
    CHECK(with_time(0x17, "261125072323Z").code == errc::x509_time);
}

TEST_CASE("a certificate that is too long is refused before it is read") {
    parts made;
    made.subject = element(0x30, std::string(x509::max_size, 'a'));
    CHECK(refusal(made.der()) == error{errc::x509_too_long});
    made.subject = element(0x30, std::string(x509::max_size - 300, 'a'));
    CHECK(refusal(made.der()).code == errc::none);
}

TEST_CASE("every mutant of a certificate is refused or read") {
    withstands_mutants<es256>(test::certificate_es256);
    withstands_mutants<mcx::eddsa>(test::certificate_eddsa);
}

TEST_CASE("a certificate in PEM is read") {
    std::string const text = mcx::pem::text_of(test::certificate_es256, "CERTIFICATE");
    CHECK((x509::read_pem<es256>(text).has_value()));
    CHECK(x509::read_pem<es256>(text + text).error().code == errc::pem_line);
    CHECK(x509::read_pem<es256>("-----BEGIN X509 CERTIFICATE-----\n").error().code ==
          errc::pem_boundary);
    std::vector<std::byte> const octets(x509::max_size + 1);
    CHECK(x509::read_pem<es256>(mcx::pem::text_of(octets, "CERTIFICATE")).error() ==
          error{errc::x509_too_long});
}

TEST_CASE("the thumbprint is that of all octets, as OpenSSL tells it") {
    auto const print = x509::thumbprint<test::sha256>(test::certificate_es256);
    CHECK((print && *print == hex_octets("4eb85f5e890d7efec5812086729154a0"
                                         "0421ab772e92badacf847db686db1001")));
}

TEST_CASE("the first certificate of a JWK is compared with its key") {
    auto const key = rfc_example<es256>::public_key();
    CHECK_BOTH(x509::check_leaf<es256>(test::certificate_es256, rfc_example<es256>::public_key())
                   .has_value());
    auto const other = mcx::p256_public_key::from(
        hex_octets("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        hex_octets("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
    CHECK(x509::check_leaf<es256>(test::certificate_es256, *other).error() ==
          error{errc::key_certificate});
    CHECK(x509::check_leaf<es256>(test::certificate_eddsa, key).error().code == errc::key_type);
    CHECK(x509::check_leaf<es256>(byte_view{}, key).error().code == errc::der_truncated);
}

TEST_CASE("the key of a JWK is compared with the first certificate that the JWK states") {
    auto const key = rfc_example<es256>::public_key();
    CHECK(x509::check_leaf<es256>(x5c_of({}), key).has_value());
    std::string const own = base64_of(test::certificate_es256);
    std::string const other = base64_of(test::certificate_eddsa);
    CHECK(x509::check_leaf<es256>(x5c_of({own}), key).has_value());
    CHECK(x509::check_leaf<es256>(x5c_of({own, other}), key).has_value());
    CHECK(x509::check_leaf<es256>(x5c_of({other, own}), key).error().code == errc::key_type);
    CHECK(x509::check_leaf<es256>(x5c_of({"MII*"}), key).error().code == errc::key_value);
    CHECK(x509::check_leaf<es256>(x5c_of({"MIIB"}), key).error().code == errc::der_truncated);
}
