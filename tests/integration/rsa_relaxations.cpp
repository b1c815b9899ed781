// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/relaxed_keys.hpp"
#include "support/tokens.hpp"

#include <mcx/backend/botan.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

// RSA keys that the library refuses by itself, and the relaxations that say by name that they are
// taken: each is another type, so that it makes another verifier.

using mcx::botan;
using mcx::errc;
using mcx::rs256;
using mcx::rsa_from_exponent_3;
using mcx::rsa_to_16384_bits;
using mcx::verdict;
namespace jwk = mcx::jwk;
namespace test = mcx::test;

namespace {

template <class A>
errc refusal(mcx::byte_view modulus, std::uint64_t exponent) {
    return A::public_key::from(modulus, exponent).error().code;
}

/// What Botan says of a signature of "m", and of one that differs in a bit.
template <class A, class Example>
void verifies(std::uint64_t exponent) {
    auto const numbers = A::public_key::from(Example::modulus, exponent);
    CHECK(numbers.has_value());
    auto const key = mcx::verifying_key<A, botan>::from(*numbers);
    typename A::signature signature;
    CHECK((key && signature.assign(Example::signature)));
    CHECK(key->verify(mcx::as_bytes("m"), signature) == verdict::good);
    CHECK(key->verify(mcx::as_bytes("n"), signature) == verdict::bad);
    auto changed = Example::signature;
    changed[5] ^= std::byte{1};
    CHECK(signature.assign(changed));
    CHECK(key->verify(mcx::as_bytes("m"), signature) == verdict::bad);
    CHECK(signature.assign(mcx::byte_view{changed}.subspan(1)));
    CHECK(key->verify(mcx::as_bytes("m"), signature) == verdict::bad);
}

/// Whether a JWK of the key is read, written and found under A in a set of A alone.
template <class A, class Example>
bool in_a_set(std::uint64_t exponent) {
    using set_type = mcx::key_set<botan, mcx::algorithm_set<A>>;
    auto const numbers = A::public_key::from(Example::modulus, exponent);
    std::string const text = R"({"keys":[)" + jwk::write<A>(*numbers, "k") + "]}";
    auto const set = set_type::from_jwks(text);
    auto const found = set ? set->template find<A>(mcx::key_id("k")) : errc::no_such_key;
    return found && found->get().public_key() == *numbers && set->to_jwks() == text &&
           mcx::spki::read<A>(mcx::spki::write(*numbers).view()).has_value();
}

using long_key = test::long_rsa_key;
using three = test::rsa_key_of_exponent_3;

}  // namespace

TEST_CASE("an RSA key of more than 8192 bits is for the relaxation") {
    using relaxed = rsa_to_16384_bits<rs256>;
    CHECK(refusal<rs256>(long_key::modulus, 65537) == errc::rsa_modulus_size);
    CHECK(refusal<relaxed>(long_key::modulus, 65537) == errc::none);
    CHECK(refusal<relaxed>(long_key::modulus, 3) == errc::rsa_exponent);
    mcx::fixed_bytes<2049> longer{};
    longer.fill(std::byte{0xFF});
    CHECK(refusal<relaxed>(longer, 65537) == errc::rsa_modulus_size);
    verifies<relaxed, long_key>(65537);
    CHECK(in_a_set<relaxed, long_key>(65537));
}

TEST_CASE("an RSA key of the exponent 3 is for the relaxation") {
    using relaxed = rsa_from_exponent_3<rs256>;
    CHECK(refusal<rs256>(three::modulus, 3) == errc::rsa_exponent);
    CHECK(refusal<relaxed>(three::modulus, 3) == errc::none);
    CHECK(refusal<relaxed>(three::modulus, 65537) == errc::none);
    for (std::uint64_t const e : {0ULL, 1ULL, 2ULL, 4ULL, 0x2'0000'0001ULL}) {
        CHECK(refusal<relaxed>(three::modulus, e) == errc::rsa_exponent);
    }
    CHECK(refusal<relaxed>(long_key::modulus, 3) == errc::rsa_modulus_size);
    verifies<relaxed, three>(3);
    CHECK(in_a_set<relaxed, three>(3));
}

TEST_CASE("one relaxation keeps what the other has relaxed") {
    using both = rsa_to_16384_bits<rsa_from_exponent_3<rs256>>;
    CHECK_BOTH((std::is_same_v<both::public_key,
                               rsa_from_exponent_3<rsa_to_16384_bits<rs256>>::public_key>));
    CHECK(refusal<both>(long_key::modulus, 3) == errc::none);
}

TEST_CASE("nobody signs by a relaxation, and a set has the strict algorithm or the relaxed one") {
    using relaxed = rsa_from_exponent_3<rs256>;
    CHECK_BOTH(mcx::Verifies<botan, relaxed> && !mcx::Signs<botan, relaxed>);
    CHECK_BOTH((mcx::Verifies<botan, rsa_to_16384_bits<mcx::ps512>>));
    CHECK_BOTH((!mcx::Signs<botan, rsa_to_16384_bits<mcx::ps512>>));
    CHECK_BOTH(mcx::PssAlgorithm<rsa_to_16384_bits<mcx::ps512>>);
    CHECK_BOTH(!mcx::DistinctNames<rs256, relaxed>);
    CHECK_BOTH(mcx::DistinctNames<mcx::ps256, relaxed>);
    CHECK_BOTH(!mcx::HasOneName<relaxed> && mcx::HasOneName<rs256>);
}
