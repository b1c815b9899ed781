// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/backend/botan_shim.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <span>

using mcx::any_random;
using mcx::botan_detail::lent_random;
using mcx::botan_detail::loan;
using mcx::test::counted_random;
using mcx::test::hex_octets;
namespace shim = mcx::botan_detail;

namespace {

using example = mcx::test::rfc_example<mcx::es256>;

/// 04, x, y.
std::array<std::uint8_t, 65> point(mcx::byte_view x, mcx::byte_view y) {
    std::array<std::uint8_t, 65> made{4};
    auto const octets = std::as_writable_bytes(std::span{made});
    std::copy(x.begin(), x.end(), octets.begin() + 1);
    std::copy(y.begin(), y.end(), octets.begin() + 33);
    return made;
}

/// Draws four octets as Botan does, and tells whether the source failed.
bool draws(lent_random& random, std::array<std::uint8_t, 4>& out) {
    try {
        random.randomize(out.data(), out.size());
        return true;
    } catch (shim::random_failed const&) {
        return false;
    }
}

}  // namespace

TEST_CASE("the tag is named after Botan's major version") {
#if BOTAN_VERSION_MAJOR == 2
    CHECK_BOTH(std::same_as<mcx::botan, mcx::botan_2::botan>);
    CHECK_BOTH(std::same_as<lent_random, mcx::botan_2::botan_detail::lent_random>);
#else
    CHECK_BOTH(std::same_as<mcx::botan, mcx::botan_3::botan>);
    CHECK_BOTH(std::same_as<lent_random, mcx::botan_3::botan_detail::lent_random>);
#endif
}

TEST_CASE("the pool of locked memory was there before this program began") {
    CHECK(shim::pool_is_older_than_static_keys);
}

TEST_CASE("a random source is lent until the loan ends") {
    counted_random source{.next = 7};
    any_random any{source};
    lent_random random;
    std::array<std::uint8_t, 4> out{};
    CHECK(!random.is_seeded());
    CHECK(!draws(random, out));
    {
        loan const lent(random, any);
        CHECK(random.is_seeded());
        CHECK(draws(random, out));
        CHECK(out == std::array<std::uint8_t, 4>{7, 8, 9, 10});
    }
    CHECK(!random.is_seeded());
    CHECK(!draws(random, out));
    CHECK(source.next == 11);
}

TEST_CASE("a random source that fails is an exception of ours") {
    counted_random source{.next = 0, .left = 1};
    any_random any{source};
    lent_random random(&any);
    std::array<std::uint8_t, 4> out{};
    CHECK(draws(random, out));
    CHECK(!draws(random, out));
}

TEST_CASE("a lent random source takes no octets and has nothing to forget") {
    lent_random random;
    CHECK(!random.accepts_input());
    CHECK(random.name() == "mcx");
    random.clear();
    counted_random source;
    any_random any{source};
    random.lend(&any);
    random.clear();
    CHECK(random.is_seeded());
}

TEST_CASE("a number is read from its octets and written without leading zeros") {
    constexpr auto octets = hex_octets("00000102030405060708090a0b0c0d0e0f10");
    auto const written = shim::octets_of(shim::number(octets));
    auto const seen = shim::view(written);
    CHECK(std::equal(seen.begin(), seen.end(), octets.begin() + 2, octets.end()));
    CHECK(shim::octets_of(shim::number({})).empty());
}

TEST_CASE("a curve is known by its name") {
    for (char const* name : {"secp256r1", "secp384r1", "secp521r1", "secp256k1"}) {
        CAPTURE(name);
        CHECK(shim::group_of(name).initialized());
    }
}

TEST_CASE("ECDSA hashes with the function that its padding names") {
    CHECK(shim::ecdsa_padding("SHA-384") ==
          (BOTAN_VERSION_MAJOR == 2 ? "EMSA1(SHA-384)" : "SHA-384"));
}

TEST_CASE("an uncompressed point of P-256 is a key") {
    auto const octets = point(example::x, example::y);
    auto const key = shim::ec_key(shim::group_of("secp256r1"), octets);
    CHECK(key != nullptr);
    if (key) {
        auto const written = key->public_key_bits();
        CHECK(std::equal(written.begin(), written.end(), octets.begin(), octets.end()));
    }
}

TEST_CASE("Botan too refuses a point that is not on P-256") {
    bool refused = false;
    try {
        refused =
            shim::ec_key(shim::group_of("secp256r1"), point(example::y, example::x)) == nullptr;
    } catch (Botan::Exception const&) {
        refused = true;
    }
    CHECK(refused);
}
