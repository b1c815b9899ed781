// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/jose/private_der.hpp>

#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/hex_octets.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using mcx::as_bytes;
using mcx::botan;
using mcx::byte_view;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::rs256;
using mcx::sodium;
using mcx::test::der_example;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace private_der = mcx::private_der;

static_assert(private_der::ChecksPrivateKeys<botan, es256>);
static_assert(private_der::ChecksPrivateKeys<botan, mcx::ps512>);
static_assert(private_der::ChecksPrivateKeys<sodium, mcx::eddsa>);
static_assert(!private_der::ChecksPrivateKeys<sodium, es256>);
static_assert(!private_der::ChecksPrivateKeys<sodium, rs256>);
static_assert(!private_der::ChecksPrivateKeys<botan, mcx::hs256>);

namespace {

/// A backend whose ML-DSA public keys begin with the seed, where no seed of zeros is a key.
struct lattice {};

}  // namespace

template <mcx::MlDsaAlgorithm A>
struct mcx::signing<lattice, A> {
    struct scratch {};
    struct key {
        typename A::public_key numbers;
    };
    static result<key> prepare(typename A::private_key const& numbers) noexcept {
        fixed_bytes<A::public_key::size> octets{};
        byte_view const seed = numbers.seed.reveal();
        if (seed[0] == std::byte{0}) {
            return errc::backend;
        }
        std::copy(seed.begin(), seed.end(), octets.begin());
        return key{*A::public_key::from(octets)};
    }
    static typename A::public_key public_key(key const& k) { return k.numbers; }
    static result<void> sign(key const&, scratch&, byte_view, any_random,
                             typename A::signature&) noexcept {
        return errc::backend;
    }
};

static_assert(private_der::ChecksPrivateKeys<lattice, mcx::ml_dsa_44>);

namespace {

template <class A, class B = botan>
errc refusal(std::string_view der, bool named = false) {
    return private_der::shape<A, B>::read(as_bytes(der), named).error().code;
}

template <std::size_t N>
std::string hex(char const (&digits)[N]) {
    return std::string(mcx::as_text(hex_octets(digits)));
}

std::string element(unsigned tag, std::string_view contents) {
    std::vector<std::byte> out(contents.size() + 5);
    mcx::der::writer w{out};
    w.element(static_cast<mcx::der::tag>(tag), as_bytes(contents));
    auto const size = w.finish();
    return size ? std::string(mcx::as_text(byte_view{out}.first(*size))) : std::string{};
}

/// An ECPrivateKey in parts, which a test changes.
struct ec_parts {
    std::string version = hex("020101");
    std::string scalar{mcx::as_text(rfc_example<es256>::d)};
    std::string curve = hex("a00a06082a8648ce3d030107");
    std::string point{mcx::as_text(byte_view{der_example<es256>::spki}.last(68))};
    std::string more;

    std::string der() const {
        return element(0x30, version + element(0x04, scalar) + curve +
                                 (point.empty() ? "" : element(0xA1, point)) + more);
    }
};

errc with(std::string ec_parts::* part, std::string_view value, bool named = false) {
    ec_parts made;
    made.*part = value;
    return refusal<es256>(made.der(), named);
}

/// The numbers of an RSAPrivateKey, of which a test changes one.
struct rsa_parts {
    std::vector<std::string> numbers;

    rsa_parts() {
        mcx::der::reader r{der_example<rs256>::alone};
        r.open(mcx::der::tag::sequence);
        while (!r.at_end()) {
            numbers.emplace_back(mcx::as_text(r.integer()));
        }
        r.close();
        CHECK(r.finish());
        CHECK(numbers.size() == 9);
    }

    std::string der() const {
        std::vector<std::byte> out(2000);
        mcx::der::writer w{out};
        for (std::size_t i = numbers.size(); i-- > 0;) {
            w.integer(as_bytes(numbers[i]));
        }
        w.wrap(mcx::der::tag::sequence, 0);
        auto const size = w.finish();
        return size ? std::string(mcx::as_text(byte_view{out}.first(*size))) : std::string{};
    }
};

errc with_number(std::size_t index, std::string_view value) {
    rsa_parts made;
    made.numbers[index] = value;
    return refusal<rs256>(made.der());
}

}  // namespace

TEST_CASE("an EC key has a scalar of its curve's length, and perhaps its point") {
    CHECK(refusal<es256>(ec_parts{}.der()) == errc::none);
    CHECK(with(&ec_parts::point, "") == errc::none);
    CHECK(with(&ec_parts::scalar, std::string(32, '\0')) == errc::key_value);
    CHECK(with(&ec_parts::scalar, std::string(32, '\xFF')) == errc::key_value);
    std::string const scalar = ec_parts{}.scalar;
    CHECK(with(&ec_parts::scalar, scalar.substr(1)) == errc::key_value);
    CHECK(with(&ec_parts::scalar, hex("00") + scalar) == errc::key_value);
    CHECK(with(&ec_parts::version, hex("020100")) == errc::key_value);
    CHECK(with(&ec_parts::version, hex("020102")) == errc::key_value);
    CHECK(with(&ec_parts::more, hex("0500")) == errc::der_trailing);
}

TEST_CASE("an EC key names its curve, unless it is named around it, and never another") {
    CHECK(with(&ec_parts::curve, "") == errc::der_tag);
    CHECK(with(&ec_parts::curve, "", true) == errc::none);
    CHECK(refusal<es256>(ec_parts{}.der(), true) == errc::none);
    for (bool const named : {true, false}) {
        CHECK(with(&ec_parts::curve, hex("a00706052b8104000a"), named) == errc::key_curve);
        CHECK(with(&ec_parts::curve, hex("a003300102"), named) == errc::key_parameters);
        CHECK(with(&ec_parts::curve, hex("a0053003020101"), named) == errc::key_parameters);
        CHECK(with(&ec_parts::curve, hex("a00c06082a8648ce3d0301070500"), named) ==
              errc::der_trailing);
    }
}

TEST_CASE("the point that an EC key states is its own") {
    ec_parts other;
    other.scalar.back() = static_cast<char>(other.scalar.back() ^ 1);
    CHECK(refusal<es256>(other.der()) == errc::key_mismatch);
    other.point.clear();
    CHECK(refusal<es256>(other.der()) == errc::none);
    ec_parts off;
    off.point.back() = static_cast<char>(off.point.back() ^ 1);
    CHECK(refusal<es256>(off.der()) == errc::point_not_on_curve);
    CHECK(with(&ec_parts::point, hex("030100")) == errc::point_encoding);
    CHECK(with(&ec_parts::point, hex("030102")) == errc::der_value);
}

TEST_CASE("an RSA key has two primes, and all that it states belongs to them") {
    CHECK(refusal<rs256>(rsa_parts{}.der()) == errc::none);
    CHECK(with_number(0, "\x01") == errc::key_value);
    CHECK(with_number(1, "\x03") == errc::rsa_modulus_size);
    CHECK(with_number(2, "\x03") == errc::rsa_exponent);
    rsa_parts const good;
    for (std::size_t const prime : {4U, 5U}) {
        std::string number = good.numbers[prime];
        number.back() = static_cast<char>(number.back() ^ 2);
        CHECK(with_number(prime, number) == errc::key_value);
    }
    for (std::size_t const index : {3U, 6U, 7U, 8U}) {
        std::string number = good.numbers[index];
        number.back() = static_cast<char>(number.back() ^ 2);
        CHECK(with_number(index, number) == errc::key_mismatch);
    }
    CHECK(with_number(3, std::string(1025, 'a')) == errc::key_value);
    CHECK(with_number(8, std::string(513, 'a')) == errc::key_value);
    rsa_parts three;
    three.numbers.emplace_back("\x03");
    CHECK(refusal<rs256>(three.der()) == errc::der_trailing);
}

TEST_CASE("a seed is one octet string of the right length, alike for every backend") {
    std::string const seed{mcx::as_text(rfc_example<mcx::eddsa>::seed)};
    CHECK(refusal<mcx::eddsa>(element(0x04, seed)) == errc::none);
    CHECK(refusal<mcx::eddsa, sodium>(element(0x04, seed)) == errc::none);
    CHECK(refusal<mcx::eddsa, sodium>(element(0x04, seed + "a")) == errc::key_value);
    CHECK(refusal<mcx::eddsa, sodium>(element(0x04, seed.substr(1))) == errc::key_value);
    CHECK(refusal<mcx::eddsa, sodium>(element(0x04, seed) + "a") == errc::der_trailing);
    CHECK(refusal<mcx::eddsa, sodium>(element(0x80, seed)) == errc::der_tag);
    CHECK(refusal<mcx::eddsa, sodium>(seed) != errc::none);
}

TEST_CASE("what writes a key may refuse it, and then there is nothing") {
    auto const made = private_der::written([](mcx::der::writer& w) {
        w.number(1);
        return mcx::result<void>{errc::key_value};
    });
    CHECK(made.error() == errc::key_value);
    auto const long_one = private_der::written([](mcx::der::writer& w) {
        std::vector<std::byte> const octets(private_der::encoded::max_size + 1);
        w.octets(octets);
        return mcx::result<void>{};
    });
    CHECK(long_one.error() == errc::buffer_too_small);
}

TEST_CASE_TEMPLATE("an ML-DSA key is its seed, alone or before its expanded key", A, mcx::ml_dsa_44,
                   mcx::ml_dsa_65, mcx::ml_dsa_87) {
    std::size_t const size = A::public_key::size == 1312   ? 2560
                             : A::public_key::size == 1952 ? 4032
                                                           : 4896;
    std::string const seed(32, 's');
    std::string const expanded = seed + std::string(size - 32, 'x');
    auto const both = [](std::string_view one, std::string_view other) {
        return element(0x30, element(0x04, one) + element(0x04, other));
    };
    auto const read = [](std::string_view der) {
        return private_der::shape<A, lattice>::read(as_bytes(der), true);
    };
    for (std::string const& der : {element(0x80, seed), both(seed, expanded)}) {
        auto const key = read(der);
        CHECK((key && mcx::as_text(key->seed.reveal()) == seed));
        auto const written = private_der::written([&](mcx::der::writer& w) {
            return private_der::shape<A, lattice>::write(w, *key, true);
        });
        CHECK((written && mcx::as_text(written->reveal()) == element(0x80, seed)));
        for (std::size_t at = 0; at < der.size(); at += at < 40 ? 1 : 97) {
            CHECK_FALSE(read(der.substr(0, at)));
        }
        CHECK(read(der + '0').error().code == errc::der_trailing);
    }
    CHECK(read(element(0x04, expanded)).error().code == errc::key_missing_member);
    CHECK(read(both(seed, 't' + expanded.substr(1))).error().code == errc::key_mismatch);
    CHECK(read(both(seed, expanded.substr(1))).error().code == errc::key_value);
    CHECK(read(both(seed, expanded + 'x')).error().code == errc::key_value);
    CHECK(read(both(seed.substr(1), expanded)).error().code == errc::key_value);
    CHECK(read(both(seed + 's', expanded)).error().code == errc::key_value);
    CHECK(read(both({}, expanded)).error().code == errc::key_value);
    CHECK(read(element(0x30, element(0x04, seed))).error().code == errc::der_truncated);
    CHECK(read(element(0x30, element(0x80, seed) + element(0x04, expanded))).error().code ==
          errc::der_tag);
    CHECK(read(element(0x80, seed.substr(1))).error().code == errc::key_value);
    CHECK(read(both(std::string(32, '\0'), expanded)).error().code == errc::backend);
}
