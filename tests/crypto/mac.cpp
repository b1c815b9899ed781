// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/mac.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"

#include <mcx/crypto/signatures.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

using mcx::byte_view;
using mcx::errc;
using mcx::hs256;
using mcx::hs384;
using mcx::hs512;
using mcx::mac_secret;
using mcx::test::counted_random;

namespace {

template <class... As>
constexpr bool may_be_a_set = requires { typename mcx::algorithm_set<As...>; };

template <class A, class From>
constexpr bool is_made_from = requires(From const& from) { mac_secret<A>::from(from); } ||
                              std::is_constructible_v<mac_secret<A>, From const&>;

constexpr std::array<std::byte, 300> octets{};

}  // namespace

TEST_CASE("the MACs have the names of RFC 7518 and whole tags") {
    CHECK_BOTH(hs256::name == "HS256" && std::tuple_size_v<hs256::signature> == 32);
    CHECK_BOTH(hs384::name == "HS384" && std::tuple_size_v<hs384::signature> == 48);
    CHECK_BOTH(hs512::name == "HS512" && std::tuple_size_v<hs512::signature> == 64);
    CHECK_BOTH(std::same_as<mcx::mac_algorithms, mcx::algorithm_set<hs256, hs384, hs512>>);
}

TEST_CASE("a MAC is no signature, and shares a set with none") {
    CHECK_BOTH(mcx::MacAlgorithm<hs256>);
    CHECK_BOTH(!mcx::MacAlgorithm<mcx::es256>);
    CHECK_BOTH(!mcx::SignatureAlgorithm<hs256>);
    CHECK_BOTH(!mcx::SignatureAlgorithm<hs512>);
    CHECK_BOTH(may_be_a_set<hs256>);
    CHECK_BOTH(!may_be_a_set<hs256, mcx::es256>);
    CHECK_BOTH(!may_be_a_set<mcx::rs256, hs384>);
    CHECK_BOTH(!may_be_a_set<mcx::eddsa, hs512>);
}

TEST_CASE_TEMPLATE("a secret has at least as many octets as the hash, and at most 256", A, hs256,
                   hs384, hs512) {
    constexpr std::size_t least = A::hash::size;
    byte_view const all{octets};
    CHECK(mac_secret<A>::from({}).error() == errc::mac_secret_size);
    CHECK(mac_secret<A>::from(all.first(least - 1)).error() == errc::mac_secret_size);
    CHECK(mac_secret<A>::from(all.first(257)).error() == errc::mac_secret_size);
    auto const shortest = mac_secret<A>::from(all.first(least));
    CHECK((shortest && shortest->size() == least));
    auto const longest = mac_secret<A>::from(all.first(256));
    CHECK((longest && longest->size() == 256));
}

TEST_CASE("a secret keeps its octets") {
    mcx::fixed_bytes<40> own{};
    CHECK(counted_random{}.fill(own));
    auto const secret = mac_secret<hs256>::from(own);
    CHECK((secret &&
           std::equal(own.begin(), own.end(), secret->reveal().begin(), secret->reveal().end())));
}

TEST_CASE("a secret is made of octets, not of text, of a public key or of another's secret") {
    CHECK_BOTH(is_made_from<hs256, byte_view>);
    CHECK_BOTH(!is_made_from<hs256, std::string>);
    CHECK_BOTH(!is_made_from<hs256, std::string_view>);
    CHECK_BOTH(!is_made_from<hs256, char const*>);
    CHECK_BOTH(!is_made_from<hs256, mcx::rsa_public_key>);
    CHECK_BOTH(!is_made_from<hs256, mcx::p256_public_key>);
    CHECK_BOTH(!is_made_from<hs256, mcx::ed25519_private_key>);
    CHECK_BOTH(!is_made_from<hs256, mac_secret<hs384>>);
}

TEST_CASE("a secret moves, is never copied or empty, and leaves nothing behind") {
    using type = mac_secret<hs256>;
    CHECK_BOTH(!std::is_default_constructible_v<type>);
    CHECK_BOTH(!std::is_copy_constructible_v<type>);
    CHECK_BOTH(std::is_nothrow_move_constructible_v<type>);
    auto secret = mac_secret<hs256>::from(byte_view{octets}.first(32));
    auto const moved = *std::move(secret);
    CHECK(secret->size() == 0);
    CHECK(moved.size() == 32);
}

TEST_CASE_TEMPLATE("a new secret is as long as the hash and made of the octets drawn", A, hs256,
                   hs384, hs512) {
    counted_random random;
    auto const secret = mac_secret<A>::generate(random);
    mcx::fixed_bytes<A::hash::size> expected{};
    CHECK(counted_random{}.fill(expected));
    CHECK((secret && mcx::constant_time_equal(secret->reveal(), expected)));
    random.left = 0;
    CHECK(mac_secret<A>::generate(random).error() == errc::random_unavailable);
}
