// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_BACKEND_CHECKS_HPP
#define MCX_TESTS_SUPPORT_BACKEND_CHECKS_HPP

#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/signatures.hpp>

#include <doctest/doctest.h>

#include "mock.hpp"
#include "more_keys.hpp"
#include "rfc_keys.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

// What every backend has to do alike, whatever it is made of.

namespace mcx::test {

/// A signature from the octets that a signer wrote.
template <std::size_t N>
bool read(byte_view octets, fixed_bytes<N>& to) noexcept {
    if (octets.size() != to.size()) {
        return false;
    }
    std::copy(octets.begin(), octets.end(), to.begin());
    return true;
}
inline bool read(byte_view octets, rs256::signature& to) noexcept {
    return to.assign(octets);
}

template <std::size_t N>
byte_span octets_of(fixed_bytes<N>& signature) noexcept {
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
    fixed_bytes<8192> out{};
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
    workspace<B, algorithm_set<A>> work;
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
    workspace<B, algorithm_set<A>> work;
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
    workspace<B, algorithm_set<A>> work;
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

/// Some algorithms have one signature for a message, and it is the published one.
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

/// A secret that counts from 1, as RFC 4231 §4.5 has it, but longer.
template <class A>
mac_secret<A> counted_secret(std::size_t size = mac_secret<A>::min_size) {
    std::vector<std::byte> octets(size);
    for (std::size_t i = 0; i < size; ++i) {
        octets[i] = static_cast<std::byte>(i + 1);
    }
    return certain(mac_secret<A>::from(octets));
}

/// The tag of RFC 4231 §4.7, whose secret is longer than a block: 131 octets of AA.
template <class A>
typename A::signature published_tag() {
    if constexpr (std::is_same_v<A, hs256>) {
        return hex_octets("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    } else if constexpr (std::is_same_v<A, hs384>) {
        return hex_octets(
            "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
            "0c2ef6ab4030fe8296248df163f44952");
    } else {
        return hex_octets(
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
    }
}

template <class A, class B>
void check_published_tag() {
    std::vector<std::byte> const octets(131, std::byte{0xAA});
    auto const key = certain(mac_key<A, B>::from(certain(mac_secret<A>::from(octets)), "k"));
    auto const message = as_bytes("Test Using Larger Than Block-Size Key - Hash Key First");
    workspace<B, algorithm_set<A>> work;
    auto const tag = published_tag<A>();
    for (int i = 0; i < 2; ++i) {
        CHECK(key.verify(message, tag) == verdict::good);
        CHECK(key.verify(message, tag, work) == verdict::good);
        CHECK(key.verify(message.first(1), tag, work) == verdict::bad);
        CHECK(key.verify({}, tag, work) == verdict::bad);
    }
    counted_random none{.next = 0, .left = 0};
    CHECK(signature_by<A>(key, message, none) == tag);
    prepared_signer signer{key};
    CHECK(signature_by<A>(signer, message, none) == tag);
    CHECK(signature_by<A>(signer, message, none) == tag);
}

template <class A, class B>
void check_every_bit_of_a_tag() {
    auto const key = certain(mac_key<A, B>::from(counted_secret<A>()));
    counted_random none{.next = 0, .left = 0};
    auto const tag = signature_by<A>(key, as_bytes("m"), none);
    workspace<B, algorithm_set<A>> work;
    for (std::size_t bit = 0; bit < 8 * tag.size(); ++bit) {
        CAPTURE(bit);
        auto changed = tag;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(key.verify(as_bytes("m"), changed, work) == verdict::bad);
    }
    CHECK(key.verify(as_bytes("m"), tag, work) == verdict::good);
}

/// Keys that take turns in one workspace, and secrets of every length.
template <class A, class B>
void check_secrets() {
    workspace<B, algorithm_set<A>> work;
    counted_random none{.next = 0, .left = 0};
    auto const first = certain(mac_key<A, B>::from(counted_secret<A>()));
    auto const tag = signature_by<A>(first, as_bytes("m"), none);
    for (std::size_t size = mac_secret<A>::min_size + 1; size <= 256; ++size) {
        auto const other = certain(mac_key<A, B>::from(counted_secret<A>(size)));
        auto const another_tag = signature_by<A>(other, as_bytes("m"), none);
        CHECK(other.verify(as_bytes("m"), another_tag, work) == verdict::good);
        CHECK(other.verify(as_bytes("m"), tag, work) == verdict::bad);
        CHECK(first.verify(as_bytes("m"), another_tag, work) == verdict::bad);
        CHECK(first.verify(as_bytes("m"), tag, work) == verdict::good);
    }
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

    if constexpr (Digests<B, sha384>) {
        check_digests_of<hashing<B, sha384>>(
            abc, hex_octets("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                            "8086072ba1e7cc2358baeca134c825a7"));
        check_digests_of<hashing<B, sha384>>(
            {}, hex_octets("38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
                           "274edebfe76f65fbd51ad2f14898b95b"));
    }

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
