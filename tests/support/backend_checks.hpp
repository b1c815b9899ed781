// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_BACKEND_CHECKS_HPP
#define MCX_TESTS_SUPPORT_BACKEND_CHECKS_HPP

#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/signatures.hpp>

#include <doctest/doctest.h>

#include "mock.hpp"
#include "rfc_keys.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

// What every backend has to do alike, whatever it is made of.

namespace mcx::test {

/// A signature from the octets that a signer wrote.
inline bool read(byte_view octets, fixed_bytes<64>& to) noexcept {
    if (octets.size() != to.size()) {
        return false;
    }
    std::copy(octets.begin(), octets.end(), to.begin());
    return true;
}
inline bool read(byte_view octets, rs256::signature& to) noexcept {
    return to.assign(octets);
}

inline byte_span octets_of(fixed_bytes<64>& signature) noexcept {
    return signature;
}
inline byte_span octets_of(rs256::signature& signature) noexcept {
    return signature.octets();
}

template <class A, class B>
verifying_key<A, B> example_verifying_key() {
    return certain(verifying_key<A, B>::from(rfc_example<A>::public_key()));
}
template <class A, class B>
signing_key<A, B> example_signing_key() {
    return certain(signing_key<A, B>::from(rfc_example<A>::private_key(), "example"));
}

/// Signs with what signs and gives the signature back; one out of range where it did not sign.
template <class A>
typename A::signature signature_by(auto& signer, byte_view message, auto& random) {
    fixed_bytes<1024> out{};
    auto const size = signer.sign(message, random, out);
    CHECK(size.has_value());
    typename A::signature made{};
    CHECK((size && read(byte_view{out}.first(*size), made)));
    return made;
}

template <class A, class B>
void check_published_signature() {
    auto const key = example_verifying_key<A, B>();
    auto const message = as_bytes(rfc_example<A>::signing_input);
    auto const good = rfc_example<A>::signature();
    workspace<B> work;
    CHECK(key.public_key() == rfc_example<A>::public_key());
    CHECK(key.verify(message, good) == verdict::good);
    CHECK(key.verify(message, good, work) == verdict::good);
    CHECK(key.verify(message.first(message.size() - 1), good, work) == verdict::bad);
    CHECK(key.verify({}, good, work) == verdict::bad);
    CHECK(key.verify(message, good, work) == verdict::good);
}

template <class A, class B>
void check_every_bit_of_a_signature() {
    auto const key = example_verifying_key<A, B>();
    auto const message = as_bytes(rfc_example<A>::signing_input);
    workspace<B> work;
    for (std::size_t bit = 0; bit < 8 * rfc_example<A>::size; ++bit) {
        CAPTURE(bit);
        auto changed = rfc_example<A>::signature();
        octets_of(changed)[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(key.verify(message, changed, work) == verdict::bad);
    }
    CHECK(key.verify(message, rfc_example<A>::signature(), work) == verdict::good);
}

/// Verifies past the range check, as far as a backend goes by itself.
template <class A, class B>
verdict unchecked_verdict(typename A::public_key const& numbers, byte_view message,
                          typename A::signature const& signature) {
    auto const key = verification<B, A>::prepare(numbers);
    CHECK(key.has_value());
    typename verification<B, A>::scratch scratch{};
    return key ? verification<B, A>::check(*key, scratch, message, signature)
               : verdict::unavailable;
}

template <class A, class B>
void check_octets_out_of_range_are_bad_not_unavailable() {
    auto const numbers = rfc_example<A>::public_key();
    for (unsigned const octet : {0x00U, 0xFFU}) {
        CAPTURE(octet);
        auto signature = rfc_example<A>::signature();
        std::fill(octets_of(signature).begin(), octets_of(signature).end(),
                  static_cast<std::byte>(octet));
        CHECK(unchecked_verdict<A, B>(numbers, {}, signature) == verdict::bad);
    }
}

template <class A, class B>
void check_round_trip(auto& random) {
    auto const key = example_signing_key<A, B>();
    CHECK(key.public_key() == rfc_example<A>::public_key());
    prepared_signer signer{key};
    auto const verifier = example_verifying_key<A, B>();
    workspace<B> work;
    std::vector<std::byte> const long_message(100'000, std::byte{'x'});
    for (byte_view const message : {byte_view{}, as_bytes("short"), byte_view{long_message}}) {
        CAPTURE(message.size());
        auto const by_key = signature_by<A>(key, message, random);
        auto const by_signer = signature_by<A>(signer, message, random);
        CHECK(verifier.verify(message, by_key, work) == verdict::good);
        CHECK(verifier.verify(message, by_signer, work) == verdict::good);
        CHECK(verifier.verify(as_bytes("another"), by_key, work) == verdict::bad);
    }
}

/// Two algorithms of the three have one signature for a message, and it is the published one.
template <class A, class B>
void check_signature_is_the_published_one(auto& random) {
    auto const key = example_signing_key<A, B>();
    CHECK(signature_by<A>(key, as_bytes(rfc_example<A>::signing_input), random) ==
          rfc_example<A>::signature());
}

/// For backends that draw: nothing is signed with a source that fails, and the signer survives.
template <class A, class B>
void check_failing_random() {
    auto const key = example_signing_key<A, B>();
    prepared_signer signer{key};
    fixed_bytes<rfc_example<A>::size> out{};
    counted_random random{.next = 0, .left = 0};
    CHECK(key.sign({}, random, out).error() == errc::random_unavailable);
    CHECK(signer.sign({}, random, out).error() == errc::random_unavailable);
    CHECK(out == fixed_bytes<rfc_example<A>::size>{});
    random.left = ~0U;
    auto const made = signature_by<A>(signer, as_bytes("m"), random);
    CHECK(example_verifying_key<A, B>().verify(as_bytes("m"), made) == verdict::good);
}

template <class A, class B>
void check_new_key(auto& random) {
    auto const key = signing_key<A, B>::generate(random, "new");
    CHECK(key.has_value());
    if (!key) {
        return;
    }
    CHECK(key->public_key() != rfc_example<A>::public_key());
    auto const verifier = verifying_key<A, B>::from(key->public_key());
    auto const made = signature_by<A>(*key, as_bytes("m"), random);
    CHECK((verifier && verifier->verify(as_bytes("m"), made) == verdict::good));
    CHECK(example_verifying_key<A, B>().verify(as_bytes("m"), made) == verdict::bad);

    counted_random none{.next = 0, .left = 0};
    CHECK(signing_key<A, B>::generate(none, "new").error() == errc::random_unavailable);
}

template <class H>
void check_digests_of(byte_view message, fixed_bytes<H::size> const& expected) {
    CHECK(digest_of<H>(message).value_or(fixed_bytes<H::size>{}) == expected);
    H in_parts;
    for (std::size_t i = 0; i < message.size(); ++i) {
        in_parts.update(message.subspan(i, 1));
        in_parts.update({});
    }
    CHECK(in_parts.finish().value_or(fixed_bytes<H::size>{}) == expected);
}

template <class B>
void check_digests() {
    constexpr auto abc = text_octets("abc");
    check_digests_of<hashing<B, mcx::sha256>>(
        abc, hex_octets("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    check_digests_of<hashing<B, mcx::sha256>>(
        {}, hex_octets("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    check_digests_of<hashing<B, sha512>>(
        abc, hex_octets("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"));
    check_digests_of<hashing<B, sha512>>(
        {}, hex_octets("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                       "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"));

    std::vector<std::byte> const message(1000, std::byte{'x'});
    CHECK(digest_of<hashing<B, mcx::sha256>>(message).value_or(fixed_bytes<32>{}) ==
          *digest_of<test::sha256>(message));
}

template <class B>
void check_random() {
    typename B::random random;
    fixed_bytes<32> one{};
    fixed_bytes<32> two{};
    CHECK(random.fill(one));
    CHECK(random.fill(two));
    CHECK(one != two);
    CHECK(one != fixed_bytes<32>{});
    CHECK(random.fill({}));
}

}  // namespace mcx::test

#endif
