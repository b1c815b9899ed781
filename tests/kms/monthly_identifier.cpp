// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/monthly_identifier.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

using mcx::errc;
using mcx::instant;
using mcx::kms::make_monthly_identifier;
using mcx::kms::user_uri;
using mcx::test::hex_octets;

namespace {

constexpr user_uri user{"tel:+447700900123"};

constexpr bool is(instant at, mcx::byte_view octets) {
    auto const made = make_monthly_identifier(user, at);
    return made &&
           std::equal(made->view().begin(), made->view().end(), octets.begin(), octets.end());
}

}  // namespace

TEST_CASE("the identifier of the RFC's worked example is made") {  // [RFC 6508 appendix A]
    constexpr auto example = hex_octets("323031312D30320074656C3A2B34343737303039303031323300");
    CHECK_BOTH(is({1'296'518'400}, example));  // 2011-02-01T00:00:00Z
    CHECK_BOTH(is({1'298'937'599}, example));  // 2011-02-28T23:59:59Z
    CHECK_BOTH(!is({1'296'518'399}, example));
    CHECK_BOTH(!is({1'298'937'600}, example));
}

TEST_CASE("a year of five digits has no identifier") {
    CHECK_BOTH(make_monthly_identifier(user, {253'402'300'800}).error().code == errc::out_of_range);
}
