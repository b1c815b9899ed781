// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MORE_KEYS_HPP
#define MCX_TESTS_SUPPORT_MORE_KEYS_HPP

#include "rfc_keys.hpp"

#include <cstddef>
#include <string_view>

// Examples for the signature algorithms outside the default set. Where no RFC prints a signature,
// OpenSSL made it once from a key that an RFC prints.

namespace mcx::test {

/// What the examples with the key of RFC 7515 §A.2 have in common.
struct rsa_example {
    static constexpr std::size_t size = 256;  // of the signature

    static constexpr rsa_public_key public_key() noexcept {
        return rfc_example<rs256>::public_key();
    }
    static rsa_private_key private_key() noexcept { return rfc_example<rs256>::private_key(); }

  protected:
    static rs256::signature signature_of(fixed_bytes<size> const& octets) noexcept {
        rs256::signature s;
        contract(s.assign(octets));
        return s;
    }
};

/// [RFC 6979 §A.2.6]
template <>
struct rfc_example<es384> {
    static constexpr std::size_t size = 96;  // of the signature
    static constexpr auto x = hex_octets(
        "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea90558660"
        "64a254515480bc13");
    static constexpr auto y = hex_octets(
        "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe"
        "7344fd2533264720");
    static constexpr auto d = hex_octets(
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825"
        "f872c9ea60d2edf5");
    static constexpr std::string_view signing_input = "sample";

    static constexpr p384_public_key public_key() noexcept {
        return certain(p384_public_key::from(x, y));
    }
    static p384_private_key private_key() noexcept { return {secret_of<48>(d)}; }
    static constexpr es384::signature signature() noexcept {
        return hex_octets(
            "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf9"
            "6e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f"
            "a329c145786e679e7b82c71a38628ac8");
    }
};

/// [RFC 7515 §A.4]
template <>
struct rfc_example<es512> {
    static constexpr std::size_t size = 132;  // of the signature
    static constexpr auto x = hex_octets(
        "01e929050f124fc6bc55c7d5393365df9def4ab0c22cb25798f934eb04e3c6bae3701a57a7910e9d"
        "81bf363159e8ebcb155d6349f4bdb6ccf8a94c5c59c7aac101a4");
    static constexpr auto y = hex_octets(
        "0034a6440e376750d2371fd1bdc2c8f3b71d2f4ee5ea3432c815cca31560fe5d9387ec774b558386"
        "30e5cbbf5a8cbe0a91dd0064c6999a1f6e6e67faddede4c8c8f6");
    static constexpr auto d = hex_octets(
        "018e696fb034505881dd110b483eb87d32ce495fe36b3745edf2d8cae4f0f2539f4615a0e98eab52"
        "b3c0c5eac4ce075185a8e7bb47deac1d1de77bccf66135e63d82");
    static constexpr std::string_view signing_input = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA";

    static constexpr p521_public_key public_key() noexcept {
        return certain(p521_public_key::from(x, y));
    }
    static p521_private_key private_key() noexcept { return {secret_of<66>(d)}; }
    static constexpr es512::signature signature() noexcept {
        return hex_octets(
            "01dc0c81e7abc2d1e887e975f7697ad21a7dc001d915525b2df0ff531322ef47309d93986912356c"
            "a3d644e73e99966ac2a4f6488f8a183281df85ced1ac3fed776d006f06692c0529d0803d98285c3d"
            "980496423c45f7c4aa51c1c74e3bc2a9107c098f2a8e8330ceee22af53cbdc9f036b9b161b496f44"
            "4415ee90e5e894bcde3bf267");
    }
};

/// No RFC prints one: made for this test, by OpenSSL as all that are said to be so below.
template <>
struct rfc_example<es256k> {
    static constexpr std::size_t size = 64;  // of the signature
    static constexpr auto x =
        hex_octets("70f0b0ed7e0e95520542405b934b46f9ee2feff824586b1236808e5af8f37d08");
    static constexpr auto y =
        hex_octets("6facc23846b58daa20c8ed4893221f16ac42066bea2ea1d45ab12d74f2ece246");
    static constexpr auto d =
        hex_octets("25ad9d3f8a4275ed36dcfb2fa7c55840c7f8059e998e6f6ced46367d03969bb1");
    static constexpr std::string_view signing_input = "eyJhbGciOiJFUzI1NksifQ.c2VjcDI1Nmsx";

    static constexpr secp256k1_public_key public_key() noexcept {
        return certain(secp256k1_public_key::from(x, y));
    }
    static secp256k1_private_key private_key() noexcept { return {secret_of<32>(d)}; }
    static constexpr es256k::signature signature() noexcept {
        return hex_octets(
            "95649af9e2f9f2a6191ea35f8f2c5333a6d522e82ad523144292b7156aa29126d7d10063960b9574"
            "234d10b201aa4246d7bd307ad043a68b8610a06f3e111138");
    }
};

/// The key of RFC 7515 §A.2, a signature made for this test.
template <>
struct rfc_example<rs384> : rsa_example {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJSUzM4NCJ9.c2lnbmVkIHdpdGggdGhlIGtleSBvZiBSRkMgNzUxNSBBLjI";

    static rs384::signature signature() noexcept {
        return signature_of(hex_octets(
            "26aa9e7c19f659b80249336a474595a86af77add66d8db16738b5ae7b82698769121078066e4b104"
            "bdaf032ba09377b77e4da39401928ea612857e58f482605a0a20bf9c985d51afda4ff06dc74f4871"
            "cc8ee35a27453bb710499c84fa15bc647c1cff2f15b8a1aeb7606b4b23e23c8d504d3bc0f4a05a87"
            "cda641d2b760e420ff62906a98e08a7cd72f0f257ec803a4ef72a3061fc379f75082f0b4679fea10"
            "01d2eca4f0ad3959e28d32161b956df1fa0a45d7b365dbc84bec325f445ba229d3925b7be344ad90"
            "1b76607d6b7019572a817059b28d6290cd7e0553ed9a93663f530d3b9502b101439707b987f861d0"
            "090e17364f9643ce9b9c7a5eb5df4e30"));
    }
};

/// The key of RFC 7515 §A.2, a signature made for this test.
template <>
struct rfc_example<rs512> : rsa_example {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJSUzUxMiJ9.c2lnbmVkIHdpdGggdGhlIGtleSBvZiBSRkMgNzUxNSBBLjI";

    static rs512::signature signature() noexcept {
        return signature_of(hex_octets(
            "606aa2a1ce784fec011921932e60ec51aaa9f0aca6c78a5199cbebfcb343afa2e7ee9c1a12c3b03e"
            "ccc897451b0b616a43eb4a10e3784ef77083fd856cb6bafa327c0f5da3173bfe3997a2519da47a27"
            "08ef5f64848fc715cbfc81054b868c6b05ccbda657110b03ded28f0482384711323e673b9ea0231b"
            "34ef624026ee2e5e62da22dc9497d409ee7150bce2e18e09df82b063ba953ca37b629731497ef6d8"
            "4d76078ca9b1a97d612bfe20a9eea62f9eaa2a08fd42a342b49aa5b3626e10800a885b6d71120eeb"
            "7dd6d0aeb9689c2f48accba321963ddd830cdba8d8c7f4df56a4a57d780d84761029c1c2c976f4b1"
            "cc48c4310eb556c8991a98195078d317"));
    }
};

/// The key of RFC 7515 §A.2, a signature made for this test.
template <>
struct rfc_example<ps256> : rsa_example {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJQUzI1NiJ9.c2lnbmVkIHdpdGggdGhlIGtleSBvZiBSRkMgNzUxNSBBLjI";

    static ps256::signature signature() noexcept {
        return signature_of(hex_octets(
            "3143495b137c1a2b1b4f4c76fa6bac1b12e2ff309d65095465fab46cbcf9f49b8bc5901bb92818a2"
            "c31313cd2e6dc3dffe93eb0a2639001049a5d8e652346a2d70252ca67829c21c3f7102dbfccb565a"
            "0aaee6d44fe4cbc78fdc68dc147cb5faac8f976c21ad9ad4fe84a999a0e7436d10993f093b7f0b4f"
            "4f83f6e582f041f7dc8c6d48857d0135fb93420dbc724d9da6bc3d96adfb2e3eedeed1b1d0e9c284"
            "bffb2633aeef3607b82a3d70d9a904f83dfd4e977cfab9007d1a4892653a44b88fe2ea0ccc1b3c1f"
            "88a264a888b3fa1893676c8c72c752dd57872620cc19c52668740e167940fd0436ab16bec5796637"
            "38c83c81397189e69e979f5e8af63e02"));
    }
};

/// The key of RFC 7515 §A.2, a signature made for this test.
template <>
struct rfc_example<ps384> : rsa_example {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJQUzM4NCJ9.c2lnbmVkIHdpdGggdGhlIGtleSBvZiBSRkMgNzUxNSBBLjI";

    static ps384::signature signature() noexcept {
        return signature_of(hex_octets(
            "4fa8b6e611bf87cddf08cbeaa78996f7fb03d20b5eaabeb8c5d78f8f9cb951dce104aeeb69b970b3"
            "8dd8afdd588904e489a68e9eac6ac537a3f0dcb8ca29fa8d96bf3850972ed384b8a4b7dbda45be05"
            "e7fd03e0661541b77e8c2c106b79cb92310d66f4bac2d7e2a539226fbcec90e4a1cfc38d562a61f9"
            "19e9f246566e4a722947aca913289d5986d462932f900d92bdd8f0840c996e123f3965d869c7b943"
            "4ff0102cb23a9ba65a0daa5829c81be2364321d9604d69f63ed5d7ff16ffbcbca18617092dbc080d"
            "82b2ec09bea76e76cbe863e2ea16b7b2d11d440e66ba4f6342c7757189e1274e368a47400f9af578"
            "311f3dec8a35bef0e2d1d4822b11bc94"));
    }
};

/// The key of RFC 7515 §A.2, a signature made for this test.
template <>
struct rfc_example<ps512> : rsa_example {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJQUzUxMiJ9.c2lnbmVkIHdpdGggdGhlIGtleSBvZiBSRkMgNzUxNSBBLjI";

    static ps512::signature signature() noexcept {
        return signature_of(hex_octets(
            "9e2b924ee27bd7ac22f9c2758b395085dee04ed70ad72e5a0e4da33df76ead720bb2eeccd97d52c4"
            "b29901f0dda4a96fd69dc62af37cce86e1ccc78537422284e41fd2f90aa0675b3a2b57888d25cdc3"
            "a2ccf5d1fa51a3222b056f4e479d463bb9df2e3bdaa7eddcb11a5877cd66e71103e98cb1ac893c69"
            "be912bdc8713deda3335e6139c0d57fa93786dfde9ffaf4ea62cfe062b4edbc7029d29900a650949"
            "f105a79f5204a024a61fc119a0d333303993f2e4db41b2de4b35d55d68b98d9938e7dc4598b57c64"
            "f220392052759ae685ae56f3fd44b96a53488bae71b58699aec16475bea9fb43ebb542d02a809143"
            "2d2ee9f4e10b9ff807e4e45daf0d213e"));
    }
};

/// The key of RFC 8037 §A.1, a signature made for this test.
template <>
struct rfc_example<ed25519> : rfc_example<eddsa> {
    static constexpr std::string_view signing_input =
        "eyJhbGciOiJFZDI1NTE5In0.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";

    static constexpr ed25519::signature signature() noexcept {
        return hex_octets(
            "53184860b1c6837f4d5422e9400543fd471f3a69c6482ccb159a176242e221b15c72639bfea39bb2"
            "08f32cab1f270fb836571c520bd8ac41eb45b355d0771901");
    }
};

/// [RFC 8032 §7.4, "1 octet"]
template <>
struct rfc_example<ed448> {
    static constexpr std::size_t size = 114;  // of the signature
    static constexpr auto octets = hex_octets(
        "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802"
        "b8438ea4cb82169c235160627b4c3a9480");
    static constexpr auto seed = hex_octets(
        "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c"
        "5e3bc397a659949ef8021e954e0a12274e");
    static constexpr std::string_view signing_input = "\x03";

    static constexpr ed448_public_key public_key() noexcept {
        return certain(ed448_public_key::from(octets));
    }
    static ed448_private_key private_key() noexcept { return {secret_of<57>(seed)}; }
    static constexpr ed448::signature signature() noexcept {
        return hex_octets(
            "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7"
            "e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336"
            "c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00");
    }
};

}  // namespace mcx::test

#endif
