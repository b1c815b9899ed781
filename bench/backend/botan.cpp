// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan_keys.hpp>

#include <botan/pubkey.h>
#include <botan/system_rng.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/rfc_keys.hpp"
#include "support/rows.hpp"
#include "support/tokens.hpp"

// Botan itself, on the signing inputs of the tokens that the library verifies and signs. Signer and
// verifier are made once; only the keys are made by the library's means.

namespace {

namespace bench = mcx::bench;
using signature = std::vector<std::uint8_t>;

template <class A>
struct pair_of {
    using scheme = mcx::botan_detail::scheme<A>;
    using example = mcx::test::rfc_example<A>;

    mcx::botan_detail::private_key secret = scheme::from(example::private_key());
    mcx::botan_detail::public_key open = scheme::from(example::public_key());
    Botan::PK_Signer signer{*secret, Botan::system_rng(), scheme::padding};
    Botan::PK_Verifier verifier{*open, scheme::padding};

    [[nodiscard]] signature sign(std::string const& message) {
        return signer.sign_message(mcx::as_c_octets(mcx::as_bytes(message)), message.size(),
                                   Botan::system_rng());
    }
    [[nodiscard]] bool verifies(std::string const& message, signature const& s) {
        return verifier.verify_message(mcx::as_c_octets(mcx::as_bytes(message)), message.size(),
                                       s.data(), s.size());
    }
};

template <class A>
void verify_raw(bench::row const& row) {
    pair_of<A> key;
    std::string const message = bench::signing_input(A::name);
    signature const made = key.sign(message);
    signature wrong = made;
    wrong[10] ^= 1U;
    row.check(key.verifies(message, made), "refused");
    row.check(!key.verifies(message, wrong), "a bad signature is accepted");
    row.time(message.size(), [&] { return key.verifies(message, made); });
}

template <class A>
void sign_raw(bench::row const& row) {
    pair_of<A> key;
    std::string const message = bench::signing_input(A::name, bench::written_claims());
    row.check(key.verifies(message, key.sign(message)), "refused");
    row.time(message.size(), [&] { return !key.sign(message).empty(); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_row("verify_raw/EdDSA/botan", verify_raw<mcx::eddsa>),
    bench::add_row("verify_raw/ES256/botan", verify_raw<mcx::es256>),
    bench::add_row("verify_raw/RS256/botan", verify_raw<mcx::rs256>),
    bench::add_row("sign_raw/EdDSA/botan", sign_raw<mcx::eddsa>),
    bench::add_row("sign_raw/ES256/botan", sign_raw<mcx::es256>),
    bench::add_row("sign_raw/RS256/botan", sign_raw<mcx::rs256>),
};

}  // namespace
