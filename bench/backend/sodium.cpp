// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <sodium.h>

#include <array>
#include <string>

#include "support/rfc_keys.hpp"
#include "support/rows.hpp"
#include "support/tokens.hpp"

// libsodium itself, on the signing inputs of the tokens that the library verifies and signs.

namespace {

namespace bench = mcx::bench;
using example = mcx::test::rfc_example<mcx::eddsa>;
using signature = std::array<unsigned char, crypto_sign_BYTES>;

unsigned char const* octets(std::string const& text) {
    return mcx::as_c_octets(mcx::as_bytes(text));
}

struct key_pair {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> point{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> both{};

    explicit key_pair(bench::row const& row) {
        row.check(
            sodium_init() >= 0 && crypto_sign_seed_keypair(point.data(), both.data(),
                                                           mcx::as_c_octets(example::seed)) == 0,
            "no key");
    }

    [[nodiscard]] bool sign(std::string const& message, signature& out) const {
        return crypto_sign_detached(out.data(), nullptr, octets(message), message.size(),
                                    both.data()) == 0;
    }
    [[nodiscard]] bool verifies(std::string const& message, signature const& s) const {
        return crypto_sign_verify_detached(s.data(), octets(message), message.size(),
                                           point.data()) == 0;
    }
};

void verify_raw(bench::row const& row) {
    key_pair const key{row};
    std::string const message = bench::signing_input("EdDSA");
    signature made{};
    row.check(key.sign(message, made) && key.verifies(message, made), "refused");
    signature wrong = made;
    wrong[10] ^= 1U;
    row.check(!key.verifies(message, wrong), "a bad signature is accepted");
    row.time(message.size(), [&] { return key.verifies(message, made); });
}

void sign_raw(bench::row const& row) {
    key_pair const key{row};
    std::string const message = bench::signing_input("EdDSA", bench::written_claims());
    signature made{};
    row.check(key.sign(message, made) && key.verifies(message, made), "refused");
    row.time(message.size(), [&] { return key.sign(message, made); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_row("verify_raw/EdDSA/sodium", verify_raw),
    bench::add_row("sign_raw/EdDSA/sodium", sign_raw),
};

}  // namespace
