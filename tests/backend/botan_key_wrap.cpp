// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan_key_wrap.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

using mcx::errc;
using mcx::fixed_bytes;
using mcx::wrapping_key;
using mcx::test::hex_octets;

namespace {

constexpr auto kek = hex_octets("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
constexpr auto key_data =
    hex_octets("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
constexpr auto wrapped_data =
    hex_octets("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");

}  // namespace

TEST_CASE("256 bits are wrapped with 256 bits as in the RFC") {  // [RFC 3394 §4.6]
    auto const key = wrapping_key<mcx::botan>::from(kek);
    CHECK(key);
    if (!key) {
        return;
    }
    fixed_bytes<40> wrapped{};
    CHECK(key->wrap(key_data, wrapped));
    CHECK(wrapped == wrapped_data);
    fixed_bytes<32> plain{};
    CHECK(key->unwrap(wrapped_data, plain));
    CHECK(plain == key_data);
}

TEST_CASE("a wrapped key with any octet changed, or another key, is refused") {
    auto const key = wrapping_key<mcx::botan>::from(kek);
    auto const other = wrapping_key<mcx::botan>::from(key_data);
    CHECK((key && other));
    if (!key || !other) {
        return;
    }
    fixed_bytes<32> plain{};
    for (std::size_t i = 0; i < wrapped_data.size(); ++i) {
        auto changed = wrapped_data;
        changed[i] ^= std::byte{1};
        CHECK(key->unwrap(changed, plain).error().code == errc::key_wrap_integrity);
        CHECK(plain == fixed_bytes<32>{});
    }
    CHECK(other->unwrap(wrapped_data, plain).error().code == errc::key_wrap_integrity);
}
