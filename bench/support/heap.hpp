// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BENCH_SUPPORT_HEAP_HPP
#define MCX_BENCH_SUPPORT_HEAP_HPP

#include <cstdint>

// How often the program asked for memory: calls of malloc, calloc, realloc and the aligned kin, and
// so of `operator new`. What a library takes from a pool of its own, as Botan does for secrets, is
// not seen.

namespace mcx::bench {

/// The calls so far, of all threads.
[[nodiscard]] std::uint64_t heap_allocations() noexcept;

}  // namespace mcx::bench

#endif
