// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/fields.hpp>

#include "support/check.hpp"

#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace {

struct note {
    int number = 0;
    std::optional<long> extra;
    mcx::list<int, 2> several;
    mcx::text<struct remark_tag, 8> remark;

    using fields =
        mcx::field_list<mcx::required<"number", &note::number>, mcx::fixed<"kind", "note">,
                        mcx::optional<"extra", &note::extra>, mcx::prohibited<"secret">,
                        mcx::optional<"several", &note::several>,
                        mcx::required<"remark", &note::remark>>;
};

struct bare {
    using fields = mcx::field_list<>;
};

template <std::size_t>
using numbered = mcx::required<"number", &note::number>;
template <std::size_t... I>
mcx::field_list<numbered<I>...> many(std::index_sequence<I...>);

/// A list of that many fields makes sense.
template <std::size_t Count>
concept FieldListOf = requires { many(std::make_index_sequence<Count>{}); };

struct without_list {
    int number = 0;
};
struct with_another_list {
    using fields = int;
};
struct without_default {
    explicit without_default(int) {}
    using fields = mcx::field_list<>;
};

/// The names that a walk meets before it is told to stop at `last`.
constexpr std::size_t fields_met(std::string_view last) {
    std::size_t met = 0;
    note::fields::for_each([&](auto field) {
        ++met;
        return decltype(field)::name != last;
    });
    return met;
}

constexpr std::string_view visited(std::uint16_t number) {
    std::string_view name = "none";
    note::fields::with(number, [&](auto field) { name = decltype(field)::name; });
    return name;
}

}  // namespace

TEST_CASE("fields are numbered from one in the order given") {
    using fields = note::fields;
    CHECK_BOTH(fields::size == 6);
    CHECK_BOTH(fields::number_of("number") == 1);
    CHECK_BOTH(fields::number_of("kind") == 2);
    CHECK_BOTH(fields::number_of("secret") == 4);
    CHECK_BOTH(fields::number_of("remark") == 6);
    CHECK_BOTH(fields::name_of(1) == "number");
    CHECK_BOTH(fields::name_of(6) == "remark");
    CHECK_BOTH(mcx::field_name<note>(4) == "secret");
}

TEST_CASE("names that are not in the list have no number, and numbers past it no name") {
    CHECK_BOTH(note::fields::number_of("") == 0);
    CHECK_BOTH(note::fields::number_of("Number") == 0);
    CHECK_BOTH(note::fields::number_of("numbe") == 0);
    CHECK_BOTH(note::fields::number_of("number ") == 0);
    CHECK_BOTH(note::fields::name_of(0).empty());
    CHECK_BOTH(note::fields::name_of(7).empty());
    CHECK_BOTH(note::fields::name_of(static_cast<std::size_t>(-1)).empty());
    CHECK_BOTH(bare::fields::number_of("number") == 0);
    CHECK_BOTH(bare::fields::name_of(0).empty());
    CHECK_BOTH(mcx::field_name<bare>(1).empty());
}

TEST_CASE("a walk over the fields goes in order and stops when it is told to") {
    CHECK_BOTH(fields_met("number") == 1);
    CHECK_BOTH(fields_met("extra") == 3);
    CHECK_BOTH(fields_met("nowhere") == 6);
    CHECK_BOTH(note::fields::for_each([](auto) { return true; }));
    CHECK_BOTH(!note::fields::for_each([](auto) { return false; }));
    CHECK_BOTH(bare::fields::for_each([](auto) { return false; }));
}

TEST_CASE("one field is visited by its number") {
    CHECK_BOTH(visited(1) == "number");
    CHECK_BOTH(visited(5) == "several");
    CHECK_BOTH(visited(6) == "remark");
    CHECK_BOTH(visited(0) == "none");
    CHECK_BOTH(visited(7) == "none");
}

TEST_CASE("the first required field that was not seen is missing") {
    using fields = note::fields;
    CHECK_BOTH(fields::missing(0) == 1);
    CHECK_BOTH(fields::missing(0b00'0001) == 2);
    CHECK_BOTH(fields::missing(0b00'0010) == 1);
    CHECK_BOTH(fields::missing(0b00'0011) == 6);
    CHECK_BOTH(fields::missing(0b10'0011) == 0);
    CHECK_BOTH(fields::missing(0b11'1111) == 0);
    CHECK_BOTH(fields::missing(0b10'0000) == 1);
    CHECK_BOTH(bare::fields::missing(0) == 0);
}

TEST_CASE("a list holds at most 64 fields, as many as there are bits") {
    using full = decltype(many(std::make_index_sequence<64>{}));
    constexpr std::uint64_t all = ~std::uint64_t{0};
    CHECK_BOTH(full::size == 64);
    CHECK_BOTH(full::number_of("number") == 1);  // the first, were there several
    CHECK_BOTH(full::missing(all) == 0);
    CHECK_BOTH(full::missing(all >> 1U) == 64);
    CHECK_BOTH(full::missing(all << 1U) == 1);
    CHECK_BOTH(FieldListOf<64>);
    CHECK_BOTH(!FieldListOf<65>);
}

TEST_CASE("kinds of fields are told apart by what they have") {
    using stored = mcx::required<"number", &note::number>;
    using constant = mcx::fixed<"kind", "note">;
    using forbidden = mcx::prohibited<"secret">;
    CHECK_BOTH(mcx::StoredField<stored> && !mcx::FixedField<stored>);
    CHECK_BOTH(mcx::StoredField<mcx::optional<"extra", &note::extra>>);
    CHECK_BOTH(mcx::FixedField<constant> && !mcx::StoredField<constant>);
    CHECK_BOTH(!mcx::StoredField<forbidden> && !mcx::FixedField<forbidden>);
    CHECK_BOTH(stored::is_required && constant::is_required && !forbidden::is_required);
    CHECK_BOTH(!mcx::optional<"extra", &note::extra>::is_required);
    CHECK_BOTH(constant::value == "note");
    CHECK_BOTH(std::same_as<mcx::field_value<stored>, int>);
    CHECK_BOTH(
        std::same_as<mcx::field_value<mcx::optional<"extra", &note::extra>>, std::optional<long>>);
}

TEST_CASE("absent is an empty optional, an empty list or an empty text") {
    using mcx::detail::is_present;
    CHECK_BOTH(!is_present(std::optional<long>{}));
    CHECK_BOTH(is_present(std::optional<long>{0}));
    CHECK_BOTH(!is_present(mcx::text<struct remark_tag, 8>{}));
    CHECK_BOTH(is_present(mcx::text<struct remark_tag, 8>{"x"}));
    CHECK_BOTH(!is_present(mcx::list<int, 2>{}));
    mcx::list<int, 2> one;
    CHECK(one.push_back(0).has_value());
    CHECK(is_present(one));
}

TEST_CASE("a field struct can be made from nothing and has a list") {
    CHECK_BOTH(mcx::FieldStruct<note>);
    CHECK_BOTH(mcx::FieldStruct<bare>);
    CHECK_BOTH(!mcx::FieldStruct<without_list>);
    CHECK_BOTH(!mcx::FieldStruct<with_another_list>);
    CHECK_BOTH(!mcx::FieldStruct<without_default>);
    CHECK_BOTH(!mcx::FieldStruct<int>);
}

namespace {

using rest = mcx::remaining<&note::several>;

/// These fields make a list.
template <class... Fs>
concept MakesList = requires { typename mcx::field_list<Fs...>; };

}  // namespace

TEST_CASE("a longer list has the shorter one's fields under the same numbers") {
    using longer = mcx::extended<note::fields, mcx::prohibited<"more">>;
    CHECK_BOTH(longer::size == note::fields::size + 1);
    for (std::size_t i = 0; i <= note::fields::size; ++i) {
        CHECK(longer::name_of(i) == note::fields::name_of(i));
    }
    CHECK_BOTH(longer::number_of("more") == longer::size);
    CHECK_BOTH(std::same_as<mcx::extended<note::fields>, note::fields>);
}

TEST_CASE("what no field names has one place to go at most, told last") {
    CHECK_BOTH(mcx::RemainingField<rest>);
    CHECK_BOTH(!mcx::RemainingField<mcx::prohibited<"x">>);
    CHECK_BOTH(!mcx::StoredField<rest>);
    CHECK_BOTH(!rest::is_required);
    CHECK_BOTH(MakesList<rest>);
    CHECK_BOTH(MakesList<mcx::prohibited<"x">, rest>);
    CHECK_BOTH(!MakesList<rest, mcx::prohibited<"x">>);
    CHECK_BOTH(!MakesList<rest, rest>);
    CHECK_BOTH(mcx::field_list<mcx::prohibited<"x">, rest>::missing(0) == 0);
}
