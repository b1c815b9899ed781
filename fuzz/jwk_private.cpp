// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/jose/mac_jwk.hpp>
#include <mcx/jose/private_jwk.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// A private key or a MAC secret that is read can be written, is then read again as itself, and is
// never read as a public one. [RFC 7517 §9.2]

namespace {

template <class A>
void check(std::string_view text) {
    auto const key = mcx::jwk::read_private<A>(text);
    if (!key) {
        return;
    }
    mcx::contract(!mcx::jwk::parse(text));
    auto const written = mcx::jwk::write_private(*key);
    mcx::contract(written.has_value());
    auto const again = mcx::jwk::read_private<A>(mcx::as_text(written->reveal()));
    mcx::contract(again.has_value() && again->stated == key->stated);
    mcx::contract(mcx::jwk::write_private(*again).value() == *written);
}

template <class A>
void check_mac(std::string_view text) {
    auto const key = mcx::jwk::read_mac<A>(text);
    if (!key) {
        return;
    }
    mcx::contract(!mcx::jwk::parse(text) && !mcx::jwk::read_private<mcx::es256>(text));
    auto const written = mcx::jwk::write_mac(*key);
    mcx::contract(written.has_value());
    auto const again = mcx::jwk::read_mac<A>(mcx::as_text(written->reveal()));
    mcx::contract(again.has_value() && again->id == key->id);
    mcx::contract(mcx::jwk::write_mac(*again).value() == *written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    check<mcx::es256>(text);
    check<mcx::rs256>(text);
    check<mcx::eddsa>(text);
    check<mcx::ml_dsa_44>(text);
    check_mac<mcx::hs256>(text);
    check_mac<mcx::hs512>(text);
    return 0;
}
