// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BENCH_SUPPORT_PARSING_HPP
#define MCX_BENCH_SUPPORT_PARSING_HPP

#include <mcx/jwt/accept.hpp>

#include <string>

#include "support/mock.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"

// Everything that is done to a token but cryptography: the backend is a mock that finds every
// signature good.

namespace mcx::bench {

/// A token and who accepts it.
class parsing {
    trust<test::credulous> trusted_;
    workspace<test::credulous> work_;

  public:
    std::string token;

    /// With several issuers the payload is read twice, since it says whose key to take.
    explicit parsing(bool several_issuers) {
        using example = test::rfc_example<eddsa>;
        key_set<test::credulous> keys;
        contract(keys.add<eddsa>(example::public_key(), kid) && trusted_.add(idms, keys));
        if (several_issuers) {
            contract(trusted_.add("https://idms.partner.example", {}).has_value());
        }
        char signature[base64url::encoded_size(example::size)];
        std::size_t const size = base64url::encode(example::signature(), signature);
        token = signing_input("EdDSA") + '.' + std::string{signature, size};
    }

    [[nodiscard]] bool accepts(std::string const& text) noexcept {
        return jwt::accept<profile>(text, trusted_, work_, {.to = server}, now).has_value();
    }

    /// A token that is wrong in its payload.
    [[nodiscard]] std::string wrong() const {
        std::string made = token;
        made[80] = '*';
        return made;
    }
};

}  // namespace mcx::bench

#endif
