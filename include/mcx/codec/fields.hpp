// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_FIELDS_HPP
#define MCX_CODEC_FIELDS_HPP

#include <mcx/core/fixed_string.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

// Field lists: the compile-time description of a struct's wire form. A claim set, a message or a
// certificate is a plain struct with one such list, in the order of its table in the RFC or TS;
// readers, writers and error names all follow from the list. How values are read is for
// json_value.hpp and the readers of forms.

namespace mcx {

namespace detail {

template <class M>
struct member_value;
template <class Owner, class T>
struct member_value<T Owner::*> {
    using type = T;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Optional members are absent as an empty std::optional, an empty list or an empty text.
template <class T>
[[nodiscard]] constexpr bool is_present(T const& value) noexcept {
    if constexpr (is_optional<T>) {
        return value.has_value();
    } else {
        return !value.empty();
    }
}

}  // namespace detail

/// The type of the member that a field describes.
template <class Field>
using field_value = typename detail::member_value<std::remove_cv_t<decltype(Field::member)>>::type;

/// A member that has to be there.
template <fixed_string Name, auto Member>
struct required {
    static constexpr std::string_view name = Name.view();
    static constexpr auto member = Member;
    static constexpr bool is_required = true;
};

/// A member that may be there.
template <fixed_string Name, auto Member>
struct optional {
    static constexpr std::string_view name = Name.view();
    static constexpr auto member = Member;
    static constexpr bool is_required = false;
};

/// A member that must not be there.
template <fixed_string Name>
struct prohibited {
    static constexpr std::string_view name = Name.view();
    static constexpr bool is_required = false;
};

/// A member that has to be there and has one value only, such as a grant type.
template <fixed_string Name, fixed_string Value>
struct fixed {
    static constexpr std::string_view name = Name.view();
    static constexpr std::string_view value = Value.view();
    static constexpr bool is_required = true;
};

/// Where the members go that no other field of the list names: at most one of a list, and last.
template <auto Member>
struct remaining {
    static constexpr std::string_view name{};
    static constexpr auto rest = Member;
    static constexpr bool is_required = false;
};

/// A field that stands for a member of the struct.
template <class F>
concept StoredField = requires { F::member; };

/// A field whose value is always the same.
template <class F>
concept FixedField = requires {
    { F::value } -> std::convertible_to<std::string_view>;
};

/// A field that takes what no other field names.
template <class F>
concept RemainingField = requires { F::rest; };

namespace detail {

template <class... Fs>
[[nodiscard]] consteval bool only_the_last_remains() noexcept {
    bool const remains[]{RemainingField<Fs>..., false};
    for (std::size_t i = 0; i + 1 < sizeof...(Fs); ++i) {
        if (remains[i]) {
            return false;
        }
    }
    return true;
}

}  // namespace detail

/// What no field names has one place to go at most, and that is told last.
template <class... Fs>
concept OneRemainder = detail::only_the_last_remains<Fs...>();

/// The fields of one struct, at most 64, numbered from 1 in the order given. The number is what
/// `error::where` holds.
template <class... Fs>
    requires(sizeof...(Fs) <= 64) && OneRemainder<Fs...>
struct field_list {
    static constexpr std::size_t size = sizeof...(Fs);

    /// The number of the field with this name; 0 where there is none.
    [[nodiscard]] static constexpr std::uint16_t number_of(
        [[maybe_unused]] std::string_view name) noexcept {
        std::uint16_t number = 0;
        std::uint16_t found = 0;
        (void)(... || (++number, Fs::name == name && (found = number, true)));
        return found;
    }

    /// The name of the field with this number; empty where there is none.
    [[nodiscard]] static constexpr std::string_view name_of(std::size_t number) noexcept {
        std::string_view const names[]{{}, Fs::name...};
        return number <= size ? names[number] : std::string_view{};
    }

    /// Calls `visit(Field{})` for each field in order until one returns false.
    template <class Visit>
    static constexpr bool for_each([[maybe_unused]] Visit&& visit) {
        return (... && visit(Fs{}));
    }

    /// Calls `visit(Field{})` for the field with this number.
    template <class Visit>
    static constexpr void with([[maybe_unused]] std::uint16_t number,
                               [[maybe_unused]] Visit&& visit) {
        std::uint16_t at = 0;
        (void)(... || (++at == number && (visit(Fs{}), true)));
    }

    /// The number of the first required field whose bit is not set; 0 where all are there.
    /// Bit i of `seen` stands for field i + 1.
    [[nodiscard]] static constexpr std::uint16_t missing(
        [[maybe_unused]] std::uint64_t seen) noexcept {
        std::uint16_t number = 0;
        std::uint16_t found = 0;
        (void)(... || (++number, Fs::is_required && (seen >> (number - 1U) & 1U) == 0 &&
                                     (found = number, true)));
        return found;
    }
};

namespace detail {

template <class T>
inline constexpr bool is_field_list = false;
template <class... Fs>
inline constexpr bool is_field_list<field_list<Fs...>> = true;

}  // namespace detail

/// A default-constructible struct with its field list.
template <class S>
concept FieldStruct = std::default_initializable<S> && detail::is_field_list<typename S::fields>;

/// The wire name of the field that an error of this struct concerns; empty where it names none.
template <FieldStruct S>
[[nodiscard]] constexpr std::string_view field_name(std::size_t number) noexcept {
    return S::fields::name_of(number);
}

}  // namespace mcx

#endif
