// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/digest.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/sha256.hpp"

#include <cstddef>

using mcx::test::hex_octets;
using mcx::test::text_octets;

namespace {

struct one_octet {
    static constexpr std::size_t size = 1;
    std::byte sum{};
    bool works = true;
    constexpr void update(mcx::byte_view octets) noexcept {
        for (std::byte o : octets) {
            sum ^= o;
        }
    }
    constexpr mcx::result<mcx::fixed_bytes<1>> finish() noexcept {
        if (!works) {
            return mcx::errc::backend;
        }
        return mcx::fixed_bytes<1>{sum};
    }
};

struct throws_in_update : one_octet {
    void update(mcx::byte_view octets) { one_octet::update(octets); }
};
struct finishes_without_result : one_octet {
    mcx::fixed_bytes<1> finish() noexcept { return {sum}; }
};
struct finishes_with_another_size : one_octet {
    static constexpr std::size_t size = 2;
};
struct needs_an_argument : one_octet {
    explicit needs_an_argument(int) {}
};
struct broken : one_octet {
    constexpr broken() noexcept { works = false; }
};

struct this_test {};

}  // namespace

template <>
struct mcx::hashing<this_test, mcx::sha256> : mcx::test::sha256 {};
template <>
struct mcx::hashing<this_test, mcx::sha512> : mcx::test::sha256 {};

TEST_CASE("a digest is a running hash that may fail at its end") {
    CHECK_BOTH(mcx::Digest<one_octet>);
    CHECK_BOTH(mcx::Digest<mcx::test::sha256>);
    CHECK_BOTH(!mcx::Digest<throws_in_update>);
    CHECK_BOTH(!mcx::Digest<finishes_without_result>);
    CHECK_BOTH(!mcx::Digest<finishes_with_another_size>);
    CHECK_BOTH(!mcx::Digest<needs_an_argument>);
    CHECK_BOTH(!mcx::Digest<int>);
}

TEST_CASE("a backend has a hash function where its digest has the function's size") {
    CHECK_BOTH(mcx::Digests<this_test, mcx::sha256>);
    CHECK_BOTH(!mcx::Digests<this_test, mcx::sha512>);
    CHECK_BOTH(!mcx::Digests<int, mcx::sha256>);
}

TEST_CASE("octets are hashed in one call") {
    constexpr auto abc = text_octets("abc");
    CHECK_BOTH(*mcx::digest_of<mcx::test::sha256>(abc) ==
               hex_octets("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CHECK_BOTH(*mcx::digest_of<one_octet>({}) == mcx::fixed_bytes<1>{});
}

TEST_CASE("a digest that fails says so") {
    CHECK_BOTH(mcx::digest_of<broken>({}).error() == mcx::errc::backend);
}

TEST_CASE("the hash functions are those of FIPS 180-4") {
    CHECK_BOTH(mcx::sha256::name == "SHA-256");
    CHECK_BOTH(mcx::sha256::size == 32);
    CHECK_BOTH(mcx::sha512::name == "SHA-512");
    CHECK_BOTH(mcx::sha512::size == 64);
}
