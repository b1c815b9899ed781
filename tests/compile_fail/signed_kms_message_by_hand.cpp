// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: private|no matching (function|constructor)
#include <mcx/kms/request.hpp>

#include <utility>

namespace kms = mcx::kms;

// Only the reader of a document whose signature was verified says who signed a message.
kms::received<kms::request> make(kms::request r, [[maybe_unused]] kms::key_name const& ink) {
#ifdef MUST_NOT_COMPILE
    return {std::move(r), ink, kms::inner_signatures::none};
#else
    return kms::received<kms::request>{std::move(r)};
#endif
}
