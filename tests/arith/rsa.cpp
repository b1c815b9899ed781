// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/rsa.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::test::hex_octets;
using mcx::test::text_octets;
namespace rsa = mcx::rsa;

namespace {

/// The product of two primes of 1024 bits.
constexpr auto good = hex_octets(
    "c330738c50a378738d407990a69b25128ff9e26defac80a0cd75cf68a30d7e7ac3c3494f176cbe54"
    "ab9a197c01c9ed9a1c0d1306d1563d97f0b718209342279933498c9b2376bbbd827e127db3866dcc"
    "8a0a6254b1fa05dba6ad2d2f797cfb912c8a4cd1f860c5a7d5285f6437e3c9821f47a7c3a130198e"
    "a69cef2a3027eb0ce9aceb47f7278eece2d4a3aa3cbaa7f63cc32438d81f682785042de13d3fa131"
    "7ec40740ac8fe240ec680e53e420360f5b8626ed9b290b563ccc1c9ac984e538f8f1d91c35dff2ba"
    "dbc5a04abaf6b799de2a57d9904895ffde93f6cc068f965c59b68602414565fb6d087eeabf32b811"
    "40e22f2db38e18347c04d258379e7c33");

/// A number without small factors that is a power of 65537 modulo every prime up to 167.
constexpr auto roca = hex_octets(
    "e38e2c46c6664843428bf7739a60f91972f920262d819d38ddba8547833e469f5f4aebeb133ad73d"
    "ee1fdde031b4932c954c2fc1d3f2e52df9143ef599b9ede73087de350ce66f731e84fb363b9edacb"
    "4b2e7245e07b59d80a5527a25fb65b55ea14843a72c39a28d72eb3a13b2a421ad1b0b70be200d218"
    "798a0d59012664f61a327537097a5942fdaf451376c32dcda74068b219bd2640cef61d03a64ed996"
    "3b3bc81386bc2b9981e004fb3ef68756fe111ebc406c61326564d13410970046538ae1c130312932"
    "940a3537e8566431e258d2684806d26f27401fa03c49fdbd3ece9f2c2dcb774235093f504590838f"
    "02ec8678d4d9bf7abfb6ba39e70eeb65");

// The same with 512 bits; then two that are no such power modulo 11 only, and modulo 157 only.
constexpr auto roca_512 = hex_octets(
    "8dcc7df266809a111ba1192ec42b7170902a174f11fa2ac0079dd25a49fe85b0834c687a39fc39e9"
    "84b59ea6712eb0667848ac86265410f60144ba59955ef3eb");
constexpr auto not_roca_by_11 = hex_octets(
    "8b88f5ab1304145212ca3f7062dc08d64bdbf090d48dd9f354366c219c3ecb54c5cefdd802753100"
    "dee19f8909cf514fcbf7d2d02bb6688c9daa73c63f2ec389");
constexpr auto not_roca_by_157 = hex_octets(
    "b9a4ede2e414a8aa236eba1f5cb58b8e1799e72821af214af91acb8d9279b1e987efda6b5d7b4b23"
    "a82a645da2b9d5679bcc33124ae253e684facd3e1a63ef91");

std::vector<std::byte> times(byte_view number, unsigned factor) {
    std::vector<std::byte> out(number.size() + 2);
    unsigned carry = 0;
    for (std::size_t i = number.size(); i-- > 0;) {
        carry += std::to_integer<unsigned>(number[i]) * factor;
        out[i + 2] = static_cast<std::byte>(carry & 0xFFU);
        carry >>= 8U;
    }
    out[1] = static_cast<std::byte>(carry & 0xFFU);
    out[0] = static_cast<std::byte>(carry >> 8U);
    while (out.front() == std::byte{0}) {
        out.erase(out.begin());
    }
    return out;
}

/// 2^(bits - 1) + 1.
std::vector<std::byte> number_of(std::size_t bits) {
    std::vector<std::byte> out((bits + 7) / 8);
    out.front() = std::byte{1} << ((bits - 1) % 8);
    out.back() |= std::byte{1};
    return out;
}

bool is_prime(unsigned n) {
    for (unsigned d = 2; d * d <= n; ++d) {
        if (n % d == 0) {
            return false;
        }
    }
    return n > 1;
}

}  // namespace

TEST_CASE("the product of two large primes is a good modulus") {
    CHECK_BOTH(rsa::check_modulus(good) == errc::none);
}

TEST_CASE("a modulus with an odd factor below 2000 is weak") {
    unsigned tried = 0;
    for (unsigned p = 3; p < 2000; p += 2) {
        if (is_prime(p)) {
            CAPTURE(p);
            CHECK(rsa::check_modulus(times(good, p)) == errc::rsa_modulus_weak);
            ++tried;
        }
    }
    CHECK(tried == 302);
    // 2003 is the next prime: what is found is the factors and not something else.
    CHECK(rsa::check_modulus(times(good, 2003)) == errc::none);
    CHECK(rsa::check_modulus(times(good, 65521)) == errc::none);
}

TEST_CASE("a modulus of CVE-2017-15361 is weak") {
    CHECK_BOTH(rsa::check_modulus(roca) == errc::rsa_modulus_weak);
    CHECK(rsa::check_modulus(roca_512, 512) == errc::rsa_modulus_weak);
    CHECK_BOTH(rsa::check_modulus(not_roca_by_11, 512) == errc::none);
    CHECK_BOTH(rsa::check_modulus(not_roca_by_157, 512) == errc::none);
    // Times a prime whose residues are not all powers of 65537, it is none of them any more.
    CHECK(rsa::check_modulus(times(roca, 2003)) == errc::none);
}

TEST_CASE("an even modulus is refused") {
    auto even = good;
    even.back() ^= std::byte{1};
    CHECK(rsa::check_modulus(even) == errc::rsa_modulus_even);
}

TEST_CASE("a modulus is written without leading zeros") {
    std::vector<std::byte> padded(good.size() + 1);
    std::copy(good.begin(), good.end(), padded.begin() + 1);
    CHECK(rsa::check_modulus(padded) == errc::rsa_modulus_encoding);
    CHECK(rsa::check_modulus(hex_octets("00")) == errc::rsa_modulus_encoding);
}

TEST_CASE("a modulus has 2048 to 8192 bits unless somebody says otherwise") {
    CHECK_BOTH(rsa::check_modulus({}) == errc::rsa_modulus_size);
    for (std::size_t const bits : {1U, 8U, 1024U, 2040U, 2041U, 2047U, 8193U, 8200U, 16384U}) {
        CAPTURE(bits);
        CHECK(rsa::check_modulus(number_of(bits)) == errc::rsa_modulus_size);
    }
    for (std::size_t const bits : {2048U, 2049U, 2056U, 2057U, 8185U, 8192U}) {
        CAPTURE(bits);
        CHECK(rsa::check_modulus(number_of(bits)) != errc::rsa_modulus_size);
    }
    CHECK(rsa::check_modulus(number_of(2047), 2047) != errc::rsa_modulus_size);
    CHECK(rsa::check_modulus(number_of(2048), 2049) == errc::rsa_modulus_size);
    CHECK(rsa::check_modulus(number_of(16384), 2048, 16384) != errc::rsa_modulus_size);
    CHECK(rsa::check_modulus(number_of(16385), 2048, 65536) == errc::rsa_modulus_size);
}

TEST_CASE("a modulus whose length is no multiple of a limb is read whole") {
    // 3 divides 2^k + 1 for odd k, and 5 for k = 2 modulo 4: the top octets count.
    for (std::size_t bits = 2048; bits < 2120; ++bits) {
        std::size_t const k = bits - 1;
        if (k % 2 == 1 || k % 4 == 2) {
            CAPTURE(bits);
            CHECK(rsa::check_modulus(number_of(bits)) == errc::rsa_modulus_weak);
        }
    }
}

TEST_CASE("a modulus of nothing but ones is divided as any other") {
    // 2^k - 1 is a multiple of 3 for even k, and of 7 for k = 0 modulo 3.
    for (std::size_t bits = 2048; bits < 2120; ++bits) {
        if (bits % 2 == 0 || bits % 3 == 0) {
            CAPTURE(bits);
            std::vector<std::byte> ones((bits + 7) / 8, std::byte{0xFF});
            ones.front() >>= (8 - bits % 8) % 8;
            CHECK(rsa::check_modulus(ones) == errc::rsa_modulus_weak);
        }
    }
}

TEST_CASE("an exponent is odd, at least 65537 and less than 2^33") {
    CHECK_BOTH(rsa::check_exponent(65537) == errc::none);
    CHECK_BOTH(rsa::check_exponent(65539) == errc::none);
    CHECK_BOTH(rsa::check_exponent(0x1'FFFF'FFFF) == errc::none);
    CHECK_BOTH(rsa::check_exponent(0) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(1) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(3) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(65535) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(65536) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(65538) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(0x2'0000'0000) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(0x2'0000'0001) == errc::rsa_exponent);
    CHECK_BOTH(rsa::check_exponent(UINT64_MAX) == errc::rsa_exponent);
}

TEST_CASE("numbers are compared as numbers, whatever their lengths") {
    CHECK_BOTH(rsa::less_than(hex_octets("01"), hex_octets("02")));
    CHECK_BOTH(!rsa::less_than(hex_octets("02"), hex_octets("01")));
    CHECK_BOTH(!rsa::less_than(hex_octets("02"), hex_octets("02")));
    CHECK_BOTH(rsa::less_than(hex_octets("7F"), hex_octets("80")));
    CHECK_BOTH(rsa::less_than(hex_octets("00FF"), hex_octets("0100")));
    CHECK_BOTH(rsa::less_than(hex_octets("0000FF"), hex_octets("0100")));
    CHECK_BOTH(!rsa::less_than(hex_octets("0100"), hex_octets("FF")));
    CHECK_BOTH(!rsa::less_than(hex_octets("0000"), {}));
    CHECK_BOTH(!rsa::less_than({}, hex_octets("0000")));
    CHECK_BOTH(rsa::less_than({}, hex_octets("0001")));
    CHECK_BOTH(rsa::less_than(hex_octets("123456"), hex_octets("123457")));
    CHECK_BOTH(!rsa::less_than(hex_octets("133456"), hex_octets("123457")));
}
