// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/limbs.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <array>
#include <cstdint>

using mcx::limbs;
using mcx::test::hex_octets;

namespace {

constexpr std::uint64_t all = 0xFFFF'FFFF'FFFF'FFFF;

// Expected values were computed with another program's integers.
constexpr limbs<4> m256{{all, 0x0000'0000'FFFF'FFFF, 0, 0xFFFF'FFFF'0000'0001}};
constexpr limbs<4> a256{
    {0x97B750923CEB3FFD, 0x216363698B529B4A, 0xEA7B5BF55EB561A4, 0x795B929E9A9A80FD}};
constexpr limbs<4> b256{
    {0x94B2B8FDA02F34A6, 0x9B08923D10C67FD9, 0xE8A8529F035EFA25, 0x781F9C58D6645FA9}};
constexpr limbs<4> product256{
    {0xF015FBC2664C406A, 0xEBD64D4038F50E0E, 0x7EAE360299421EE1, 0xD40BA134DFEF312F}};
constexpr limbs<4> sum256{
    {0x2C6A098FDD1A74A3, 0xBC6BF5A69C191B24, 0xD323AE9462145BC9, 0xF17B2EF770FEE0A7}};
constexpr limbs<4> difference256{
    {0x030497949CBC0B57, 0x865AD12C7A8C1B71, 0x01D309565B56677E, 0x013BF645C4362154}};

constexpr limbs<3> m192{{all, 0xFFFF'FFFF'FFFF'FFFE, all}};
constexpr limbs<3> a192{{0xC6F8DA3EABE19F58, 0x28CE6F2410645D51, 0xF51E8722C21B6092}};
constexpr limbs<3> b192{{0x0AF438D297524D6A, 0xC7B317D94D1FE09F, 0xD2D5844307F062CE}};
constexpr limbs<3> product192{{0x527A8AE119F6245F, 0xD3774D5BFC21634E, 0x7F770D4F011CCD02}};
constexpr limbs<3> sum192{{0xD1ED13114333ECC3, 0xF08186FD5D843DF1, 0xC7F40B65CA0BC360}};
constexpr limbs<3> difference192{{0xBC04A16C148F51EE, 0x611B574AC3447CB2, 0x224902DFBA2AFDC3}};

constexpr limbs<1> m64{{0xFFFFFFFFFFFFFFC5}};
constexpr limbs<1> a64{{0x44F9794CDD933160}};
constexpr limbs<1> b64{{0x9841811779061596}};
constexpr limbs<1> product64{{0x1F779F435FA56BD8}};
constexpr limbs<1> difference64{{0xACB7F835648D1B8F}};

using r256 = mcx::vartime_residue<4, m256>;
using r192 = mcx::vartime_residue<3, m192>;
using r64 = mcx::vartime_residue<1, m64>;

}  // namespace

TEST_CASE("a number is read from its octets and written again") {
    constexpr auto octets =
        hex_octets("0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20");
    constexpr limbs<4> number{
        {0x191A1B1C1D1E1F20, 0x1112131415161718, 0x090A0B0C0D0E0F10, 0x0102030405060708}};
    CHECK_BOTH(limbs<4>::from_big_endian(octets) == number);
    CHECK_BOTH(number.to_big_endian() == octets);
    CHECK_BOTH(limbs<4>::from_little_endian(octets).limb[0] == 0x0807060504030201);
    CHECK_BOTH(limbs<4>::from_little_endian(octets).limb[3] == 0x201F1E1D1C1B1A19);
}

TEST_CASE("fewer octets than the limbs have are a smaller number") {
    CHECK_BOTH(limbs<2>::from_big_endian({}).is_zero());
    CHECK_BOTH(limbs<2>::from_big_endian(hex_octets("010203040506070809")) ==
               limbs<2>{{0x0203040506070809, 1}});
    CHECK_BOTH(limbs<2>::from_little_endian(hex_octets("010203040506070809")) ==
               limbs<2>{{0x0807060504030201, 9}});
}

TEST_CASE("numbers are ordered by their most significant limb that differs") {
    CHECK_BOTH(limbs<2>{{9, 1}} < limbs<2>{{0, 2}});
    CHECK_BOTH(limbs<2>{{0, 2}} > limbs<2>{{9, 1}});
    CHECK_BOTH(limbs<2>{{1, 2}} < limbs<2>{{2, 2}});
    CHECK_BOTH(limbs<2>{{2, 2}} <= limbs<2>{{2, 2}});
    CHECK_BOTH(!(limbs<2>{{2, 2}} < limbs<2>{{2, 2}}));
    CHECK_BOTH(!limbs<2>{{0, 1}}.is_zero());
}

TEST_CASE("a carry runs through all limbs") {
    limbs<3> number{{all, all, 5}};
    CHECK(!mcx::add_to(number, limbs<3>{{1, 0, 0}}));
    CHECK(number == limbs<3>{{0, 0, 6}});
    number = {{all, all, all}};
    CHECK(mcx::add_to(number, limbs<3>{{1, 0, 0}}));
    CHECK(number.is_zero());
    number = {{all, all, all}};
    CHECK(mcx::add_to(number, limbs<3>{number}));
    CHECK(number == limbs<3>{{all - 1, all, all}});
    // A limb that is all ones takes the carry in and hands it on.
    number = {{all, 0, 0}};
    CHECK(!mcx::add_to(number, limbs<3>{{1, all, 0}}));
    CHECK(number == limbs<3>{{0, 0, 1}});
}

TEST_CASE("a borrow runs through all limbs") {
    limbs<3> number{{0, 0, 6}};
    CHECK(!mcx::subtract_from(number, limbs<3>{{1, 0, 0}}));
    CHECK(number == limbs<3>{{all, all, 5}});
    number = {};
    CHECK(mcx::subtract_from(number, limbs<3>{{1, 0, 0}}));
    CHECK(number == limbs<3>{{all, all, all}});
    number = {{0, 0, 1}};
    CHECK(!mcx::subtract_from(number, limbs<3>{{1, all, 0}}));
    CHECK(number == limbs<3>{{all, 0, 0}});
}

TEST_CASE("both ways to multiply 64 bits agree") {
    using mcx::detail::multiply_add;
    using mcx::detail::multiply_add_by_halves;
    using mcx::detail::wide;
    CHECK_BOTH(multiply_add(all, all, all, all) == wide{all, all});
    CHECK_BOTH(multiply_add_by_halves(all, all, all, all) == wide{all, all});
    constexpr std::uint64_t values[]{0,
                                     1,
                                     2,
                                     0xFFFF'FFFF,
                                     0x1'0000'0000,
                                     0x1'0000'0001,
                                     0x0123'4567'89AB'CDEF,
                                     0x8000'0000'0000'0000,
                                     all - 1,
                                     all};
    for (auto const a : values) {
        for (auto const b : values) {
            for (auto const c : values) {
                for (auto const d : values) {
                    CHECK(multiply_add(a, b, c, d) == multiply_add_by_halves(a, b, c, d));
                }
            }
        }
    }
}

TEST_CASE("an odd number has an inverse modulo 2^64") {
    CHECK_BOTH(mcx::detail::inverse_of_odd(1) == 1);
    CHECK_BOTH(mcx::detail::inverse_of_odd(all) == all);
    for (std::uint64_t odd = 1; odd < 2000; odd += 2) {
        CHECK(odd * mcx::detail::inverse_of_odd(odd) == 1);
        CHECK((all - odd + 1) * mcx::detail::inverse_of_odd(all - odd + 1) == 1);
    }
}

TEST_CASE("the width of a number is that of its highest bit") {
    CHECK_BOTH(limbs<2>{}.bit_width() == 0);
    CHECK_BOTH(limbs<2>{{1}}.bit_width() == 1);
    CHECK_BOTH(limbs<2>{{all}}.bit_width() == 64);
    CHECK_BOTH(limbs<2>{{0, 1}}.bit_width() == 65);
    CHECK_BOTH(limbs<2>{{0, all}}.bit_width() == 128);
}

TEST_CASE("a modulus need not fill its limbs") {
    using r251 = mcx::vartime_residue<1, limbs<1>{{251}}>;
    using r3 = mcx::vartime_residue<2, limbs<2>{{3}}>;
    for (std::uint64_t a = 0; a < 251; ++a) {
        for (std::uint64_t b = 0; b < 251; ++b) {
            bool const right = (r251::of(a) * r251::of(b)).number().limb[0] == a * b % 251 &&
                               (r251::of(a) + r251::of(b)).number().limb[0] == (a + b) % 251 &&
                               (r251::of(a) - r251::of(b)).number().limb[0] == (251 + a - b) % 251;
            if (!right) {
                CAPTURE(a);
                CAPTURE(b);
                CHECK(right);
            }
        }
    }
    CHECK_BOTH(r251::of(all).number().limb[0] == all % 251);
    CHECK_BOTH(!r251::from(limbs<1>{{251}}).has_value());
    CHECK_BOTH((r3::of(2) * r3::of(2)).number() == limbs<2>{{1}});
    CHECK_BOTH((r3::of(2) + r3::of(2)).number() == limbs<2>{{1}});
    CHECK_BOTH((r3::of(1) - r3::of(2)).number() == limbs<2>{{2}});
}

TEST_CASE("residues add, subtract and multiply") {
    CHECK_BOTH((*r256::from(a256) * *r256::from(b256)).number() == product256);
    CHECK_BOTH((*r256::from(a256) + *r256::from(b256)).number() == sum256);
    CHECK_BOTH((*r256::from(a256) - *r256::from(b256)).number() == difference256);
    CHECK_BOTH((*r192::from(a192) * *r192::from(b192)).number() == product192);
    CHECK_BOTH((*r192::from(a192) + *r192::from(b192)).number() == sum192);
    CHECK_BOTH((*r192::from(a192) - *r192::from(b192)).number() == difference192);
    CHECK_BOTH((*r64::from(a64) * *r64::from(b64)).number() == product64);
    CHECK_BOTH((*r64::from(a64) - *r64::from(b64)).number() == difference64);
}

TEST_CASE("squares are told from what is none") {
    using r251 = mcx::vartime_residue<1, limbs<1>{{251}}>;
    std::array<bool, 251> squares{};
    for (std::uint64_t a = 0; a < 251; ++a) {
        squares[a * a % 251] = true;
    }
    for (std::uint64_t a = 0; a < 251; ++a) {
        CHECK(r251::of(a).is_square() == squares[a]);
    }
    CHECK_BOTH(r251::of(4).is_square() && !r251::of(250).is_square());
    // A limb of zeros and more at the end; -1 is no square modulo m256, and 2 is one.
    constexpr r256 high = *r256::from(limbs<4>{{0, 0, 0, 0x100}});
    CHECK_BOTH(high.is_square() && !(r256{} - high).is_square());
}

TEST_CASE("a residue is made from numbers less than the modulus only") {
    limbs<4> largest = m256;
    mcx::subtract_from(largest, limbs<4>{{1}});
    CHECK(r256::from(largest).has_value());
    CHECK_BOTH(!r256::from(m256).has_value());
    CHECK_BOTH(!r256::from(limbs<4>{{all, all, all, all}}).has_value());
    CHECK_BOTH(r256::from({})->number().is_zero());
    CHECK_BOTH(*r256::from({}) == r256{});
    CHECK(r256::from(largest)->number() == largest);
}

TEST_CASE("minus one behaves as it should at the edge of the range") {
    constexpr r256 minus_one = r256{} - r256::of(1);
    CHECK_BOTH(minus_one * minus_one == r256::of(1));
    CHECK_BOTH(minus_one + r256::of(1) == r256{});
    CHECK_BOTH((minus_one + minus_one) + r256::of(2) == r256{});
    CHECK_BOTH(r64{} - r64::of(1) + r64::of(1) == r64{});
    // A small number may be larger than a modulus of one limb.
    CHECK_BOTH(r64::of(all).number() == limbs<1>{{all - m64.limb[0]}});
}
