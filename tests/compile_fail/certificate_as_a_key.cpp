// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: (cannot|could not) convert|no viable|no matching function|invalid initialization
#include <mcx/jose/x509_key.hpp>

// What an operator's certificate says of a key is not the key: whoever uses it has seen the period.
bool takes(mcx::p256_public_key const&);
bool uses(mcx::x509::certified_key<mcx::es256> const& of, mcx::instant now) {
#ifdef MUST_NOT_COMPILE
    return takes(of);
#else
    return of.validity.covers(now) && takes(of.key);
#endif
}
