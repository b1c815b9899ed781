// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_RFC_KEYS_HPP
#define MCX_TESTS_SUPPORT_RFC_KEYS_HPP

#include <mcx/core/contract.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/signatures.hpp>

#include "hex_octets.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

// The keys, signing inputs and signatures that the RFCs print, one example an algorithm.

namespace mcx::test {

/// Takes the value of a result that the test knows to be there.
template <class R>
constexpr auto certain(R&& r) {
    contract(r.has_value());
    return *std::forward<R>(r);
}

template <std::size_t N>
secret<N> secret_of(byte_view octets) noexcept {
    return certain(secret<N>::copy_of(octets));
}

/// The published example of algorithm A: `public_key()`, `private_key()`, `signing_input` and the
/// `signature()` of that input under that key.
template <class A>
struct rfc_example;

/// [RFC 7515 §A.2]
template <>
struct rfc_example<rs256> {
    static constexpr std::size_t size = 256;  // of the signature
    static constexpr auto modulus = hex_octets(
        "a1f8160ae2e3c9b465ce8d2d656263362b927dbe29e1f02477fc1625cc90a136e38bd93497c5b6ea"
        "63dd7711e67c7429f956b0fb8a8f089adc4b69893cc1333f53edd019b87784252fec914fe4857769"
        "594bea4280d32c0f55bf62944f130396bc6e9bdf6ebdd2bda3678eeca0c668f701b38dbffb38c834"
        "2ce2fe6d27fade4a5a4874979dd4b9cf9adec4c75b05852c2c0f5ef8a5c1750392f944e8ed64c110"
        "c6b647609aa4783aeb9c6c9ad755313050638b83665c6f6f7a82a396702a1f641b82d3ebf2392219"
        "491fb686872c5716f50af8358d9a8b9d17c340728f7f87d89a18d8fcab67ad84590c2ecf75933936"
        "3c07034d6f606f9e21e05456cae5e9a1");
    static constexpr auto p = hex_octets(
        "e01cc410eb48a6655d54464d0aa4bb6da0b872b774a6a9d11ffe480778f0ddb7311a7e902ef9c4b5"
        "f75476262ba8176cb35979f014372a1a2829e4136bd001d07c3f3f2e4f25d4c934f63c7109fba2e6"
        "7628a0dc9a73c6058e6def22dcd50950e711ddc16d5586f2a7fa75ea8494c18083e0b65742f8a0d5"
        "e73fb2d970f01947");
    static constexpr auto q = hex_octets(
        "b903c47e0995b632f4532cb1f3c199145d5f3ae9c7dfeedc7a92a6b47e29c61b42a07aa95a64fc60"
        "0999c5a7b01e01c08cb62ca756527bbcc56078fb0baba5ed38de2d07990ff6300faeadeb6c039a97"
        "bf1e507e4e7040fa78db8257c8b112ed5e59c3cd092fe5d4e5b51275d41281072a5e785ebaf3dae3"
        "709203133f5159d7");
    static constexpr auto signature_octets = hex_octets(
        "702e218943e88fd11eb5d82dbf7845f34106ae1b81fff7731116add1717d83656d420afd3c96eedd"
        "73a2663e5166687b000b87226e0187ed1073f945e582adfcef16d85a798ee8c66ddb3db8975b17d0"
        "9402beedd5d9d97007108db28160d5f8040ca7445762b81fbe7ff9d92e0ae76f24f25b33bbe6f44a"
        "e61eb1040acb20044d3ef9128ed40130795bd4bd3b41eecad066ab651981fde48df77f372dc38b9f"
        "afdd3befb18b5da3cc3c2eb02f9e3a41d612caad15911273a05f23b9e838faaf849d698429ef5a1e"
        "88798236c3d40e604522a544c8f27a7a2db80663d16cf7caea56de405cb2215a45b2c25566b55ac1"
        "a748a070dfc8a32a469543d019eefb47");
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9"
        "leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    static constexpr rsa_public_key public_key() noexcept {
        return certain(rsa_public_key::from(modulus, 65537));
    }
    static rsa_private_key private_key() noexcept {
        return {public_key(), secret_of<512>(p), secret_of<512>(q)};
    }
    static constexpr rs256::signature signature() noexcept {
        rs256::signature s;
        contract(s.assign(signature_octets));
        return s;
    }
};

/// [RFC 7515 §A.3]
template <>
struct rfc_example<es256> {
    static constexpr std::size_t size = 64;  // of the signature
    static constexpr auto x =
        hex_octets("7fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445");
    static constexpr auto y =
        hex_octets("c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad");
    static constexpr auto d =
        hex_octets("8e9b109e719098bf980487df1f5d77e9cb29606ebed2263b5f57c213df84f4b2");
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9"
        "leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    static constexpr p256_public_key public_key() noexcept {
        return certain(p256_public_key::from(x, y));
    }
    static p256_private_key private_key() noexcept { return {secret_of<32>(d)}; }
    static constexpr es256::signature signature() noexcept {
        return hex_octets(
            "0ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169ea665c50a07d38c3c70e5"
            "d8f12daf084a5480a66590c5f293509a8f3f7f8a83a354d5");
    }
};

/// [RFC 8037 §A.1, §A.4]
template <>
struct rfc_example<eddsa> {
    static constexpr std::size_t size = 64;  // of the signature
    static constexpr auto octets =
        hex_octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    static constexpr auto seed =
        hex_octets("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";

    static constexpr ed25519_public_key public_key() noexcept {
        return certain(ed25519_public_key::from(octets));
    }
    static ed25519_private_key private_key() noexcept { return {secret_of<32>(seed)}; }
    static constexpr eddsa::signature signature() noexcept {
        return hex_octets(
            "860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e9d59b8628dc351e2"
            "48b88b29468e0e41855b0fb7d83bb15be902bfccb8cd0a02");
    }
};

/// A point of edwards25519 whose first octet is this number: one y in two has a point.
inline ed25519_public_key numbered_point(unsigned char number) {
    fixed_bytes<32> octets{};
    octets[0] = std::byte{number};
    octets[31] = std::byte{1};
    while (!edwards25519::has_point(octets)) {
        octets[1] = static_cast<std::byte>(std::to_integer<unsigned>(octets[1]) + 1);
    }
    return certain(ed25519_public_key::from(octets));
}

}  // namespace mcx::test

#endif
