// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: the_reason_that_was_meant
// fault: it fails for another reason

int main() {
#ifdef MUST_NOT_COMPILE
    return another_reason;  // the_reason_that_was_meant
#endif
}
