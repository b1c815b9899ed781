// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: Relaxation
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/parse.hpp>

// What a profile may relax is a closed list: nobody relaxes the rest by a type of their own.
struct ticket {
    mcx::instant exp;
    using fields = mcx::claim_list<mcx::required<"exp", &ticket::exp>>;
};
struct duplicate_members {
    template <class Field>
    static constexpr bool reads = true;
};
#ifdef MUST_NOT_COMPILE
using relaxation = duplicate_members;
#else
using relaxation = mcx::jwt::fractional_dates;
#endif
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_is<"ticket+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    using relaxations = mcx::jwt::relaxed<relaxation>;
    static constexpr mcx::jwt::limits limits{};
};

bool reads(std::string_view text) {
    return mcx::jwt::parse<ticket_profile>(text).has_value();
}
