// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (Profile|Expires|constraints not satisfied|no matching function)
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/parse.hpp>

// A token that never ends cannot be taken back: every profile requires an `exp`.
struct ticket {
    mcx::subject sub;
    mcx::instant exp;
#ifdef MUST_NOT_COMPILE
    using fields = mcx::claim_list<mcx::required<"sub", &ticket::sub>>;
#else
    using fields =
        mcx::claim_list<mcx::required<"sub", &ticket::sub>, mcx::required<"exp", &ticket::exp>>;
#endif
};
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_absent_or<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    static constexpr mcx::jwt::limits limits{};
};

bool reads(std::string_view text) {
    return mcx::jwt::parse<ticket_profile>(text).has_value();
}
