// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_DER_WRITER_HPP
#define MCX_CODEC_DER_WRITER_HPP

#include <mcx/codec/der.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// DER, written [X.690 §10, §11]. Nothing here knows what a key is: jose/spki.hpp does.

namespace mcx::der {

/// Writes elements from the last one to the first, so that every length is known when its turn
/// comes. Takes the same time for all octets of one length, but for those at the front of a number.
class writer {
    byte_span out_;
    std::size_t first_;  // of what is written
    bool fits_ = true;

    constexpr void put(std::size_t octet) noexcept {
        if (first_ == 0) {
            fits_ = false;
            return;
        }
        out_[--first_] = static_cast<std::byte>(octet & 0xFFU);
    }

  public:
    constexpr explicit writer(byte_span out) noexcept : out_(out), first_(out.size()) {}

    /// How much is written: what `wrap` is told later, so that it wraps all that came in between.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return out_.size() - first_; }

    /// Puts octets in front of what is written.
    constexpr void octets(byte_view in) noexcept {
        if (in.size() > first_) {
            fits_ = false;
            return;
        }
        first_ -= in.size();
        std::copy(in.begin(), in.end(), out_.subspan(first_).begin());
    }

    /// Makes an element of all that was written since there was so much.
    constexpr void wrap(tag kind, std::size_t since) noexcept {
        std::size_t const inside = size() - since;
        std::size_t more = 0;
        for (std::size_t rest = inside; inside >= 0x80 && rest != 0; rest >>= 8U, ++more) {
            put(rest);
        }
        put(inside < 0x80 ? inside : 0x80 + more);
        put(static_cast<std::size_t>(kind));
    }

    constexpr void element(tag kind, byte_view contents) noexcept {
        std::size_t const since = size();
        octets(contents);
        wrap(kind, since);
    }

    /// A number, big-endian.
    constexpr void integer(byte_view value) noexcept {
        while (value.size() > 1 && value[0] == std::byte{0}) {
            value = value.subspan(1);
        }
        std::size_t const since = size();
        octets(value);
        if (value.empty() || value[0] >= std::byte{0x80}) {
            put(0);
        }
        wrap(tag::integer, since);
    }

    constexpr void number(std::uint64_t value) noexcept {
        fixed_bytes<8> big_endian{};
        for (std::size_t i = big_endian.size(); i-- > 0; value >>= 8U) {
            big_endian[i] = static_cast<std::byte>(value & 0xFFU);
        }
        integer(big_endian);
    }

    /// Makes a bit string of all that was written since there was so much.
    constexpr void wrap_bits(std::size_t since) noexcept {
        put(0);
        wrap(tag::bit_string, since);
    }

    /// Moves what is written to the front of the buffer and returns its size.
    /// Fails: buffer_too_small.
    [[nodiscard]] constexpr result<std::size_t> finish() noexcept {
        if (!fits_) {
            return errc::buffer_too_small;
        }
        std::size_t const written = size();
        byte_view const from = byte_view{out_}.subspan(first_);
        std::copy(from.begin(), from.end(), out_.begin());
        first_ = out_.size();
        return written;
    }
};

}  // namespace mcx::der

#endif
