// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <cstdlib>

#include "support/parsing.hpp"

// What bench/callgrind.sh counts the instructions of: one token a call, without cryptography.

namespace {

// Not inline, so that callgrind finds it.
[[gnu::noinline]] bool one_token(mcx::bench::parsing& subject) {
    return subject.accepts(subject.token);
}

}  // namespace

int main(int argc, char** argv) {
    int const tokens = argc > 1 ? std::atoi(argv[1]) : 1;
    mcx::bench::parsing subject{argc > 2};
    bool good = subject.accepts(subject.token) && !subject.accepts(subject.wrong());
    for (int i = 0; i < tokens; ++i) {
        good = one_token(subject) && good;
    }
    return good ? 0 : 1;
}
