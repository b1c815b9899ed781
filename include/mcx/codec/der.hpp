// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CODEC_DER_HPP
#define MCX_CODEC_DER_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

// The part of DER that keys and leaf certificates need [X.690 §8, §10, §11]: definite lengths in
// the fewest octets, tags of one octet, numbers that are not negative, bit strings of whole octets,
// and object identifiers compared as octets. BER that is not DER is refused. There is no recursion:
// whoever reads opens and closes what he knows to be there. How long an element takes to read
// depends on its length and on the first two octets of a number. Writing is in
// codec/der_writer.hpp.

namespace mcx::der {

/// The identifier octet of an element: class, form and number. [X.690 §8.1.2]
enum class tag : std::uint8_t {
    boolean = 0x01,
    integer = 0x02,
    bit_string = 0x03,
    octet_string = 0x04,
    null = 0x05,
    object_identifier = 0x06,
    utc_time = 0x17,
    generalized_time = 0x18,
    sequence = 0x30,
    context_0_primitive = 0x80,
    context_0 = 0xA0,
    context_1 = 0xA1,
    context_3 = 0xA3,
};

/// Octets as a program writes them, such as an object identifier's.
template <class... Octets>
[[nodiscard]] consteval fixed_bytes<sizeof...(Octets)> literal(Octets... octets) {
    return {static_cast<std::byte>(octets)...};
}

/// Tells whether two runs of octets are the same.
[[nodiscard]] constexpr bool same(byte_view a, byte_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Reads elements in their order. The first refusal stays, with its place: all that is read after
/// it is empty, so that `finish` is asked once.
class reader {
    static constexpr std::size_t max_depth = 8;

    byte_view der_;
    std::size_t at_ = 0;
    std::size_t end_;  // of the innermost element that is open
    std::array<std::size_t, max_depth> ends_{};
    std::size_t depth_ = 0;
    error failed_;

    [[nodiscard]] constexpr unsigned octet(std::size_t at) const noexcept {
        return std::to_integer<unsigned>(der_[at]);
    }

    constexpr void refuse_at(std::size_t at, errc code) noexcept {
        if (!failed()) {
            failed_ = {code, 0, mcx::detail::offset32(at)};
        }
    }

    /// Reads a length of at most three octets behind the first one. [X.690 §8.1.3, §10.1]
    constexpr std::size_t length() noexcept {
        std::size_t const start = at_;
        if (at_ == end_) {
            refuse_at(start, errc::der_truncated);
            return 0;
        }
        unsigned const first = octet(at_++);
        if (first < 0x80) {
            return first;
        }
        unsigned const more = first - 0x80;
        if (more == 0 || more > 3) {
            refuse_at(start, errc::der_length);
            return 0;
        }
        if (more > end_ - at_) {
            refuse_at(start, errc::der_truncated);
            return 0;
        }
        std::size_t value = 0;
        for (unsigned i = 0; i < more; ++i) {
            value = value << 8U | octet(at_++);
        }
        if (value < 0x80 || value >> (8 * (more - 1)) == 0) {
            refuse_at(start, errc::der_length);
        }
        return value;
    }

    /// Reads the head of an element of this kind and returns where it ends.
    constexpr std::size_t head(tag due) noexcept {
        std::size_t const start = at_;
        if (failed()) {
            return at_;
        }
        if (at_ == end_) {
            refuse_at(start, errc::der_truncated);
            return at_;
        }
        if (octet(at_) != static_cast<unsigned>(due)) {
            refuse_at(start, errc::der_tag);
            return at_;
        }
        ++at_;
        std::size_t const size = length();
        if (size > end_ - at_) {
            refuse_at(start, errc::der_truncated);
        }
        return failed() ? at_ : at_ + size;
    }

  public:
    constexpr explicit reader(byte_view der) noexcept : der_(der), end_(der.size()) {}

    [[nodiscard]] constexpr bool failed() const noexcept { return failed_.code != errc::none; }

    /// What went wrong first; `errc::none` where nothing did.
    [[nodiscard]] constexpr error failure() const noexcept { return failed_; }

    /// The place that is reached: what is read next, or where what was read last ends.
    [[nodiscard]] constexpr std::size_t at() const noexcept { return at_; }

    /// Refuses, for a reason of the caller's, what stands before the place that is reached.
    constexpr void refuse_unless(bool fine, errc code) noexcept {
        if (!fine) {
            refuse_at(at_, code);
        }
    }

    /// Tells whether an element of this kind is next in the element that is open.
    [[nodiscard]] constexpr bool next_is(tag kind) const noexcept {
        return !failed() && at_ != end_ && octet(at_) == static_cast<unsigned>(kind);
    }

    /// Tells whether nothing more is in the element that is open; true after a refusal.
    [[nodiscard]] constexpr bool at_end() const noexcept { return failed() || at_ == end_; }

    /// Goes into an element. Requires: no more than eight are open.
    constexpr void open(tag kind) noexcept {
        std::size_t const end = head(kind);
        contract(depth_ < max_depth);
        ends_[depth_++] = end_;
        end_ = end;
    }

    /// Leaves the element that was opened last, which has to be at its end.
    constexpr void close() noexcept {
        contract(depth_ > 0);
        if (at_ != end_) {
            refuse_at(at_, errc::der_trailing);
        }
        end_ = ends_[--depth_];
    }

    /// The contents of an element, whatever they are.
    constexpr byte_view contents(tag kind) noexcept {
        std::size_t const end = head(kind);
        byte_view const inside = failed() ? byte_view{} : der_.subspan(at_, end - at_);
        at_ += inside.size();
        return inside;
    }

    /// An element together with its head.
    constexpr byte_view whole(tag kind) noexcept {
        std::size_t const start = at_;
        (void)contents(kind);
        return failed() ? byte_view{} : der_.subspan(start, at_ - start);
    }

    /// A number that is not negative, big-endian, without leading zeros but for 0. [X.690 §8.3]
    constexpr byte_view integer() noexcept {
        byte_view const inside = contents(tag::integer);
        auto const top = [&inside](std::size_t at) {
            return std::to_integer<unsigned>(inside[at]) >= 0x80;
        };
        bool const padded = inside.size() > 1 && inside[0] == std::byte{0};
        if (inside.empty() || top(0) || (padded && !top(1))) {
            refuse_at(at_, errc::der_value);
            return {};
        }
        return inside.subspan(padded ? 1 : 0);
    }

    /// A number below 2^64, or the greatest such number where it is not.
    constexpr std::uint64_t number() noexcept {
        byte_view const octets = integer();
        std::uint64_t value = 0;
        for (std::byte const o : octets) {
            value = value << 8U | std::to_integer<std::uint64_t>(o);
        }
        return octets.size() > 8 ? UINT64_MAX : value;
    }

    /// A bit string of whole octets. [X.690 §8.6, §11.2]
    constexpr byte_view bit_string() noexcept {
        byte_view const inside = contents(tag::bit_string);
        if (inside.empty() || inside[0] != std::byte{0}) {
            refuse_at(at_, errc::der_value);
            return {};
        }
        return inside.subspan(1);
    }

    /// The octets of an object identifier. [X.690 §8.19]
    constexpr byte_view object_identifier() noexcept {
        byte_view const inside = contents(tag::object_identifier);
        bool arc_begins = true;
        for (std::byte const o : inside) {
            refuse_unless(!arc_begins || o != std::byte{0x80}, errc::der_value);
            arc_begins = o < std::byte{0x80};
        }
        refuse_unless(arc_begins && !inside.empty(), errc::der_value);
        return failed() ? byte_view{} : inside;
    }

    constexpr void null() noexcept { refuse_unless(contents(tag::null).empty(), errc::der_value); }

    /// A truth value, of which DER has one spelling each. [X.690 §11.1]
    constexpr bool boolean() noexcept {
        byte_view const inside = contents(tag::boolean);
        bool const spelled =
            inside.size() == 1 && (inside[0] == std::byte{0xFF} || inside[0] == std::byte{0});
        refuse_unless(spelled, errc::der_value);
        return spelled && inside[0] == std::byte{0xFF};
    }

    /// The verdict on all that was read. Requires: everything that was opened is closed.
    /// Fails: der_truncated, der_tag, der_length, der_value, der_trailing (also where octets follow
    /// the last element), or for the reason that the caller gave.
    [[nodiscard]] constexpr result<void> finish() noexcept {
        contract(depth_ == 0);
        refuse_unless(at_ == end_, errc::der_trailing);
        return failed() ? result<void>{failed_} : result<void>{};
    }
};

}  // namespace mcx::der

#endif
