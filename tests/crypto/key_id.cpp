// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/key_id.hpp>

#include "support/check.hpp"

#include <array>
#include <string_view>

using mcx::errc;
using mcx::key_id;

namespace {

constexpr std::array<char, 129> as = [] {
    std::array<char, 129> made{};
    made.fill('a');
    return made;
}();

}  // namespace

TEST_CASE("a key id is any text of at most 128 octets") {
    CHECK_BOTH(key_id::from("2026-01 \"a\" / \xC3\xA9 \xFF")->view() ==
               "2026-01 \"a\" / \xC3\xA9 \xFF");
    CHECK_BOTH(key_id::from("")->empty());
    CHECK_BOTH(key_id::from(std::string_view{as.data(), 128})->size() == 128);
    CHECK_BOTH(key_id::from(std::string_view{as.data(), 129}).error() == errc::value_too_long);
}

TEST_CASE("a key id holds no control character") {
    for (unsigned octet = 0; octet < 256; ++octet) {
        CAPTURE(octet);
        char const text[]{'a', static_cast<char>(octet), 'b'};
        bool const control = octet < 0x20 || octet == 0x7F;
        CHECK(key_id::from({text, 3}).error().code ==
              (control ? errc::value_character : errc::none));
    }
    CHECK_BOTH(key_id::from(std::string_view{"a\0", 2}).error() == errc::value_character);
}

TEST_CASE("key ids are compared octet for octet") {
    constexpr key_id a = "a";
    constexpr key_id capital_a = "A";
    constexpr key_id a_and_space = "a ";
    CHECK_BOTH(a == *key_id::from("a"));
    CHECK_BOTH(a != capital_a);
    CHECK_BOTH(a != a_and_space);
}
