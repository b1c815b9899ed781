// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: interconnection
#include <mcx/role/primary_idms.hpp>

// Inter-domain authorization is not used across interconnected systems. [TS 33.180 5.1.4.1]
#ifdef MUST_NOT_COMPILE
constexpr auto how = mcx::idm::relation::interconnection;
#else
constexpr auto how = mcx::idm::relation::migration;
#endif
bool known = how != mcx::idm::relation::unstated;
