// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include <mcx/role/primary_token.hpp>

#include "../support/mock.hpp"

// A code is redeemed with the proof that only its consumption makes. [RFC 6749 §4.1.2]
using backend = mcx::test::credulous;
using key = mcx::signing_key<mcx::eddsa, backend>;

bool redeemed(mcx::role::redemption_petition<backend> const& asked,
              mcx::role::code_record const& of, key const& signer,
              mcx::test::counted_random& random, mcx::jwt::spent const& proof) {
    mcx::role::issuance const with{signer, random, mcx::lifetime{std::chrono::minutes{1}}};
#ifdef MUST_NOT_COMPILE
    static_cast<void>(proof);
    return asked.redeem(of, with, mcx::fixed_clock{}).has_value();
#else
    return asked.redeem(of, with, proof, mcx::fixed_clock{}).has_value();
#endif
}
