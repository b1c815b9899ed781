// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: no default|default.constructor|could not convert|no matching|uninitialized|deleted
#include <mcx/role/registration.hpp>

// Whoever registers a client says how it shows who it is: there is no method by default.
mcx::role::registered_client const radio{
    "radio",
    "openid",
#ifndef MUST_NOT_COMPILE
    mcx::role::client_method::private_key_jwt,
#endif
};
