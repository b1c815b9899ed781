// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BENCH_SUPPORT_SIGNED_HPP
#define MCX_BENCH_SUPPORT_SIGNED_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/sign.hpp>

#include <string>

#include "support/mock.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"

// The token of support/tokens.hpp signed with the keys that the RFCs print.

namespace mcx::bench {

/// The key of the RFC's example for algorithm A, prepared for backend B.
template <class A, class B>
signing_key<A, B> key_of() {
    return test::certain(signing_key<A, B>::from(test::rfc_example<A>::private_key(), kid));
}

/// The token signed with algorithm A by backend B.
template <class A, class B>
std::string token_of() {
    auto const key = key_of<A, B>();
    test::counted_random random;
    std::string const token = test::certain(jws::sign(as_bytes(payload), "JWT", key, random));
    contract(token.starts_with(signing_input(A::name) + '.'));
    return token;
}

}  // namespace mcx::bench

#endif
