// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (no matching|cannot convert|could not convert|no known conversion|no viable|invalid init)
#include <mcx/role/login.hpp>

// Refresh tokens exist at home only: in a partner domain the exchange is done again. [TS 33.180
// B.5]
namespace client = mcx::role::client;
#ifdef MUST_NOT_COMPILE
using place = client::admitted;
#else
using place = client::home;
#endif
mcx::result<client::refreshing> renew(place const& at) {
    return client::refreshing::begin(at);
}
