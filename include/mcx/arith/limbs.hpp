// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_LIMBS_HPP
#define MCX_ARITH_LIMBS_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>

// Unsigned integers of a fixed width and residues modulo an odd number that is known when the
// program is compiled. Everything here takes a time that depends on the values: it is for public
// keys, signatures and other public data only, never for a secret. No division: see arith/rsa.hpp
// for remainders by small numbers.

namespace mcx {

namespace detail {

/// A number of 128 bits.
struct wide {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    friend constexpr bool operator==(wide const&, wide const&) noexcept = default;
};

/// a * b + c + d, which always fits, from four products of 32 bits.
[[nodiscard]] constexpr wide multiply_add_by_halves(std::uint64_t a, std::uint64_t b,
                                                    std::uint64_t c, std::uint64_t d) noexcept {
    constexpr std::uint64_t half = 0xFFFF'FFFFU;
    std::uint64_t const low = (a & half) * (b & half) + (c & half) + (d & half);
    std::uint64_t const one = (a >> 32U) * (b & half) + (c >> 32U) + (low >> 32U);
    std::uint64_t const two = (a & half) * (b >> 32U) + (d >> 32U) + (one & half);
    return {(two << 32U) | (low & half), (a >> 32U) * (b >> 32U) + (one >> 32U) + (two >> 32U)};
}

#ifdef __SIZEOF_INT128__

__extension__ typedef unsigned __int128 uint128;

/// a * b + c + d, which always fits.
[[nodiscard]] constexpr wide multiply_add(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                                          std::uint64_t d) noexcept {
    uint128 const sum = static_cast<uint128>(a) * b + c + d;
    return {static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64U)};
}

#else

[[nodiscard]] constexpr wide multiply_add(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                                          std::uint64_t d) noexcept {
    return multiply_add_by_halves(a, b, c, d);
}

#endif

/// Inverse of an odd number modulo 2^64.
[[nodiscard]] constexpr std::uint64_t inverse_of_odd(std::uint64_t odd) noexcept {
    std::uint64_t inverse = odd;  // right in the last three bits; each step doubles their number
    for (int i = 0; i < 5; ++i) {
        inverse *= 2 - odd * inverse;
    }
    return inverse;
}

}  // namespace detail

/// An unsigned integer of N limbs of 64 bits.
template <std::size_t N>
struct limbs {
    static_assert(N > 0);
    static constexpr std::size_t octets = 8 * N;

    // Public, since a template argument has to be structural.
    std::array<std::uint64_t, N> limb{};  ///< least significant first

    /// Reads a big-endian number. Requires at most 8 N octets.
    [[nodiscard]] static constexpr limbs from_big_endian(byte_view number) noexcept {
        contract(number.size() <= octets);
        limbs made;
        for (std::size_t i = 0; i < number.size(); ++i) {
            auto const octet = std::to_integer<std::uint64_t>(number[number.size() - 1 - i]);
            made.limb[i / 8] |= octet << (8 * (i % 8));
        }
        return made;
    }

    /// Reads a little-endian number. Requires at most 8 N octets.
    [[nodiscard]] static constexpr limbs from_little_endian(byte_view number) noexcept {
        contract(number.size() <= octets);
        limbs made;
        if (!std::is_constant_evaluated() && std::endian::native == std::endian::little &&
            !number.empty()) {
            std::memcpy(made.limb.data(), number.data(), number.size());
            return made;
        }
        for (std::size_t i = 0; i < number.size(); ++i) {
            made.limb[i / 8] |= std::to_integer<std::uint64_t>(number[i]) << (8 * (i % 8));
        }
        return made;
    }

    /// All 8 N octets, leading zeros included.
    [[nodiscard]] constexpr fixed_bytes<octets> to_big_endian() const noexcept {
        fixed_bytes<octets> out{};
        for (std::size_t i = 0; i < octets; ++i) {
            out[octets - 1 - i] = static_cast<std::byte>((limb[i / 8] >> (8 * (i % 8))) & 0xFFU);
        }
        return out;
    }

    [[nodiscard]] constexpr bool is_zero() const noexcept { return *this == limbs{}; }

    /// How many bits the number has without its leading zeros.
    [[nodiscard]] constexpr std::size_t bit_width() const noexcept {
        std::size_t used = N;
        while (used > 0 && limb[used - 1] == 0) {
            --used;
        }
        return used == 0
                   ? 0
                   : 64 * (used - 1) + static_cast<std::size_t>(std::bit_width(limb[used - 1]));
    }

    friend constexpr bool operator==(limbs const&, limbs const&) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(limbs const& a, limbs const& b) noexcept {
        for (std::size_t i = N; i-- > 0;) {
            if (a.limb[i] != b.limb[i]) {
                return a.limb[i] <=> b.limb[i];
            }
        }
        return std::strong_ordering::equal;
    }
};

/// Adds `b` to `a`; returns the carry.
template <std::size_t N>
constexpr bool add_to(limbs<N>& a, limbs<N> const& b) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < N; ++i) {
        std::uint64_t const sum = a.limb[i] + b.limb[i];
        std::uint64_t const carried = sum + carry;
        carry =
            static_cast<std::uint64_t>(sum < b.limb[i]) | static_cast<std::uint64_t>(carried < sum);
        a.limb[i] = carried;
    }
    return carry != 0;
}

/// Subtracts `b` from `a`; returns the borrow.
template <std::size_t N>
constexpr bool subtract_from(limbs<N>& a, limbs<N> const& b) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < N; ++i) {
        std::uint64_t const difference = a.limb[i] - b.limb[i];
        std::uint64_t const borrowed = difference - borrow;
        borrow = static_cast<std::uint64_t>(a.limb[i] < b.limb[i]) |
                 static_cast<std::uint64_t>(difference < borrow);
        a.limb[i] = borrowed;
    }
    return borrow != 0;
}

/// Divides by 2^bits. Requires fewer than 64.
template <std::size_t N>
constexpr void shift_right(limbs<N>& a, unsigned bits) noexcept {
    for (std::size_t i = 0; bits != 0 && i < N; ++i) {
        std::uint64_t const above = i + 1 < N ? a.limb[i + 1] << (64 - bits) : 0;
        a.limb[i] = a.limb[i] >> bits | above;
    }
}

/// A residue modulo an odd number, kept as its product with 2^(64 N): the form in which Montgomery
/// multiplication works. The number need not fill its limbs. For public data only.
template <std::size_t N, limbs<N> Modulus>
class vartime_residue {
    static_assert(Modulus.limb[0] % 2 == 1, "Montgomery multiplication needs an odd modulus");
    static_assert(Modulus.bit_width() > 1, "modulo one everything is zero");

    limbs<N> form_{};

    /// -1 / Modulus modulo 2^64.
    static constexpr std::uint64_t n0 = 0 - detail::inverse_of_odd(Modulus.limb[0]);

    static constexpr void reduce_once(limbs<N>& a, bool carry) noexcept {
        if (carry || a >= Modulus) {
            subtract_from(a, Modulus);
        }
    }

    /// a b / 2^(64 N).
    static constexpr limbs<N> multiply(limbs<N> const& a, limbs<N> const& b) noexcept {
        limbs<N> t{};
        std::uint64_t top = 0;
        for (std::size_t i = 0; i < N; ++i) {
            detail::wide low = detail::multiply_add(a.limb[i], b.limb[0], t.limb[0], 0);
            std::uint64_t const q = low.low * n0;
            detail::wide sum = detail::multiply_add(q, Modulus.limb[0], low.low, 0);
            for (std::size_t j = 1; j < N; ++j) {
                low = detail::multiply_add(a.limb[i], b.limb[j], t.limb[j], low.high);
                sum = detail::multiply_add(q, Modulus.limb[j], low.low, sum.high);
                t.limb[j - 1] = sum.low;
            }
            sum = detail::multiply_add(1, low.high, sum.high, top);
            t.limb[N - 1] = sum.low;
            top = sum.high;
        }
        reduce_once(t, top != 0);
        return t;
    }

    /// 2^(128 N) modulo the modulus: doublings of the greatest power of two below the modulus, up
    /// to 2^k 2^(64 N) with k the odd part of 64 N, then squarings.
    static constexpr limbs<N> make_square() noexcept {
        constexpr std::size_t top = Modulus.bit_width() - 1;
        constexpr int squarings = std::countr_zero(64 * N);
        limbs<N> r{};
        r.limb[top / 64] = std::uint64_t{1} << (top % 64);
        for (std::size_t i = top; i < 64 * N + ((64 * N) >> squarings); ++i) {
            reduce_once(r, add_to(r, limbs<N>{r}));
        }
        for (int i = 0; i < squarings; ++i) {
            r = multiply(r, r);
        }
        return r;
    }

    static constexpr limbs<N> square = make_square();

    constexpr explicit vartime_residue(limbs<N> const& form) noexcept : form_(form) {}

  public:
    /// Zero.
    constexpr vartime_residue() noexcept = default;

    /// The residue of a number; nothing where the number is not less than the modulus.
    [[nodiscard]] static constexpr std::optional<vartime_residue> from(
        limbs<N> const& number) noexcept {
        if (number >= Modulus) {
            return std::nullopt;
        }
        return vartime_residue{multiply(number, square)};
    }

    /// The residue of a small number.
    [[nodiscard]] static constexpr vartime_residue of(std::uint64_t number) noexcept {
        limbs<N> value;
        value.limb[0] = number;
        return vartime_residue{multiply(value, square)};
    }

    /// The number, less than the modulus.
    [[nodiscard]] constexpr limbs<N> number() const noexcept {
        limbs<N> one;
        one.limb[0] = 1;
        return multiply(form_, one);
    }

    friend constexpr vartime_residue operator+(vartime_residue a,
                                               vartime_residue const& b) noexcept {
        bool const carry = add_to(a.form_, b.form_);
        reduce_once(a.form_, carry);
        return a;
    }
    friend constexpr vartime_residue operator-(vartime_residue a,
                                               vartime_residue const& b) noexcept {
        if (subtract_from(a.form_, b.form_)) {
            add_to(a.form_, Modulus);
        }
        return a;
    }
    friend constexpr vartime_residue operator*(vartime_residue const& a,
                                               vartime_residue const& b) noexcept {
        return vartime_residue{multiply(a.form_, b.form_)};
    }
    friend constexpr bool operator==(vartime_residue const&,
                                     vartime_residue const&) noexcept = default;

    /// Tells whether the residue is a square: its Jacobi symbol, from one subtraction for each bit
    /// of either number at most. Requires a modulus that is prime.
    [[nodiscard]] constexpr bool is_square() const noexcept {
        limbs<N> a = number();
        limbs<N> n = Modulus;
        bool is = true;
        while (!a.is_zero()) {
            while (a.limb[0] % 2 == 0) {
                auto const bits = static_cast<unsigned>(std::min(std::countr_zero(a.limb[0]), 63));
                shift_right(a, bits);
                bool const two_is_none = n.limb[0] % 8 == 3 || n.limb[0] % 8 == 5;
                is = is != (bits % 2 == 1 && two_is_none);
            }
            if (a < n) {
                std::swap(a, n);
                is = is != (a.limb[0] % 4 == 3 && n.limb[0] % 4 == 3);
            }
            subtract_from(a, n);
        }
        return is;
    }
};

}  // namespace mcx

#endif
