// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: sodium
// error: HashesTokensFor|HashesFor|Digests
#include <mcx/backend/sodium.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/token_hash.hpp>

// The algorithm that signed a token says which hash function its hashes are by: a backend has to
// have those of all the algorithms of the profile.
struct without_hashes {};
struct id_claims {
    mcx::instant exp;
    mcx::token_hash at_hash;
    using fields = mcx::claim_list<mcx::required<"exp", &id_claims::exp>,
                                   mcx::required<"at_hash", &id_claims::at_hash>>;
};
struct id_profile {
    using claims = id_claims;
    using algorithms = mcx::algorithm_set<mcx::es256, mcx::eddsa>;
    using typ = mcx::jwt::typ_is<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = mcx::jwt::names_only_me;
    static constexpr mcx::jwt::limits limits{};
};

#ifdef MUST_NOT_COMPILE
using backend = without_hashes;
#else
using backend = mcx::sodium;
#endif
bool go_together(mcx::jwt::validated<id_profile> const& id, std::string_view access_token) {
    return mcx::jwt::check_access_token<backend>(id, access_token).has_value();
}
