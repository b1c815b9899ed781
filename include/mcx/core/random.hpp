// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_RANDOM_HPP
#define MCX_CORE_RANDOM_HPP

#include <mcx/core/bytes.hpp>

#include <concepts>

// Randomness as an argument. Backends bring models; the library draws none by itself.

namespace mcx {

/// A source of unpredictable octets. `fill` returns false where it could not fill all of them; the
/// caller then uses none. Exemplar: a backend's `random`. Models: `sodium::random`,
/// `botan::random`, a counted stream in tests. Used by: signing, token ids.
template <class R>
concept Random = requires(R& source, byte_span out) {
    { source.fill(out) } noexcept -> std::same_as<bool>;
};

/// Any Random behind two pointers, for code that cannot be a template. Does not own it.
class any_random {
    void* source_;
    bool (*fill_)(void*, byte_span) noexcept;

  public:
    template <Random R>
        requires(!std::same_as<R, any_random>)
    constexpr any_random(R& source) noexcept
        : source_(&source),
          fill_([](void* s, byte_span out) noexcept { return static_cast<R*>(s)->fill(out); }) {}

    [[nodiscard]] bool fill(byte_span out) noexcept { return fill_(source_, out); }
};

}  // namespace mcx

#endif
