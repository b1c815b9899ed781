// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MUTATE_HPP
#define MCX_TESTS_SUPPORT_MUTATE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Texts with small things wrong in them, the same ones in every run.

namespace mcx::test {

/// A stream of numbers that a seed chooses. [Steele and others, SplitMix64]
class dice {
    std::uint64_t state_;

  public:
    constexpr explicit dice(std::uint64_t seed) noexcept : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    /// A number below a bound, which is not 0.
    constexpr std::size_t below(std::size_t bound) noexcept {
        return static_cast<std::size_t>((next() >> 32U) * bound >> 32U);
    }
};

/// Changes one thing in a text: an octet put in, replaced, or one of its bits turned; some octets
/// taken away; the end cut off; a part copied to another place. `telling` are octets that mean
/// something to the reader of the text.
inline void mutate_once(std::string& text, dice& random, std::string_view telling) {
    std::size_t const at = random.below(text.size() + 1);
    char const chosen = random.below(8) == 0 ? static_cast<char>(random.below(256))
                                             : telling[random.below(telling.size())];
    if (at == text.size()) {
        text.push_back(chosen);
        return;
    }
    switch (random.below(8)) {
        case 0:
        case 1:
            text.insert(at, 1, chosen);
            break;
        case 2:
        case 3:
            text[at] = chosen;
            break;
        case 4:
            text[at] =
                static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << random.below(8)));
            break;
        case 5:
            text.erase(at, 1 + random.below(8));
            break;
        case 6: {
            std::size_t const size = 1 + random.below(32);
            std::string const part = text.substr(at, size);
            text.insert(random.below(text.size() + 1), part);
            break;
        }
        default:
            if (random.below(8) == 0) {  // rarely: most of what could go wrong lies behind
                text.resize(at);
            } else {
                text[at] = static_cast<char>(text[at] + 1);
            }
            break;
    }
}

/// Changes one to three things.
inline void mutate(std::string& text, dice& random, std::string_view telling) {
    for (std::size_t n = 1 + random.below(3); n > 0; --n) {
        mutate_once(text, random, telling);
    }
}

}  // namespace mcx::test

#endif
