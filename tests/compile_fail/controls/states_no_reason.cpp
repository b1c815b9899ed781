// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// fault: it needs exactly one line

int main() {
#ifdef MUST_NOT_COMPILE
    return missing;
#endif
}
