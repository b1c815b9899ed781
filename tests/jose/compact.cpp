// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/compact.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace jws = mcx::jws;

namespace {

constexpr std::size_t enough = 100;

constexpr error refusal(std::string_view text, std::size_t max_size = enough) {
    return jws::split(text, max_size).error();
}

constexpr bool splits(std::string_view text, std::string_view header, std::string_view payload,
                      std::string_view signature) {
    auto const parts = jws::split(text, enough);
    return parts && parts->header == header && parts->payload == payload &&
           parts->signature == signature &&
           parts->signing_input == text.substr(0, header.size() + 1 + payload.size());
}

}  // namespace

TEST_CASE("a compact serialization has three parts") {
    CHECK_BOTH(splits("h.p.s", "h", "p", "s"));
    CHECK_BOTH(splits("header.payload.signature", "header", "payload", "signature"));
    CHECK_BOTH(splits("=.\n.{", "=", "\n", "{"));  // what they hold is not looked at
}

TEST_CASE("the parts are the text's own characters") {
    constexpr std::string_view text = "ab.cd.ef";
    CHECK_BOTH(jws::split(text, enough)->header.data() == text.data());
    CHECK_BOTH(jws::split(text, enough)->payload.data() == text.data() + 3);
    CHECK_BOTH(jws::split(text, enough)->signature.data() == text.data() + 6);
    CHECK_BOTH(jws::split(text, enough)->signing_input == "ab.cd");
}

TEST_CASE("the payload may be empty, header and signature may not") {
    CHECK_BOTH(splits("h..s", "h", "", "s"));
    CHECK_BOTH(refusal(".p.s") == error{errc::empty_part, 0, 0});
    CHECK_BOTH(refusal("h.p.") == error{errc::empty_part, 0, 4});
    CHECK_BOTH(refusal("h..") == error{errc::empty_part, 0, 3});
    CHECK_BOTH(refusal("..s") == error{errc::empty_part, 0, 0});
    CHECK_BOTH(refusal("..") == error{errc::empty_part, 0, 0});
}

TEST_CASE("a text with another number of parts is refused, five parts by their name") {
    CHECK_BOTH(refusal("") == errc::not_three_parts);
    CHECK_BOTH(refusal("h") == errc::not_three_parts);
    CHECK_BOTH(refusal("h.p") == errc::not_three_parts);
    CHECK_BOTH(refusal("h.p.s.x") == errc::not_three_parts);
    CHECK_BOTH(refusal("h.k.i.c.t") == errc::encrypted_token);
    CHECK_BOTH(refusal("....") == errc::encrypted_token);
    CHECK_BOTH(refusal(".....") == errc::not_three_parts);
    CHECK_BOTH(refusal("h.p.s.x.y.z") == errc::not_three_parts);
    CHECK_BOTH(refusal("h.p.s.x.y.z.a.b") == errc::not_three_parts);
    CHECK(refusal(std::string(100'000, '.'), 100'000) == errc::not_three_parts);
}

TEST_CASE("a token in JSON is refused by its name") {
    CHECK_BOTH(refusal("{\"payload\":\"p\"}") == errc::json_serialization);
    CHECK_BOTH(refusal("{.p.s") == errc::json_serialization);
    CHECK_BOTH(refusal("{") == errc::json_serialization);
    CHECK_BOTH(refusal(" {\"a\":1}") == errc::not_three_parts);
}

TEST_CASE("a token is refused unread where it is longer than it may be") {
    CHECK_BOTH(jws::split("h.p.s", 5).has_value());
    CHECK_BOTH(refusal("h.p.s", 4) == errc::token_too_long);
    CHECK_BOTH(refusal("{....", 4) == errc::token_too_long);
    CHECK_BOTH(refusal("", 0) == errc::not_three_parts);
}
