// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/jose/pkcs8.hpp>

#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/hex_octets.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using mcx::as_text;
using mcx::botan;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::rs256;
using mcx::sodium;
using mcx::test::der_example;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace pkcs1 = mcx::pkcs1;
namespace pkcs8 = mcx::pkcs8;
namespace sec1 = mcx::sec1;

namespace {

template <class A>
constexpr bool pkcs8_knows = mcx::private_der::ChecksPrivateKeys<botan, A>;

template <class A, class B>
bool is_the_rfcs(typename A::private_key const& key) {
    auto const prepared = mcx::signing_key<A, B>::from(key, {});
    return prepared && prepared->public_key() == rfc_example<A>::public_key();
}

/// Whether a result holds these octets.
bool holds(auto const& made, byte_view octets) {
    return made && mcx::der::same(made->reveal(), octets);
}

template <class A, class B = botan>
bool both_ways() {
    auto const key = pkcs8::read<A, B>(der_example<A>::pkcs8);
    if (!key || !is_the_rfcs<A, B>(*key) ||
        !holds(pkcs8::write<A, B>(*key), der_example<A>::pkcs8)) {
        return false;
    }
    auto const text = pkcs8::write_pem<A, B>(*key);
    return text && as_text(text->reveal()).starts_with("-----BEGIN PRIVATE KEY-----\nM") &&
           pkcs8::read_pem<A, B>(as_text(text->reveal())).has_value();
}

template <class A>
bool both_ways_if_known() {
    if constexpr (pkcs8_knows<A>) {
        return both_ways<A>();
    }
    return true;
}

/// The seed 0, 1, 2, …, 31 of an ML-DSA-44 key. [RFC 9881 §C.1]
template <class A, class Other>
bool ml_dsa_seed_both_ways() {
    if constexpr (pkcs8_knows<A>) {
        auto const der = hex_octets(
            "3034020100300b060960864801650304031104228020000102030405060708090a0b0c0d0e0f1011121314"
            "15161718191a1b1c1d1e1f");
        auto const key = pkcs8::read<A, botan>(der);
        return key && holds(pkcs8::write<A, botan>(*key), der) &&
               pkcs8::read<Other, botan>(der).error().code == errc::key_type;
    }
    return true;
}

template <class A>
bool sec1_both_ways() {
    auto const key = sec1::read_private<A, botan>(der_example<A>::alone);
    if (!key || !is_the_rfcs<A, botan>(*key) ||
        !holds(sec1::write_private<A, botan>(*key), der_example<A>::alone)) {
        return false;
    }
    auto const text = sec1::write_private_pem<A, botan>(*key);
    return text && as_text(text->reveal()).starts_with("-----BEGIN EC PRIVATE KEY-----\nM") &&
           sec1::read_private_pem<A, botan>(as_text(text->reveal())).has_value();
}

template <class A, class B>
errc refusal(byte_view der) {
    return pkcs8::read<A, B>(der).error().code;
}

/// No truncation, no octet more and no changed octet is read as the same key, but where it is the
/// same key still.
template <class A, class B>
void withstands_mutants(std::size_t step) {
    byte_view const der = der_example<A>::pkcs8;
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(pkcs8::read<A, B>(der.first(size)));
    }
    std::vector<std::byte> mutant(der.begin(), der.end());
    mutant.push_back(std::byte{0});
    CHECK(refusal<A, B>(mutant) == errc::der_trailing);
    mutant.pop_back();
    for (std::size_t at = 0; at < der.size(); at += step) {
        for (unsigned const flip : {0x01U, 0x80U, 0xFFU}) {
            mutant[at] ^= static_cast<std::byte>(flip);
            auto const key = pkcs8::read<A, B>(mutant);
            CHECK_FALSE((key && is_the_rfcs<A, B>(*key)));
            mutant[at] = der[at];
        }
    }
}

}  // namespace

TEST_CASE("the private keys that OpenSSL writes are read, and written alike") {
    CHECK(both_ways<es256>());
    CHECK(both_ways<mcx::es384>());
    CHECK(both_ways<mcx::es512>());
    CHECK(both_ways<mcx::es256k>());
    CHECK(both_ways<rs256>());
    CHECK(both_ways<eddsa>());
    CHECK((both_ways<eddsa, sodium>()));
    CHECK(both_ways_if_known<mcx::ed448>());
}

TEST_CASE("the older form of EC keys is read, and written as OpenSSL does") {
    CHECK(sec1_both_ways<es256>());
    CHECK(sec1_both_ways<mcx::es384>());
    CHECK(sec1_both_ways<mcx::es512>());
    CHECK(sec1_both_ways<mcx::es256k>());
    CHECK((sec1::read_private<mcx::es256k, botan>(der_example<es256>::alone).error().code ==
           errc::key_curve));
}

TEST_CASE("the older form of RSA keys is read, and written as OpenSSL does") {
    auto const key = pkcs1::read_private<rs256, botan>(der_example<rs256>::alone);
    CHECK((key && is_the_rfcs<rs256, botan>(*key)));
    CHECK(holds(pkcs1::write_private<rs256, botan>(*key), der_example<rs256>::alone));
    auto const text = pkcs1::write_private_pem<mcx::ps256, botan>(*key);
    CHECK(as_text(text->reveal()).starts_with("-----BEGIN RSA PRIVATE KEY-----\nM"));
    CHECK((pkcs1::read_private_pem<mcx::ps256, botan>(as_text(text->reveal())).has_value()));
}

TEST_CASE("an ML-DSA key is its seed, where the backend has ML-DSA") {
    CHECK((ml_dsa_seed_both_ways<mcx::ml_dsa_44, mcx::ml_dsa_65>()));
}

TEST_CASE("a private key of another type or on another curve is refused") {
    CHECK(refusal<es256, botan>(der_example<rs256>::pkcs8) == errc::key_type);
    CHECK(refusal<rs256, botan>(der_example<es256>::pkcs8) == errc::key_type);
    CHECK(refusal<eddsa, sodium>(der_example<es256>::pkcs8) == errc::key_type);
    CHECK(refusal<es256, botan>(der_example<mcx::es256k>::pkcs8) == errc::key_curve);
    CHECK(refusal<mcx::es384, botan>(der_example<es256>::pkcs8) == errc::key_curve);
}

TEST_CASE("public and private keys are not taken for one another") {
    CHECK(refusal<eddsa, sodium>(der_example<eddsa>::spki) == errc::der_tag);
    CHECK(mcx::spki::read<eddsa>(der_example<eddsa>::pkcs8).error().code == errc::der_tag);
    CHECK(mcx::spki::read<rs256>(der_example<rs256>::alone).error().code == errc::der_tag);
    CHECK_FALSE(pkcs1::read<rs256>(der_example<rs256>::alone));
    CHECK_FALSE((pkcs1::read_private<rs256, botan>(der_example<rs256>::public_alone)));
}

TEST_CASE("PKCS #8 is of version 1, without attributes and without a public key") {
    auto const der = [](byte_view head, byte_view tail) {
        std::vector<std::byte> made(head.begin(), head.end());
        auto const seed = rfc_example<eddsa>::seed;
        made.insert(made.end(), seed.begin(), seed.end());
        made.insert(made.end(), tail.begin(), tail.end());
        return refusal<eddsa, sodium>(made);
    };
    CHECK(der(hex_octets("302e020100300506032b657004220420"), {}) == errc::none);
    CHECK(der(hex_octets("302e020101300506032b657004220420"), {}) == errc::key_value);
    CHECK(der(hex_octets("3030020100300506032b657004220420"), hex_octets("a000")) ==
          errc::der_trailing);
    CHECK(der(hex_octets("3033020100300506032b657004220420"), hex_octets("8103007777")) ==
          errc::der_trailing);
    CHECK(der(hex_octets("3030020100300706032b6570050004220420"), {}) == errc::key_parameters);
}

TEST_CASE("every mutant of a private key is refused, or is another key") {
    withstands_mutants<es256, botan>(1);
    withstands_mutants<eddsa, sodium>(1);
    withstands_mutants<rs256, botan>(17);
}

TEST_CASE("each form of a private key has its label, and an encrypted one is none of them") {
    auto const key = rfc_example<eddsa>::private_key();
    auto const text = pkcs8::write_pem<eddsa, sodium>(key);
    std::string const good{as_text(text->reveal())};
    auto const labelled = [&good](std::string_view label) {
        std::string made = good;
        for (auto at = made.find("PRIVATE KEY"); at != made.npos;
             at = made.find("PRIVATE KEY", at + label.size())) {
            made.replace(at, 11, label);
        }
        return pkcs8::read_pem<eddsa, sodium>(made).error().code;
    };
    CHECK(labelled("PRIVATE KEY") == errc::none);
    CHECK(labelled("ENCRYPTED PRIVATE KEY") == errc::pem_boundary);
    CHECK(labelled("EC PRIVATE KEY") == errc::pem_boundary);
    CHECK(labelled("PUBLIC KEY") == errc::pem_boundary);
}

TEST_CASE("a private key in PEM that is longer than any is refused for that") {
    std::vector<std::byte> const octets(mcx::private_der::encoded::max_size + 1);
    CHECK((pkcs8::read_pem<eddsa, sodium>(mcx::pem::text_of(octets, "PRIVATE KEY")).error() ==
           errc::pem_too_long));
}

TEST_CASE("a key that is none is not written") {
    CHECK((pkcs8::write<es256, botan>({mcx::secret<32>{}}).error() == errc::key_value));
    CHECK((pkcs8::write_pem<eddsa, sodium>({mcx::secret<32>{}}).error() == errc::key_value));
    auto const numbers = rfc_example<rs256>::public_key();
    CHECK((pkcs1::write_private<rs256, botan>({numbers, {}, {}}).error() == errc::key_value));
    CHECK((sec1::write_private_pem<es256, botan>({mcx::secret<32>{}}).error() == errc::key_value));
}

TEST_CASE("Botan writes the same of a key, and what it writes is read") {
    auto const key = rfc_example<rs256>::private_key();
    auto const own = mcx::botan_detail::scheme<rs256>::from(key);
    auto const theirs = own->private_key_bits();
    CHECK(holds(pkcs1::write_private<rs256, botan>(key), mcx::botan_detail::view(theirs)));
    auto const info = own->private_key_info();
    CHECK(holds(pkcs8::write<rs256, botan>(key), mcx::botan_detail::view(info)));
    auto const ec = mcx::botan_detail::scheme<es256>::from(rfc_example<es256>::private_key());
    auto const ec_info = ec->private_key_info();
    CHECK((pkcs8::read<es256, botan>(mcx::botan_detail::view(ec_info)).has_value()));
}
