// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: NoMacAmongSignatures<.+evaluated to false|no operand of the disjunction
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/signatures.hpp>

// A public key must never be taken for a MAC secret.
#ifdef MUST_NOT_COMPILE
using accepted = mcx::algorithm_set<mcx::rs256, mcx::hs256>;
#else
using accepted = mcx::algorithm_set<mcx::rs256>;
#endif
bool names_one = accepted::names("RS256");
