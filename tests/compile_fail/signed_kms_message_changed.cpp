// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: discards qualifiers|no viable overloaded
#include <mcx/kms/request.hpp>

namespace kms = mcx::kms;

// What was signed stays what it was.
void change(kms::received<kms::request>& got, kms::user_uri const& user) {
#ifdef MUST_NOT_COMPILE
    got.message().user = user;
#else
    auto changed = got.message();
    changed.user = user;
    got = kms::received<kms::request>{changed};
#endif
}
