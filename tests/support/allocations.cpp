// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "allocations.hpp"

#include "check.hpp"

#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

// The operators that the standard lets a program replace; the array and nothrow forms call these.

namespace {

thread_local mcx::test::heap_use used;

void* take(std::size_t size, std::size_t alignment) {
    ++used.allocations;
    used.octets += size;
    std::size_t const whole = (size + alignment - 1) / alignment * alignment;
    void* const memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
    if (memory == nullptr) {
        std::abort();  // also built without exceptions
    }
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return take(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

mcx::test::heap_use mcx::test::heap_used() noexcept {
    return used;
}

namespace {

struct alignas(64) wide {
    char octets[64];
};

}  // namespace

TEST_CASE("what is taken from the heap is counted, whichever form takes it") {
    using mcx::test::heap_use_of;
    CHECK(heap_use_of([] {}).allocations == 0);
    CHECK(heap_use_of([] { std::make_unique<int>(); }).allocations == 1);
    CHECK(heap_use_of([] { std::make_unique<char[]>(100); }).octets >= 100);
    CHECK(heap_use_of([] { std::make_unique<wide>(); }).allocations == 1);
    CHECK(heap_use_of([] { std::make_unique<wide[]>(2); }).octets >= 128);
    CHECK(heap_use_of([] { std::string(100, 'x'); }).allocations == 1);
    CHECK(heap_use_of([] { std::vector<int>(10).reserve(20); }).allocations == 2);
    CHECK(heap_use_of([] { delete new (std::nothrow) int; }).allocations == 1);
}
