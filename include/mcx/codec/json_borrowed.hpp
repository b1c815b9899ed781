// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_BORROWED_HPP
#define MCX_CODEC_JSON_BORROWED_HPP

#include <mcx/codec/json_value.hpp>

#include <cstdint>
#include <string_view>

// Values that are shown where they stand in a JSON text instead of being copied out of it: because
// they are long, because they are secret, or because somebody else reads them.

namespace mcx::json {

/// A string, and where its characters begin.
struct borrowed_string {
    string_token token;
    std::uint32_t offset = 0;
};

/// An object, and where it begins.
struct borrowed_object {
    std::string_view text;
    std::uint32_t offset = 0;
};

template <>
struct value<borrowed_string> {
    static constexpr result<void> read(reader&, event const& first, borrowed_string& out) noexcept {
        if (first.kind != kind::string) {
            return errc::json_type;
        }
        out = {first.token(), first.offset + 1};
        return {};
    }
    /// Writes the characters; requires that none of them is escaped.
    static constexpr void write(writer& w, borrowed_string const& in) noexcept {
        contract(!in.token.escaped);
        w.string(in.token.raw);
    }
};

template <>
struct value<borrowed_object> {
    static constexpr result<void> read(reader& r, event const& first,
                                       borrowed_object& out) noexcept {
        if (first.kind != kind::object_begin) {
            return errc::json_type;
        }
        auto const text = r.skip(first);
        if (!text) {
            return text.error();
        }
        out = {*text, first.offset};
        return {};
    }
    static constexpr void write(writer& w, borrowed_object const& in) noexcept {
        w.verbatim(in.text);
    }
};

}  // namespace mcx::json

#endif
