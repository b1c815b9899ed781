// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: EncodesPayload
#include <mcx/jose/verify.hpp>

// An unencoded payload exists in detached and flattened tokens only.
#ifdef MUST_NOT_COMPILE
using understood = mcx::jws::critical_names<"exp", "b64">;
#else
using understood = mcx::jws::critical_names<"exp">;
#endif
bool accepted = mcx::jws::parse<understood>(std::string_view{"e30.e30.AA"}, 99).has_value();
