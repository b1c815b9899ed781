// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_ACCEPT_HPP
#define MCX_JWT_ACCEPT_HPP

#include <mcx/jwt/decode.hpp>
#include <mcx/jwt/parse.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/jwt/verify.hpp>

#include <string_view>

// The four verbs in one call: parse, verify, decode, validate.

namespace mcx::jwt {

/// Turns the text of a token of profile P into claims that hold here and now.
/// Fails: as the four verbs, in their order.
template <Profile P, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<typename P::algorithms, As>
[[nodiscard]] result<validated<P>> accept(std::string_view text, trust<B, As> const& issuers,
                                          workspace<B, Ws>& work, expectation const& expected,
                                          Clock auto const& clock) noexcept {
    return parse<P>(text)
        .and_then(verify(issuers, work))
        .and_then(decode)
        .and_then(validate(expected, clock));
}
template <Profile P, class B, AlgorithmSet As, AlgorithmSet Ws>
result<validated<P>> accept(std::string_view, trust<B, As>&&, workspace<B, Ws>&, expectation const&,
                            Clock auto const&) = delete;

}  // namespace mcx::jwt

#endif
