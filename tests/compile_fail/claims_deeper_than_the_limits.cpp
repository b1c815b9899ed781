// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: NestsWithinLimits|depth_of
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>

// Claims that nest deeper than their profile reads could never be read.
using name = mcx::text<struct name_tag, 16>;
struct ticket {
    mcx::instant exp;
#ifdef MUST_NOT_COMPILE
    mcx::list<mcx::list<name, 2>, 2> names;
#else
    mcx::list<name, 2> names;
#endif
    using fields =
        mcx::claim_list<mcx::required<"exp", &ticket::exp>, mcx::optional<"names", &ticket::names>>;
};
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_is<"ticket+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    static constexpr mcx::jwt::limits limits{.json = {.depth = 2, .members = 16}};
};

static_assert(mcx::jwt::Profile<ticket_profile>);
