// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_SAKKE_SECRET_HPP
#define MCX_ARITH_SAKKE_SECRET_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/arith/sakke_field.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/secret.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// The check of arith/sakke_field.hpp for points that are secret: a user's Receiver Secret Key is a
// point of the curve. [RFC 6508 §2.1] The time depends on nothing but the verdict. Here is no more
// arithmetic than that check takes.

namespace mcx::sakke {

namespace detail {

using number = limbs<16>;

/// All ones or zero, by a bit that the compiler may not reason about.
[[nodiscard]] constexpr std::uint64_t mask_of(std::uint64_t bit) noexcept {
    if (!std::is_constant_evaluated()) {
        __asm__ __volatile__("" : "+r"(bit));
    }
    return 0 - bit;
}

/// `a` where the bit is 1, else `b`.
[[nodiscard]] constexpr number select(std::uint64_t bit, number const& a,
                                      number const& b) noexcept {
    std::uint64_t const mask = mask_of(bit);
    number made;
    for (std::size_t i = 0; i < 16; ++i) {
        made.limb[i] = (a.limb[i] & mask) | (b.limb[i] & ~mask);
    }
    return made;
}

/// Subtracts `b` from `a`; returns the borrow.
[[nodiscard]] constexpr std::uint64_t subtract(number& a, number const& b) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        std::uint64_t const x = a.limb[i];
        std::uint64_t const y = b.limb[i];
        std::uint64_t const d = x - y - borrow;
        borrow = ((~x & y) | ((~x | y) & d)) >> 63U;
        a.limb[i] = d;
    }
    return borrow;
}

/// Adds `b` to `a`; returns the carry.
[[nodiscard]] constexpr std::uint64_t add(number& a, number const& b) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        std::uint64_t const x = a.limb[i];
        std::uint64_t const y = b.limb[i];
        std::uint64_t const s = x + y + carry;
        carry = ((x & y) | ((x | y) & ~s)) >> 63U;
        a.limb[i] = s;
    }
    return carry;
}

/// A number below twice the prime, given its carry, modulo the prime.
[[nodiscard]] constexpr number reduced(number const& a, std::uint64_t carry) noexcept {
    number less = a;
    std::uint64_t const below = subtract(less, prime);
    return select((1 - below) | carry, less, a);
}

[[nodiscard]] constexpr number sum_of(number a, number const& b) noexcept {
    std::uint64_t const carry = add(a, b);
    return reduced(a, carry);
}

[[nodiscard]] constexpr number difference_of(number a, number const& b) noexcept {
    std::uint64_t const below = subtract(a, b);
    number back = a;
    (void)add(back, prime);
    return select(below, back, a);
}

/// a b / 2^1024 modulo the prime: Montgomery multiplication.
[[nodiscard]] constexpr number product_of(number const& a, number const& b) noexcept {
    constexpr std::uint64_t n0 = 0 - mcx::detail::inverse_of_odd(prime.limb[0]);
    number t{};
    std::uint64_t top = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        mcx::detail::wide low = mcx::detail::multiply_add(a.limb[i], b.limb[0], t.limb[0], 0);
        std::uint64_t const q = low.low * n0;
        mcx::detail::wide sum = mcx::detail::multiply_add(q, prime.limb[0], low.low, 0);
        for (std::size_t j = 1; j < 16; ++j) {
            low = mcx::detail::multiply_add(a.limb[i], b.limb[j], t.limb[j], low.high);
            sum = mcx::detail::multiply_add(q, prime.limb[j], low.low, sum.high);
            t.limb[j - 1] = sum.low;
        }
        sum = mcx::detail::multiply_add(1, low.high, sum.high, top);
        t.limb[15] = sum.low;
        top = sum.high;
    }
    return reduced(t, top);
}

/// 2^2048 modulo the prime: doublings of the greatest power of two below it, then squarings.
[[nodiscard]] constexpr number make_montgomery_square() noexcept {
    number r;
    r.limb[15] = std::uint64_t{1} << 63U;
    r = sum_of(r, r);
    r = sum_of(r, r);
    for (int i = 0; i < 10; ++i) {
        r = product_of(r, r);
    }
    return r;
}

inline constexpr number montgomery_square = make_montgomery_square();
inline constexpr number montgomery_three = product_of(number{{3}}, montgomery_square);

/// 1 where all limbs are zero.
[[nodiscard]] constexpr std::uint64_t is_zero(number const& a) noexcept {
    std::uint64_t any = 0;
    for (std::uint64_t const limb : a.limb) {
        any |= limb;
    }
    return 1 - ((any | (0 - any)) >> 63U);
}

/// Does what `secret_on_curve` says, of as many octets as are due, and leaves its numbers behind.
[[nodiscard, gnu::noinline]] constexpr bool is_secret_point(byte_view point) noexcept {
    number x = number::from_big_endian(point.subspan(1, 128));
    number y = number::from_big_endian(point.subspan(129, 128));
    number rest = x;
    std::uint64_t good = subtract(rest, prime);
    rest = y;
    good &= subtract(rest, prime);
    x = product_of(x, montgomery_square);
    y = product_of(y, montgomery_square);
    number const square = product_of(x, x);
    good &= 1 - is_zero(y);
    good &= 1 - is_zero(sum_of(square, montgomery_three));
    number const right = product_of(difference_of(square, montgomery_three), x);
    good &= is_zero(difference_of(product_of(y, y), right));
    auto const prefix = std::to_integer<std::uint64_t>(point[0]) ^ 4U;
    good &= 1 - ((prefix | (0 - prefix)) >> 63U);
    return good != 0;
}

/// Overwrites the stack where a function that was called from the same place had its numbers.
[[gnu::noinline]] inline void wipe_stack() noexcept {
    fixed_bytes<8192> below{};
    wipe(below);
}

}  // namespace detail

/// Tells of a secret point what `on_curve` tells of a public one. Nothing but the answer can be
/// learned from the time, and nothing of the point is left on the stack.
[[nodiscard]] constexpr bool secret_on_curve(byte_view point) noexcept {
    if (point.size() != point_size) {
        return false;
    }
    bool const good = detail::is_secret_point(point);
    if (!std::is_constant_evaluated()) {
        detail::wipe_stack();
    }
    return good;
}

}  // namespace mcx::sakke

#endif
