// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/general_members.hpp>

#include "support/check.hpp"

#include <string_view>

using mcx::errc;
using mcx::error;
namespace general = mcx::jws::general;

namespace {

constexpr auto read(std::string_view text) {
    return mcx::json::parse_object<general::detail::members>(text, {},
                                                             mcx::jws::detail::jws_errors);
}

constexpr bool shows_its_members_in_place() {
    auto const m = read(R"({"payload":"cA","signatures":[{"signature":"c2ln","header":{}}]})");
    auto const& one = m->signatures.items[0];
    return m->payload->token.raw == "cA" && m->payload->offset == 12 && m->signatures.count == 1 &&
           one.signature.token.raw == "c2ln" && one.unprotected_half->text == "{}" &&
           !one.protected_half;
}

}  // namespace

TEST_CASE("members are shown where they stand in the text") {
    CHECK_BOTH(shows_its_members_in_place());
}

TEST_CASE("the number of signatures has bounds, and the one past them is named") {
    CHECK_BOTH(read(R"({"payload":"","signatures":[]})").error() ==
               error{errc::too_many_signatures, 0, 27});
    CHECK(read(R"({"payload":"","signatures":[)"
               R"({"signature":""},{"signature":""},{"signature":""},{"signature":""},)"
               R"({"signature":""},{"signature":""},{"signature":""},{"signature":""},{}]})")
              .error() == error{errc::too_many_signatures, 0, 164});
}
