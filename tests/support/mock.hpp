// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MOCK_HPP
#define MCX_TESTS_SUPPORT_MOCK_HPP

#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/signatures.hpp>

#include "rfc_keys.hpp"
#include "sha256.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>

// A backend that does no cryptography: it says what the test wants it to say. `credulous` lets
// every signature in range through, so that what lies behind a signature can be tested and fuzzed;
// `incredulous` refuses all; `broken` takes keys, and then neither verifies nor signs.

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

/// Makes octets a signature in range of every key.
inline void bring_into_range(es256 const&, es256::signature& s) noexcept {
    s[0] = s[32] = std::byte{0};
    s[31] = s[63] = std::byte{1};
}
inline void bring_into_range(eddsa const&, eddsa::signature& s) noexcept {
    s[31] = std::byte{1};
    s[63] = std::byte{0};
}
inline void bring_into_range(rs256 const&, rs256::signature& s) noexcept {
    s.octets().front() = std::byte{0};
}

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

/// Signs with random octets that are in range. Every private key belongs to the public key of the
/// RFC's example, but for RSA's, which says what it belongs to.
template <verdict Answer, SignatureAlgorithm A>
struct signing<test::mock<Answer>, A> {
    struct key {
        typename A::public_key numbers;
    };
    struct scratch {};

    static result<key> prepare(typename A::private_key const& numbers) noexcept {
        if constexpr (std::same_as<A, rs256>) {
            return key{numbers.public_key};
        } else {
            return key{test::rfc_example<A>::public_key()};
        }
    }
    static typename A::public_key const& public_key(key const& k) noexcept { return k.numbers; }

    static result<void> sign(key const& k, scratch&, byte_view, any_random random,
                             typename A::signature& out) noexcept {
        if (Answer == verdict::unavailable) {
            return errc::backend;
        }
        auto made = typename A::signature{};
        if (!random.fill(whole(k.numbers, made))) {
            return errc::random_unavailable;
        }
        test::bring_into_range(A{}, made);
        out = made;
        return {};
    }

    static result<typename A::private_key> generate(any_random random) noexcept {
        fixed_bytes<32> drawn{};
        if (!random.fill(drawn)) {
            return errc::random_unavailable;
        }
        return test::rfc_example<A>::private_key();
    }

  private:
    static byte_span whole(rsa_public_key const& k, rs256::signature& s) noexcept {
        contract(s.resize(k.modulus().size()));
        return s.octets();
    }
    template <std::size_t N>
    static byte_span whole(auto const&, fixed_bytes<N>& s) noexcept {
        return s;
    }
};

template <verdict Answer>
struct hashing<test::mock<Answer>, sha256> : test::sha256 {};

/// Twice SHA-256, where SHA-512 is due.
template <verdict Answer>
struct hashing<test::mock<Answer>, sha512> {
    static constexpr std::size_t size = sha512::size;
    constexpr void update(byte_view octets) noexcept { half_.update(octets); }
    constexpr result<fixed_bytes<size>> finish() noexcept {
        auto const once = half_.finish();
        fixed_bytes<size> whole{};
        std::copy_n(once->begin(), sha256::size, whole.begin());
        std::copy_n(once->begin(), sha256::size, whole.begin() + sha256::size);
        return whole;
    }

  private:
    test::sha256 half_;
};

static_assert(Verifies<test::credulous, es256> && Verifies<test::credulous, rs256> &&
              Verifies<test::credulous, eddsa>);
static_assert(Generates<test::credulous, es256> && Generates<test::credulous, rs256> &&
              Generates<test::credulous, eddsa>);
static_assert(Digests<test::credulous, sha256> && Digests<test::credulous, sha512>);

}  // namespace mcx

#endif
