// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: text_literal_is_too_long_or_refused
#include <mcx/core/text.hpp>

using code = mcx::text<struct code_tag, 4>;

constexpr code fits{"four"};

#ifdef MUST_NOT_COMPILE
constexpr code longer{"fives"};
#endif
