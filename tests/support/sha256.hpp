// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_SHA256_HPP
#define MCX_TESTS_SUPPORT_SHA256_HPP

#include <mcx/crypto/digest.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// A reference model of Digest that also works in constant expressions: SHA-256 written for the eye,
// not for speed, so that worked examples can be static_asserts. [FIPS 180-4 §6.2]

namespace mcx::test {

class sha256 {
    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    fixed_bytes<64> block_{};
    std::uint64_t octets_ = 0;

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    static constexpr std::array<std::uint32_t, 64> k{
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2};

    constexpr std::array<std::uint32_t, 64> schedule() const noexcept {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i < 64; ++i) {
            w[i / 4] = (w[i / 4] << 8U) | std::to_integer<std::uint32_t>(block_[i]);
        }
        for (std::size_t t = 16; t < 64; ++t) {
            auto const a = w[t - 15];
            auto const b = w[t - 2];
            w[t] = w[t - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) + w[t - 7] +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
        }
        return w;
    }

    constexpr void compress() noexcept {
        auto const w = schedule();
        auto [a, b, c, d, e, f, g, h] = state_;
        for (std::size_t t = 0; t < 64; ++t) {
            auto const t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                            ((e & f) ^ (~e & g)) + k[t] + w[t];
            auto const t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) +
                            ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        std::array<std::uint32_t, 8> const last{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i) {
            state_[i] += last[i];
        }
    }

    constexpr void take(std::byte octet) noexcept {
        block_[octets_ % 64] = octet;
        if (++octets_ % 64 == 0) {
            compress();
        }
    }

  public:
    static constexpr std::size_t size = 32;

    constexpr void update(byte_view octets) noexcept {
        for (std::byte const octet : octets) {
            take(octet);
        }
    }

    [[nodiscard]] constexpr result<fixed_bytes<size>> finish() noexcept {
        std::uint64_t const bits = 8 * octets_;
        take(std::byte{0x80});
        while (octets_ % 64 != 56) {
            take(std::byte{0});
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            take(static_cast<std::byte>((bits >> shift) & 0xFFU));
        }
        fixed_bytes<size> out{};
        for (std::size_t i = 0; i < size; ++i) {
            out[i] = static_cast<std::byte>((state_[i / 4] >> (24 - 8 * (i % 4))) & 0xFFU);
        }
        return out;
    }
};

static_assert(Digest<sha256>);

}  // namespace mcx::test

#endif
