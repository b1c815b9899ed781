// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// Stands in for a fuzzing engine: runs a target over the files of its corpus, and over a fixed
// number of mutations of each that are the same in every run.
//
//     fuzz_x [--mutations=N] <file or folder>...

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

using octets = std::vector<std::uint8_t>;

/// A stream of numbers that the seed's octets choose. [Marsaglia, xorshift]
struct numbers {
    std::uint64_t state = 0xcbf29ce484222325;

    explicit numbers(octets const& seed) {
        for (std::uint8_t const octet : seed) {
            state = (state ^ octet) * 0x100000001b3;
        }
        state |= 1;
    }
    std::size_t below(std::size_t bound) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::size_t>(state >> 11) % std::max<std::size_t>(bound, 1);
    }
};

std::ptrdiff_t position(numbers& random, octets const& input) {
    return static_cast<std::ptrdiff_t>(random.below(input.size()));
}

void mutate_once(octets& input, numbers& random) {
    constexpr char telling[] = "\0\n\"\\{}[],:.=&%+-_/<>09azAZ\x7f\x80\xff";
    auto const at = input.begin() + position(random, input);
    auto const chosen = static_cast<std::uint8_t>(telling[random.below(sizeof telling - 1)]);
    switch (input.empty() ? 0 : random.below(6)) {
        case 0:
            input.insert(at, chosen);
            break;
        case 1:
            *at = chosen;
            break;
        case 2:
            *at = static_cast<std::uint8_t>(*at ^ (1U << random.below(8)));
            break;
        case 3:
            input.erase(at, at + std::min<std::ptrdiff_t>(input.end() - at,
                                                          1 + position(random, input) % 8));
            break;
        case 4:
            input.erase(at, input.end());
            break;
        default: {
            octets const part(at, input.end());
            input.insert(input.begin() + position(random, input), part.begin(), part.end());
        }
    }
}

void run(octets const& input) {
    // A block of exactly this size, so that a sanitizer sees a read past the end.
    auto const copy =
        static_cast<std::uint8_t*>(std::malloc(std::max<std::size_t>(input.size(), 1)));
    if (copy != nullptr) {
        std::copy(input.begin(), input.end(), copy);
        (void)LLVMFuzzerTestOneInput(copy, input.size());
        std::free(copy);
    }
}

void replay(octets const& seed, unsigned mutations) {
    run(seed);
    numbers random{seed};
    for (unsigned i = 0; i < mutations; ++i) {
        octets input = seed;
        for (std::size_t n = 1 + random.below(4); n > 0; --n) {
            mutate_once(input, random);
        }
        run(input);
    }
}

std::vector<std::filesystem::path> files_of(char const* argument) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    if (std::filesystem::is_regular_file(argument, failed)) {
        files.emplace_back(argument);
    }
    for (auto const& entry : std::filesystem::recursive_directory_iterator(argument, failed)) {
        if (entry.is_regular_file(failed)) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

int main(int argc, char** argv) {
    if (LLVMFuzzerInitialize != nullptr) {
        LLVMFuzzerInitialize(&argc, &argv);
    }
    unsigned mutations = 200;
    unsigned seeds = 0;
    replay({}, mutations);
    for (int i = 1; i < argc; ++i) {
        constexpr char option[] = "--mutations=";
        if (std::strncmp(argv[i], option, sizeof option - 1) == 0) {
            mutations =
                static_cast<unsigned>(std::strtoul(argv[i] + sizeof option - 1, nullptr, 10));
            continue;
        }
        for (auto const& path : files_of(argv[i])) {
            std::ifstream file(path, std::ios::binary);
            replay(octets(std::istreambuf_iterator<char>(file), {}), mutations);
            ++seeds;
        }
    }
    std::printf("%u seeds, each with %u mutations\n", seeds, mutations);
    return seeds == 0 ? 1 : 0;  // a corpus that is not there has not been replayed
}
