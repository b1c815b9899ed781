// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/result.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::error;
using mcx::result;

namespace {

/// Can be moved and not copied; shows that it was moved from.
struct parcel {
    int content = 0;

    constexpr explicit parcel(int c) noexcept : content(c) {}
    constexpr parcel(parcel&& other) noexcept : content(std::exchange(other.content, -1)) {}
    constexpr parcel& operator=(parcel&& other) noexcept {
        content = std::exchange(other.content, -1);
        return *this;
    }
    constexpr ~parcel() = default;
};

constexpr error late{errc::expired, 4, 17};

constexpr result<int> half(int n) {
    return n % 2 == 0 ? result<int>{n / 2} : result<int>{errc::out_of_range};
}

constexpr result<int> open_parcel(parcel p) {
    return p.content;
}

constexpr result<int> zero_if_expired(error e) {
    return e.code == errc::expired ? result<int>{0} : result<int>{e};
}

constexpr bool moves_out() {
    result<parcel> r = parcel{7};
    parcel const taken = std::move(r).value();
    result<parcel> s = parcel{8};
    parcel const also_taken = *std::move(s);
    return taken.content == 7 && r->content == -1 && also_taken.content == 8;
}

constexpr bool changes_in_place() {
    result<int> r = 1;
    r.value() += 1;
    *r += 1;
    result<parcel> p = parcel{1};
    p->content = 5;
    return *r == 3 && p.value().content == 5;
}

constexpr bool calls_nothing_on_an_error() {
    int calls = 0;
    auto const count = [&calls](auto const&) {
        ++calls;
        return result<int>{0};
    };
    auto const count_plain = [&calls](int) { return ++calls; };
    auto const failed = half(3);
    bool const kept = failed.and_then(count).error() == errc::out_of_range &&
                      half(5).and_then(count).error() == errc::out_of_range &&
                      failed.transform(count_plain).error() == errc::out_of_range;
    return kept && *half(6).or_else(count) == 3 && calls == 0;
}

/// What std::expected will be, as far as `as` has to know.
template <class E>
struct surprise {
    E value;

    constexpr explicit surprise(E e) : value(e) {}
};

template <class T, class E>
struct hoped_for {
    std::optional<T> value;
    std::optional<E> failure;

    using unexpected_type = surprise<E>;
    template <class U>
    using rebind = hoped_for<U, E>;

    constexpr hoped_for(std::in_place_t, T v) : value(v) {}
    constexpr hoped_for(unexpected_type e) : failure(e.value) {}
};

}  // namespace

static_assert(mcx::Result<result<int>> && mcx::Result<result<void> const&> && !mcx::Result<int>);
static_assert(!std::is_copy_constructible_v<result<parcel>> &&
              std::is_nothrow_move_constructible_v<result<parcel>>);
static_assert(!std::is_convertible_v<result<int>, bool>, "only where a condition is due");
static_assert(!std::is_constructible_v<result<int>, std::string>);

TEST_CASE("result holds a value or an error") {
    CHECK_BOTH(result<int>{5}.has_value());
    CHECK_BOTH(result<int>{5}.error() == error{});
    CHECK_BOTH(static_cast<bool>(result<int>{5}));
    CHECK_BOTH(!result<int>{late}.has_value());
    CHECK_BOTH(result<int>{late}.error() == late);
    CHECK_BOTH(result<int>{errc::replayed}.error() == error{errc::replayed, 0, 0});
    CHECK_BOTH(!result<bool>{errc::replayed});
    CHECK_BOTH(result<bool>{false}.has_value() && !*result<bool>{false});
}

TEST_CASE("result takes what its value can be made from") {
    result<std::string> const text = "from a literal";
    CHECK(*text == "from a literal");
    CHECK(text->size() == 14);
    CHECK_BOTH(*result<std::optional<int>>{std::optional<int>{}} == std::nullopt);
    CHECK_BOTH(**result<std::optional<int>>{4} == 4);
}

TEST_CASE("result gives its value to be read, changed or moved out") {
    CHECK_BOTH(result<int>{5}.value() == 5);
    CHECK_BOTH(changes_in_place());
    CHECK_BOTH(moves_out());
}

TEST_CASE("result stops a caller who takes a value that is not there") {
    result<std::string> failed = late;
    result<std::string> const const_failed = late;
    CHECK(mcx::test::stops([&] { (void)failed.value(); }));
    CHECK(mcx::test::stops([&] { (void)const_failed.value(); }));
    CHECK(mcx::test::stops([&] { (void)*failed; }));
    CHECK(mcx::test::stops([&] { (void)*const_failed; }));
    CHECK(mcx::test::stops([&] { (void)failed->size(); }));
    CHECK(mcx::test::stops([&] { (void)const_failed->size(); }));
    CHECK(mcx::test::stops([&] { (void)std::move(failed).value(); }));
    CHECK(mcx::test::stops([&] { (void)*std::move(failed); }));
}

TEST_CASE("result stops a caller who calls success an error") {
    CHECK(mcx::test::stops([] { (void)result<int>{errc::none}; }));
    CHECK(mcx::test::stops([] { (void)result<int>{error{}}; }));
    CHECK(mcx::test::stops([] { (void)result<void>{errc::none}; }));
    CHECK(mcx::test::stops([] { (void)result<void>{error{errc::none, 1, 2}}; }));
    CHECK_FALSE(mcx::test::stops([] { (void)result<void>{late}; }));
}

TEST_CASE("result gives another value where there is none") {
    CHECK_BOTH(result<int>{5}.value_or(6) == 5);
    CHECK_BOTH(result<int>{late}.value_or(6) == 6);
}

TEST_CASE("result goes on with and_then") {
    CHECK_BOTH(result<int>{8}.and_then(half).and_then(half).value() == 2);
    CHECK_BOTH(result<int>{6}.and_then(half).and_then(half).error() == errc::out_of_range);
    CHECK_BOTH(result<parcel>{parcel{9}}.and_then(open_parcel).value() == 9);
    CHECK_BOTH(result<int>{8}.and_then([](int) { return result<void>{}; }).has_value());
}

TEST_CASE("result goes on with transform") {
    CHECK_BOTH(result<int>{8}.transform([](int n) { return n + 0.5; }).value() == 8.5);
    CHECK_BOTH(result<parcel>{parcel{9}}.transform(&parcel::content).value() == 9);
}

TEST_CASE("result goes on with or_else where there is an error") {
    CHECK_BOTH(result<int>{late}.or_else(zero_if_expired).value() == 0);
    CHECK_BOTH(result<int>{errc::backend}.or_else(zero_if_expired).error() == errc::backend);
    CHECK_BOTH(result<int>{5}.or_else(zero_if_expired).value() == 5);
}

TEST_CASE("result calls nothing that is not due") {
    CHECK_BOTH(calls_nothing_on_an_error());
}

TEST_CASE("result without a value holds success or an error") {
    CHECK_BOTH(result<void>{}.has_value());
    CHECK_BOTH(static_cast<bool>(result<void>{}));
    CHECK_BOTH(result<void>{}.error() == error{});
    CHECK_BOTH(!result<void>{late});
    CHECK_BOTH(result<void>{late}.error() == late);
    CHECK_BOTH(result<void>{}.and_then([] { return result<int>{3}; }).value() == 3);
    CHECK_BOTH(result<void>{late}.and_then([] { return result<int>{3}; }).error() == late);
}

TEST_CASE("result becomes what other code expects") {
    using expected = hoped_for<int, error>;
    CHECK_BOTH(mcx::as<expected>(result<int>{5}).value == 5);
    CHECK_BOTH(!mcx::as<expected>(result<int>{5}).failure);
    CHECK_BOTH(mcx::as<expected>(result<int>{late}).failure == late);
    CHECK_BOTH(!mcx::as<expected>(result<int>{late}).value);
}

TEST_CASE("a value is made where it stays") {
    constexpr auto content = [] { return result<parcel>{std::in_place, 7}.value().content; };
    CHECK_BOTH(content() == 7);
    CHECK_BOTH(!std::is_constructible_v<result<parcel>, std::in_place_t, char const*>);
    CHECK_BOTH(!std::is_convertible_v<std::in_place_t, result<int>>);
}
