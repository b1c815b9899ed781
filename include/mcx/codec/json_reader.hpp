// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_READER_HPP
#define MCX_CODEC_JSON_READER_HPP

#include <mcx/codec/json_text.hpp>
#include <mcx/codec/utf8.hpp>
#include <mcx/core/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// A strict pull reader of JSON: one event a call, no recursion, no allocation, no second spelling
// of anything. Member names are compared after unescaping, at every level, and a repeated one is
// refused, so that no two readers can see two different objects. [RFC 8259, RFC 7515 §4]

namespace mcx::json {

/// What stands at a place in a JSON text.
enum class kind : std::uint8_t {
    object_begin,
    object_end,
    array_begin,
    array_end,
    name,
    string,
    number,
    boolean,
    null,
    end,
};

/// One step through a JSON text. `raw` borrows the text: the characters of a name or string between
/// its quotes, or of a number or literal.
struct event {
    json::kind kind = kind::end;
    bool escaped = false;
    std::uint32_t offset = 0;
    std::string_view raw;

    [[nodiscard]] constexpr string_token token() const noexcept { return {raw, escaped}; }
};

/// How deep a text may nest, and how many member names may be open at a time.
struct limits {
    std::size_t depth = 8;
    std::size_t members = 64;

    static constexpr std::size_t max_depth = 32;
    static constexpr std::size_t max_members = 128;
};

/// Walks through a JSON text, which it borrows.
class reader {
    enum class expects : std::uint8_t { value, member_or_end, element_or_end, more, nothing };

    struct member_name {
        std::uint32_t hash;
        std::uint32_t offset;
        std::uint32_t size;
        bool escaped;
    };

    std::string_view text_;
    std::size_t at_ = 0;
    json::limits limits_;
    expects expects_ = expects::value;
    std::uint32_t objects_ = 0;  // bit d: the container at depth d is an object
    std::size_t depth_ = 0;
    std::size_t names_ = 0;
    error broken_{};
    std::array<std::uint32_t, limits::max_depth> first_name_;  // of each open object
    std::array<member_name, limits::max_members> name_;

  public:
    /// Reads `text`; a text that is not UTF-8 is refused by the first `next`.
    constexpr explicit reader(std::string_view text, json::limits l = {}) noexcept
        : text_(text),
          limits_(l) {
        contract(l.depth <= limits::max_depth && l.members <= limits::max_members);
        if (std::is_constant_evaluated()) {
            first_name_ = {};
            name_ = {};
        }
        if (auto const encoded = utf8::check(text); !encoded) {
            broken_ = encoded.error();
        }
    }

    /// The next event; `kind::end` after the value and nothing else.
    /// Fails: utf8_invalid, json_syntax, json_truncated, json_trailing, json_depth, json_members,
    /// json_duplicate, json_control, json_escape, json_surrogate, json_number, with the offset.
    /// Every call after a failure fails alike. Cost: linear in the text, times the open names.
    [[nodiscard]] constexpr result<event> next() noexcept {
        if (broken_.code != errc::none) {
            return broken_;
        }
        auto const stepped = step();
        if (!stepped) {
            broken_ = stepped.error();
        }
        return stepped;
    }

    /// Reads on until the value that began with `first` is over; returns its text.
    [[nodiscard]] constexpr result<std::string_view> skip(event const& first) noexcept {
        std::size_t open = 0;
        event current = first;
        for (;;) {
            if (current.kind == kind::object_begin || current.kind == kind::array_begin) {
                ++open;
            } else if (current.kind == kind::object_end || current.kind == kind::array_end) {
                --open;
            }
            if (open == 0) {
                return text_.substr(first.offset, at_ - first.offset);
            }
            auto const following = next();
            if (!following) {
                return following.error();
            }
            current = *following;
        }
    }

    /// Where the reader is, in octets.
    [[nodiscard]] constexpr std::uint32_t offset() const noexcept {
        return mcx::detail::offset32(at_);
    }

  private:
    [[nodiscard]] constexpr error fail(errc code) const noexcept { return {code, 0, offset()}; }

    [[nodiscard]] constexpr bool in_object() const noexcept {
        return (objects_ >> (depth_ - 1) & 1U) != 0;
    }

    constexpr void skip_white_space() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                      text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }

    [[nodiscard]] constexpr event make(json::kind k, std::size_t from) const noexcept {
        return {k, false, mcx::detail::offset32(from), text_.substr(from, at_ - from)};
    }

    [[nodiscard]] constexpr result<event> step() noexcept {
        skip_white_space();
        if (expects_ == expects::nothing) {
            return at_ == text_.size() ? result<event>{make(kind::end, at_)}
                                       : fail(errc::json_trailing);
        }
        if (at_ == text_.size()) {
            return fail(errc::json_truncated);
        }
        if (expects_ == expects::value) {
            return value();
        }
        bool const object = in_object();
        if (text_[at_] == (object ? '}' : ']')) {
            return close(object);
        }
        if (expects_ == expects::more) {
            if (text_[at_] != ',') {
                return fail(errc::json_syntax);
            }
            ++at_;
            skip_white_space();
            if (at_ == text_.size()) {
                return fail(errc::json_truncated);
            }
        }
        return object ? name() : value();
    }

    [[nodiscard]] constexpr result<event> name() noexcept {
        std::size_t const from = at_;
        if (text_[at_] != '"') {
            return fail(errc::json_syntax);
        }
        ++at_;
        auto const token = read_string(text_, at_);
        if (!token) {
            return token.error();
        }
        if (auto const remembered = remember(*token, from); !remembered) {
            return remembered.error();
        }
        skip_white_space();
        if (at_ == text_.size()) {
            return fail(errc::json_truncated);
        }
        if (text_[at_] != ':') {
            return fail(errc::json_syntax);
        }
        ++at_;
        expects_ = expects::value;
        return event{kind::name, token->escaped, mcx::detail::offset32(from), token->raw};
    }

    /// Notes a member's name, unless its object has one that means the same.
    [[nodiscard]] constexpr result<void> remember(string_token token, std::size_t from) noexcept {
        std::uint32_t hash = 2166136261U;  // FNV-1a, to compare few names in full
        if (token.escaped) {
            detail::octet_cursor octets{token.raw};
            for (int octet = octets.next(); octet >= 0; octet = octets.next()) {
                hash = (hash ^ static_cast<std::uint32_t>(octet)) * 16777619U;
            }
        } else {
            for (char const c : token.raw) {
                hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
            }
        }
        for (std::size_t i = first_name_[depth_ - 1]; i < names_; ++i) {
            if (name_[i].hash == hash && same(name_[i], token)) {
                return error{errc::json_duplicate, 0, mcx::detail::offset32(from)};
            }
        }
        if (names_ == limits_.members) {
            return error{errc::json_members, 0, mcx::detail::offset32(from)};
        }
        name_[names_] = {hash, mcx::detail::offset32(from + 1),
                         mcx::detail::offset32(token.raw.size()), token.escaped};
        ++names_;
        return {};
    }

    [[nodiscard]] constexpr bool same(member_name const& n, string_token token) const noexcept {
        return mean_the_same({text_.substr(n.offset, n.size), n.escaped}, token);
    }

    [[nodiscard]] constexpr result<event> value() noexcept {
        std::size_t const from = at_;
        switch (text_[at_]) {
            case '{':
                return open(kind::object_begin, expects::member_or_end);
            case '[':
                return open(kind::array_begin, expects::element_or_end);
            case '"': {
                ++at_;
                auto const token = read_string(text_, at_);
                if (!token) {
                    return token.error();
                }
                after_value();
                return event{kind::string, token->escaped, mcx::detail::offset32(from), token->raw};
            }
            case 't':
                return literal("true", kind::boolean);
            case 'f':
                return literal("false", kind::boolean);
            case 'n':
                return literal("null", kind::null);
            default:
                return number();
        }
    }

    [[nodiscard]] constexpr result<event> open(json::kind k, expects then) noexcept {
        if (depth_ == limits_.depth) {
            return fail(errc::json_depth);
        }
        std::size_t const from = at_++;
        std::uint32_t const bit = std::uint32_t{1} << depth_;
        objects_ = k == kind::object_begin ? objects_ | bit : objects_ & ~bit;
        first_name_[depth_] = static_cast<std::uint32_t>(names_);
        ++depth_;
        expects_ = then;
        return make(k, from);
    }

    [[nodiscard]] constexpr result<event> close(bool object) noexcept {
        std::size_t const from = at_++;
        --depth_;
        if (object) {
            names_ = first_name_[depth_];
        }
        after_value();
        return make(object ? kind::object_end : kind::array_end, from);
    }

    [[nodiscard]] constexpr result<event> literal(std::string_view word, json::kind k) noexcept {
        std::string_view const here = text_.substr(at_, word.size());
        if (here != word) {
            return fail(word.starts_with(here) ? errc::json_truncated : errc::json_syntax);
        }
        std::size_t const from = at_;
        at_ += word.size();
        after_value();
        return make(k, from);
    }

    [[nodiscard]] constexpr result<event> number() noexcept {
        char const c = text_[at_];
        if (c != '-' && (c < '0' || c > '9')) {
            return fail(errc::json_syntax);
        }
        std::size_t const from = at_;
        if (auto const read = read_number(text_, at_); !read) {
            return read.error();
        }
        after_value();
        return make(kind::number, from);
    }

    constexpr void after_value() noexcept {
        expects_ = depth_ == 0 ? expects::nothing : expects::more;
    }
};

}  // namespace mcx::json

#endif
