// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_NOTE_TOKEN_HPP
#define MCX_TESTS_SUPPORT_NOTE_TOKEN_HPP

#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>

#include "tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// A kind of token that no standard knows: small limits, every claim that the verbs look at, and one
// that must not be there. What the verbs do with it they do with every profile.

namespace mcx::test {

struct note {
    subject sub;
    instant exp;
    std::optional<issuer> iss;
    std::optional<audience> aud;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<jwt_id> jti;

    using fields = claim_list<required<"sub", &note::sub>, required<"exp", &note::exp>,
                              optional<"iss", &note::iss>, optional<"aud", &note::aud>,
                              optional<"nbf", &note::nbf>, optional<"iat", &note::iat>,
                              optional<"jti", &note::jti>, prohibited<"scope">>;
    friend constexpr bool operator==(note const&, note const&) = default;
};

/// The number under which errors name a claim.
constexpr std::uint16_t note_claim(std::string_view name) noexcept {
    return note::fields::number_of(name);
}

struct note_profile {
    using claims = note;
    using algorithms = algorithm_set<es256, eddsa>;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_me_if_present;
    static constexpr jwt::limits limits{.token = 1024, .payload = 256, .json = {4, 16}};
};

/// An ES256 token with this payload.
inline std::string note_text(std::string_view payload) {
    return compact<es256>(R"({"alg":"ES256"})", payload);
}

}  // namespace mcx::test

#endif
