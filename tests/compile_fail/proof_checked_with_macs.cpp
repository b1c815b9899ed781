// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: ChecksProofs|verifies_signatures
#include <mcx/backend/sodium.hpp>
#include <mcx/grant/dpop.hpp>

// The key of a MAC in the header of a proof would be a key that everybody knows.
#ifdef MUST_NOT_COMPILE
using accepted = mcx::algorithm_set<mcx::hs256>;
#else
using accepted = mcx::algorithm_set<mcx::eddsa>;
#endif
bool passes(std::string_view proof, mcx::grant::proof_expectation const& want) {
    return mcx::grant::check_proof<mcx::sodium, accepted>(proof, want, mcx::system_clock{})
        .has_value();
}
