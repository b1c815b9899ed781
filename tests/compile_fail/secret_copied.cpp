// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (use of|call to) deleted (function|constructor)
#include <mcx/core/secret.hpp>

// A second copy of a secret is asked for by name.
mcx::secret<32> second(mcx::secret<32> const& first) {
#ifdef MUST_NOT_COMPILE
    return first;
#else
    return first.clone();
#endif
}
