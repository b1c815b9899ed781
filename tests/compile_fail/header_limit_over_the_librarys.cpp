// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: KeepsLimits|max_header_size
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/profile.hpp>

// No profile reads longer headers than the library does.
struct ticket {
    mcx::instant exp;
    using fields = mcx::claim_list<mcx::required<"exp", &ticket::exp>>;
};
#ifdef MUST_NOT_COMPILE
inline constexpr std::size_t longest = 4096;
#else
inline constexpr std::size_t longest = 512;
#endif
struct ticket_profile {
    using claims = ticket;
    using algorithms = mcx::signature_algorithms;
    using typ = mcx::jwt::typ_is<"ticket+jwt">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_me;
    static constexpr mcx::jwt::limits limits{.header = longest};
};

static_assert(mcx::jwt::Profile<ticket_profile>);
