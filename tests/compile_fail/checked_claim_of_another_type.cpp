// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: TypesCheckedClaims|types_checked_claims
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>

#include <cstdint>

// A time that is read as a mere number would be in the token and never be checked.
struct ticket {
    mcx::instant exp;
#ifdef MUST_NOT_COMPILE
    std::int64_t nbf;
#else
    mcx::instant nbf;
#endif
    using fields =
        mcx::claim_list<mcx::required<"exp", &ticket::exp>, mcx::required<"nbf", &ticket::nbf>>;
};
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_is<"ticket+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    static constexpr mcx::jwt::limits limits{};
};

static_assert(mcx::jwt::Profile<ticket_profile>);
