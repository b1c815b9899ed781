// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: explicit specialization of non-template|extraneous .template<>.
#include <mcx/jose/verify.hpp>

// What may make a verified token is no template that a program could specialise.
#ifdef MUST_NOT_COMPILE
template <>
struct mcx::jws::detail::signature_check {
    static verified make(unverified const& token) { return verified{token, passkey{}}; }
};
#endif

bool has_key_id(mcx::jws::verified const& token) {
    return token.header().kid.has_value();
}
