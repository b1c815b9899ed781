// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/arith/sakke_secret.hpp>
#include <mcx/codec/hex.hpp>
#include <mcx/core/constant_time.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/wrapped_key.hpp>

#include "support/kms_world.hpp"

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string_view>

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#define MCX_TESTS_MEMCHECK 1
#else
#define MCX_TESTS_MEMCHECK 0
#endif

// Runs the code that handles secrets with secrets that memcheck takes for undefined: it reports
// every branch and every address that depends on one. tests/tools/secret_branches.py runs one case
// at a time. The cases whose names begin with planted do what must not be done.

using mcx::byte_view;
namespace kms = mcx::kms;
namespace test = mcx::test;

namespace {

void make_secret([[maybe_unused]] void const* at, [[maybe_unused]] std::size_t size) {
#if MCX_TESTS_MEMCHECK
    (void)VALGRIND_MAKE_MEM_UNDEFINED(at, size);
#endif
}
void make_secret(byte_view octets) {
    make_secret(octets.data(), octets.size());
}

/// The answer is no secret: a caller branches on it.
bool said(bool answer) {
#if MCX_TESTS_MEMCHECK
    (void)VALGRIND_MAKE_MEM_DEFINED(&answer, sizeof answer);
#endif
    return answer;
}

kms::key_set secret_set(std::uint64_t period = 1388) {
    auto set = test::key_set_of(period);
    make_secret(set.decrypt_key().plain().reveal());
    make_secret(set.signing_key().plain().reveal());
    make_secret(set.public_token().plain().reveal());
    return set;
}

mcx::secret<32> secret_octets(unsigned last) {
    mcx::fixed_bytes<32> octets{};
    octets[31] = static_cast<std::byte>(last);
    auto made = mcx::secret<32>::copy_of(octets);
    make_secret(made->reveal());
    return *std::move(made);
}

bool octets_compared() {
    return said(secret_octets(1) == secret_octets(1)) &&
           !said(secret_octets(1) == secret_octets(2));
}

bool key_material_compared() {
    kms::key_material<32> const one{secret_octets(1)};
    kms::key_material<32> const two{secret_octets(2)};
    return said(one == one) && !said(one == two);
}

bool key_sets_compared() {
    auto const set = secret_set();
    return said(set == secret_set()) && !said(set == secret_set(1387));
}

bool key_unwrapped() {
    test::toy_wrapper kek{2};
    make_secret(&kek, sizeof kek);
    auto const key = kms::unwrap<32>(test::wrapped_of(40), "trk.12.user@example.org", kek);
    return key && said(key->reveal()[31] == std::byte{5});
}

bool scalar_checked() {
    return said(mcx::detail::is_p256_scalar(secret_octets(1).reveal())) &&
           !said(mcx::detail::is_p256_scalar(secret_octets(0).reveal()));
}

bool point_checked() {
    auto const set = secret_set();
    mcx::fixed_bytes<mcx::sakke::point_size> other{};
    make_secret(other);
    return said(mcx::sakke::secret_on_curve(set.decrypt_key().plain().reveal())) &&
           !said(mcx::sakke::secret_on_curve(other));
}

bool number_ranged() {
    unsigned value = 7;
    make_secret(&value, sizeof value);
    return said(mcx::mask_between(value, 0, 9) == ~0U) && said(mcx::mask_between(value, 8, 9) == 0);
}

bool digit_decoded() {
    char digit = 'c';
    make_secret(&digit, sizeof digit);
    return said(mcx::detail::hex_secret_value(digit) == 12U);
}

/// A comparison that ends where the octets differ.
bool planted_early_end() {
    auto const a = secret_octets(1);
    auto const b = secret_octets(1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a.reveal()[i] != b.reveal()[i]) {
            return false;
        }
    }
    return true;
}

/// A look-up in a table.
bool planted_look_up() {
    static unsigned char const volatile table[256]{};
    auto const a = secret_octets(1);
    unsigned char volatile found = 0;
    for (std::byte const octet : a.reveal()) {
        found = table[std::to_integer<unsigned>(octet)];
    }
    (void)found;
    return true;
}

struct test_case {
    std::string_view name;
    bool (*run)();
};

constexpr test_case cases[]{
    {"octets_compared", octets_compared},     {"key_material_compared", key_material_compared},
    {"key_sets_compared", key_sets_compared}, {"key_unwrapped", key_unwrapped},
    {"scalar_checked", scalar_checked},       {"point_checked", point_checked},
    {"number_ranged", number_ranged},         {"digit_decoded", digit_decoded},
    {"planted_early_end", planted_early_end}, {"planted_look_up", planted_look_up},
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        if (MCX_TESTS_MEMCHECK == 0) {
            std::printf("without valgrind/memcheck.h\n");
            return 77;
        }
        for (test_case const& c : cases) {
            std::printf("%.*s\n", static_cast<int>(c.name.size()), c.name.data());
        }
        return 0;
    }
    for (test_case const& c : cases) {
        if (c.name == argv[1]) {
            return c.run() ? 0 : 1;
        }
    }
    return 2;
}
