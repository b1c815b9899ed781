// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/fresh.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"

#include <mcx/oauth/authorization_response.hpp>
#include <mcx/oauth/token.hpp>

using mcx::errc;
using mcx::oauth::fresh;
using mcx::test::counted_random;

TEST_CASE("a fresh value has 256 bits of the source, in base64url") {
    counted_random random;
    CHECK(fresh<mcx::oauth::state>(random)->view() ==
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    CHECK(fresh<mcx::oauth::nonce>(random)->view() ==
          "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8");
    CHECK(fresh<mcx::oauth::authorization_code>(random)->size() == 43);
    CHECK(fresh<mcx::oauth::token>(random)->size() == 43);
    CHECK(random.next == 128);
}

TEST_CASE("without randomness there is no fresh value") {
    counted_random none{.next = 0, .left = 0};
    CHECK(fresh<mcx::oauth::state>(none).error() == errc::random_unavailable);
}
