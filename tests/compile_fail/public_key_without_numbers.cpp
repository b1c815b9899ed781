// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private
#include <mcx/crypto/public_key.hpp>

// The only way to a public key is the one that checks it.
#ifdef MUST_NOT_COMPILE
mcx::ed25519_public_key key;
#else
auto key = mcx::ed25519_public_key::from({});
#endif
