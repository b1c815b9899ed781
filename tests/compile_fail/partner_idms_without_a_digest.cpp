// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (Digests|constraints not satisfied)
#include <mcx/role/partner_idms.hpp>

#include "../support/mock.hpp"

// An assertion without an id is remembered by its digest: a backend without one cannot admit.
struct only_verifies {};

template <mcx::SignatureAlgorithm A>
struct mcx::verification<only_verifies, A> : mcx::verification<mcx::test::credulous, A> {};

#ifdef MUST_NOT_COMPILE
using backend = only_verifies;
#else
using backend = mcx::test::credulous;
#endif
mcx::trust<only_verifies> const verifies;
mcx::trust<backend> const primaries;
mcx::role::partner_idms<backend> idms{mcx::idm::domain{}, primaries};
