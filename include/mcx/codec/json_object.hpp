// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_OBJECT_HPP
#define MCX_CODEC_JSON_OBJECT_HPP

#include <mcx/codec/json_value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Reads and writes a struct as a JSON object by its field list: claims, message members. Members
// that the list does not name are read past, within the reader's limits, or kept where the list has
// a place for them.

namespace mcx::json {

/// The codes under which a stage reports what is wrong with a member.
struct object_errors {
    errc not_object;
    errc missing;
    errc prohibited;
    errc shape;
    errc value;
};

/// The usual way to read a struct: each member as its type says. A relaxation is another way, for
/// the members of the outermost object that it names by `reads`.
struct as_typed {
    template <class Field>
    static constexpr bool reads = false;
};

namespace detail {

/// Gives a refusal its stage and place: a shape or value of the member's own, something that its
/// type has its own code for, or the JSON itself.
[[nodiscard]] constexpr error placed(error refused, object_errors const& codes,
                                     std::uint16_t number, std::uint32_t offset) noexcept {
    if (refused.code == errc::json_type) {
        return {codes.shape, number, offset};
    }
    if (refused.code == errc::json_value) {
        return {codes.value, number, offset};
    }
    if (stage_of(refused) != stage::form) {
        return {refused.code, number, offset};
    }
    return refused;
}

/// Tells whether a member's name is that of a field.
template <class Field>
[[nodiscard]] constexpr bool is_named(event const& name) noexcept {
    if constexpr (RemainingField<Field>) {
        return false;
    }
    constexpr std::string_view known = Field::name;
    constexpr std::uint32_t hash = name_hash(string_token{known, false});
    if (name.hash != hash) {
        return false;
    }
    if (name.escaped) {
        return means(name.token(), known);
    }
    return name.raw == known;
}

/// Reads one member, whose name has just been read, into its field.
template <class Field, class Way, FieldStruct S>
[[nodiscard]] constexpr result<void> read_member(reader& r, object_errors const& codes,
                                                 std::uint16_t number, event const& first,
                                                 S& out) noexcept {
    result<void> read;
    if constexpr (Way::template reads<Field>) {
        read = Way::template read<Field>(first, out.*Field::member);
    } else if constexpr (StoredField<Field>) {
        read = value<field_value<Field>>::read(r, first, out.*Field::member);
    } else if constexpr (FixedField<Field>) {
        bool const same = first.kind == kind::string && means(first.token(), Field::value);
        read = same ? result<void>{} : errc::json_value;
    } else {
        read = error{codes.prohibited, number, first.offset};
    }
    return read ? read : placed(read.error(), codes, number, first.offset);
}

/// Reads past a member that no field names, and keeps it where the list has a place for it.
template <FieldStruct S>
[[nodiscard]] constexpr result<void> read_unknown(reader& r, object_errors const& codes,
                                                  event const& name, event const& first,
                                                  S& out) noexcept {
    auto const text = r.skip(first);
    if (!text) {
        return text.error();
    }
    result<void> kept;
    S::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (RemainingField<field_type>) {
            kept = (out.*field_type::rest).add(name.token(), *text);
            if (!kept) {
                kept = placed(kept.error(), codes, S::fields::size, name.offset);
            }
        }
        return true;
    });
    return kept;
}

}  // namespace detail

/// Reads the members of the object that began with `first`. On failure `out` holds nothing to rely
/// on. Fails: the given codes, with the field's number and the offset; what the reader refuses.
template <class Way = as_typed, FieldStruct S>
[[nodiscard]] constexpr result<void> read_object(reader& r, event const& first,
                                                 object_errors const& codes, S& out) noexcept {
    if (first.kind != kind::object_begin) {
        return error{codes.not_object, 0, first.offset};
    }
    std::uint64_t seen = 0;
    for (event name, content; r.next(name);) {
        if (name.kind == kind::object_end) {
            std::uint16_t const lacking = S::fields::missing(seen);
            return lacking == 0 ? result<void>{} : error{codes.missing, lacking, r.offset()};
        }
        if (!r.next(content)) {
            break;
        }
        std::uint16_t number = 0;
        result<void> read;
        bool const unknown = S::fields::for_each([&](auto field) {
            using field_type = decltype(field);
            if (!detail::is_named<field_type>(name)) {
                return true;
            }
            constexpr std::uint16_t own = S::fields::number_of(field_type::name);
            number = own;
            read = detail::read_member<field_type, Way>(r, codes, number, content, out);
            return false;
        });
        if (unknown) {
            read = detail::read_unknown(r, codes, name, content, out);
        } else {
            seen |= std::uint64_t{1} << (number - 1U);
        }
        if (!read) {
            return read;
        }
    }
    return r.failure();
}

/// Reads a text that is one object and nothing else into a struct. On failure `out` holds nothing
/// to rely on. Fails: as `read_object`.
template <FieldStruct S, class Way = as_typed>
[[nodiscard]] constexpr result<void> parse_object(std::string_view text, json::limits limits,
                                                  object_errors const& codes, S& out) noexcept {
    reader r{text, limits};
    event step;
    if (!r.next(step)) {
        return r.failure();
    }
    if (auto const read = read_object<Way>(r, step, codes, out); !read) {
        return read;
    }
    return r.next(step) ? result<void>{} : r.failure();
}

/// Reads a text that is one object and nothing else. Fails: as `read_object`.
template <FieldStruct S, class Way = as_typed>
[[nodiscard]] constexpr result<S> parse_object(std::string_view text, json::limits limits,
                                               object_errors const& codes) noexcept {
    result<S> made{S{}};
    if (auto const read = parse_object<S, Way>(text, limits, codes, *made); !read) {
        made = read.error();
    }
    return made;
}

/// Writes a struct as an object, members in the order of its list, absent ones left out.
template <FieldStruct S>
constexpr void write_object(writer& w, S const& in) noexcept {
    w.begin_object();
    S::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            auto const& content = in.*field_type::member;
            bool present = true;
            if constexpr (!field_type::is_required) {
                present = mcx::detail::is_present(content);
            }
            if (present) {
                w.name(field_type::name);
                value<field_value<field_type>>::write(w, content);
            }
        } else if constexpr (FixedField<field_type>) {
            w.name(field_type::name);
            w.string(field_type::value);
        } else if constexpr (RemainingField<field_type>) {
            for (auto const& [name, text] : in.*field_type::rest) {
                w.name(name);
                w.verbatim(text);
            }
        }
        return true;
    });
    w.end_object();
}

/// A struct with a field list is itself a value: a nested object.
template <FieldStruct S>
    requires(!TextLike<S>)
struct value<S> {
    /// One more than that of its deepest member.
    static constexpr std::size_t depth = [] {
        std::size_t deepest = 0;
        S::fields::for_each([&](auto field) {
            if constexpr (StoredField<decltype(field)>) {
                deepest = std::max(deepest, depth_of<field_value<decltype(field)>>);
            }
            return true;
        });
        return 1 + deepest;
    }();

    static constexpr result<void> read(reader& r, event const& first, S& out) noexcept {
        S made{};
        auto const done = read_object(r, first,
                                      {errc::json_type, errc::json_value, errc::json_value,
                                       errc::json_value, errc::json_value},
                                      made);
        if (!done) {
            return stage_of(done.error()) == stage::form ? done.error() : error{errc::json_value};
        }
        out = made;
        return {};
    }
    static constexpr void write(writer& w, S const& in) noexcept { write_object(w, in); }
};

}  // namespace mcx::json

#endif
