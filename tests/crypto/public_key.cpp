// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/public_key.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/more_keys.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>

using mcx::byte_view;
using mcx::ed25519_public_key;
using mcx::errc;
using mcx::fixed_bytes;
using mcx::p256_public_key;
using mcx::rsa_public_key;
using mcx::test::hex_octets;

namespace {

using p256 = mcx::test::rfc_example<mcx::es256>;
using rsa = mcx::test::rfc_example<mcx::rs256>;
using ed25519 = mcx::test::rfc_example<mcx::eddsa>;

constexpr byte_view x{p256::x};
constexpr byte_view y{p256::y};
constexpr byte_view point{ed25519::octets};
constexpr byte_view modulus{rsa::modulus};

template <std::size_t N>
constexpr fixed_bytes<N> with_octet(fixed_bytes<N> octets, std::size_t at, unsigned value) {
    octets[at] = static_cast<std::byte>(value);
    return octets;
}

template <std::size_t N>
constexpr fixed_bytes<N> followed_by(byte_view octets, unsigned value) {
    fixed_bytes<N> made{};
    std::copy(octets.begin(), octets.end(), made.begin());
    made[octets.size()] = static_cast<std::byte>(value);
    return made;
}

}  // namespace

TEST_CASE_TEMPLATE("no public key exists that was not checked", Key, p256_public_key,
                   mcx::p384_public_key, mcx::p521_public_key, mcx::secp256k1_public_key,
                   ed25519_public_key, mcx::ed448_public_key, rsa_public_key,
                   mcx::ml_dsa_87::public_key) {
    CHECK_BOTH(!std::is_default_constructible_v<Key>);
    CHECK_BOTH(std::is_nothrow_copy_constructible_v<Key>);
}

TEST_CASE("a point of P-256 keeps its coordinates") {
    CHECK_BOTH(p256_public_key::from(x, y)->x() == p256::x);
    CHECK_BOTH(p256_public_key::from(x, y)->y() == p256::y);
    CHECK_BOTH(*p256_public_key::from(x, y) == p256::public_key());
}

TEST_CASE("a coordinate of P-256 has 32 octets") {
    CHECK_BOTH(p256_public_key::from(x.first(31), y).error() == errc::point_encoding);
    CHECK_BOTH(p256_public_key::from(x, y.first(31)).error() == errc::point_encoding);
    CHECK_BOTH(p256_public_key::from({}, {}).error() == errc::point_encoding);
    constexpr auto longer = followed_by<33>(x, 0);
    CHECK_BOTH(p256_public_key::from(longer, y).error() == errc::point_encoding);
    CHECK_BOTH(p256_public_key::from(y, longer).error() == errc::point_encoding);
}

TEST_CASE("a point that is not on P-256 is no key") {
    CHECK_BOTH(p256_public_key::from(y, x).error() == errc::point_not_on_curve);
    constexpr fixed_bytes<32> zero{};
    CHECK_BOTH(p256_public_key::from(zero, zero).error() == errc::point_not_on_curve);
    constexpr auto changed = with_octet(p256::y, 31, 0x46);
    CHECK_BOTH(p256_public_key::from(x, changed).error() == errc::point_not_on_curve);
}

TEST_CASE("keys on P-256 differ where a coordinate does") {
    // The negative of the point: the same x.
    constexpr auto minus_y = hex_octets(
        "380ebb31e442648278d320124611460b"
        "4c96a29256f4db5275b9dcd77a771a52");
    CHECK_BOTH(p256_public_key::from(x, minus_y).has_value());
    CHECK_BOTH(*p256_public_key::from(x, minus_y) != p256::public_key());
}

TEST_CASE("a point of edwards25519 keeps its octets") {
    CHECK_BOTH(ed25519_public_key::from(point)->octets() == ed25519::octets);
}

TEST_CASE("a point of edwards25519 has 32 octets") {
    constexpr auto longer = followed_by<33>(point, 0);
    CHECK_BOTH(ed25519_public_key::from(point.first(31)).error() == errc::point_encoding);
    CHECK_BOTH(ed25519_public_key::from(longer).error() == errc::point_encoding);
    CHECK_BOTH(ed25519_public_key::from({}).error() == errc::point_encoding);
}

TEST_CASE("a point of small order is no key, however it is written") {
    constexpr fixed_bytes<32> zero{};
    constexpr auto identity = with_octet(zero, 0, 1);
    constexpr auto identity_again =
        hex_octets("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    constexpr auto order_8 =
        hex_octets("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    CHECK_BOTH(ed25519_public_key::from(zero).error() == errc::point_small_order);
    CHECK_BOTH(ed25519_public_key::from(identity).error() == errc::point_small_order);
    CHECK_BOTH(ed25519_public_key::from(identity_again).error() == errc::point_small_order);
    CHECK_BOTH(ed25519_public_key::from(order_8).error() == errc::point_small_order);
}

TEST_CASE("a point that is not canonical is no key") {
    // y = 3 written as the prime and 3.
    constexpr auto three =
        hex_octets("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    CHECK_BOTH(ed25519_public_key::from(three).error() == errc::point_encoding);
}

TEST_CASE("octets for which the curve has no point are no key") {
    constexpr fixed_bytes<32> zero{};
    CHECK_BOTH(ed25519_public_key::from(with_octet(zero, 0, 2)).error() ==
               errc::point_not_on_curve);
    CHECK_BOTH(ed25519_public_key::from(with_octet(zero, 0, 3)).has_value());
    for (unsigned const number : {2U, 7U, 8U, 11U}) {
        CHECK(ed25519_public_key::from(with_octet(zero, 0, number)).error() ==
              errc::point_not_on_curve);
    }
    constexpr fixed_bytes<57> longer{};
    CHECK(mcx::ed448_public_key::from(with_octet(longer, 0, 2)).error() ==
          errc::point_not_on_curve);
    CHECK(mcx::ed448_public_key::from(with_octet(longer, 0, 3)).has_value());
}

TEST_CASE_TEMPLATE("a point of every curve has its own length and equation", A, mcx::es256,
                   mcx::es384, mcx::es512, mcx::es256k) {
    using key = typename A::public_key;
    using example = mcx::test::rfc_example<A>;
    byte_view const own_x{example::x};
    byte_view const own_y{example::y};
    CHECK((key::from(own_x, own_y) && key::from(own_x, own_y)->x() == example::x));
    CHECK(key::from(own_x, own_y)->y() == example::y);
    CHECK(key::from(own_y, own_x).error() == errc::point_not_on_curve);
    CHECK(key::from(own_x.subspan(1), own_y).error() == errc::point_encoding);
    CHECK(key::from(own_x, own_y.subspan(1)).error() == errc::point_encoding);
    constexpr std::size_t size = A::curve::size;
    CHECK(key::from(followed_by<size + 1>(own_x, 0), own_y).error() == errc::point_encoding);
    CHECK(key::from(own_x, followed_by<size + 1>(own_y, 0)).error() == errc::point_encoding);
}

TEST_CASE("a point of one curve is none of another of the same length") {
    CHECK_BOTH(mcx::secp256k1_public_key::from(x, y).error() == errc::point_not_on_curve);
    using k1 = mcx::test::rfc_example<mcx::es256k>;
    CHECK_BOTH(p256_public_key::from(k1::x, k1::y).error() == errc::point_not_on_curve);
}

TEST_CASE("a point of edwards448 has 57 octets, is canonical and not of small order") {
    using ed448 = mcx::test::rfc_example<mcx::ed448>;
    using key = mcx::ed448_public_key;
    byte_view const octets{ed448::octets};
    CHECK((key::from(octets) && key::from(octets)->octets() == ed448::octets));
    CHECK(key::from(octets.first(56)).error() == errc::point_encoding);
    CHECK(key::from(followed_by<58>(octets, 0)).error() == errc::point_encoding);
    CHECK(key::from(with_octet(ed448::octets, 56, 1)).error() == errc::point_encoding);
    constexpr fixed_bytes<57> zero{};
    CHECK_BOTH(key::from(zero).error() == errc::point_small_order);
    CHECK_BOTH(key::from(with_octet(zero, 0, 1)).error() == errc::point_small_order);
    CHECK_BOTH(key::from(with_octet(zero, 0, 3)).has_value());
}

TEST_CASE("an ML-DSA key is any octets of the right number") {
    using key = mcx::ml_dsa_44::public_key;
    fixed_bytes<1313> octets{};
    octets[1311] = std::byte{1};
    auto const made = key::from(byte_view{octets}.first(1312));
    CHECK((made && made->octets()[1311] == std::byte{1}));
    CHECK(key::from(octets).error() == errc::key_value);
    CHECK(key::from(byte_view{octets}.first(1311)).error() == errc::key_value);
    CHECK(key::from({}).error() == errc::key_value);
}

TEST_CASE("an RSA key keeps its modulus and its exponent") {
    auto const key = rsa_public_key::from(modulus, 65537);
    CHECK(key.has_value());
    CHECK(std::equal(key->modulus().begin(), key->modulus().end(), modulus.begin(), modulus.end()));
    CHECK(key->exponent() == 65537);
    CHECK(*key == rsa::public_key());
    CHECK(rsa_public_key::from(modulus, 65539)->exponent() == 65539);
    CHECK(*rsa_public_key::from(modulus, 65539) != *key);
}

TEST_CASE("an RSA modulus has 2048 to 8192 bits, no more and no less") {
    CHECK(rsa_public_key::from({}, 65537).error() == errc::rsa_modulus_size);
    CHECK(rsa_public_key::from(modulus.first(255), 65537).error() == errc::rsa_modulus_size);
    auto const half = with_octet(rsa::modulus, 0, 0x7F);
    CHECK(rsa_public_key::from(half, 65537).error() == errc::rsa_modulus_size);
    fixed_bytes<1025> too_long{};
    too_long.front() = too_long.back() = std::byte{1};
    CHECK(rsa_public_key::from(too_long, 65537).error() == errc::rsa_modulus_size);
    CHECK(rsa_public_key::from(byte_view{too_long}.last(1024), 65537).error() ==
          errc::rsa_modulus_encoding);
}

TEST_CASE("an RSA modulus is odd, without small factors and without leading zeros") {
    CHECK(rsa_public_key::from(with_octet(rsa::modulus, 255, 0xA2), 65537).error() ==
          errc::rsa_modulus_even);
    CHECK(rsa_public_key::from(with_octet(rsa::modulus, 0, 0), 65537).error() ==
          errc::rsa_modulus_encoding);
    fixed_bytes<256> weak{};
    weak.fill(std::byte{0xFF});  // 2^2048 - 1 is a multiple of 3
    CHECK(rsa_public_key::from(weak, 65537).error() == errc::rsa_modulus_weak);
}

TEST_CASE("an RSA exponent is odd and from 65537 to less than 2^33") {
    for (std::uint64_t const e :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{65535},
          std::uint64_t{65538}, (std::uint64_t{1} << 33U) + 1, ~std::uint64_t{0}}) {
        CAPTURE(e);
        CHECK(rsa_public_key::from(modulus, e).error() == errc::rsa_exponent);
    }
    CHECK(rsa_public_key::from(modulus, (std::uint64_t{1} << 33U) - 1).has_value());
}
