// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_INTEROP_WORDS_HPP
#define MCX_TESTS_INTEROP_WORDS_HPP

#include <istream>
#include <string>

// How the two peers read the lines that they are told.

namespace mcx::test {

/// The next word of a line; what follows it stays.
inline std::string word(std::istream& line) {
    std::string w;
    line >> w >> std::ws;
    return w;
}

/// What is left of a line.
inline std::string rest(std::istream& line) {
    std::string r;
    std::getline(line, r);
    return r;
}

}  // namespace mcx::test

#endif
