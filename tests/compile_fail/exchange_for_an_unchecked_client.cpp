// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (could not convert|no matching|no viable conversion|invalid initialization|no known)
#include <mcx/role/partner_idms.hpp>
#include <mcx/role/primary_idms.hpp>

#include "../support/mock.hpp"

// Neither server of inter-domain authorization takes a client's word for who it is.
using backend = mcx::test::credulous;
#ifdef MUST_NOT_COMPILE
using sender = mcx::oauth::client_id;
#else
using sender = mcx::role::checked_client;
#endif
bool receives(mcx::role::primary_idms<backend> const& home,
              mcx::role::partner_idms<backend> const& partner, std::string_view body,
              sender const& by, mcx::workspace<backend>& work) {
    return home.receive(body, by, work, mcx::fixed_clock{}).has_value() &&
           partner.receive(body, by, work, mcx::fixed_clock{}).has_value();
}
