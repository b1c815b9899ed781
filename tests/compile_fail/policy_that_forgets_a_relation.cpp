// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/role/policy.hpp>

// A policy says what it does with all three relations. [TS 33.180 5.1.4.1]
using mcx::role::way;
#ifdef MUST_NOT_COMPILE
mcx::role::by_relation<way> const ways(way::open, way::open);
#else
mcx::role::by_relation<way> const ways(way::closed, way::open, way::open);
#endif
