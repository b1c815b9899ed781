// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/crypto/rsa_crt.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <mcx/backend/botan.hpp>

#include <type_traits>

using mcx::botan;
using mcx::rs256;
using mcx::test::rfc_example;
using arithmetic = mcx::rsa_arithmetic<botan>;

static_assert(mcx::ComputesRsa<botan> && !mcx::ComputesRsa<mcx::test::credulous>);
static_assert(!std::is_copy_constructible_v<mcx::rsa_crt>);

namespace {

template <std::size_t N>
void spoil(mcx::secret<N>& number) {
    mcx::fixed_bytes<N> octets{};
    auto const shown = number.reveal();
    std::copy(shown.begin(), shown.end(), octets.begin());
    octets[shown.size() - 1] ^= std::byte{2};
    number = mcx::test::secret_of<N>(mcx::byte_view{octets}.first(shown.size()));
}

}  // namespace

TEST_CASE("numbers that follow from the primes agree with them, and others do not") {
    auto const key = rfc_example<rs256>::private_key();
    auto made = arithmetic::derive(key);
    CHECK(made.has_value());
    if (!made) {
        return;
    }
    CHECK(made->d.size() <= 256);
    CHECK(made->dp.size() <= 128);
    CHECK(arithmetic::agree(key, *made).value_or(false));
    auto const disagrees = [&key](auto member) {
        auto other = arithmetic::derive(key);
        spoil((*other).*member);
        auto const agree = arithmetic::agree(key, *other);
        return agree && !*agree;
    };
    CHECK(disagrees(&mcx::rsa_crt::d));
    CHECK(disagrees(&mcx::rsa_crt::dp));
    CHECK(disagrees(&mcx::rsa_crt::dq));
    CHECK(disagrees(&mcx::rsa_crt::qi));
}
