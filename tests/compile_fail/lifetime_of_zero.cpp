// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: lifetime_must_be_between_1_second_and_1_year
#include <mcx/core/time.hpp>

constexpr mcx::lifetime shortest{std::chrono::seconds{1}};

#ifdef MUST_NOT_COMPILE
constexpr mcx::lifetime none{std::chrono::seconds{0}};
#endif
