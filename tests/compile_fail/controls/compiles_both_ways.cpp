// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: anything
// fault: it compiles with the forbidden lines

int main() {
#ifdef MUST_NOT_COMPILE
    return 0;
#endif
}
