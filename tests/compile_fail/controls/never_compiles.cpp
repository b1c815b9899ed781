// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: missing
// fault: it does not compile without the forbidden lines either

int main() {
    return missing;
}
