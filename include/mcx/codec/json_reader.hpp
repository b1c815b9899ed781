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
/// its quotes, or of a number or literal. `hash` is a name's `name_hash`.
struct event {
    json::kind kind = kind::end;
    bool escaped = false;
    std::uint32_t offset = 0;
    std::string_view raw;
    std::uint32_t hash = 0;

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
    error broken_;
    std::array<std::uint32_t, limits::max_depth> first_name_;  // of each open object
    std::array<std::uint64_t, limits::max_depth> hashes_;      // a bit for each hash it may have
    std::array<member_name, limits::max_members> name_;

  public:
    /// Reads `text`; a text that is not UTF-8 is refused by the first `next`.
    constexpr explicit reader(std::string_view text, json::limits l = {}) noexcept
        : text_(text), limits_(l) {
        contract(l.depth <= limits::max_depth && l.members <= limits::max_members);
        if (std::is_constant_evaluated()) {
            first_name_ = {};
            hashes_ = {};
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
        event made;
        return next(made) ? result<event>{made} : failure();
    }

    /// The same into `out`: false where it fails, and `failure` says how.
    [[nodiscard]] constexpr bool next(event& out) noexcept {
        return broken_.code == errc::none && step(out);
    }
    [[nodiscard]] constexpr error failure() const noexcept { return broken_; }

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
            if (!next(current)) {
                return failure();
            }
        }
    }

    /// Where the reader is, in octets.
    [[nodiscard]] constexpr std::uint32_t offset() const noexcept {
        return mcx::detail::offset32(at_);
    }

  private:
    // What follows returns false where it has failed, and then has set `broken_`.

    constexpr bool fail(error e) noexcept {
        broken_ = e;
        return false;
    }
    constexpr bool fail(errc code) noexcept { return fail({code, 0, offset()}); }
    constexpr bool fail(errc code, std::size_t at) noexcept {
        return fail({code, 0, mcx::detail::offset32(at)});
    }

    constexpr void skip_white_space() noexcept {
        while (
            at_ < text_.size() && text_[at_] <= ' ' &&
            (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }

    /// Goes past white space to a character, which has to be there.
    constexpr bool find_character() noexcept {
        skip_white_space();
        return at_ < text_.size() || fail(errc::json_truncated);
    }

    [[gnu::always_inline]] static constexpr bool put(json::kind k, std::size_t from,
                                                     string_token token, std::uint32_t hash,
                                                     event& out) noexcept {
        out.kind = k;
        out.escaped = token.escaped;
        out.offset = mcx::detail::offset32(from);
        out.raw = token.raw;
        out.hash = hash;
        return true;
    }

    [[gnu::always_inline]] constexpr bool make(json::kind k, std::size_t from,
                                               event& out) const noexcept {
        return put(k, from, {{text_.data() + from, at_ - from}, false}, 0, out);
    }

    constexpr bool step(event& out) noexcept {
        if (expects_ == expects::value) {
            return find_character() && value(out);
        }
        skip_white_space();
        if (expects_ == expects::nothing) {
            return at_ == text_.size() ? make(kind::end, at_, out) : fail(errc::json_trailing);
        }
        if (at_ == text_.size()) {
            return fail(errc::json_truncated);
        }
        bool const object = (objects_ >> (depth_ - 1) & 1U) != 0;
        if (text_[at_] == (object ? '}' : ']')) {
            return close(object, out);
        }
        if (expects_ == expects::more) {
            if (text_[at_] != ',') {
                return fail(errc::json_syntax);
            }
            ++at_;
            if (!find_character()) {
                return false;
            }
        }
        return object ? name(out) : value(out);
    }

    /// Reads the string that begins here.
    [[gnu::always_inline]] constexpr bool string(json::kind k, event& out) noexcept {
        std::size_t const from = at_++;
        std::string_view const rest{text_.data() + at_, text_.size() - at_};
        auto const run = detail::find_plain_run(rest);
        string_token token{{rest.data(), run.size}, false};
        if (run.size < rest.size() && rest[run.size] == '"') {
            at_ += run.size + 1;
        } else if (auto const read = read_string(text_, at_); read) {
            token = *read;
        } else {
            return fail(read.error());
        }
        std::uint32_t const hash = k != kind::name ? 0
                                   : token.escaped ? name_hash(token)
                                                   : detail::mix(run.first, run.size);
        return put(k, from, token, hash, out);
    }

    [[gnu::always_inline]] constexpr bool name(event& out) noexcept {
        if (text_[at_] != '"') {
            return fail(errc::json_syntax);
        }
        if (!string(kind::name, out)) {
            return false;
        }
        if (!remember(out) || !find_character()) {
            return false;
        }
        if (text_[at_] != ':') {
            return fail(errc::json_syntax);
        }
        ++at_;
        expects_ = expects::value;
        return true;
    }

    /// Notes a member's name, unless its object has one that means the same.
    [[gnu::always_inline]] constexpr bool remember(event const& n) noexcept {
        std::uint64_t& hashes = hashes_[depth_ - 1];
        std::uint64_t const bit = std::uint64_t{1} << (n.hash >> 26U);
        if ((hashes & bit) != 0 && is_known(n)) {
            return fail(errc::json_duplicate, n.offset);
        }
        if (names_ == limits_.members) {
            return fail(errc::json_members, n.offset);
        }
        hashes |= bit;
        name_[names_++] = {n.hash, n.offset + 1, mcx::detail::offset32(n.raw.size()), n.escaped};
        return true;
    }

    /// Tells whether the innermost object has a member whose name means the same.
    [[nodiscard]] constexpr bool is_known(event const& n) const noexcept {
        for (std::size_t i = first_name_[depth_ - 1]; i < names_; ++i) {
            member_name const& m = name_[i];
            if (m.hash == n.hash &&
                mean_the_same({text_.substr(m.offset, m.size), m.escaped}, n.token())) {
                return true;
            }
        }
        return false;
    }

    [[gnu::always_inline]] constexpr bool value(event& out) noexcept {
        switch (text_[at_]) {
            case '"':
                after_value();
                return string(kind::string, out);
            case '{':
                return open(kind::object_begin, expects::member_or_end, out);
            case '[':
                return open(kind::array_begin, expects::element_or_end, out);
            case 't':
                return literal("true", kind::boolean, out);
            case 'f':
                return literal("false", kind::boolean, out);
            case 'n':
                return literal("null", kind::null, out);
            default:
                return number(out);
        }
    }

    [[gnu::always_inline]] constexpr bool open(json::kind k, expects then, event& out) noexcept {
        if (depth_ == limits_.depth) {
            return fail(errc::json_depth);
        }
        std::size_t const from = at_++;
        std::uint32_t const bit = std::uint32_t{1} << depth_;
        objects_ = k == kind::object_begin ? objects_ | bit : objects_ & ~bit;
        first_name_[depth_] = static_cast<std::uint32_t>(names_);
        hashes_[depth_] = 0;
        ++depth_;
        expects_ = then;
        return make(k, from, out);
    }

    [[gnu::always_inline]] constexpr bool close(bool object, event& out) noexcept {
        std::size_t const from = at_++;
        --depth_;
        if (object) {
            names_ = first_name_[depth_];
        }
        after_value();
        return make(object ? kind::object_end : kind::array_end, from, out);
    }

    constexpr bool literal(std::string_view word, json::kind k, event& out) noexcept {
        std::string_view const here = text_.substr(at_, word.size());
        if (here != word) {
            return fail(word.starts_with(here) ? errc::json_truncated : errc::json_syntax);
        }
        std::size_t const from = at_;
        at_ += word.size();
        after_value();
        return make(k, from, out);
    }

    constexpr bool number(event& out) noexcept {
        char const c = text_[at_];
        if (c != '-' && (c < '0' || c > '9')) {
            return fail(errc::json_syntax);
        }
        std::size_t const from = at_;
        if (auto const read = read_number(text_, at_); !read) {
            return fail(read.error());
        }
        after_value();
        return make(kind::number, from, out);
    }

    constexpr void after_value() noexcept {
        expects_ = depth_ == 0 ? expects::nothing : expects::more;
    }
};

}  // namespace mcx::json

#endif
