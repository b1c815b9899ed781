// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: ProofSigner|SignatureAlgorithm
#include <mcx/backend/sodium.hpp>
#include <mcx/grant/dpop_proof.hpp>

// A shared secret proves nothing of possession: whoever checks the proof has it too.
#ifdef MUST_NOT_COMPILE
using key = mcx::mac_key<mcx::hs256, mcx::sodium>;
#else
using key = mcx::signing_key<mcx::eddsa, mcx::sodium>;
#endif
mcx::result<std::string> proof(mcx::grant::dpop_claims const& claims, key const& k) {
    mcx::sodium::random random;
    return mcx::grant::make_proof(claims, k, random);
}
