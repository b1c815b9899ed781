// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_ALLOCATIONS_HPP
#define MCX_TESTS_SUPPORT_ALLOCATIONS_HPP

#include <cstddef>

// Counts what this thread takes from the heap by operator new, and by malloc and its kin where
// `counts_malloc` says so, in programs that have support/allocations.cpp.

namespace mcx::test {

struct heap_use {
    std::size_t allocations = 0;
    std::size_t octets = 0;
};

/// What this thread has taken so far, whether or not it gave it back.
[[nodiscard]] heap_use heap_used() noexcept;

/// Whether what a library of C takes is counted too.
[[nodiscard]] bool counts_malloc() noexcept;

/// What operator new holds of the heap in this thread, in octets, where it frees what it took and
/// nothing else.
[[nodiscard]] std::ptrdiff_t heap_held() noexcept;

/// The most that this thread held at a time since it asked this last.
[[nodiscard]] std::ptrdiff_t heap_peak() noexcept;

/// What a call takes.
template <class F>
[[nodiscard]] heap_use heap_use_of(F&& call) {
    heap_use const before = heap_used();
    call();
    heap_use const after = heap_used();
    return {after.allocations - before.allocations, after.octets - before.octets};
}

}  // namespace mcx::test

#endif
