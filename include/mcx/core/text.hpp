// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_TEXT_HPP
#define MCX_CORE_TEXT_HPP

#include <mcx/core/result.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

// Bounded text stored inline. The tag keeps an issuer from being taken for a client id; the bound
// is the limit that the TS or a profile sets. Copies cost the used octets, never the bound.

namespace mcx {

namespace detail {

// No constant expression can call it, so its name is the diagnostic. It has a body since clang 14
// emits some consteval constructors nevertheless.
inline void text_literal_is_too_long_or_refused() noexcept {
    contract(false);
}

[[nodiscard]] constexpr bool is_control(char c) noexcept {
    auto const octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
}

/// Tells whether one of eight characters is a control.
[[nodiscard]] inline bool has_control(char const* eight) noexcept {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    // The first control from below sets its octet's top bit, and no octet above 0x7F does.
    return (((word - ones * 0x20) | ((word ^ ones * 0x7F) - ones)) & ~word & ones * 0x80) != 0;
}

/// Refuses control characters, so that an identifier cannot end a line or a C string.
[[nodiscard]] constexpr errc refuse_control_characters(std::string_view v) noexcept {
    if (!std::is_constant_evaluated() && v.size() >= 8) {
        bool found = has_control(v.data() + v.size() - 8);  // may overlap the one before
        for (std::size_t at = 0; at + 8 < v.size(); at += 8) {
            found = found || has_control(v.data() + at);
        }
        return found ? errc::value_character : errc::none;
    }
    return std::any_of(v.begin(), v.end(), is_control) ? errc::value_character : errc::none;
}

/// A tag may narrow what its text may hold, by `static constexpr errc check(std::string_view)`.
template <class Tag>
concept CheckingTag = requires(std::string_view v) {
    { Tag::check(v) } -> std::same_as<errc>;
};

}  // namespace detail

/// A type that is made from text and shown as text: bounded texts, scopes, addresses.
template <class T>
concept TextLike = requires(T const& value, std::string_view v) {
    { T::from(v) } -> std::same_as<result<T>>;
    { value.view() } -> std::convertible_to<std::string_view>;
    { T::max_size } -> std::convertible_to<std::size_t>;
};

/// At most N octets of text of the kind that `Tag` names. Default constructed: empty.
template <class Tag, std::size_t N>
class text {
    static_assert(N > 0 && N <= 0xFFFF);

    std::uint16_t size_ = 0;
    char characters_[N];

    constexpr void assign(std::string_view v) noexcept {
        size_ = static_cast<std::uint16_t>(v.size());
        std::copy_n(v.data(), v.size(), characters_);
        if (std::is_constant_evaluated()) {
            std::fill(characters_ + v.size(), characters_ + N, '\0');
        }
    }

  public:
    static constexpr std::size_t max_size = N;

    // The characters past size() stay unset at run time: nothing reads them.
    constexpr text() noexcept { assign({}); }
    constexpr text(text const& other) noexcept { assign(other.view()); }
    constexpr text& operator=(text const& other) noexcept {
        if (this != &other) {
            assign(other.view());
        }
        return *this;
    }
    constexpr ~text() = default;

    /// A literal that is known to fit; one that does not, does not compile.
    template <std::size_t M>
    consteval text(char const (&literal)[M]) {
        std::string_view const v{literal, M - 1};
        if (check(v) != errc::none) {
            detail::text_literal_is_too_long_or_refused();
        }
        assign(v);
    }

    /// Makes the text from characters read at run time.
    /// Fails: value_too_long; what the tag refuses.
    [[nodiscard]] static constexpr result<text> from(std::string_view v) noexcept {
        if (errc const refused = check(v); refused != errc::none) {
            return refused;
        }
        text made;
        made.assign(v);
        return made;
    }

    /// Takes other characters. Fails: as `from`, and the text is as before.
    [[nodiscard]] constexpr errc set(std::string_view v) noexcept {
        errc const refused = check(v);
        if (refused == errc::none) {
            assign(v);
        }
        return refused;
    }

    /// Tells why `from` would refuse; `errc::none` where it would not.
    [[nodiscard]] static constexpr errc check(std::string_view v) noexcept {
        if (v.size() > N) {
            return errc::value_too_long;
        }
        if constexpr (detail::CheckingTag<Tag>) {
            return Tag::check(v);
        } else {
            return errc::none;
        }
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters_, size_}; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    friend constexpr bool operator==(text const& a, text const& b) noexcept {
        return a.view() == b.view();
    }
    friend constexpr std::strong_ordering operator<=>(text const& a, text const& b) noexcept {
        return a.view() <=> b.view();
    }
};

}  // namespace mcx

#endif
