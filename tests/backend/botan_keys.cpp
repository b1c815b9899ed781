// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/backend/botan_keys.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <mcx/backend/botan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

using mcx::botan;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::rs256;
using mcx::rsa_public_key;
using mcx::test::counted_random;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
using mcx::test::secret_of;
namespace keys = mcx::botan_detail;

namespace {

using rsa = rfc_example<rs256>;

errc es256_error(byte_view scalar) {
    return mcx::signing_key<es256, botan>::from({secret_of<32>(scalar)}, "k").error().code;
}
errc eddsa_error(byte_view seed) {
    return mcx::signing_key<eddsa, botan>::from({secret_of<32>(seed)}, "k").error().code;
}
errc rs256_error(rsa_public_key const& numbers, byte_view p, byte_view q) {
    return mcx::signing_key<rs256, botan>::from({numbers, secret_of<512>(p), secret_of<512>(q)},
                                                "k")
        .error()
        .code;
}

/// A random source that has only one octet to give.
struct stuck_random {
    unsigned calls = 0;
    bool fill(mcx::byte_span out) noexcept {
        ++calls;
        std::fill(out.begin(), out.end(), std::byte{0xFF});
        return true;
    }
};

}  // namespace

TEST_CASE("the scalar of a P-256 key is between 1 and the order less 1") {
    CHECK(es256_error(hex_octets(
              "0000000000000000000000000000000000000000000000000000000000000001")) == errc::none);
    CHECK(es256_error(hex_octets(
              "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")) == errc::none);
    CHECK(es256_error(
              hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")) ==
          errc::key_value);
    CHECK(es256_error(mcx::fixed_bytes<32>{}) == errc::key_value);
    CHECK(es256_error({}) == errc::key_value);
    CHECK(es256_error(byte_view{rfc_example<es256>::d}.first(31)) == errc::key_value);
}

TEST_CASE("a seed has 32 octets, of whatever value") {
    CHECK(eddsa_error(mcx::fixed_bytes<32>{}) == errc::none);
    CHECK(eddsa_error(byte_view{rfc_example<eddsa>::seed}.first(31)) == errc::key_value);
    CHECK(eddsa_error({}) == errc::key_value);
}

TEST_CASE("the primes of an RSA key fit its modulus, in either order") {
    auto const numbers = rsa::public_key();
    CHECK(rs256_error(numbers, rsa::p, rsa::q) == errc::none);
    CHECK(rs256_error(numbers, rsa::q, rsa::p) == errc::none);
    CHECK(rs256_error(numbers, rsa::p, rsa::p) == errc::key_value);
    auto changed = rsa::q;
    changed[127] ^= std::byte{2};
    CHECK(rs256_error(numbers, rsa::p, changed) == errc::key_value);
    CHECK(rs256_error(numbers, {}, {}) == errc::key_value);
}

TEST_CASE("one and the modulus are no primes of an RSA key") {
    mcx::fixed_bytes<1> const one{std::byte{1}};
    CHECK(rs256_error(rsa::public_key(), one, rsa::modulus) == errc::key_value);
    CHECK(rs256_error(rsa::public_key(), rsa::modulus, one) == errc::key_value);
}

TEST_CASE("a factor of an RSA modulus that is no prime is refused") {
    // An odd number near q without small factors, that is no prime either.
    Botan::BigInt const p = keys::number(rsa::p);
    Botan::BigInt q = keys::number(rsa::q);
    auto numbers = rsa_public_key::from({}, 65537);
    for (int i = 0; i < 10'000 && !numbers; ++i) {
        q += 2;
        auto const product = keys::octets_of(p * q);
        numbers = rsa_public_key::from(keys::view(product), 65537);
    }
    CHECK(numbers.has_value());
    auto const factor = keys::octets_of(q);
    CHECK(rs256_error(*numbers, rsa::p, keys::view(factor)) == errc::key_value);
    CHECK(rs256_error(*numbers, keys::view(factor), rsa::p) == errc::key_value);
}

TEST_CASE("an RSA exponent to which no private exponent belongs is refused") {
    // 31 divides p - 1.
    auto const numbers = rsa_public_key::from(rsa::modulus, 31 * 2115);
    CHECK(numbers.has_value());
    CHECK(rs256_error(*numbers, rsa::p, rsa::q) == errc::key_value);
    CHECK(rs256_error(*numbers, rsa::q, rsa::p) == errc::key_value);
}

TEST_CASE("an RSA key with another exponent than 65537 signs") {
    auto const numbers = rsa_public_key::from(rsa::modulus, 65539);
    auto const key = mcx::signing_key<rs256, botan>::from(
        {*numbers, secret_of<512>(rsa::p), secret_of<512>(rsa::q)}, "k");
    CHECK(key.has_value());
    mcx::fixed_bytes<256> out{};
    counted_random random;
    CHECK((key && key->sign({}, random, out)));
    rs256::signature made;
    CHECK(made.assign(out));
    CHECK(mcx::verifying_key<rs256, botan>::from(*numbers)->verify({}, made) == mcx::verdict::good);
}

TEST_CASE("new keys are made of the octets drawn") {
    counted_random one;
    auto const scalar = mcx::signing<botan, es256>::generate(one);
    counted_random two;
    auto const seed = mcx::signing<botan, eddsa>::generate(two);
    mcx::fixed_bytes<32> expected{};
    CHECK(counted_random{}.fill(expected));
    CHECK((scalar && mcx::constant_time_equal(scalar->scalar.reveal(), expected)));
    CHECK((seed && mcx::constant_time_equal(seed->seed.reveal(), expected)));
}

TEST_CASE("a new RSA key has 3072 bits and the exponent 65537") {
    botan::random random;
    auto const key = mcx::signing<botan, rs256>::generate(random);
    CHECK(key.has_value());
    if (key) {
        CHECK(key->public_key.modulus().size() == 384);
        CHECK(key->public_key.exponent() == 65537);
        CHECK(rs256_error(key->public_key, key->p.reveal(), key->q.reveal()) == errc::none);
    }
}

TEST_CASE("a random source that gives no scalar of P-256 is given up") {
    stuck_random random;
    CHECK(mcx::signing<botan, es256>::generate(random).error() == errc::random_unavailable);
    CHECK(random.calls > 1);
    CHECK(random.calls < 1000);
}
