// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_VALUE_HPP
#define MCX_CODEC_JSON_VALUE_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/json_reader.hpp>
#include <mcx/codec/json_writer.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// How values stand in JSON, one accepted shape each: text as a string, integers and times as
// integer numbers, lists as arrays, structs with a field list as objects. A value of another shape
// is json_type, one of the right shape and out of its bounds json_value; whoever reads a claim set
// or a message gives these the name of its own stage.

namespace mcx::json {

/// How a type stands in JSON: `read` one that begins with `first`, and `write` one. Specialised
/// here for the types of core/, beside its own type for any other.
template <class T>
struct value;

/// A type with a JSON shape.
template <class T>
concept Value = requires(reader& r, event const& first, T& out, T const& in, writer& w) {
    { value<T>::read(r, first, out) } noexcept -> std::same_as<result<void>>;
    value<T>::write(w, in);
};

/// How deep a type nests in JSON: 0 for what is neither array nor object.
template <class T>
inline constexpr std::size_t depth_of = [] {
    if constexpr (requires { value<T>::depth; }) {
        return value<T>::depth;
    } else {
        return std::size_t{0};
    }
}();

template <TextLike T>
struct value<T> {
    static constexpr result<void> read(reader&, event const& first, T& out) noexcept {
        if (first.kind != kind::string) {
            return errc::json_type;
        }
        if (!first.escaped) {
            return take(first.raw, out);
        }
        std::array<char, T::max_size> buffer;
        if (std::is_constant_evaluated()) {
            buffer = {};
        }
        auto const meant = meaning(first.token(), buffer);
        return meant ? take(*meant, out) : meant.error();
    }
    static constexpr void write(writer& w, T const& in) noexcept { w.string(in.view()); }

  private:
    static constexpr result<void> take(std::string_view text, T& out) noexcept {
        if constexpr (requires { out.set(text); }) {
            return out.set(text) == errc::none ? result<void>{} : errc::json_value;
        } else {
            auto const made = T::from(text);
            if (!made) {
                return errc::json_value;
            }
            out = *made;
            return {};
        }
    }
};

template <>
struct value<std::int64_t> {
    static constexpr result<void> read(reader&, event const& first, std::int64_t& out) noexcept {
        if (first.kind != kind::number) {
            return errc::json_type;
        }
        auto const integer = to_integer(first.raw);
        if (!integer) {
            return errc::json_value;
        }
        out = *integer;
        return {};
    }
    static constexpr void write(writer& w, std::int64_t in) noexcept { w.integer(in); }
};

/// A NumericDate: integer seconds, 0 … 253402300799. [RFC 7519 §2]
template <>
struct value<instant> {
    static constexpr result<void> read(reader& r, event const& first, instant& out) noexcept {
        instant made;
        if (auto const integer = value<std::int64_t>::read(r, first, made.seconds); !integer) {
            return integer.error();
        }
        if (!made.is_numeric_date()) {
            return errc::json_value;
        }
        out = made;
        return {};
    }
    static constexpr void write(writer& w, instant in) noexcept { w.integer(in.seconds); }
};

template <>
struct value<bool> {
    static constexpr result<void> read(reader&, event const& first, bool& out) noexcept {
        if (first.kind != kind::boolean) {
            return errc::json_type;
        }
        out = first.raw == "true";
        return {};
    }
    static constexpr void write(writer& w, bool in) noexcept { w.boolean(in); }
};

template <Value T>
struct value<std::optional<T>> {
    static constexpr std::size_t depth = depth_of<T>;

    static constexpr result<void> read(reader& r, event const& first,
                                       std::optional<T>& out) noexcept {
        if (out.has_value()) {
            T made{};
            auto const read = value<T>::read(r, first, made);
            if (read) {
                out = made;
            }
            return read;
        }
        auto const read = value<T>::read(r, first, out.emplace());
        if (!read) {
            out.reset();
        }
        return read;
    }
    static constexpr void write(writer& w, std::optional<T> const& in) noexcept {
        value<T>::write(w, *in);
    }
};

template <Value T, std::size_t N>
struct value<list<T, N>> {
    static constexpr std::size_t depth = 1 + depth_of<T>;

    static constexpr result<void> read(reader& r, event const& first, list<T, N>& out) noexcept {
        if (first.kind != kind::array_begin) {
            return errc::json_type;
        }
        list<T, N> made;
        for (event item; r.next(item);) {
            if (item.kind == kind::array_end) {
                out = made;
                return {};
            }
            T one{};
            if (auto const read = value<T>::read(r, item, one); !read) {
                return read.error();
            }
            if (!made.push_back(one)) {
                return errc::json_value;
            }
        }
        return r.failure();
    }
    static constexpr void write(writer& w, list<T, N> const& in) noexcept {
        w.begin_array();
        for (T const& item : in) {
            value<T>::write(w, item);
        }
        w.end_array();
    }
};

}  // namespace mcx::json

#endif
