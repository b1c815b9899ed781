// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "answers.hpp"

mcx::test::answers second() {
    return mcx::test::answer();
}
