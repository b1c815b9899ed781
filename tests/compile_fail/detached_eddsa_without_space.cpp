// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: verifies_chains|no matching function
#include <mcx/backend/sodium.hpp>
#include <mcx/jose/detached.hpp>

// Pure EdDSA needs its message in one place: the caller lends space for it.
auto check(mcx::jws::detached::unverified const& token, mcx::jws::payload_chain payload,
           mcx::key_set<mcx::sodium> const& keys, mcx::workspace<mcx::sodium>& work,
           mcx::byte_span space) {
    using accepted = mcx::algorithm_set<mcx::eddsa>;
#ifdef MUST_NOT_COMPILE
    (void)space;
    return mcx::jws::detached::verify<accepted>(token, payload, keys, work);
#else
    return mcx::jws::detached::verify<accepted>(token, payload, keys, work, space);
#endif
}
