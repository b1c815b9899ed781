// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include "../support/mock.hpp"

// A prepared signer borrows its key.
using key = mcx::signing_key<mcx::eddsa, mcx::test::credulous>;
key make_key();

#ifdef MUST_NOT_COMPILE
mcx::prepared_signer<mcx::eddsa, mcx::test::credulous> signer{make_key()};
#else
key const kept = make_key();
mcx::prepared_signer<mcx::eddsa, mcx::test::credulous> signer{kept};
#endif
