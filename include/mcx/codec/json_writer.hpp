// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_JSON_WRITER_HPP
#define MCX_CODEC_JSON_WRITER_HPP

#include <mcx/codec/json_text.hpp>
#include <mcx/codec/utf8.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Writes JSON without white space, members in the order given, one spelling for each value. It
// checks no grammar: what calls it is a field list, which cannot get it wrong. [RFC 8259]

namespace mcx::json {

/// Writes into the caller's characters; counts on past their end, so that a first pass over an
/// empty span measures. The first failure is kept and told by `finish`.
class writer {
    std::span<char> out_;
    std::size_t size_ = 0;
    bool comma_ = false;
    errc broken_ = errc::none;

    constexpr void put(char c) noexcept {
        if (size_ < out_.size()) {
            out_[size_] = c;
        }
        ++size_;
    }

    constexpr void put(std::string_view v) noexcept {
        if (size_ < out_.size()) {
            std::copy_n(v.data(), std::min(v.size(), out_.size() - size_), out_.data() + size_);
        }
        size_ += v.size();
    }

    constexpr void separate() noexcept {
        if (comma_) {
            put(',');
        }
        comma_ = true;
    }

    constexpr void begin(char c) noexcept {
        separate();
        put(c);
        comma_ = false;
    }

    constexpr void end(char c) noexcept {
        put(c);
        comma_ = true;
    }

    constexpr void escaped(char c) noexcept {
        constexpr std::string_view digits = "0123456789abcdef";
        auto const octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (octet < 0x20) {
            put("\\u00");
            put(digits[octet >> 4U]);
            put(digits[octet & 0xFU]);
        } else {
            put(c);
        }
    }

    constexpr void quoted(std::string_view text) noexcept {
        if (broken_ == errc::none && !utf8::check(text)) {
            broken_ = errc::utf8_invalid;
        }
        put('"');
        for (std::size_t at = 0; at < text.size();) {
            std::string_view const run =
                text.substr(at, detail::find_plain_run(text.substr(at)).size);
            put(run);
            at += run.size();
            if (at < text.size()) {
                escaped(text[at++]);
            }
        }
        put('"');
    }

  public:
    constexpr explicit writer(std::span<char> out) noexcept : out_(out) {}

    constexpr void begin_object() noexcept { begin('{'); }
    constexpr void end_object() noexcept { end('}'); }
    constexpr void begin_array() noexcept { begin('['); }
    constexpr void end_array() noexcept { end(']'); }

    constexpr void name(std::string_view n) noexcept {
        separate();
        quoted(n);
        put(':');
        comma_ = false;
    }

    constexpr void string(std::string_view text) noexcept {
        separate();
        quoted(text);
    }

    constexpr void integer(std::int64_t value) noexcept {
        separate();
        if (value < 0) {
            put('-');
        }
        auto rest = static_cast<std::uint64_t>(value);
        rest = value < 0 ? 0 - rest : rest;
        char digits[20]{};
        std::size_t first = sizeof digits;
        do {
            digits[--first] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        put(std::string_view{digits + first, sizeof digits - first});
    }

    constexpr void boolean(bool value) noexcept {
        separate();
        put(value ? "true" : "false");
    }

    /// Writes a value that is JSON already.
    constexpr void verbatim(std::string_view json) noexcept {
        separate();
        put(json);
    }

    /// The number of characters written, or that a longer span would have taken.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

    /// The number of characters written. Fails: utf8_invalid (a text to be written is not UTF-8),
    /// buffer_too_small.
    [[nodiscard]] constexpr result<std::size_t> finish() const noexcept {
        if (broken_ != errc::none) {
            return broken_;
        }
        return size_ <= out_.size() ? result<std::size_t>{size_} : errc::buffer_too_small;
    }
};

}  // namespace mcx::json

#endif
