// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "allocations.hpp"

#include "check.hpp"

#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

// The operators that the standard lets a program replace. All of them: a sanitizer's own would not
// go well with the others. And the functions of C that a backend may call, where the C library has
// them under second names (glibc) and no sanitizer has taken them.

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && \
    !__has_feature(memory_sanitizer)
#define MCX_COUNTS_MALLOC 1
#endif
#else
#define MCX_COUNTS_MALLOC 1
#endif
#endif

#if MCX_COUNTS_MALLOC
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}
#endif

namespace {

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

thread_local mcx::test::heap_use used;
thread_local std::ptrdiff_t held = 0;
thread_local std::ptrdiff_t peak = 0;

void count(std::size_t size) {
    ++used.allocations;
    used.octets += size;
}

void* take(std::size_t size, std::size_t alignment) {
    count(size);
    std::size_t const whole = std::max((size + alignment - 1) / alignment, std::size_t{1});
#if MCX_COUNTS_MALLOC
    void* const memory = __libc_memalign(alignment, whole * alignment);
#else
    void* const memory = std::aligned_alloc(alignment, whole * alignment);
#endif
    if (memory == nullptr) {
        std::abort();  // also built without exceptions
    }
    held += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    peak = std::max(peak, held);
    return memory;
}

// Not inlined: a compiler that saw `free` would take it for a mismatch with operator new.
[[gnu::noinline]] void give_back(void* memory) {
    held -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace

#if MCX_COUNTS_MALLOC
extern "C" {
void* malloc(std::size_t size) {
    count(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t items, std::size_t size) {
    count(items * size);
    return __libc_calloc(items, size);
}
void* realloc(void* memory, std::size_t size) {
    count(size);
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    count(size);
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}
}
#endif

bool mcx::test::counts_malloc() noexcept {
#if MCX_COUNTS_MALLOC
    return true;
#else
    return false;
#endif
}

void* operator new(std::size_t size) {
    return take(size, usual);
}
void* operator new[](std::size_t size) {
    return take(size, usual);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return take(size, usual);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return take(size, usual);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    give_back(memory);
}
void operator delete[](void* memory) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::nothrow_t const&) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::nothrow_t const&) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
    give_back(memory);
}

mcx::test::heap_use mcx::test::heap_used() noexcept {
    return used;
}
std::ptrdiff_t mcx::test::heap_held() noexcept {
    return held;
}
std::ptrdiff_t mcx::test::heap_peak() noexcept {
    return std::exchange(peak, held);
}

namespace {

struct alignas(64) wide {
    char octets[64];
};

/// Keeps an optimiser from taking nothing at all.
template <class T>
T* used_for_something(T* memory) {
    __asm__ __volatile__("" : "+r"(memory) : : "memory");
    return memory;
}

/// What making one of these takes.
template <class T>
mcx::test::heap_use heap_use_of_making(auto... arguments) {
    return mcx::test::heap_use_of([&] {
        auto const made = std::make_unique<T>(arguments...);
        (void)used_for_something(made.get());
    });
}

}  // namespace

TEST_CASE("what is taken from the heap is counted, whichever form takes it") {
    using mcx::test::heap_use_of;
    CHECK(heap_use_of([] {}).allocations == 0);
    CHECK(heap_use_of_making<int>().allocations == 1);
    CHECK(heap_use_of_making<char[]>(100U).octets >= 100);
    CHECK(heap_use_of_making<wide>().allocations == 1);
    CHECK(heap_use_of_making<wide[]>(2U).octets >= 128);
    CHECK(heap_use_of_making<std::string>(100U, 'x').allocations == 2);
    CHECK(heap_use_of_making<std::vector<int>>(10U).octets >= 10 * sizeof(int));
    CHECK(heap_use_of([] { delete used_for_something(new (std::nothrow) int); }).allocations == 1);
}

TEST_CASE("what a library of C takes is counted, where the C library lets a program see it") {
    std::size_t const expected = mcx::test::counts_malloc() ? 1 : 0;
    auto const uses = [](auto&& take_some) {
        return mcx::test::heap_use_of([&] { std::free(used_for_something(take_some())); });
    };
    CHECK(uses([] { return std::malloc(10); }).allocations == expected);
    CHECK(uses([] { return std::calloc(3, 7); }).octets == expected * 21);
    CHECK(uses([] { return std::realloc(nullptr, 10); }).allocations == expected);
    CHECK(uses([] { return std::aligned_alloc(64, 64); }).allocations == expected);
}

TEST_CASE("what is held of the heap goes up and comes down, and its peak is remembered") {
    using mcx::test::heap_held;
    using mcx::test::heap_peak;
    std::ptrdiff_t const before = heap_held();
    (void)heap_peak();
    auto const text = std::make_unique<char[]>(1000);
    (void)used_for_something(text.get());
    std::ptrdiff_t const one = heap_held() - before;
    delete[] used_for_something(new wide[10]);
    std::ptrdiff_t const still_one = heap_held() - before;
    std::ptrdiff_t const both = heap_peak() - before;
    std::ptrdiff_t const peak_of_one = heap_peak() - before;
    CHECK(one >= 1000);
    CHECK(one <= 2000);
    CHECK(still_one == one);
    CHECK(both >= one + 640);
    CHECK(both <= one + 2000);
    CHECK(peak_of_one == one);
}
