// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MOCK_HPP
#define MCX_TESTS_SUPPORT_MOCK_HPP

#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/signatures.hpp>

#include "sha256.hpp"

#include <algorithm>
#include <cstddef>

// A backend that does no cryptography: it says what the test wants it to say. `mock<verdict::good>`
// lets every signature in range through, so that what lies behind a signature can be tested and
// fuzzed; the others refuse all, or break down.

namespace mcx::test {

template <verdict Answer>
struct mock {};

using credulous = mock<verdict::good>;
using incredulous = mock<verdict::bad>;
using broken = mock<verdict::unavailable>;

/// A random source that counts instead: 0, 1, 2, … It fails after `left` calls.
struct counted_random {
    unsigned char next = 0;
    unsigned left = ~0U;

    bool fill(byte_span out) noexcept {
        if (left == 0) {
            return false;
        }
        --left;
        for (std::byte& octet : out) {
            octet = static_cast<std::byte>(next++);
        }
        return true;
    }
};

}  // namespace mcx::test

namespace mcx {

template <verdict Answer, SignatureAlgorithm A>
struct verification<test::mock<Answer>, A> {
    struct key {};
    struct scratch {};
    static result<key> prepare(typename A::public_key const&) noexcept { return key{}; }
    static verdict check(key const&, scratch&, byte_view, typename A::signature const&) noexcept {
        return Answer;
    }
};

/// Signs with a signature that is in range and says nothing.
template <verdict Answer, SignatureAlgorithm A>
struct signing<test::mock<Answer>, A> {
    struct key {
        typename A::public_key numbers;
    };
    struct scratch {};
    static result<key> prepare(typename A::public_key const& numbers) noexcept {
        return key{numbers};
    }
    static typename A::public_key const& public_key(key const& k) noexcept { return k.numbers; }
    static result<void> sign(key const& k, scratch&, byte_view, any_random,
                             typename A::signature& out) noexcept {
        if (Answer == verdict::unavailable) {
            return errc::backend;
        }
        fill(k.numbers, out);
        return {};
    }

  private:
    static void fill(rsa_public_key const& k, bounded_bytes<1024>& out) noexcept {
        (void)out.resize(k.modulus().size());
        out.octets().back() = std::byte{1};
    }
    template <class K>
    static void fill(K const&, fixed_bytes<64>& out) noexcept {
        out.fill(std::byte{0});
        out[31] = out[32] = out[63] = std::byte{1};
        if constexpr (A::name == eddsa::name) {
            out[63] = std::byte{0};
        }
    }
};

template <verdict Answer>
struct hashing<test::mock<Answer>, sha256> : test::sha256 {};

static_assert(Verifies<test::credulous, es256> && Verifies<test::credulous, rs256>);

}  // namespace mcx

#endif
