// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/spki.hpp>

#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/hex_octets.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
using mcx::test::der_example;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace pkcs1 = mcx::pkcs1;
namespace spki = mcx::spki;

namespace {

template <class A>
constexpr bool both_ways() {
    auto const key = spki::read<A>(der_example<A>::spki);
    return key && *key == rfc_example<A>::public_key() &&
           mcx::der::same(spki::write(*key).view(), der_example<A>::spki);
}

template <class A>
constexpr error refusal(byte_view der) {
    return spki::read<A>(der).error();
}

/// The octets with others in the place of some.
std::vector<std::byte> replaced(byte_view octets, byte_view from, byte_view to) {
    std::vector<std::byte> made(octets.begin(), octets.end());
    auto const at = std::search(made.begin(), made.end(), from.begin(), from.end());
    CHECK(at != made.end());
    auto const next = made.erase(at, at + static_cast<std::ptrdiff_t>(from.size()));
    made.insert(next, to.begin(), to.end());
    return made;
}

/// No truncation and no octet more is read as a key, and no changed octet leaves the key as it is.
template <class A>
void withstands_mutants() {
    byte_view const der = der_example<A>::spki;
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(spki::read<A>(der.first(size)));
    }
    std::vector<std::byte> mutant(der.begin(), der.end());
    mutant.push_back(std::byte{0});
    CHECK(refusal<A>(mutant) == error{errc::der_trailing, 0, static_cast<unsigned>(der.size())});
    mutant.pop_back();
    for (std::size_t at = 0; at < der.size(); ++at) {
        for (unsigned const flip : {0x01U, 0x02U, 0x80U, 0xFFU}) {
            mutant[at] ^= static_cast<std::byte>(flip);
            auto const key = spki::read<A>(mutant);
            CHECK_FALSE((key && *key == rfc_example<A>::public_key()));
            mutant[at] = der[at];
        }
    }
}

template <class A>
std::vector<std::byte> counted_key() {
    std::vector<std::byte> octets(A::public_key::size);
    for (std::size_t i = 0; i < octets.size(); ++i) {
        octets[i] = static_cast<std::byte>(i);
    }
    return octets;
}

template <class A>
bool ml_dsa_both_ways(byte_view head) {
    auto const octets = counted_key<A>();
    std::vector<std::byte> der(head.begin(), head.end());
    der.insert(der.end(), octets.begin(), octets.end());
    auto const key = spki::read<A>(der);
    return key && mcx::der::same(key->octets(), octets) &&
           mcx::der::same(spki::write(*key).view(), der) &&
           spki::read_pem<A>(spki::write_pem(*key)).has_value();
}

}  // namespace

TEST_CASE("the keys that OpenSSL writes are read, and written alike") {
    CHECK_BOTH(both_ways<mcx::es256>());
    CHECK(both_ways<mcx::es384>());
    CHECK(both_ways<mcx::es512>());
    CHECK(both_ways<mcx::es256k>());
    CHECK_BOTH(both_ways<mcx::eddsa>());
    CHECK(both_ways<mcx::ed448>());
    CHECK(both_ways<mcx::rs256>());
}

TEST_CASE("a key of RS256 in DER is as well one of PS256, and of Ed25519 by either name") {
    CHECK(spki::read<mcx::ps256>(der_example<mcx::rs256>::spki).has_value());
    CHECK(spki::read<mcx::ed25519>(der_example<mcx::eddsa>::spki).has_value());
}

TEST_CASE("ML-DSA keys stand bare behind the identifier of their size") {
    CHECK(ml_dsa_both_ways<mcx::ml_dsa_44>(
        hex_octets("30820532300b06096086480165030403110382052100")));
    CHECK(ml_dsa_both_ways<mcx::ml_dsa_65>(
        hex_octets("308207b2300b0609608648016503040312038207a100")));
    CHECK(ml_dsa_both_ways<mcx::ml_dsa_87>(
        hex_octets("30820a32300b060960864801650304031303820a2100")));
    auto const octets = counted_key<mcx::ml_dsa_65>();
    auto const key = mcx::ml_dsa_65::public_key::from(octets);
    CHECK(refusal<mcx::ml_dsa_44>(spki::write(*key).view()).code == errc::key_type);
}

TEST_CASE("a key of another type or on another curve is refused") {
    CHECK_BOTH(refusal<mcx::eddsa>(der_example<mcx::es256>::spki) == error{errc::key_type, 0, 13});
    CHECK_BOTH(refusal<mcx::es256>(der_example<mcx::eddsa>::spki).code == errc::key_type);
    CHECK_BOTH(refusal<mcx::rs256>(der_example<mcx::es256>::spki).code == errc::key_type);
    CHECK_BOTH(refusal<mcx::es256>(der_example<mcx::rs256>::spki).code == errc::key_type);
    CHECK_BOTH(refusal<mcx::ed448>(der_example<mcx::eddsa>::spki).code == errc::key_type);
    CHECK_BOTH(refusal<mcx::es384>(der_example<mcx::es256>::spki) == error{errc::key_curve, 0, 23});
    CHECK_BOTH(refusal<mcx::es256>(der_example<mcx::es256k>::spki).code == errc::key_curve);
}

TEST_CASE("every mutant of a key is refused, or is another key") {
    withstands_mutants<mcx::es256>();
    withstands_mutants<mcx::eddsa>();
    withstands_mutants<mcx::rs256>();
}

TEST_CASE("curves are named, never spelled out nor implied") {
    // The id-ecPublicKey of P-256 followed by a SEQUENCE as of explicit parameters, NULL, nothing.
    constexpr auto point = hex_octets(
        "034200047fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445c7f144cd1bbd9b7e"
        "872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad");
    auto const with = [&point](byte_view head) {
        std::vector<std::byte> der(head.begin(), head.end());
        der.insert(der.end(), point.begin(), point.end());
        return refusal<mcx::es256>(der);
    };
    CHECK(with(hex_octets("3059301306072a8648ce3d020106082a8648ce3d030107")).code == errc::none);
    CHECK(with(hex_octets("3054300e06072a8648ce3d02013003020101")).code == errc::key_parameters);
    CHECK(with(hex_octets("3051300b06072a8648ce3d02010500")).code == errc::key_parameters);
    CHECK(with(hex_octets("304f300906072a8648ce3d0201")).code == errc::key_parameters);
    CHECK(with(hex_octets("305b301506072a8648ce3d020106082a8648ce3d0301070500")).code ==
          errc::key_parameters);
}

TEST_CASE("parameters of RSA are NULL, and those of EdDSA lack") {
    auto const rsa = [](byte_view to) {
        return replaced(der_example<mcx::rs256>::spki,
                        hex_octets("30820122300d06092a864886f70d0101010500"), to);
    };
    CHECK(refusal<mcx::rs256>(rsa(hex_octets("30820120300b06092a864886f70d010101"))).code ==
          errc::key_parameters);
    CHECK(refusal<mcx::rs256>(rsa(hex_octets("30820122300d06092a864886f70d0101013000"))).code ==
          errc::key_parameters);
    CHECK(refusal<mcx::rs256>(rsa(hex_octets("30820123300e06092a864886f70d010101050100"))).code ==
          errc::der_value);
    // id-RSASSA-PSS
    CHECK(refusal<mcx::ps256>(rsa(hex_octets("30820122300d06092a864886f70d01010a0500"))).code ==
          errc::key_type);
    auto const edwards = replaced(der_example<mcx::eddsa>::spki, hex_octets("302a300506032b6570"),
                                  hex_octets("302c300706032b65700500"));
    CHECK(refusal<mcx::eddsa>(edwards).code == errc::key_parameters);
}

TEST_CASE("points are not compressed") {
    constexpr auto compressed = hex_octets(
        "3039301306072a8648ce3d020106082a8648ce3d030107032200037fcdce2770f6c45d4183cbee6fdb4b7b5807"
        "33357be9ef13bacf6e3c7bd15445");
    CHECK_BOTH(refusal<mcx::es256>(compressed) == error{errc::point_encoding, 0, 26});
    // The hybrid form, and infinity.
    CHECK(refusal<mcx::es256>(replaced(der_example<mcx::es256>::spki, hex_octets("03420004"),
                                       hex_octets("03420007")))
              .code == errc::point_encoding);
    CHECK_BOTH(refusal<mcx::es256>(hex_octets("3019301306072a8648ce3d020106082a8648ce3d0301"
                                              "0703020000"))
                   .code == errc::point_encoding);
}

TEST_CASE("the bounds of keys apply") {
    CHECK(refusal<mcx::es256>(replaced(der_example<mcx::es256>::spki, hex_octets("c7f144cd"),
                                       hex_octets("c7f144ce")))
              .code == errc::point_not_on_curve);
    CHECK_BOTH(refusal<mcx::eddsa>(hex_octets("302a300506032b65700321000100000000000000000000000000"
                                              "000000000000000000000000000000000000")) ==
               error{errc::point_small_order, 0, 12});
    // An exponent of 3.
    auto der =
        replaced(der_example<mcx::rs256>::spki, hex_octets("0203010001"), hex_octets("0203010003"));
    CHECK(spki::read<mcx::rs256>(der).has_value());
    der[der.size() - 1] = std::byte{2};
    CHECK(refusal<mcx::rs256>(der).code == errc::rsa_exponent);
    der =
        replaced(der_example<mcx::rs256>::spki, hex_octets("0203010001"), hex_octets("0203000001"));
    CHECK(refusal<mcx::rs256>(der).code == errc::der_value);
    der[der.size() - 2] = std::byte{0xFF};
    der[der.size() - 3] = std::byte{0xFF};
    CHECK(refusal<mcx::rs256>(der).code == errc::der_value);
}

TEST_CASE("an RSA key whose exponent is over 64 bits, or whose modulus is short, is refused") {
    CHECK_BOTH(pkcs1::read<mcx::rs256>(hex_octets("3006020103020103")).error() ==
               errc::rsa_modulus_size);
    auto const alone = der_example<mcx::rs256>::public_alone;
    auto const long_exponent =
        replaced(alone, hex_octets("0203010001"), hex_octets("0209010000000000010001"));
    auto const framed = replaced(long_exponent, hex_octets("3082010a"), hex_octets("30820110"));
    CHECK(pkcs1::read<mcx::rs256>(framed).error() == errc::rsa_exponent);
}

TEST_CASE("an RSA key by itself is read, and written alike") {
    byte_view const der = der_example<mcx::rs256>::public_alone;
    auto const key = pkcs1::read<mcx::rs256>(der);
    CHECK((key && *key == rfc_example<mcx::rs256>::public_key()));
    CHECK(mcx::der::same(pkcs1::write(*key).view(), der));
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(pkcs1::read<mcx::rs256>(der.first(size)));
    }
    std::vector<std::byte> more(der.begin(), der.end());
    more.push_back(std::byte{0});
    CHECK(pkcs1::read<mcx::rs256>(more).error().code == errc::der_trailing);
}

TEST_CASE("each form of PEM has its label") {
    auto const key = rfc_example<mcx::rs256>::public_key();
    std::string const info = spki::write_pem(key);
    std::string const alone = pkcs1::write_pem(key);
    CHECK(info.starts_with("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOC"));
    CHECK(alone.starts_with("-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA"));
    CHECK((spki::read_pem<mcx::rs256>(info).has_value()));
    CHECK((pkcs1::read_pem<mcx::rs256>(alone).has_value()));
    CHECK(spki::read_pem<mcx::rs256>(alone).error().code == errc::pem_boundary);
    CHECK(pkcs1::read_pem<mcx::rs256>(info).error().code == errc::pem_boundary);
    CHECK(spki::read_pem<mcx::es256>(info).error().code == errc::key_type);
}

TEST_CASE("a public key in PEM that is longer than any is refused for that") {
    std::vector<std::byte> const octets(spki::max_size + 1);
    CHECK(spki::read_pem<mcx::rs256>(mcx::pem::text_of(octets, "PUBLIC KEY")).error() ==
          errc::pem_too_long);
}

TEST_CASE("a key of OpenSSL in PEM is read in a constant expression") {
    constexpr std::string_view text =
        "-----BEGIN PUBLIC KEY-----\n"
        "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
        "-----END PUBLIC KEY-----\n";
    CHECK_BOTH(spki::read_pem<mcx::eddsa>(text).has_value());
    CHECK(spki::write_pem(rfc_example<mcx::eddsa>::public_key()) == text);
}
