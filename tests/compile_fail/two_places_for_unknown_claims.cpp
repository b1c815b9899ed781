// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: OneRemainder
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/extras.hpp>

// An unknown claim goes to one place.
struct ticket {
    mcx::extras<64> more;
    mcx::extras<64> even_more;
#ifdef MUST_NOT_COMPILE
    using fields =
        mcx::claim_list<mcx::remaining<&ticket::more>, mcx::remaining<&ticket::even_more>>;
#else
    using fields = mcx::claim_list<mcx::remaining<&ticket::more>>;
#endif
};
auto const places = ticket::fields::size;
