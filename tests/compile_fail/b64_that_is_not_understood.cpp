// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: EncodesPayload
#include <mcx/jose/detached.hpp>

// Who reads an unencoded payload understands `b64`.
#ifdef MUST_NOT_COMPILE
using understood = mcx::jws::critical_names<"exp">;
#else
using understood = mcx::jws::critical_names<"exp", "b64">;
#endif
bool accepted =
    mcx::jws::detached::parse_unencoded<understood>(std::string_view{"e30..AA"}, 99).has_value();
