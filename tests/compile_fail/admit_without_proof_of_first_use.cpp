// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include <mcx/role/partner_idms.hpp>

#include "../support/mock.hpp"

// A single-use assertion is admitted with the proof that only its consumption makes.
using key = mcx::signing_key<mcx::eddsa, mcx::test::credulous>;

bool admitted(mcx::role::admission_petition const& asked, key const& signer,
              mcx::test::counted_random& random, mcx::jwt::spent const& proof) {
    mcx::role::issuance const with{signer, random, mcx::lifetime{std::chrono::minutes{1}}};
#ifdef MUST_NOT_COMPILE
    static_cast<void>(proof);
    return asked.admit({}, with, mcx::fixed_clock{}).has_value();
#else
    return asked.admit({}, with, proof, mcx::fixed_clock{}).has_value();
#endif
}
