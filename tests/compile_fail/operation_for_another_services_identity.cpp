// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no matching (function|member function)
#include <mcx/role/resource_server.hpp>

// The identity in the signalling is one of the operation's service.
#ifdef MUST_NOT_COMPILE
using signalled = mcx::idm::mcvideo_id;
#else
using signalled = mcx::idm::mcptt_id;
#endif
bool may_talk(mcx::role::admission const& admitted, signalled const& as) {
    return admitted.permit(mcx::idm::operations::ptt, as).has_value();
}
