// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/backend/botan_hashes.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/rfc_keys.hpp"

#include <mcx/backend/botan.hpp>

#include <array>

using mcx::as_bytes;
using mcx::botan;
using mcx::byte_view;
using mcx::hs256;
using mcx::sha256;
using mcx::test::certain;
using mcx::test::hex_octets;

TEST_CASE("a hash that runs may be given its message in pieces, and moves") {
    mcx::hashing<botan, sha256> running;
    running.update(as_bytes("a"));
    running.update({});
    auto moved = std::move(running);
    moved.update(as_bytes("bc"));
    CHECK(moved.finish().value_or(mcx::fixed_bytes<32>{}) ==  // [FIPS 180-4 B.1]
          hex_octets("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

TEST_CASE("a tag is the same for a message in pieces, and for the next message of the same key") {
    auto const secret = certain(mcx::mac_secret<hs256>::from(hex_octets(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaa")));
    using half = mcx::authentication<botan, hs256>;
    auto const key = half::prepare(secret);
    CHECK(key.has_value());
    half::scratch own{};
    for (int i = 0; i < 2; ++i) {
        hs256::signature tag{};
        std::array<byte_view, 3> const pieces{as_bytes("Test Using Larger Than Block-"),
                                              byte_view{}, as_bytes("Size Key - Hash Key First")};
        CHECK(half::compute(
            *key, own,
            [&](auto&& update) {
                for (byte_view const piece : pieces) {
                    update(piece);
                }
            },
            tag));
        CHECK(tag ==  // [RFC 4231 §4.7]
              hex_octets("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }
}
