// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_MESSAGE_HPP
#define MCX_OAUTH_MESSAGE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/form.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/grant_type.hpp>
#include <mcx/oauth/transport.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// OAuth messages in general: a message is a plain struct with a field list, read and written here
// as a form (requests) or as a JSON object (responses). Unknown parameters and members are ignored,
// a parameter without a value counts as absent, one that comes twice is refused [RFC 6749 §3.1,
// §3.2]. Which messages there are stands in the other headers; nothing here sends or receives.

namespace mcx::oauth {

/// A parameter that is one part of an optional member, whose parts are all there or not at all:
/// the struct cannot hold one without the other.
template <fixed_string Name, auto Member, auto Part>
struct part_of {
    static constexpr std::string_view name = Name.view();
    static constexpr auto group = Member;
    static constexpr auto part = Part;
    static constexpr bool is_required = false;
};

/// A field that is one part of an optional member.
template <class F>
concept PartField = requires {
    F::group;
    F::part;
};

namespace detail {

template <class T>
inline constexpr bool is_list = false;
template <class T, std::size_t N>
inline constexpr bool is_list<list<T, N>> = true;

inline constexpr json::object_errors member_errors{errc::member_shape, errc::member_missing,
                                                   errc::member_value, errc::member_shape,
                                                   errc::member_value};

/// The code for a parameter that is no T.
template <class T>
[[nodiscard]] consteval errc refusal_of() noexcept {
    if constexpr (requires { T::refused_as; }) {
        return T::refused_as;
    } else {
        return errc::parameter_value;
    }
}

/// Reads a value that is there. Fails: form_character, parameter_value or what stands for it.
template <class T>
[[nodiscard]] constexpr result<void> read_parameter(std::string_view raw, T& out) {
    if constexpr (mcx::detail::is_optional<T>) {
        return read_parameter(raw, out.emplace());
    } else if constexpr (is_list<T>) {
        typename T::value_type item{};
        if (auto const read = read_parameter(raw, item); !read) {
            return read;
        }
        return out.push_back(item) ? result<void>{} : errc::parameter_value;
    } else {
        static_assert(TextLike<T>);
        std::array<char, T::max_size> buffer;
        auto const size = form::decode(raw, buffer);
        if (!size) {
            return size.error().code == errc::form_character ? errc::form_character
                                                             : refusal_of<T>();
        }
        auto made = T::from({buffer.data(), *size});
        if (!made) {
            return refusal_of<T>();
        }
        out = *std::move(made);
        return {};
    }
}

/// Tells whether a parameter may come more than once.
template <class F>
[[nodiscard]] consteval bool collects() noexcept {
    if constexpr (StoredField<F>) {
        return is_list<field_value<F>>;
    } else {
        return false;
    }
}

/// Reads a parameter's value into its field.
template <class F, FieldStruct M>
[[nodiscard]] constexpr result<void> read_field(std::string_view raw, M& out) {
    if constexpr (StoredField<F>) {
        return read_parameter(raw, out.*F::member);
    } else if constexpr (PartField<F>) {
        auto& group = out.*F::group;
        return read_parameter(raw, (group ? *group : group.emplace()).*F::part);
    } else if constexpr (FixedField<F>) {
        if (form::equals(raw, F::value)) {
            return {};
        }
        return F::name == "grant_type"      ? errc::unsupported_grant_type
               : F::name == "response_type" ? errc::unsupported_response_type
                                            : errc::parameter_value;
    } else {
        return errc::parameter_value;
    }
}

/// The number of the field with this name, still encoded; 0 where there is none.
template <FieldStruct M>
[[nodiscard]] constexpr std::uint16_t field_number(std::string_view raw_name) noexcept {
    std::uint16_t number = 0;
    M::fields::for_each([&, at = std::uint16_t{0}](auto field) mutable {
        ++at;
        number = form::equals(raw_name, decltype(field)::name) ? at : std::uint16_t{0};
        return number == 0;
    });
    return number;
}

/// The number of the first part that is missing while another one is there; 0 where none is.
template <FieldStruct M>
[[nodiscard]] constexpr std::uint16_t lone_part(std::uint64_t seen, M const& message) noexcept {
    std::uint16_t number = 0;
    bool const complete = M::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        bool lacks = false;
        if constexpr (PartField<field_type>) {
            bool const is_there = (seen >> number & 1U) != 0;
            lacks = !is_there && (message.*field_type::group).has_value();
        }
        ++number;
        return !lacks;
    });
    return complete ? std::uint16_t{0} : number;
}

/// Tells whether a value is nothing, or has an empty text in it.
template <class T>
[[nodiscard]] constexpr bool is_blank(T const& value) noexcept {
    if constexpr (mcx::detail::is_optional<T>) {
        return !value || is_blank(*value);
    } else if constexpr (is_list<T>) {
        return value.empty() || std::any_of(value.begin(), value.end(),
                                            [](auto const& item) { return is_blank(item); });
    } else if constexpr (requires { value.empty(); }) {
        return value.empty();
    } else {
        return false;
    }
}

/// Tells whether a field cannot be written for want of a text.
template <class F, FieldStruct M>
[[nodiscard]] constexpr bool lacks_text(M const& message) noexcept {
    if constexpr (PartField<F>) {
        auto const& group = message.*F::group;
        return group && is_blank((*group).*F::part);
    } else if constexpr (!StoredField<F>) {
        return false;
    } else if constexpr (F::is_required) {
        return is_blank(message.*F::member);
    } else {
        auto const& value = message.*F::member;
        return mcx::detail::is_present(value) && is_blank(value);
    }
}

/// The number of the first field that cannot be written for want of a text; 0 where all can.
template <FieldStruct M>
[[nodiscard]] constexpr std::uint16_t first_blank(M const& message) noexcept {
    std::uint16_t number = 0;
    bool const whole = M::fields::for_each([&](auto field) {
        ++number;
        return !lacks_text<decltype(field)>(message);
    });
    return whole ? std::uint16_t{0} : number;
}

/// Tells whether a message can be an object: parts of members are for forms only.
template <FieldStruct M>
inline constexpr bool is_object =
    M::fields::for_each([](auto field) { return !PartField<decltype(field)>; });

/// Appends what is there: nothing, one parameter, or one for each item of a list.
template <class T>
constexpr void append_parameter(std::string& body, std::string_view name, T const& value) {
    if constexpr (mcx::detail::is_optional<T>) {
        if (value) {
            append_parameter(body, name, *value);
        }
    } else if constexpr (is_list<T>) {
        for (auto const& item : value) {
            append_parameter(body, name, item);
        }
    } else {
        if (!value.empty()) {
            form::append(body, name, value.view());
        }
    }
}

}  // namespace detail

/// Reads the body of a request.
/// Fails: message_too_long before anything is read; form_percent, form_character (no UTF-8, a NUL),
/// form_parameters; parameter_repeated, parameter_value (for a scope scope_refused),
/// unsupported_grant_type, unsupported_response_type, parameter_missing and parameter_without_pair,
/// with the field's number and the parameter's offset.
template <FieldStruct M>
[[nodiscard]] constexpr result<M> parse_form(std::string_view body) {
    if (body.size() > max_message_size) {
        return errc::message_too_long;
    }
    result<M> made{M{}};
    std::uint64_t seen = 0;
    for (form::reader reader{body};;) {
        auto const next = detail::next_parameter(reader);
        if (!next) {
            return next.error();
        }
        auto const& parameter = *next;
        if (!parameter) {
            break;
        }
        std::uint16_t const number = detail::field_number<M>(parameter->raw_name);
        if (number == 0 || parameter->raw_value.empty()) {
            continue;
        }
        std::uint64_t const bit = std::uint64_t{1} << (number - 1U);
        bool const again = (seen & bit) != 0;
        result<void> read;
        M::fields::with(number, [&](auto field) {
            using field_type = decltype(field);
            read = again && !detail::collects<field_type>()
                       ? errc::parameter_repeated
                       : detail::read_field<field_type>(parameter->raw_value, *made);
        });
        if (!read) {
            return error{read.error().code, number, mcx::detail::offset32(parameter->offset)};
        }
        seen |= bit;
    }
    if (std::uint16_t const lacking = M::fields::missing(seen); lacking != 0) {
        return error{errc::parameter_missing, lacking, mcx::detail::offset32(body.size())};
    }
    if (std::uint16_t const lacking = detail::lone_part(seen, *made); lacking != 0) {
        return error{errc::parameter_without_pair, lacking, mcx::detail::offset32(body.size())};
    }
    return made;
}

/// Writes the body of a request, parameters in the order of the field list, absent ones left out.
/// Fails: value_empty (a text that has to be there is empty), value_too_long.
template <FieldStruct M>
[[nodiscard]] constexpr result<std::string> write_form(M const& message) {
    if (std::uint16_t const blank = detail::first_blank(message); blank != 0) {
        return error{errc::value_empty, blank};
    }
    std::string body;
    M::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            detail::append_parameter(body, field_type::name, message.*field_type::member);
        } else if constexpr (PartField<field_type>) {
            if (auto const& group = message.*field_type::group) {
                detail::append_parameter(body, field_type::name, (*group).*field_type::part);
            }
        } else if constexpr (FixedField<field_type>) {
            form::append(body, field_type::name, field_type::value);
        }
        return true;
    });
    if (body.size() > max_message_size) {
        return errc::value_too_long;
    }
    return body;
}

/// Reads the body of a response.
/// Fails: message_too_long before anything is read; member_missing, member_shape, member_value,
/// with the field's number and the offset; what the JSON reader refuses.
template <FieldStruct M>
[[nodiscard]] constexpr result<M> parse_json(std::string_view body) noexcept {
    static_assert(detail::is_object<M>);
    if (body.size() > max_message_size) {
        return errc::message_too_long;
    }
    return json::parse_object<M>(body, {}, detail::member_errors);
}

/// Writes the body of a response, members in the order of the field list, absent ones left out.
/// Fails: value_empty (a text that has to be there is empty), value_too_long, utf8_invalid.
template <FieldStruct M>
[[nodiscard]] constexpr result<std::string> write_json(M const& message) {
    static_assert(detail::is_object<M>);
    if (std::uint16_t const blank = detail::first_blank(message); blank != 0) {
        return error{errc::value_empty, blank};
    }
    json::writer measured{{}};
    json::write_object(measured, message);
    if (measured.size() > max_message_size) {
        return errc::value_too_long;
    }
    std::string body(measured.size(), '\0');
    json::writer writer{body};
    json::write_object(writer, message);
    if (auto const size = writer.finish(); !size) {
        return size.error();
    }
    return body;
}

}  // namespace mcx::oauth

#endif
