// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "answers.hpp"

mcx::test::answers first() {
    return mcx::test::answer();
}
