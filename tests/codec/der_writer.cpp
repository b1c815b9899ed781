// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/der_writer.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::der::reader;
using mcx::der::tag;
using mcx::der::writer;
using mcx::test::hex_octets;

namespace {

/// Whether a function writes these octets, and no buffer that is shorter will do.
template <class Write>
constexpr bool writes(Write write, byte_view expected) {
    mcx::fixed_bytes<32> buffer{};
    writer w{buffer};
    write(w);
    auto const size = w.finish();
    if (!size || !mcx::der::same(byte_view{buffer}.first(*size), expected)) {
        return false;
    }
    for (std::size_t shorter = 0; shorter < expected.size(); ++shorter) {
        writer again{mcx::byte_span{buffer}.first(shorter)};
        write(again);
        if (again.finish().error().code != errc::buffer_too_small) {
            return false;
        }
    }
    return true;
}

constexpr bool writes_number(std::uint64_t value, byte_view expected) {
    return writes([value](writer& w) { w.number(value); }, expected);
}

}  // namespace

TEST_CASE("numbers are written in as few octets as can be, and positive") {
    CHECK_BOTH(writes_number(0, hex_octets("020100")));
    CHECK_BOTH(writes_number(0x7F, hex_octets("02017f")));
    CHECK_BOTH(writes_number(0x80, hex_octets("02020080")));
    CHECK_BOTH(writes_number(65537, hex_octets("0203010001")));
    CHECK_BOTH(writes_number(UINT64_MAX, hex_octets("020900ffffffffffffffff")));
    CHECK_BOTH(writes([](writer& w) { w.integer({}); }, hex_octets("020100")));
    CHECK_BOTH(writes([](writer& w) { w.integer(hex_octets("0000ff")); }, hex_octets("020200ff")));
}

TEST_CASE("elements are wrapped from the inside to the outside") {
    CHECK_BOTH(writes(
        [](writer& w) {
            w.element(tag::null, {});
            w.wrap(tag::sequence, 0);
            w.number(1);
            w.wrap(tag::sequence, 0);
        },
        hex_octets("300702010130020500")));
    CHECK_BOTH(writes(
        [](writer& w) {
            w.octets(hex_octets("aa"));
            std::size_t const since = w.size();
            w.octets(hex_octets("bb"));
            w.wrap_bits(since);
        },
        hex_octets("030200bbaa")));
}

TEST_CASE("whatever its length, an element that is written is read") {
    for (std::size_t const size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U}) {
        std::vector<std::byte> const inside(size, std::byte{0xA5});
        std::vector<std::byte> out(size + 5);
        writer w{out};
        w.element(tag::octet_string, inside);
        auto const written = w.finish();
        CHECK(written.has_value());
        if (written) {
            reader r{byte_view{out}.first(*written)};
            CHECK(mcx::der::same(r.contents(tag::octet_string), inside));
            CHECK(r.finish());
        }
    }
}
