// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/contract.hpp>
#include <mcx/jose/x509_key.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

// A certificate. Its key is one that is written and read again, its period is one, and it is found
// to be a certificate of its own key.

namespace {

using mcx::contract;

template <class A>
bool check(mcx::byte_view der) {
    auto const read = mcx::x509::read<A>(der);
    if (!read) {
        contract(read.error().offset <= der.size());
        return false;
    }
    contract(read->validity.covers(read->validity.from) &&
             read->validity.covers(read->validity.until));
    auto const info = mcx::spki::write(read->key);
    contract(mcx::spki::read<A>(info.view()) && der.size() > info.size());
    contract(mcx::x509::check_leaf<A>(der, read->key).has_value());
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    mcx::byte_view const der = std::as_bytes(std::span{data, size});
    int const kinds = int{check<mcx::es256>(der)} + int{check<mcx::rs256>(der)} +
                      int{check<mcx::eddsa>(der)} + int{check<mcx::ml_dsa_44>(der)};
    contract(kinds <= 1);
    return 0;
}
