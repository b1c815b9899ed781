// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_CURVE_CHECKS_HPP
#define MCX_TESTS_SUPPORT_CURVE_CHECKS_HPP

#include <mcx/arith/limbs.hpp>
#include <mcx/core/bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>

// What holds for every curve in short Weierstrass form, asked of one of them. What tells them
// apart, their constants and published points, is in the test of each.

namespace mcx::test {

/// The last octets of a number.
template <class Curve>
constexpr fixed_bytes<Curve::size> coordinate_of(decltype(Curve::prime) const& number) noexcept {
    auto const whole = number.to_big_endian();
    fixed_bytes<Curve::size> made{};
    std::copy_n(whole.end() - Curve::size, Curve::size, made.begin());
    return made;
}

template <class Curve>
constexpr bool has_its_base_point() noexcept {
    return Curve::on_curve(coordinate_of<Curve>(Curve::base_x),
                           coordinate_of<Curve>(Curve::base_y));
}

template <class Curve>
void check_base_point() {
    auto const x = coordinate_of<Curve>(Curve::base_x);
    auto const y = coordinate_of<Curve>(Curve::base_y);
    CHECK(Curve::on_curve(x, y));
    CHECK(!Curve::on_curve(y, x));
    auto negative = Curve::prime;
    subtract_from(negative, Curve::base_y);
    CHECK(Curve::on_curve(x, coordinate_of<Curve>(negative)));
    typename Curve::coordinate const zero{};
    CHECK(!Curve::on_curve(zero, zero));
    typename Curve::coordinate most{};
    most.fill(std::byte{0xFF});
    CHECK(!Curve::on_curve(most, most));
}

template <class Curve>
void check_every_bit_of_a_point() {
    auto const x = coordinate_of<Curve>(Curve::base_x);
    auto const y = coordinate_of<Curve>(Curve::base_y);
    for (std::size_t bit = 0; bit < 8 * Curve::size; ++bit) {
        CAPTURE(bit);
        auto changed = x;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!Curve::on_curve(changed, y));
        changed = y;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!Curve::on_curve(x, changed));
    }
}

template <class Curve>
void check_uncompressed_point() {
    fixed_bytes<2 + 2 * Curve::size> longer{std::byte{4}};
    auto const x = coordinate_of<Curve>(Curve::base_x);
    auto const y = coordinate_of<Curve>(Curve::base_y);
    std::copy(x.begin(), x.end(), longer.begin() + 1);
    std::copy(y.begin(), y.end(), longer.begin() + 1 + Curve::size);
    byte_view const point = byte_view{longer}.first(longer.size() - 1);
    for (std::size_t size = 0; size <= longer.size(); ++size) {
        CAPTURE(size);
        CHECK(Curve::on_curve(byte_view{longer}.first(size)) == (size == point.size()));
    }
    for (unsigned first = 0; first < 256; ++first) {
        CAPTURE(first);
        longer[0] = static_cast<std::byte>(first);
        CHECK(Curve::on_curve(point) == (first == 4));
    }
}

template <class Curve>
void check_scalars() {
    using number = typename Curve::number;
    number one{};
    one.limb[0] = 1;
    auto less = Curve::order;
    subtract_from(less, one);
    auto more = Curve::order;
    add_to(more, one);
    CHECK(!Curve::is_scalar(coordinate_of<Curve>(number{})));
    CHECK(Curve::is_scalar(coordinate_of<Curve>(one)));
    CHECK(Curve::is_scalar(coordinate_of<Curve>(less)));
    CHECK(!Curve::is_scalar(coordinate_of<Curve>(Curve::order)));
    CHECK(!Curve::is_scalar(coordinate_of<Curve>(more)));
    fixed_bytes<Curve::size + 1> longer{};
    longer.back() = std::byte{1};
    CHECK(!Curve::is_scalar(longer));
    CHECK(Curve::is_scalar(byte_view{longer}.last(Curve::size)));
    CHECK(!Curve::is_scalar(byte_view{longer}.last(Curve::size - 1)));
    CHECK(!Curve::is_scalar({}));
    longer.fill(std::byte{0xFF});
    CHECK(!Curve::is_scalar(byte_view{longer}.first(Curve::size)));
}

/// All that is checked of every curve.
template <class Curve>
void check_curve() {
    check_base_point<Curve>();
    check_every_bit_of_a_point<Curve>();
    check_uncompressed_point<Curve>();
    check_scalars<Curve>();
}

}  // namespace mcx::test

#endif
