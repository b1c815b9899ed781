// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <string>

using mcx::bounded_bytes;
using mcx::byte_view;
using mcx::test::text_octets;

namespace {

constexpr bool assigns_up_to_its_bound() {
    bounded_bytes<4> octets;
    bool const fits = octets.assign(text_octets("abcd")) && octets.size() == 4;
    bool const kept = !octets.assign(text_octets("vwxyz")) && octets.size() == 4 &&
                      octets.view().front() == mcx::to_byte('a');
    bool const shorter = octets.assign(text_octets("z")) && octets.size() == 1;
    return fits && kept && shorter && octets.view().back() == mcx::to_byte('z');
}

constexpr bool resizes_up_to_its_bound() {
    bounded_bytes<4> octets;
    bool const starts_empty = octets.size() == 0 && octets.view().empty();
    bool const grows = octets.resize(4) && octets.octets().size() == 4;
    octets.octets()[3] = std::byte{7};
    bool const kept = !octets.resize(5) && octets.size() == 4;
    return starts_empty && grows && kept && octets.view()[3] == std::byte{7} &&
           octets.view()[0] == std::byte{0};
}

constexpr bool are_equal(byte_view a, byte_view b) {
    bounded_bytes<8> first;
    bounded_bytes<8> second;
    return first.assign(a) && second.assign(b) && first == second;
}

constexpr bool compares_what_it_holds_only() {
    bounded_bytes<8> longer;
    bounded_bytes<8> shorter;
    return longer.assign(text_octets("abcd")) && shorter.assign(text_octets("ab")) &&
           longer.resize(2) && longer == shorter;
}

}  // namespace

static_assert(bounded_bytes<4>::max_size == 4);
static_assert(sizeof(mcx::fixed_bytes<7>) == 7);

TEST_CASE("bounded_bytes holds up to its bound and is as before past it") {
    CHECK_BOTH(assigns_up_to_its_bound());
    CHECK_BOTH(resizes_up_to_its_bound());
}

TEST_CASE("bounded_bytes compares the octets that it holds") {
    CHECK_BOTH(are_equal({}, {}));
    CHECK_BOTH(are_equal(text_octets("ab"), text_octets("ab")));
    CHECK_BOTH(!are_equal(text_octets("ab"), text_octets("ac")));
    CHECK_BOTH(!are_equal(text_octets("ab"), text_octets("abc")));
    CHECK_BOTH(compares_what_it_holds_only());
}

TEST_CASE("text and octets are two views of the same memory") {
    std::string text{"a\0\xFF", 3};
    byte_view const octets = mcx::as_bytes(text);
    CHECK(octets.size() == 3);
    CHECK(octets[2] == std::byte{0xFF});
    CHECK(mcx::as_text(octets) == text);
    CHECK(mcx::as_text(octets).data() == text.data());
    CHECK(mcx::as_c_octets(octets)[2] == 0xFF);
    mcx::byte_span const writable = std::as_writable_bytes(std::span{text.data(), text.size()});
    mcx::as_writable_text(writable)[0] = 'z';
    mcx::as_writable_c_octets(writable)[1] = 0x80;
    CHECK(text == std::string{"z\x80\xFF", 3});
    CHECK(mcx::as_bytes({}).empty());
    CHECK(mcx::as_text({}).empty());
}

TEST_CASE("to_byte takes a character for the octet that it is, whatever its sign") {
    CHECK_BOTH(mcx::to_byte('A') == std::byte{0x41});
    CHECK_BOTH(mcx::to_byte('\xFF') == std::byte{0xFF});
    CHECK_BOTH(mcx::to_byte('\0') == std::byte{0});
}
