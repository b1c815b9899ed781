// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ARITH_RSA_HPP
#define MCX_ARITH_RSA_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/error.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// What an RSA public key has to look like before it may reach a backend: its size, its encoding, no
// small factor, not one of the keys of CVE-2017-15361 (ROCA), and an exponent in bounds. [RFC 7518
// §6.3.1, SP 800-56B §6.4.2] Nothing is encrypted or verified here. Public data only: the time
// depends on the values.

namespace mcx::detail {

inline constexpr std::size_t small_prime_bound = 2000;
inline constexpr std::size_t small_primes_count = 302;  // the odd ones

[[nodiscard]] consteval std::array<std::uint16_t, small_primes_count> make_small_primes() {
    std::array<bool, small_prime_bound> composite{};
    std::array<std::uint16_t, small_primes_count> primes{};
    std::size_t count = 0;
    for (std::size_t i = 3; i < small_prime_bound; i += 2) {
        if (composite[i]) {
            continue;
        }
        primes[count++] = static_cast<std::uint16_t>(i);
        for (std::size_t j = i * i; j < small_prime_bound; j += 2 * i) {
            composite[j] = true;
        }
    }
    return primes;
}

/// The odd primes below 2000, ascending.
inline constexpr auto small_primes = make_small_primes();
static_assert(small_primes.back() == 1999);

/// Successive small primes, from index `first` up to but without `last`, and their product.
struct prime_group {
    std::uint64_t product = 1;
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The group that starts at an index and has the largest product up to `bound`.
[[nodiscard]] constexpr prime_group prime_group_at(std::size_t first, std::size_t end,
                                                   std::uint64_t bound) noexcept {
    prime_group made{1, first, first};
    while (made.last < end && made.product <= bound / small_primes[made.last]) {
        made.product *= small_primes[made.last++];
    }
    return made;
}

[[nodiscard]] consteval std::size_t count_prime_groups(std::size_t end, std::uint64_t bound) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < end; i = prime_group_at(i, end, bound).last) {
        ++count;
    }
    return count;
}

template <std::size_t End, std::uint64_t Bound>
[[nodiscard]] consteval auto make_prime_groups() {
    std::array<prime_group, count_prime_groups(End, Bound)> groups{};
    std::size_t next = 0;
    for (prime_group& g : groups) {
        g = prime_group_at(next, End, Bound);
        next = g.last;
    }
    return groups;
}

inline constexpr auto small_prime_groups = make_prime_groups<small_primes_count, UINT64_MAX>();

/// A modulus as limbs: room for the largest that anybody may ask for, and how many are in use.
struct rsa_number {
    static constexpr std::size_t max_bits = 16384;

    limbs<max_bits / 64> value;
    std::size_t used;
};

/// A number that a factor of the odd product divides just where it divides `n`: the remainder of a
/// division from the low end, which needs no quotient digit to be guessed.
[[nodiscard]] constexpr std::uint64_t remainder_from_below(rsa_number const& n,
                                                           std::uint64_t product) noexcept {
    std::uint64_t const inverse = inverse_of_odd(product);
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < n.used; ++i) {
        std::uint64_t const limb = n.value.limb[i];
        std::uint64_t const borrow = limb < carry ? 1 : 0;
        std::uint64_t const quotient = (limb - carry) * inverse;
        carry = multiply_add(quotient, product, 0, 0).high + borrow;
    }
    return carry;
}

/// Tells whether an odd prime below 2000 divides the number.
[[nodiscard]] constexpr bool has_small_factor(rsa_number const& n) noexcept {
    for (prime_group const& g : small_prime_groups) {
        std::uint64_t const rest = remainder_from_below(n, g.product);
        for (std::size_t i = g.first; i < g.last; ++i) {
            if (rest % small_primes[i] == 0) {
                return true;
            }
        }
    }
    return false;
}

inline constexpr std::size_t roca_primes_count = 38;  // 3 … 167
static_assert(small_primes[roca_primes_count - 1] == 167);

inline constexpr auto roca_groups = make_prime_groups<roca_primes_count, UINT32_MAX>();

/// For each of those primes, the powers of 65537 modulo that prime, as a set of bits.
[[nodiscard]] consteval auto make_roca_residues() {
    std::array<std::array<std::uint64_t, 3>, roca_primes_count> sets{};
    for (std::size_t i = 0; i < roca_primes_count; ++i) {
        std::uint64_t power = 1;
        do {
            sets[i][power / 64] |= std::uint64_t{1} << (power % 64);
            power = power * 65537 % small_primes[i];
        } while (power != 1);
    }
    return sets;
}

inline constexpr auto roca_residues = make_roca_residues();

/// Tells whether the number is a power of 65537 modulo every prime up to 167, as the moduli of
/// CVE-2017-15361 are and one in some 2^28 others.
[[nodiscard]] constexpr bool has_roca_fingerprint(rsa_number const& n) noexcept {
    for (prime_group const& g : roca_groups) {
        std::uint64_t rest = 0;
        for (std::size_t i = n.used; i-- > 0;) {
            rest = ((rest << 32U) | (n.value.limb[i] >> 32U)) % g.product;
            rest = ((rest << 32U) | (n.value.limb[i] & 0xFFFF'FFFFU)) % g.product;
        }
        for (std::size_t i = g.first; i < g.last; ++i) {
            std::uint64_t const residue = rest % small_primes[i];
            if ((roca_residues[i][residue / 64] >> (residue % 64) & 1U) == 0) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace mcx::detail

namespace mcx::rsa {

/// Tells what is wrong with a modulus, a big-endian number; `errc::none` where nothing is.
/// Returns: rsa_modulus_encoding (a leading zero), rsa_modulus_size (none, or not of min_bits to
/// max_bits, or over 16384 bits), rsa_modulus_even, rsa_modulus_weak (a factor below 2000, or the
/// fingerprint of CVE-2017-15361). Cost: some 10 µs for 2048 bits.
[[nodiscard]] constexpr errc check_modulus(byte_view n, std::size_t min_bits = 2048,
                                           std::size_t max_bits = 8192) noexcept {
    if (n.empty() || n.size() > detail::rsa_number::max_bits / 8) {
        return errc::rsa_modulus_size;
    }
    if (n.front() == std::byte{0}) {
        return errc::rsa_modulus_encoding;
    }
    auto const top = static_cast<std::size_t>(std::bit_width(std::to_integer<unsigned>(n.front())));
    std::size_t const bits = 8 * (n.size() - 1) + top;
    if (bits < min_bits || bits > max_bits) {
        return errc::rsa_modulus_size;
    }
    if ((n.back() & std::byte{1}) == std::byte{0}) {
        return errc::rsa_modulus_even;
    }
    using number = detail::rsa_number;
    number const value{decltype(number::value)::from_big_endian(n), (n.size() + 7) / 8};
    bool const weak = detail::has_small_factor(value) || detail::has_roca_fingerprint(value);
    return weak ? errc::rsa_modulus_weak : errc::none;
}

/// Tells what is wrong with an exponent: it has to be odd, with least <= e < 2^33, and never is
/// one. Returns: rsa_exponent, or `errc::none`.
[[nodiscard]] constexpr errc check_exponent(std::uint64_t e, std::uint64_t least = 65537) noexcept {
    constexpr std::uint64_t end = std::uint64_t{1} << 33U;
    return e % 2 == 1 && e > 1 && e >= least && e < end ? errc::none : errc::rsa_exponent;
}

/// Tells whether one big-endian number is less than another, of whatever lengths. [RFC 8017 §5.2.2]
[[nodiscard]] constexpr bool less_than(byte_view a, byte_view b) noexcept {
    auto const significant = [](byte_view v) {
        std::size_t zeros = 0;
        while (zeros < v.size() && v[zeros] == std::byte{0}) {
            ++zeros;
        }
        return v.subspan(zeros);
    };
    a = significant(a);
    b = significant(b);
    if (a.size() != b.size()) {
        return a.size() < b.size();
    }
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace mcx::rsa

#endif
