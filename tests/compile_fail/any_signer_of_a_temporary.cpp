// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/crypto/any_signer.hpp>

#include "../support/mock.hpp"

// A signer borrows its key.
using key = mcx::signing_key<mcx::eddsa, mcx::test::credulous>;
key make_key();

#ifdef MUST_NOT_COMPILE
mcx::any_signer<mcx::test::credulous> signer{make_key()};
#else
key const kept = make_key();
mcx::any_signer<mcx::test::credulous> signer{kept};
#endif
