// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/list.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <initializer_list>

using mcx::errc;
using mcx::list;

namespace {

constexpr list<int, 3> list_of(std::initializer_list<int> items) {
    list<int, 3> made;
    for (int const item : items) {
        mcx::contract(made.push_back(item).has_value());
    }
    return made;
}

constexpr bool keeps_the_order() {
    auto const items = list_of({3, 1, 2});
    int all = 0;
    for (int const item : items) {
        all = all * 10 + item;
    }
    return all == 312 && items[0] == 3 && items[2] == 2 && items.size() == 3;
}

constexpr bool is_as_before_past_its_bound() {
    auto items = list_of({3, 1, 2});
    auto const more = items.push_back(4);
    return more.error() == errc::value_too_long && items == list_of({3, 1, 2});
}

}  // namespace

static_assert(list<int, 3>::max_count == 3);

TEST_CASE("list starts empty and keeps the order") {
    CHECK_BOTH(list<int, 3>{}.empty());
    CHECK_BOTH(!list_of({1}).empty());
    CHECK_BOTH(keeps_the_order());
}

TEST_CASE("list refuses one more than its bound and is as before") {
    CHECK_BOTH(is_as_before_past_its_bound());
}

TEST_CASE("list finds what it holds") {
    CHECK_BOTH(list_of({3, 1}).contains(1));
    CHECK_BOTH(!list_of({3, 1}).contains(2));
    CHECK_BOTH(!list_of({3, 1}).contains(0));
}

TEST_CASE("list compares items and their order") {
    CHECK_BOTH(list_of({}) == list_of({}));
    CHECK_BOTH(list_of({1, 2}) == list_of({1, 2}));
    CHECK_BOTH(list_of({1, 2}) != list_of({2, 1}));
    CHECK_BOTH(list_of({1}) != list_of({1, 0}));
}

TEST_CASE("list stops a caller who reads past its end") {
    auto const items = list_of({3, 1});
    CHECK(mcx::test::stops([&] { (void)items[2]; }));
    CHECK_FALSE(mcx::test::stops([&] { (void)items[1]; }));
}
