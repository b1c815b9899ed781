// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_TEXT_HPP
#define MCX_CODEC_JSON_TEXT_HPP

#include <mcx/codec/utf8.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

// The inside of JSON strings and numbers, apart from the grammar of values (json_reader.hpp): where
// a string ends, what its escapes mean, and what an exact integer is. [RFC 8259 §6, §7]

namespace mcx::json {

/// The characters between the quotes of a string, already checked; `escaped` where at least one of
/// them is a backslash, so that the raw characters are not the meaning.
struct string_token {
    std::string_view raw;
    bool escaped = false;
};

namespace detail {

[[nodiscard]] constexpr int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char const lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The UTF-16 code unit of four hexadecimal digits, or -1.
[[nodiscard]] constexpr std::int32_t code_unit(std::string_view four) noexcept {
    if (four.size() < 4) {
        return -1;
    }
    std::int32_t unit = 0;
    for (char const c : four.substr(0, 4)) {
        int const digit = hex_digit(c);
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/// One escape: the characters it takes up and the character it means.
struct escape {
    std::size_t length = 0;
    char32_t scalar = 0;
};

[[nodiscard]] constexpr result<escape> read_unicode_escape(std::string_view v) noexcept {
    std::int32_t const first = code_unit(v.substr(2));
    if (first < 0) {
        return errc::json_escape;
    }
    auto const scalar = static_cast<char32_t>(first);
    if (first < 0xD800 || first > 0xDFFF) {
        return escape{6, scalar};
    }
    bool const followed = v.size() >= 12 && v[6] == '\\' && v[7] == 'u';
    std::int32_t const second = followed ? code_unit(v.substr(8)) : -1;
    if (first > 0xDBFF || second < 0xDC00 || second > 0xDFFF) {
        return errc::json_surrogate;
    }
    auto const low = static_cast<char32_t>(second);
    return escape{12, 0x10000 + ((scalar - 0xD800) << 10U) + (low - 0xDC00)};
}

/// Reads the escape at the start of `v`, which begins with a backslash.
[[nodiscard]] constexpr result<escape> read_escape(std::string_view v) noexcept {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (v.size() < 2) {
        return errc::json_truncated;
    }
    if (v[1] == 'u') {
        return read_unicode_escape(v);
    }
    std::size_t const which = letters.find(v[1]);
    if (which == std::string_view::npos) {
        return errc::json_escape;
    }
    return escape{2, static_cast<char32_t>(meanings[which])};
}

/// Walks over the octets that a checked string means.
class octet_cursor {
    std::string_view rest_;
    char pending_[4]{};
    std::size_t size_ = 0;
    std::size_t used_ = 0;

  public:
    constexpr explicit octet_cursor(std::string_view raw) noexcept : rest_(raw) {}

    /// The next octet, or -1 at the end.
    [[nodiscard]] constexpr int next() noexcept {
        if (used_ < size_) {
            return static_cast<unsigned char>(pending_[used_++]);
        }
        if (rest_.empty()) {
            return -1;
        }
        if (rest_[0] != '\\') {
            char const c = rest_[0];
            rest_.remove_prefix(1);
            return static_cast<unsigned char>(c);
        }
        auto const escape = read_escape(rest_);
        contract(escape.has_value());  // read_string has seen to it
        size_ = utf8::encode(escape->scalar, pending_);
        used_ = 1;
        rest_.remove_prefix(escape->length);
        return static_cast<unsigned char>(pending_[0]);
    }
};

/// Characters that end the plain run of a string: quote, backslash, controls.
[[nodiscard]] constexpr bool ends_run(char c) noexcept {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

/// Some characters of a string without a quote, a backslash or a control.
struct plain_run {
    std::size_t size = 0;
    std::uint64_t first = 0;  // its octets, at most eight, the first one lowest
};

/// The octets that begin a text, at most eight, the first one lowest.
[[nodiscard]] constexpr std::uint64_t first_octets(std::string_view v) noexcept {
    std::uint64_t made = 0;
    for (std::size_t i = 0; i < v.size() && i < 8; ++i) {
        made |= std::uint64_t{static_cast<unsigned char>(v[i])} << 8 * i;
    }
    return made;
}

/// The octets of a word that end a plain run have their top bits set in the result. A borrow can
/// set others, but only above one that is rightly set.
[[nodiscard]] constexpr std::uint64_t run_ends(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
    std::uint64_t const quote = (word ^ ones * '"') - ones;
    std::uint64_t const slash = (word ^ ones * '\\') - ones;
    std::uint64_t const control = word - ones * 0x20;
    return (quote | slash | control) & ~word & ones * 0x80;
}

/// The longest plain run that begins a text, eight octets at a time where it can.
[[nodiscard]] constexpr plain_run find_plain_run(std::string_view text) noexcept {
    plain_run run;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
        for (std::uint64_t word = 0; text.size() - run.size >= sizeof word;
             run.size += sizeof word) {
            std::memcpy(&word, text.data() + run.size, sizeof word);
            std::uint64_t const ends = run_ends(word);
            if (ends != 0) {
                auto const bits = static_cast<unsigned>(std::countr_zero(ends)) & ~7U;
                run.first = run.size == 0 ? word & ((std::uint64_t{1} << bits) - 1) : run.first;
                run.size += bits / 8;
                return run;
            }
            run.first = run.size == 0 ? word : run.first;
        }
    }
    while (run.size < text.size() && !ends_run(text[run.size])) {
        ++run.size;
    }
    run.first = first_octets({text.data(), run.size});
    return run;
}

[[nodiscard]] constexpr std::uint32_t mix(std::uint64_t first, std::size_t size) noexcept {
    std::uint64_t const mixed = (first ^ std::uint64_t{size} << 56) * 0x9E37'79B9'7F4A'7C15U;
    return static_cast<std::uint32_t>(mixed >> 32U);
}

}  // namespace detail

/// A number by which most names that differ are told apart: of the first eight octets of what a
/// string means and of how many there are.
[[nodiscard]] constexpr std::uint32_t name_hash(string_token token) noexcept {
    if (!token.escaped) {
        return detail::mix(detail::first_octets(token.raw), token.raw.size());
    }
    std::uint64_t first = 0;
    std::size_t size = 0;
    detail::octet_cursor octets{token.raw};
    for (int octet = octets.next(); octet >= 0; octet = octets.next(), ++size) {
        first |= size < 8 ? static_cast<std::uint64_t>(octet) << 8 * size : 0;
    }
    return detail::mix(first, size);
}

/// Reads the string whose first character (after the quote) is at `at`; `at` then is past the
/// closing quote. Fails: json_truncated, json_control, json_escape, json_surrogate.
[[nodiscard]] constexpr result<string_token> read_string(std::string_view text,
                                                         std::size_t& at) noexcept {
    std::size_t const start = at;
    bool escaped = false;
    for (;;) {
        at += detail::find_plain_run(text.substr(at)).size;
        if (at == text.size()) {
            return error{errc::json_truncated, 0, mcx::detail::offset32(at)};
        }
        if (text[at] == '"') {
            string_token const token{text.substr(start, at - start), escaped};
            ++at;
            return token;
        }
        if (text[at] != '\\') {
            return error{errc::json_control, 0, mcx::detail::offset32(at)};
        }
        auto const escape = detail::read_escape(text.substr(at));
        if (!escape) {
            return error{escape.error().code, 0, mcx::detail::offset32(at)};
        }
        escaped = true;
        at += escape->length;
    }
}

/// Tells whether a string means `text`, whatever way it is written.
[[nodiscard]] constexpr bool means(string_token token, std::string_view text) noexcept {
    if (!token.escaped) {
        return token.raw == text;
    }
    detail::octet_cursor octets{token.raw};
    for (char const c : text) {
        if (octets.next() != static_cast<unsigned char>(c)) {
            return false;
        }
    }
    return octets.next() < 0;
}

/// Tells whether two strings mean the same, however each of them is written.
[[nodiscard]] constexpr bool mean_the_same(string_token a, string_token b) noexcept {
    if (!a.escaped) {
        return means(b, a.raw);
    }
    if (!b.escaped) {
        return means(a, b.raw);
    }
    // Character by character: an escape and a plain UTF-8 sequence are compared as octets.
    detail::octet_cursor left{a.raw};
    detail::octet_cursor right{b.raw};
    for (;;) {
        int const l = left.next();
        if (l != right.next()) {
            return false;
        }
        if (l < 0) {
            return true;
        }
    }
}

/// Shows what a string means: its own characters, or `buffer` where it has to be unescaped.
/// Fails: json_value (the buffer is too small, so the string is longer than its reader allows).
[[nodiscard]] constexpr result<std::string_view> meaning(string_token token,
                                                         std::span<char> buffer) noexcept {
    if (!token.escaped) {
        return token.raw;
    }
    detail::octet_cursor octets{token.raw};
    std::size_t size = 0;
    for (int octet = octets.next(); octet >= 0; octet = octets.next()) {
        if (size == buffer.size()) {
            return errc::json_value;
        }
        buffer[size++] = static_cast<char>(static_cast<unsigned char>(octet));
    }
    return std::string_view{buffer.data(), size};
}

/// Reads the number at `at`; `at` then is past it. Fails: json_number.
[[nodiscard]] constexpr result<std::string_view> read_number(std::string_view text,
                                                             std::size_t& at) noexcept {
    std::size_t const start = at;
    auto const digits = [&] {
        std::size_t const first = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at - first;
    };
    auto const take = [&](char c) {
        bool const there = at < text.size() && text[at] == c;
        at += there ? 1U : 0U;
        return there;
    };
    auto const refused = [&] { return error{errc::json_number, 0, mcx::detail::offset32(start)}; };

    (void)take('-');
    std::size_t const integer = at;
    std::size_t const count = digits();
    if (count == 0 || (count > 1 && text[integer] == '0')) {
        return refused();
    }
    if (take('.') && digits() == 0) {
        return refused();
    }
    if (take('e') || take('E')) {
        (void)(take('+') || take('-'));
        if (digits() == 0) {
            return refused();
        }
    }
    return text.substr(start, at - start);
}

/// The value of a number written as an integer: no fraction, no exponent, exact.
/// Fails: json_value (a fraction, an exponent), json_number_range (not in 64 bits).
[[nodiscard]] constexpr result<std::int64_t> to_integer(std::string_view number) noexcept {
    bool const negative = number.starts_with('-');
    std::string_view const digits = number.substr(negative ? 1 : 0);
    std::int64_t value = 0;
    for (char const c : digits) {
        if (c < '0' || c > '9') {
            return errc::json_value;
        }
        std::int64_t const digit = negative ? '0' - c : c - '0';
        if (digits.size() < 19) {  // no way to overflow
            value = value * 10 + digit;
        } else if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
                   __builtin_add_overflow(value, digit, &value)) {
            return errc::json_number_range;
        }
    }
    return value;
}

}  // namespace mcx::json

#endif
