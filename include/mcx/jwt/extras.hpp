// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_EXTRAS_HPP
#define MCX_JWT_EXTRAS_HPP

#include <mcx/codec/json_reader.hpp>
#include <mcx/codec/json_value.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

// The claims that a profile does not know, for programs that ask for them: a claims struct names
// the place for them by `remaining`. They are kept as they stood in the token, in their order, and
// nothing has been checked of them but that they are JSON and that no name is there twice.
// [RFC 7519 §4.3]

namespace mcx {

/// One claim that a profile does not know: its name, without escapes, and its JSON text. Borrows
/// the `extras` it is in.
struct extra_claim {
    std::string_view name;
    std::string_view text;

    friend constexpr bool operator==(extra_claim const&, extra_claim const&) = default;
};

/// Claims that a profile does not know, in N octets: what their names and texts take up, and four
/// more for each. Copies cost the used octets, never the bound.
template <std::size_t N>
class extras {
    static_assert(N > 4 && N <= 0xFFFF);

    static constexpr std::size_t frame = 4;

    std::uint16_t size_ = 0;
    char octets_[N];

    constexpr void assign(std::string_view octets) noexcept {
        size_ = static_cast<std::uint16_t>(octets.size());
        std::copy_n(octets.data(), octets.size(), octets_);
        if (std::is_constant_evaluated()) {
            std::fill(octets_ + octets.size(), octets_ + N, '\0');
        }
    }

    [[nodiscard]] constexpr std::string_view used() const noexcept { return {octets_, size_}; }

    constexpr void put_size(std::size_t at, std::size_t size) noexcept {
        octets_[at] = static_cast<char>(static_cast<unsigned char>(size & 0xFFU));
        octets_[at + 1] = static_cast<char>(static_cast<unsigned char>(size >> 8U));
    }

  public:
    static constexpr std::size_t max_size = N;

    /// Walks over the claims.
    class iterator {
        std::string_view rest_;

        [[nodiscard]] constexpr std::size_t size_at(std::size_t at) const noexcept {
            return static_cast<unsigned char>(rest_[at]) |
                   static_cast<std::size_t>(static_cast<unsigned char>(rest_[at + 1])) << 8U;
        }

      public:
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}

        [[nodiscard]] constexpr extra_claim operator*() const noexcept {
            return {rest_.substr(frame, size_at(0)), rest_.substr(frame + size_at(0), size_at(2))};
        }
        constexpr iterator& operator++() noexcept {
            rest_.remove_prefix(frame + size_at(0) + size_at(2));
            return *this;
        }
        friend constexpr bool operator==(iterator const& a, iterator const& b) noexcept {
            return a.rest_.size() == b.rest_.size();
        }
    };

    constexpr extras() noexcept { assign({}); }
    constexpr extras(extras const& other) noexcept { assign(other.used()); }
    constexpr extras& operator=(extras const& other) noexcept {
        if (this != &other) {
            assign(other.used());
        }
        return *this;
    }
    constexpr ~extras() = default;

    /// Adds a claim as a reader found it: its text is known to be one JSON value.
    /// Fails: json_value (there is no room for it), and the claims are as before.
    constexpr result<void> add(json::string_token name, std::string_view text) noexcept {
        std::size_t const room = N - size_;
        if (room < frame || room - frame < text.size()) {
            return errc::json_value;
        }
        std::span<char> const place{octets_ + size_ + frame, room - frame - text.size()};
        auto const meant = json::meaning(name, place);
        if (!meant || meant->size() > place.size()) {
            return errc::json_value;
        }
        if (!name.escaped) {
            std::copy_n(meant->data(), meant->size(), place.data());
        }
        std::copy_n(text.data(), text.size(), place.data() + meant->size());
        put_size(size_, meant->size());
        put_size(size_ + 2U, text.size());
        size_ = static_cast<std::uint16_t>(size_ + frame + meant->size() + text.size());
        return {};
    }
    /// Adds a claim. Fails: json_value (its text is anything but one JSON value, or there is no
    /// room for it), and the claims are as before.
    constexpr result<void> add(std::string_view name, std::string_view text) noexcept {
        json::reader r{text, {json::limits::max_depth, json::limits::max_members}};
        json::event at;
        do {
            if (!r.next(at)) {
                return errc::json_value;
            }
        } while (at.kind != json::kind::end);
        return add(json::string_token{name, false}, text);
    }

    /// The JSON text of the claim of this name, where there is one.
    [[nodiscard]] constexpr std::optional<std::string_view> find(
        std::string_view name) const noexcept {
        for (extra_claim const& claim : *this) {
            if (claim.name == name) {
                return claim.text;
            }
        }
        return std::nullopt;
    }

    /// Reads the claim of this name as a T. Fails: claim_missing, claim_shape, claim_value.
    template <json::Value T>
    [[nodiscard]] constexpr result<T> read(std::string_view name) const noexcept {
        auto const text = find(name);
        if (!text) {
            return errc::claim_missing;
        }
        json::reader r{*text};
        json::event first;
        result<T> made{T{}};
        if (!r.next(first)) {
            return errc::claim_value;
        }
        if (auto const read = json::value<T>::read(r, first, *made); !read) {
            made = read.error().code == errc::json_type ? errc::claim_shape : errc::claim_value;
        }
        return made;
    }

    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator{used()}; }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator{{}}; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    friend constexpr bool operator==(extras const& a, extras const& b) noexcept {
        return a.used() == b.used();
    }
};

}  // namespace mcx

#endif
