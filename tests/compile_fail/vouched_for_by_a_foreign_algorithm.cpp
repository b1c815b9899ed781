// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (SignerFor|constraints not satisfied|no matching function)
#include <mcx/role/primary_idms.hpp>

#include "../support/mock.hpp"

// What the profile does not accept is not issued.
struct my_es256 : mcx::es256 {
    static constexpr std::string_view name = "MY256";
};
template <>
struct mcx::test::rfc_example<my_es256> : mcx::test::rfc_example<mcx::es256> {};

#ifdef MUST_NOT_COMPILE
using algorithm = my_es256;
#else
using algorithm = mcx::es256;
#endif
using key = mcx::signing_key<algorithm, mcx::test::credulous>;

bool vouches(mcx::role::exchange_petition const& asked, key const& signer,
             mcx::test::counted_random& random) {
    mcx::role::issuance const with{signer, random, mcx::lifetime{std::chrono::minutes{1}}};
    return asked.vouch(with, mcx::fixed_clock{}).has_value();
}
