// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: names_are_distinct.+evaluated to .?false
#include <mcx/crypto/signatures.hpp>

// A relaxation takes both names, so that it stands in no set with an algorithm that has one of
// them.
#ifdef MUST_NOT_COMPILE
using second = mcx::eddsa;
#else
using second = mcx::ed448;
#endif
using accepted = mcx::algorithm_set<mcx::ed25519_by_either_name, second>;
bool names_one = accepted::names("EdDSA");
