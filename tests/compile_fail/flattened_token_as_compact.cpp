// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching function
#include <mcx/jose/flattened.hpp>
#include <mcx/jose/verify.hpp>

#include "../support/mock.hpp"

// Each serialization is a type; the verb of one takes no token of another.
auto check(mcx::jws::flattened::unverified const& token,
           mcx::key_set<mcx::test::credulous> const& keys,
           mcx::workspace<mcx::test::credulous>& work, mcx::byte_span space) {
    using accepted = mcx::algorithm_set<mcx::es256>;
#ifdef MUST_NOT_COMPILE
    (void)space;
    return mcx::jws::verify<accepted>(token, keys, work);
#else
    return mcx::jws::flattened::verify<accepted>(token, keys, work, space);
#endif
}
