// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: TellsItsAge|no operand of the disjunction
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>

#include <chrono>

// A limit of age that a token evades by not saying when it was issued is none.
struct ticket {
    mcx::instant exp;
    mcx::instant iat;
#ifdef MUST_NOT_COMPILE
    using fields = mcx::claim_list<mcx::required<"exp", &ticket::exp>>;
#else
    using fields =
        mcx::claim_list<mcx::required<"exp", &ticket::exp>, mcx::required<"iat", &ticket::iat>>;
#endif
};
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_is<"ticket+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    static constexpr mcx::jwt::limits limits{.age = std::chrono::minutes{5}};
};

static_assert(mcx::jwt::Profile<ticket_profile>);
