// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_SCOPE_HPP
#define MCX_OAUTH_SCOPE_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string_view>

// Scopes: which tokens there are and how a set of them is written [RFC 6749 §3.3]. What a scope
// token grants is for others; unknown ones are kept like known ones.

namespace mcx::oauth {

namespace detail {

struct scope_token_tag {
    static constexpr errc check(std::string_view v) noexcept {
        if (v.empty()) {
            return errc::value_empty;
        }
        bool const clean = std::all_of(v.begin(), v.end(), [](char c) {
            return c > 0x20 && c < 0x7F && c != '"' && c != '\\';
        });
        return clean ? errc::none : errc::value_character;
    }
};

struct scope_tag {};

}  // namespace detail

/// One name of the scope vocabulary. [RFC 6749 §3.3]
using scope_token = text<detail::scope_token_tag, 128>;

/// A set of up to 32 scope tokens, 1024 characters with the spaces between, in the order in which
/// they came. Two are equal that have the same tokens: order means nothing. Default constructed:
/// empty, which stands for no scope parameter. [RFC 6749 §3.3]
class scope {
  public:
    static constexpr std::size_t max_size = 1024;
    static constexpr std::size_t max_count = 32;
    static constexpr errc refused_as = errc::scope_refused;  // where a request's scope is none

  private:
    text<detail::scope_tag, max_size> tokens_;  // with single spaces between, each of them once

    static constexpr std::string_view first_of(std::string_view tokens) noexcept {
        auto const space = std::find(tokens.begin(), tokens.end(), ' ');
        return tokens.substr(0, static_cast<std::size_t>(space - tokens.begin()));
    }

    static constexpr std::string_view after_first_of(std::string_view tokens) noexcept {
        return tokens.substr(std::min(first_of(tokens).size() + 1, tokens.size()));
    }

    static constexpr bool holds(std::string_view tokens, std::string_view token) noexcept {
        for (; !tokens.empty(); tokens = after_first_of(tokens)) {
            if (first_of(tokens) == token) {
                return true;
            }
        }
        return false;
    }

  public:
    constexpr scope() noexcept = default;

    /// A scope written in the program; one that is malformed does not compile.
    template <std::size_t M>
    consteval scope(char const (&literal)[M]) {
        auto const made = from({literal, M - 1});
        if (!made) {
            mcx::detail::text_literal_is_too_long_or_refused();
        }
        tokens_ = made->tokens_;
    }

    /// Reads tokens with one space between any two; a repeated one counts once.
    /// Fails: value_empty (no token, or none between two spaces), value_character, value_too_long.
    [[nodiscard]] static constexpr result<scope> from(std::string_view v) noexcept {
        if (v.size() > max_size) {
            return errc::value_too_long;
        }
        std::array<char, max_size> kept;
        std::size_t size = 0;
        std::size_t count = 0;
        for (bool last = false; !last;) {
            std::string_view const token = first_of(v);
            last = token.size() == v.size();
            v = after_first_of(v);
            if (errc const refused = scope_token::check(token); refused != errc::none) {
                return refused;
            }
            if (holds({kept.data(), size}, token)) {
                continue;
            }
            if (++count > max_count) {
                return errc::value_too_long;
            }
            if (size != 0) {
                kept[size++] = ' ';
            }
            std::copy_n(token.data(), token.size(), kept.data() + size);
            size += token.size();
        }
        scope made;
        made.tokens_ = *decltype(tokens_)::from({kept.data(), size});
        return made;
    }

    /// Makes a scope of tokens. Fails: value_empty (an empty token), value_too_long.
    [[nodiscard]] static constexpr result<scope> of(
        std::initializer_list<scope_token> tokens) noexcept {
        scope made;
        for (scope_token const& token : tokens) {
            if (auto const added = made.add(token); !added) {
                return added.error();
            }
        }
        return made;
    }

    /// Adds a token unless it is there. Fails, and changes nothing: value_empty, value_too_long.
    constexpr result<void> add(scope_token const& token) noexcept {
        std::string_view const before = view();
        std::size_t const start = empty() ? 0 : before.size() + 1;
        if (contains(token.view())) {
            return {};
        }
        if (start + token.size() > max_size) {
            return errc::value_too_long;
        }
        std::array<char, max_size> joined;
        std::copy_n(before.data(), before.size(), joined.data());
        joined[before.size()] = ' ';
        std::copy_n(token.view().data(), token.size(), joined.data() + start);
        auto const made = from({joined.data(), start + token.size()});
        if (!made) {
            return made.error();
        }
        *this = *made;
        return {};
    }

    /// Tells whether this token is in the set.
    [[nodiscard]] constexpr bool contains(std::string_view token) const noexcept {
        return holds(view(), token);
    }

    /// Tells whether all tokens are in `other` too.
    [[nodiscard]] constexpr bool within(scope const& other) const noexcept {
        return std::all_of(begin(), end(), [&](std::string_view t) { return other.contains(t); });
    }

    /// Walks over the tokens as texts, which live as long as the scope.
    class iterator {
        std::string_view rest_;

      public:
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = std::string_view;

        constexpr iterator() noexcept = default;
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}

        [[nodiscard]] constexpr std::string_view operator*() const noexcept {
            return first_of(rest_);
        }
        constexpr iterator& operator++() noexcept {
            rest_ = after_first_of(rest_);
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator const before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(iterator const& a, iterator const& b) noexcept {
            return a.rest_.size() == b.rest_.size();
        }
    };

    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator{view()}; }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator{}; }

    /// The tokens as they are written, with single spaces between.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return tokens_.view(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return tokens_.empty(); }

    /// The number of tokens.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return static_cast<std::size_t>(std::distance(begin(), end()));
    }

    friend constexpr bool operator==(scope const& a, scope const& b) noexcept {
        return a.within(b) && b.within(a);
    }
};

}  // namespace mcx::oauth

#endif
