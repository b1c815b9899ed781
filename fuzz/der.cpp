// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/contract.hpp>
#include <mcx/jose/pkcs8.hpp>
#include <mcx/jose/spki.hpp>

#include "support/mock.hpp"
#include "support/more_keys.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

// Keys in DER. What is read as a public key is written as the very octets that were read, since DER
// has one spelling; what is read as a seed likewise. Private keys of other kinds are read with a
// backend that believes everything.

namespace {

using mcx::byte_view;
using mcx::contract;
using mcx::test::credulous;

template <class A>
void check_public(byte_view der) {
    auto const key = mcx::spki::read<A>(der);
    if (key) {
        contract(mcx::der::same(mcx::spki::write(*key).view(), der));
    } else {
        contract(key.error().offset <= der.size());
    }
}

template <class A>
void check_private(byte_view der) {
    auto const key = mcx::pkcs8::read<A, credulous>(der);
    contract(key.has_value() || key.error().code != mcx::errc::backend);
    contract(!key || !mcx::spki::read<A>(der));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    byte_view const der = std::as_bytes(std::span{data, size});
    check_public<mcx::es256>(der);
    check_public<mcx::es512>(der);
    check_public<mcx::rs256>(der);
    check_public<mcx::eddsa>(der);
    check_public<mcx::ml_dsa_44>(der);
    if (auto const key = mcx::pkcs1::read<mcx::rs256>(der); key) {
        contract(mcx::der::same(mcx::pkcs1::write(*key).view(), der));
    }
    check_private<mcx::es256>(der);
    check_private<mcx::eddsa>(der);
    if (auto const seed = mcx::pkcs8::read<mcx::eddsa, credulous>(der); seed) {
        auto const written = mcx::pkcs8::write<mcx::eddsa, credulous>(*seed);
        contract(written && mcx::der::same(written->reveal(), der));
    }
    (void)mcx::sec1::read_private<mcx::es256, credulous>(der);
    return 0;
}
