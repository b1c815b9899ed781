// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/signing_input.hpp>

#include "support/check.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using mcx::as_bytes;
using mcx::byte_span;
using mcx::byte_view;
using mcx::errc;
using mcx::jws::payload_chain;
using mcx::jws::signing_input;

namespace {

std::string walked(signing_input const& input) {
    std::string made;
    input([&made](byte_view piece) { made += mcx::as_text(piece); });
    return made;
}

/// A payload cut into pieces of this size.
std::vector<byte_view> cut(std::string_view payload, std::size_t size) {
    std::vector<byte_view> made;
    for (std::size_t at = 0; at < payload.size(); at += size) {
        made.push_back(as_bytes(payload.substr(at, size)));
    }
    return made;
}

std::string long_payload() {
    std::string made;
    for (int i = 0; i < 3000; ++i) {
        made += static_cast<char>(i * 7);
    }
    return made;
}

}  // namespace

TEST_CASE("a payload in pieces is encoded as if it were in one") {
    std::string const payload = long_payload();
    std::string const expected = "aGVhZA." + mcx::test::base64url_text(payload);
    for (std::size_t const size : {1U, 2U, 3U, 7U, 767U, 768U, 769U, 3000U}) {
        auto const pieces = cut(payload, size);
        auto const input = signing_input::of_octets("aGVhZA", pieces);
        CHECK(walked(input) == expected);
        CHECK(input.size() == expected.size());
    }
    CHECK(walked(signing_input::of_octets("aGVhZA", {})) == "aGVhZA.");
}

TEST_CASE("an unencoded payload is shown where it is, piece by piece") {
    std::string const payload = long_payload();
    auto const pieces = cut(payload, 1000);
    auto const input = signing_input::of_unencoded_octets("aGVhZA", pieces);
    CHECK(walked(input) == "aGVhZA." + payload);
    std::vector<std::byte const*> seen;
    input([&seen](byte_view piece) { seen.push_back(piece.data()); });
    CHECK(seen.size() == 5);
    CHECK((seen[2] == pieces[0].data() && seen[4] == pieces[2].data()));
    CHECK(input.size() == 7 + payload.size());
}

TEST_CASE("a payload in a JSON string is what the string means") {
    CHECK(walked(signing_input::of_string("aA", {"$.02", false})) == "aA.$.02");
    CHECK(walked(signing_input::of_string("aA", {R"(\u20ac\n\"x)", true})) ==
          "aA.\xE2\x82\xAC\n\"x");
    std::string raw;
    std::string meant;
    for (int i = 0; i < 300; ++i) {
        raw += R"(a\u00e9)";
        meant += "a\xC3\xA9";
    }
    CHECK(walked(signing_input::of_string("aA", {raw, true})) == "aA." + meant);
}

TEST_CASE("pieces are put together in space that is large enough, or not at all") {
    std::string const payload = "payload";
    auto const pieces = cut(payload, 3);
    auto const input = signing_input::of_unencoded_octets("aA", pieces);
    std::array<std::byte, 32> space{};
    auto const whole = input.gather(space);
    CHECK((whole && mcx::as_text(*whole) == "aA.payload" && whole->data() == space.data()));
    CHECK(input.gather(byte_span{space}.first(10)).has_value());
    CHECK(input.gather(byte_span{space}.first(9)).error() == errc::buffer_too_small);
    CHECK(input.gather({}).error() == errc::buffer_too_small);
}

TEST_CASE("the payload of a token in JSON is decoded, or is what its string means") {
    std::array<std::byte, 8> out{};
    auto const encoded = signing_input::of_text("aA", "JC4wMg").payload(out);
    CHECK((encoded && mcx::as_text(*encoded) == "$.02"));
    CHECK(signing_input::of_text("aA", "JC4wMg").payload(byte_span{out}.first(3)).error() ==
          errc::buffer_too_small);
    CHECK(signing_input::of_text("aA", "JC4w=").payload(out).error().code == errc::base64_length);
    auto const plain = signing_input::of_string("aA", {"$.02", false}).payload(out);
    CHECK((plain && mcx::as_text(*plain) == "$.02" && plain->data() == out.data()));
    auto const escaped = signing_input::of_string("aA", {R"(\t\u0000)", true}).payload(out);
    CHECK((escaped && mcx::as_text(*escaped) == std::string_view("\t\0", 2)));
    for (auto const token : {mcx::json::string_token{"123456789", false},
                             mcx::json::string_token{R"(12345678\n)", true}}) {
        CHECK(signing_input::of_string("aA", token).payload(out).error() == errc::buffer_too_small);
    }
}

TEST_CASE("the identity of a token does not depend on how its octets lie") {
    using sha256 = mcx::test::sha256;
    auto const expected = mcx::digest_of<sha256>(as_bytes("aA.JC4wMg"));
    auto const pieces = cut("$.02", 1);
    CHECK(*signing_input::of_octets("aA", pieces).identity<sha256>() == *expected);
    CHECK(*signing_input::of_text("aA", "JC4wMg").identity<sha256>() == *expected);
}
